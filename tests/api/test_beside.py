"""What pages say of their other forms: in the head and in the `Link` header, and it is there."""

import pytest
from django.test import Client

from tests import factories
from tests.careers.pages import address, one_of_each, tree

pytestmark = pytest.mark.django_db

FEED = '</changes/feed/>; rel="alternate"; type="application/atom+xml"'


def alternates(answer):
    """{media type: address} of the head, without the frames that tests/careers/test_oembed.py is about."""
    found = {each.get("type"): each.get("href") for each in tree(answer).iter("link") if each.get("rel") == "alternate"}
    return {media_type: where for media_type, where in found.items() if media_type != "application/json+oembed"}


def test_every_page_of_a_thing_has_its_json_beside_it():
    beside = {}
    for where in one_of_each():
        answer = Client().get(where)
        if not answer["Content-Type"].startswith("text/html"):
            assert "Link" not in answer
            continue
        found = alternates(answer)
        assert found.pop("application/atom+xml") == "/changes/feed/"
        json = found.pop("application/json", None)
        wanted = [f'<{json}>; rel="alternate"; type="application/json"', FEED] if json else [FEED]
        assert (where, answer["Link"], found) == (where, ", ".join(wanted), {})
        beside |= {where: json} if json else {}

    kinds = {where.split("/")[1] for where in beside}
    assert kinds == {"roles", "pay", "software", "skills", "standards", "trends"}
    for where, json in beside.items():
        assert json == f"{where.rstrip('/')}.json"
        told = Client().get(json).json()
        assert told["uri"] == f"http://testserver{where}"


def test_draft_and_error_page_name_no_other_form(staff_client):
    role = factories.RoleFactory(slug="draft")

    draft, missing = staff_client.get(role.get_absolute_url()), Client().get(address("role", "missing"))

    assert (draft.status_code, missing.status_code) == (200, 404)
    for answer in (draft, missing):
        assert "Link" not in answer
        assert alternates(answer) == {}
    assert staff_client.get("/roles/draft.json").status_code == 404
