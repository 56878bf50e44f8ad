"""The description of the API is true: every address answers what it says, and refuses what it does not say."""

import pytest
from django.test import Client

from api.endpoints import ENDPOINTS
from api.examples import examples
from api.openapi import address
from careers.search.index import rebuild
from match.models import QuestionSet
from tests import factories
from tests.delivery.serving import connection_kept

from .driving import drive, operations

pytestmark = pytest.mark.django_db

CASES = 30


@pytest.fixture
def content():
    """Two roles with everything that can be linked to them, and questions about them."""
    roles = [factories.RoleFactory(slug=slug, published=True, with_parts=True) for slug in ("one", "other")]
    statement = factories.WeightFactory(role=roles[0], value=2).statement
    factories.WeightFactory(role=roles[1], statement=statement, value=-2)
    QuestionSet.objects.keep_current()
    rebuild()


@pytest.mark.usefixtures("content")
def test_every_address_answers_as_described_whatever_is_asked():
    with connection_kept():
        asked = {each.definition.raw["operationId"]: drive(each, CASES) for each in operations()}

    assert set(asked) == {"dataset", *(each.name for each in ENDPOINTS)}
    assert {status for found in asked.values() for status in found} == {200, 400, 404}


@pytest.mark.once
@pytest.mark.usefixtures("content")
def test_every_example_is_answered():
    described = Client().get("/api/v1/openapi.json").json()
    found = examples()

    assert found.keys() >= {each.name for each in ENDPOINTS} - {"pay"}
    for endpoint in ENDPOINTS:
        if endpoint.name == "pay":
            continue  # has figures only with the real content
        answers = described["paths"][address(endpoint)]["get"]["responses"]
        live = answers["200"]["content"]["application/json"]["examples"]["live"]["externalValue"]
        assert live == f"http://testserver{found[endpoint.name].address}"
        assert Client().get(found[endpoint.name].address).status_code == 200, endpoint.name
