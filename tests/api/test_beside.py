"""What pages say of their other forms: in the head and in the `Link` header, and it is there."""

import pytest
from django.test import Client
from django.urls import reverse

from api.beside import COUNTERPARTS
from tests import factories
from tests.careers.pages import address, one_of_each, tree
from tests.outlook.factories import EstimateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FEED = '</changes/feed/>; rel="alternate"; type="application/atom+xml"'


def alternates(answer):
    """{media type: address} of the head, without the frames that tests/careers/test_oembed.py is about."""
    found = {each.get("type"): each.get("href") for each in tree(answer).iter("link") if each.get("rel") == "alternate"}
    return {media_type: where for media_type, where in found.items() if media_type != "application/json+oembed"}


def json_of(where):
    """The JSON that a page names in its head, or None. The header has to say the same, and an answer to be there."""
    answer = Client().get(where)
    if where.startswith("/embed/") or not answer["Content-Type"].startswith("text/html"):
        assert "Link" not in answer
        return None
    found = alternates(answer)
    assert found.pop("application/atom+xml") == "/changes/feed/"
    json = found.pop("application/json", None)
    wanted = [f'<{json}>; rel="alternate"; type="application/json"', FEED] if json else [FEED]
    assert (where, answer["Link"], found) == (where, ", ".join(wanted), {})
    assert json is None or Client().get(json).status_code == 200, (where, json)
    return json


def test_every_page_of_a_thing_a_list_or_a_result_has_its_json():
    EstimateFactory(occupation__code="15-1252")
    named = {where: json for where in one_of_each() if (json := json_of(where))}

    beside = {where: json for where, json in named.items() if json.endswith(".json")}
    assert {where.split("/")[1] for where in beside} == {"roles", "pay", "software", "skills", "standards", "trends"}
    for where, json in beside.items():
        path = where.partition("?")[0]
        assert json == f"{path.rstrip('/')}.json"
        assert Client().get(json).json()["uri"] == f"http://testserver{path}"
    in_api = {json.partition("?")[0] for where, json in named.items() if where not in beside}
    assert in_api == {reverse(f"api:{name}") for name in COUNTERPARTS.values()}


@pytest.mark.parametrize(
    ("where", "json"),
    [
        ("/roles/?q=title&skill=none&page=2&nope=1", "/api/v1/roles/?q=title&skill=none"),
        ("/skills/?kind=healthcare", "/api/v1/skills/?kind=healthcare"),
        ("/skills/?kind=odd", "/api/v1/skills/"),
        ("/why-healthcare/", "/api/v1/reasons/"),
        ("/search/?q=a%26b", "/api/v1/search/?q=a%26b"),
        ("/pay/?occupation=15-1211&area=nowhere", "/api/v1/pay/?occupation=15-1211"),
        ("/compare/?role=one&role=two&role=nobody&only=differences",
         "/api/v1/compare/?role=one&role=two&only=differences"),
        ("/compare/?role=one", None),
        ("/about/", None),
    ],
)  # fmt: skip
def test_json_of_a_list_holds_the_filters_that_the_page_understood(where, json):
    for slug in ("one", "two"):
        factories.RoleFactory(slug=slug, published=True)
    EstimateFactory(occupation__code="15-1211")
    EstimateFactory(occupation__code="15-1252")

    assert json_of(where) == json


def test_draft_and_error_page_name_no_other_form(staff_client):
    role = factories.RoleFactory(slug="draft")

    draft, missing = staff_client.get(role.get_absolute_url()), Client().get(address("role", "missing"))

    assert (draft.status_code, missing.status_code) == (200, 404)
    for answer in (draft, missing):
        assert "Link" not in answer
        assert alternates(answer) == {}
    assert staff_client.get("/roles/draft.json").status_code == 404
