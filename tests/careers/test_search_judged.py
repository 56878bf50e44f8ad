"""How good the search is, with the real content: sixty judged searches, and twenty that nobody tuned for."""

import pytest

from careers.search.find import find, in_sight
from careers.search.index import rebuild

from .judged_queries import HELD_OUT, JUDGED, mean_reciprocal_rank, places
from .pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def filled(real_content, django_db_blocker):
    with django_db_blocker.unblock():
        rebuild()


def search(q):
    """The results in the order in which the page shows them."""
    return in_sight(find(q).entries)


def test_judged_searches_are_answered_at_the_top():
    found = places(search)

    assert mean_reciprocal_rank(found) >= 0.9, {q: place for q, place in found.items() if place != 1}
    assert len(found) == len(JUDGED) == 60


def test_searches_that_nobody_tuned_for_are_answered_too():
    found = places(search, HELD_OUT)

    assert mean_reciprocal_rank(found) >= 0.85, {q: place for q, place in found.items() if place != 1}


def test_every_result_leads_to_a_page(client):
    entries = find("software developer hospital patient data rule").entries

    assert len(entries) > 20
    for each in {entry.address.partition("#")[0] for entry in entries}:
        assert client.get(each).status_code == 200


@pytest.mark.parametrize("q", ["apps", "telemedecine", "zebra", "what is the difference between hipaa and gdpr"])
def test_page_of_results_fits_into_the_first_packets(client, q):
    response = client.get(address("search", q=q), headers={"accept-encoding": "br"})

    assert response["Content-Encoding"] == "br"
    assert len(response.content) <= 14_600
