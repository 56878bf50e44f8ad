"""What roles that a page does not show cost it: next to nothing, so that pages stay quick when there are thousands."""

import pytest
from django.db import connection

from careers.search.index import rebuild
from tests.factories import many_roles

from .pages import address

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite counts its steps"),
]

FEW, MORE = 40, 400


def steps(client, path):
    """How many steps SQLite takes for a page, to the nearest hundred."""
    hundreds = []
    connection.connection.set_progress_handler(lambda: hundreds.append(1), 100)
    try:
        assert client.get(path).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return 100 * len(hundreds)


@pytest.mark.parametrize(
    ("name", "query", "most"),
    [
        ("home", {}, 5),
        ("roles", {}, 200),  # each of its links counts at one filter
        ("search", {"q": "nonesuch"}, 10),
    ],
    ids=["home", "list of roles", "search that finds nothing"],
)
def test_one_more_role_costs_few_steps(client, name, query, most):
    path = address(name, **query)
    many_roles(FEW)
    rebuild()
    client.get(path)  # what is looked up once for each process
    before = steps(client, path)

    many_roles(MORE)
    rebuild()

    assert steps(client, path) - before < most * MORE
