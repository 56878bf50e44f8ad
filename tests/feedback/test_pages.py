"""From an address to what stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.pages import LONGEST_ADDRESS, find, local_address
from tests.factories import (
    FormerSlugFactory,
    PageFactory,
    PassageFactory,
    RoleFactory,
    SkillFactory,
    SoftwareCategoryFactory,
    StandardFactory,
    TrendFactory,
)

OURS = {"careers.example.org"}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("/roles/one/", "/roles/one/"),
        ("  /roles/one/\n", "/roles/one/"),
        ("/roles/one/#skills", "/roles/one/"),
        ("/compare/?role=a&role=b", "/compare/?role=a&role=b"),
        ("https://careers.example.org/roles/one/?x=1#top", "/roles/one/?x=1"),
        ("http://CAREERS.example.org/", "/"),
        ("///evil.example/", "/evil.example/"),
        ("/roles/?q=" + "a" * LONGEST_ADDRESS, "/roles/"),
    ],
)
def test_address_of_this_site_is_its_path_and_query(said, address):
    assert local_address(said, OURS) == address


@pytest.mark.parametrize(
    "said",
    [
        "",
        "roles/one/",
        "https://evil.example/roles/one/",
        "https://careers.example.org.evil.example/",
        "https://careers.example.org@evil.example/",
        "//evil.example/",
        "//careers.example.org//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://careers.example.org/",
        "https://careers.example.org",
        "http://[::1",
        "/a\x00b",
        "/a b",
        "/<script>",
        '/"onmouseover="x',
        "/é",
        "/\ud800",
        "/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_anything_else_is_no_address(said):
    assert local_address(said, OURS) == ""


@given(st.text() | st.text().map(lambda text: f"/{text}") | st.text().map(lambda text: f"https://{text}/"))
def test_any_text_gives_a_local_path_or_nothing(said):
    address = local_address(said, OURS)

    assert address == "" or (address.startswith("/") and not address.startswith(("//", "/\\")))
    assert len(address) <= LONGEST_ADDRESS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory_class", "address"),
    [
        (RoleFactory, "/roles/one/"),
        (RoleFactory, "/plan/one/"),
        (RoleFactory, "/pay/one/?industry=x"),
        (SoftwareCategoryFactory, "/software/one/"),
        (SkillFactory, "/skills/one/"),
        (StandardFactory, "/standards/one/"),
        (TrendFactory, "/trends/one/"),
    ],
)
def test_page_of_one_thing_leads_to_its_row(factory_class, address):
    item = factory_class(slug="one", published=True)

    page = find(address)

    assert (page.item, page.row_to_edit, page.title) == (item, item, str(item))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("home", "/"),
        ("why-healthcare", "/why-healthcare/"),
        ("about-data", "/about/data/"),
        ("pay", "/pay/?occupation=15-1252"),
        ("feedback", "/feedback/"),
        ("feedback-thanks", "/feedback/thanks/"),
    ],
)
def test_page_of_words_leads_to_its_words(key, address):
    words = PageFactory(key=key, heading="Heading")
    PageFactory(key="other")

    page = find(address)

    assert (page.item, page.row_to_edit, page.title) == (None, words, "Heading")


@pytest.mark.django_db
def test_sections_are_the_headings_of_the_words_in_order():
    words = PageFactory(key="category")
    PassageFactory(page=words, key="second", heading="Second", position=2)
    PassageFactory(page=words, key="first", heading="First", position=1)
    PassageFactory(page=words, key="hint", heading="", position=3)

    assert find("/software/one/").sections == [("first", "First"), ("second", "Second")]


@pytest.mark.django_db
def test_draft_is_found_for_editors_and_has_no_title_for_readers():
    draft = RoleFactory(slug="one")

    page = find("/roles/one/")

    assert (page.row_to_edit, page.title) == (draft, "")


@pytest.mark.django_db
def test_address_from_before_still_leads_to_the_row():
    role = RoleFactory(slug="one", published=True)
    FormerSlugFactory(page=role, slug="once")

    assert find("/roles/once/").row_to_edit == role


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "/nowhere/", "/roles/gone/", "/admin/", "/healthz", "/robots.txt", "/%00/"])
def test_page_without_anything_to_edit_has_none(address):
    page = find(address)

    assert (page.row_to_edit, page.title, page.sections) == (None, "", [])
