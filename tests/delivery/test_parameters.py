"""Each public page says which parameters it understands, and loses none of them."""

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from api.urls import urlpatterns as of_api
from careers.urls import urlpatterns as of_careers
from delivery.parameters import UNDERSTOOD, canonical_query
from editorial.preview import SALT
from match.urls import urlpatterns as of_match
from tests.careers.pages import one_of_each

pytestmark = pytest.mark.once

# For those who build the site; codes, of which there are as many as addresses; and what is one reader's.
DRAWN_EACH_TIME = {"careers:style", "careers:qr-code", "match:result"}
# The only page of this app that is the same for everybody.
OF_OTHERS = {"offline:kept-pages"}
# A result is one reader's, the archive is kept by itself, and the last leads to another address.
OF_PROGRAMS = {f"api:{each.name}" for each in of_api} - {"api:match-result", "api:dataset", "api:with-slash"}


def test_every_public_page_is_named():
    public = {f"careers:{each.name}" for each in of_careers} | {f"match:{each.name}" for each in of_match}

    assert set(UNDERSTOOD) == public - DRAWN_EACH_TIME | OF_OTHERS | OF_PROGRAMS


@pytest.mark.django_db
def test_no_address_of_a_page_loses_what_it_says(client):
    lost = []
    for where in one_of_each():
        path, _, query = where.partition("?")
        kept = canonical_query(path, query)
        if kept is not None and client.get(f"{path}?{kept}").content != client.get(where).content:
            lost.append((where, kept))

    assert lost == []


@pytest.mark.parametrize(
    ("path", "query", "kept"),
    [
        ("/", "utm_source=mail", ""),
        ("/roles/", "x=1&q=EHR&skill=a&skill=b&page=2&y", "q=EHR&skill=a&skill=b&page=2"),
        ("/compare/", "role=b&role=a&only=differences", "role=b&role=a&only=differences"),
        ("/plan/one/", "have=a", None),
        ("/plan/one/", "h%61ve=a", None),
        ("/roles/one/", "behaved=1", ""),
        ("/api/v1/roles/", "per_page=2&x=1", "per_page=2"),
        ("/roles/one.json", "x=1", ""),
        ("/api/v1/match/result/", "v=1&a=5-1", None),
        ("/plan/one/", "have=a&format=ics", None),
        ("/match/result/", "v=1&a=5-1", None),
        ("/match/", "v=1&a=5-1", None),
        ("/match/", "x=2", ""),
        ("/preview/roles/one.png", "v=1&x=2", "v=1"),
        ("/roles/one/", "preview=made-up", ""),
        ("/admin/", "", None),
        ("/feedback/", "page=/", None),
        ("/no-such-page/", "", None),
        ("/roles/", "q=" + "a" * 5_000, None),
        (f"/roles/{'a' * 5_000}/", "", None),
    ],
)
def test_only_what_is_understood_stays(path, query, kept):
    assert canonical_query(path, query) == kept


def test_a_preview_that_we_signed_is_kept_by_nobody():
    assert canonical_query("/roles/one/", f"preview={signing.dumps(1, salt=SALT)}") is None


@given(st.text(), st.text())
def test_any_address_gets_an_answer(path, query):
    kept = canonical_query(f"/{path}", query)

    assert kept is None or canonical_query(f"/{path}", kept) == kept
