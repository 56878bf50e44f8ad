"""QR codes: they lead to exactly what a reader sees, and only to pages of this site."""

import io

import pytest
import resvg_py
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from careers.sharing.codes import LONGEST_IN_A_CODE, code_address
from tests.browser.printed import qr_codes
from tests.factories import RoleFactory, RoleSkillFactory

from .pages import address, by_id, one_of_each, tree, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CODE = "/qr.svg"
# A report is nobody's to share; a frame stands on somebody else's page; a sheet of paper and a class have codes of
# their own.
WITHOUT = ("/feedback/", "/embed/", "/advisors/worksheets/", "/class/")


def read(answer):
    """What a phone reads from the code that was answered, at the size in which it is printed."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    pixels = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=answer.content.decode(), dpi=300)))
    return [found.text for found in qr_codes(pixels)]


def shared(response):
    """(link to copy, address of the code beside it, address of the code on paper) of a page."""
    page = tree(response)
    link = by_id(page, "share-link").get("value")
    return link, *[each.get("src") for each in with_class(page, "qr", "img")]


def ways_to_share(client, where):
    link, on_screen, on_paper = shared(client.get(where))
    assert on_screen == on_paper
    return link, read(client.get(on_screen))


def test_every_page_has_a_link_and_a_code_that_leads_to_the_same(client):
    pages = [
        each
        for each in one_of_each()
        if client.get(each)["Content-Type"].startswith("text/html") and not each.startswith(WITHOUT)
    ]
    assert len(pages) > 30

    for each in pages:
        link, codes = ways_to_share(client, each)

        assert (each, codes) == (each, [link])


@pytest.fixture
def roles(db):
    found = [RoleFactory(slug=slug, published=True) for slug in ("one", "two")]
    for role in found:
        RoleSkillFactory(role=role, skill__slug=f"of-{role.slug}", skill__published=True)
    return found


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("/compare/?role=two&role=one&only=differences&x=1", "/compare/?role=two&role=one&only=differences"),
        ("/compare/?role=one&role=unknown", "/compare/?role=one"),
        ("/roles/?utm_source=mail&skill=of-two&q=R%26D", "/roles/?q=R%26D&skill=of-two"),
        ("/plan/one/?have=unknown&have=of-one", "/plan/one/?have=of-one"),
        ("/search/?q=caf%C3%A9%20%22x%22&kind=nonsense", "/search/?q=caf%C3%A9+%22x%22"),
        ("/skills/?kind=healthcare", "/skills/?kind=healthcare"),
        ("/skills/?kind=nonsense", "/skills/"),
    ],
)
def test_code_leads_to_what_the_reader_sees_and_to_nothing_else(client, asked, shown):
    assert ways_to_share(client, asked) == (f"http://testserver{shown}", [f"http://testserver{shown}"])


@pytest.mark.usefixtures("roles")
def test_code_names_the_public_address_of_the_site(client, settings):
    settings.SITE_URL = "https://careers.example.org"

    assert ways_to_share(client, "/roles/one/")[1] == ["https://careers.example.org/roles/one/"]


@pytest.mark.parametrize("length", [40, 190, LONGEST_IN_A_CODE])
def test_code_is_large_enough_on_paper_for_phones(client, length):
    host = "http://testserver"
    page = "/roles/?q=".ljust(length - len(host), "a")

    answer = client.get(code_address(host + page))

    width = float(answer.content.decode().partition('width="')[2].partition("mm")[0])
    assert 28 <= width <= 40
    assert read(answer) == [host + page]


def test_code_is_kept_by_caches_and_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(CODE, {"page": "/roles/"})

    assert answer["Cache-Control"] == "public, max-age=604800"
    assert "cookie" not in answer.get("Vary", "").lower()


@pytest.mark.parametrize(
    "page",
    [
        "", "roles/", "//evil.example/", "https://evil.example/roles/", "http://testserver/roles/", "/\\evil.example",
        "javascript:alert(1)", "/a\x00b", "/a b", "/<script>", '/"x', "/é", "/\ud83d", "/roles/#top", " /roles/",
    ],
)  # fmt: skip
def test_anything_but_an_address_of_this_site_is_refused_in_words(client, page):
    answer = client.get(CODE, {"page": page.encode("utf-8", "replace")})

    assertContains(answer, "We draw QR codes for pages of this site only", status_code=400)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("query", ["", "page=%ff%fe", "page=/roles/&page=//evil.example", "pages=/roles/"])
def test_strange_query_is_refused(client, query):
    assert client.get(CODE, QUERY_STRING=query).status_code == 400


def test_address_too_long_for_phones_is_said_to_be(client):
    answer = client.get(CODE, {"page": "/roles/?q=" + "a" * 2_000})

    assertContains(answer, f"more than {LONGEST_IN_A_CODE} signs", status_code=400)


def test_page_whose_address_is_too_long_says_so_and_keeps_its_link(client):
    role = RoleFactory(published=True)
    slugs = [f"{number}-{'a' * 40}" for number in range(15)]
    for slug in slugs:
        RoleSkillFactory(role=role, skill__slug=slug, skill__published=True)

    page = client.get(address("plan", role.slug, have=slugs))

    assertContains(page, "too long for a code that phones can read")
    assertNotContains(page, CODE)
    assert all(slug in by_id(tree(page), "share-link").get("value") for slug in slugs)


def test_error_page_is_not_worth_a_code(client):
    assertNotContains(client.get("/no-such-page/"), CODE, status_code=404)
