"""From an address to what stands there."""

import pytest

from feedback.pages import find
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
