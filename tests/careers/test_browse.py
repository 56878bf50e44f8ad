"""The list of roles: searching, filtering, paging."""

import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from careers.browsing import MOST_WORDS, ROLES_A_PAGE
from tests.factories import (
    AlternativeTitleFactory,
    PageFactory,
    PassageFactory,
    RoleCategoryFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SoftwareCategoryFactory,
)

from .pages import address, by_id, text, tree, with_class

pytestmark = pytest.mark.django_db


def titles(page):
    return [text(each.find("h3")) for each in with_class(page, "roles", "ul")[0]] if with_class(page, "roles") else []


def browse(client, **query):
    return tree(client.get(address("roles", **query)))


def found(client, **query):
    """The titles that the list shows for these parameters."""
    return titles(browse(client, **query))


def choices(page, name):
    """{value: count beside it} of every filter of this name."""
    counts = {}
    for box in page.iter("input"):
        if box.get("name") == name and box.get("form") == "filter":
            label = next(each for each in page.iter("label") if each.get("for") == box.get("id"))
            counts[box.get("value")] = int(text(label).split()[-1])
    return counts


# Searching


@pytest.mark.parametrize(
    "words",
    ["needle", "NEEDLE", "  needle ", "eedl"],
    ids=["as written", "capitals", "spaces around", "part of a word"],
)
@pytest.mark.parametrize("field", ["title", "tagline", "promise", "languages"])
def test_search_looks_into_what_a_role_says_of_itself(client, field, words):
    role = RoleFactory(published=True, **{field: "A Needle in hay"})
    RoleFactory(published=True)

    assert found(client, q=words) == [role.title]


def test_search_finds_other_titles(client):
    role = AlternativeTitleFactory(role__published=True, name="Needle engineer").role
    AlternativeTitleFactory(role__published=True)

    assert found(client, q="needle") == [role.title]


@pytest.mark.parametrize(("involvement", "is_found"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize("field", ["name", "summary"])
def test_search_finds_the_software_that_a_role_builds_and_not_what_it_only_meets(client, field, involvement, is_found):
    category = SoftwareCategoryFactory(published=True, **{field: "Needle archive"})
    role = RoleCategoryFactory(role__published=True, category=category, involvement=involvement).role

    assert found(client, q="needle") == ([role.title] if is_found else [])


@pytest.mark.parametrize(("importance", "is_found"), [(1, False), (2, False), (3, True), (4, True)])
def test_search_finds_skills_that_are_needed_and_not_those_that_only_help(client, importance, is_found):
    skill = SkillFactory(published=True, name="Needle work")
    role = RoleSkillFactory(role__published=True, skill=skill, importance=importance).role

    assert found(client, q="needle") == ([role.title] if is_found else [])


@pytest.mark.parametrize("link", [RoleCategoryFactory, RoleSkillFactory], ids=["category", "skill"])
def test_search_does_not_look_into_drafts(client, link):
    thing = {"category__name": "Needle"} if link is RoleCategoryFactory else {"skill__name": "Needle"}
    link(role__published=True, **thing)

    assert found(client, q="needle") == []


def test_every_word_must_occur_wherever_it_stands(client):
    both = RoleFactory(title="Alpha maker", published=True)
    RoleSkillFactory(role=both, skill=SkillFactory(name="Beta skill", published=True))
    RoleFactory(title="Alpha only", published=True)
    RoleFactory(title="Beta only", published=True)

    assert found(client, q="beta alpha") == ["Alpha maker"]


def test_search_is_not_fooled_by_signs_that_mean_something_to_databases(client):
    RoleFactory(title="Plain", published=True)
    percent = RoleFactory(title="100% remote_work", published=True)

    assert found(client, q="100%") == [percent.title]
    assert found(client, q="e_w") == [percent.title]
    assert found(client, q="n%e") == []


def test_words_beyond_the_most_are_left_out(client):
    role = RoleFactory(title="Word", published=True)

    assert found(client, q=" ".join(["word"] * MOST_WORDS + ["other"])) == [role.title]


def test_search_that_is_too_long_shows_all_roles_and_says_why(client):
    role = RoleFactory(published=True)

    response = client.get(address("roles", q="x" * 101))

    assert titles(tree(response)) == [role.title]
    assertContains(response, "Please use at most 100 characters. The search shows all roles meanwhile.")


def test_search_box_keeps_what_was_typed(client):
    page = browse(client, q='<b> & "quotes"')

    box = next(each for each in page.iter("input") if each.get("name") == "q")
    assert box.get("value") == '<b> & "quotes"'


# Filtering


@pytest.fixture
def shop(db):
    """Four published roles: `ab` builds a and b, `a` builds a, `b` builds b, `none` nothing. Skills likewise."""
    categories = {
        slug: SoftwareCategoryFactory(slug=slug, short_name=f"Short {slug}", published=True)
        for slug in ("cat-a", "cat-b")
    }
    skills = {
        "skill-x": SkillFactory(slug="skill-x", kind="healthcare", published=True),
        "skill-y": SkillFactory(slug="skill-y", kind="general", published=True),
    }
    wiring = {
        "One": (["cat-a", "cat-b"], ["skill-x"]),
        "Two": (["cat-a"], ["skill-x", "skill-y"]),
        "Three": (["cat-b"], ["skill-y"]),
        "Four": ([], []),
    }
    for position, (title, (own_categories, own_skills)) in enumerate(wiring.items()):
        role = RoleFactory(title=title, position=position, published=True)
        for slug in own_categories:
            RoleCategoryFactory(role=role, category=categories[slug])
        for slug in own_skills:
            RoleSkillFactory(role=role, skill=skills[slug])


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["One", "Two", "Three", "Four"]),
        ({"category": "cat-a"}, ["One", "Two"]),
        ({"category": ["cat-a", "cat-b"]}, ["One", "Two", "Three"]),
        ({"skill": "skill-y"}, ["Two", "Three"]),
        ({"skill": ["skill-x", "skill-y"]}, ["One", "Two", "Three"]),
        ({"category": "cat-b", "skill": "skill-x"}, ["One"]),
        ({"category": ["cat-a", "cat-b"], "skill": "skill-y"}, ["Two", "Three"]),
        ({"category": "cat-a", "skill": ["skill-x", "skill-y"], "q": "two"}, ["Two"]),
        ({"category": "cat-b", "q": "two"}, []),
    ],
    ids=str,
)
def test_filters_mean_or_within_a_group_and_and_between_groups(client, query, expected):
    page = browse(client, **query)

    assert titles(page) == expected
    assert text(by_id(page, "found")).split()[0] == str(len(expected))


@pytest.mark.parametrize(("involvement", "expected"), [(1, 0), (2, 1), (3, 1)])
def test_category_filter_wants_more_than_meeting_it(client, involvement, expected):
    link = RoleCategoryFactory(role__published=True, category__published=True, involvement=involvement)

    assert len(found(client, category=link.category.slug)) == expected


@pytest.mark.parametrize(("importance", "expected"), [(1, 0), (2, 0), (3, 1), (4, 1)])
def test_skill_filter_wants_a_skill_that_is_needed(client, importance, expected):
    link = RoleSkillFactory(role__published=True, skill__published=True, importance=importance)

    assert len(found(client, skill=link.skill.slug)) == expected


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("query", [{}, {"q": "o"}, {"category": "cat-a"}, {"skill": "skill-x"}], ids=str)
def test_count_beside_a_choice_is_what_that_choice_shows(client, query):
    page = browse(client, **query)

    for name in ("category", "skill"):
        assert choices(page, name)
        for slug, count in choices(page, name).items():
            chosen = query | {name: slug}
            assert (chosen, len(found(client, **chosen))) == (chosen, count)


@pytest.mark.usefixtures("shop")
def test_count_does_not_include_drafts(client):
    page = browse(client)
    RoleCategoryFactory(category__slug="cat-draft")
    RoleSkillFactory(skill__slug="skill-draft")

    assert choices(browse(client), "category") == choices(page, "category") == {"cat-a": 2, "cat-b": 2}
    assert choices(browse(client), "skill") == choices(page, "skill") == {"skill-x": 2, "skill-y": 2}


@pytest.mark.usefixtures("shop")
def test_chosen_filters_are_ticked(client):
    page = browse(client, category="cat-a", skill="skill-y")

    ticked = [each.get("value") for each in page.iter("input") if each.get("checked") is not None]
    assert ticked == ["cat-a", "skill-y"]


@pytest.mark.usefixtures("shop")
def test_chosen_filters_are_links_that_take_just_themselves_away(client):
    page = browse(client, q="two", category=["cat-a", "cat-b"], skill="skill-x")

    links = [(text(each).split(",")[0].strip(), each.get("href")) for each in with_class(page, "chosen")[0].iter("a")]
    assert links == [
        ("“two”", "?category=cat-a&category=cat-b&skill=skill-x"),
        ("Short cat-a", "?q=two&category=cat-b&skill=skill-x"),
        ("Short cat-b", "?q=two&category=cat-a&skill=skill-x"),
        ("Name of skill-x", "?q=two&category=cat-a&category=cat-b"),
    ]


@pytest.mark.usefixtures("shop")
def test_taking_the_only_filter_away_leads_to_all_roles(client):
    page = browse(client, category="cat-a")

    assert [each.get("href") for each in with_class(page, "chosen")[0].iter("a")] == ["."]


@pytest.mark.usefixtures("shop")
def test_filter_is_named_once_when_the_address_repeats_it(client):
    page = browse(client, category=["cat-a", "cat-a"])

    assert len(list(with_class(page, "chosen")[0].iter("a"))) == 1


@pytest.mark.usefixtures("shop")
def test_unknown_filters_are_named_and_ignored(client):
    response = client.get(address("roles", category=["cat-a", "no-category"], skill=["no-skill"]))

    assertContains(response, "We do not know “no-category”, “no-skill”.")
    assert titles(tree(response)) == ["One", "Two"]


def test_filter_by_a_draft_counts_as_unknown(client):
    RoleCategoryFactory(role__published=True, category__slug="cat-draft")

    response = client.get(address("roles", category="cat-draft"))

    assertContains(response, "We do not know “cat-draft”.")
    assert len(titles(tree(response))) == 1


def test_filters_stand_with_a_label_each_and_every_id_once(client):
    for kind in ("general", "healthcare"):
        for _ in range(2):
            RoleSkillFactory(role__published=True, skill__kind=kind, skill__published=True)

    page = browse(client)

    ids = [each.get("id") for each in page.iter("input") if each.get("name") == "skill"]
    labels = [each.get("for") for each in page.iter("label")]
    assert len(ids) == len(set(ids)) == 4
    assert [labels.count(each) for each in ids] == [1, 1, 1, 1]


# Nothing fits


@pytest.mark.usefixtures("shop")
def test_empty_result_offers_ways_on(client):
    PassageFactory(page=PageFactory(key="roles"), key="nothing", heading="Nothing fits all of this")

    page = browse(client, q="nonesuch", category="cat-a")

    offers = {text(each): each.get("href") for each in page.find(".//main").iter("a")}
    assert titles(page) == []
    assert [text(each) for each in page.iter("h3")] == ["Nothing fits all of this"]
    assert offers["Search without “nonesuch”"] == "?category=cat-a"
    assert offers["Search without Short cat-a"] == "?q=nonesuch"
    assert offers["See all roles"] == address("roles")


# Pages and order


def test_pages_keep_the_search_and_the_filters(client):
    link = RoleCategoryFactory(category__published=True, role__published=True, role__title="Thing 0")
    for number in range(1, 2 * ROLES_A_PAGE + 1):
        RoleCategoryFactory(category=link.category, role__published=True, role__title=f"Thing {number}")
    query = {"q": "thing", "category": link.category.slug}

    middle = browse(client, **query, page=2)

    links = {each.get("rel"): each.get("href") for each in middle.iter("a") if each.get("rel")}
    assert links == {
        "prev": f"?q=thing&category={link.category.slug}",
        "next": f"?q=thing&category={link.category.slug}&page=3",
    }
    assert "Page 2 of 3" in text(middle)


def test_going_through_the_pages_meets_every_role_once(client):
    for number in range(2 * ROLES_A_PAGE + 3):
        RoleFactory(title=f"Role {number}", position=7, published=True)

    met = [title for page in (1, 2, 3) for title in found(client, page=page)]

    assert len(met) == len(set(met)) == 2 * ROLES_A_PAGE + 3


@pytest.mark.parametrize("page", ["99", "10001", "0", "-1", "x", "", "1.5", "1e400"])
def test_page_that_is_not_there_gives_one_that_is(client, page):
    RoleFactory.create_batch(ROLES_A_PAGE + 1, published=True)

    shown = browse(client, page=page)

    assert re.search("Page [12] of 2", text(shown))
    assert titles(shown)


def test_roles_stand_by_position_and_then_by_slug(client):
    RoleFactory(slug="c", title="C", position=1, published=True)
    RoleFactory(slug="a", title="A", position=2, published=True)
    RoleFactory(slug="b", title="B", position=1, published=True)

    assert found(client) == ["B", "C", "A"]


def test_order_does_not_depend_on_what_was_searched(client):
    for slug in ("c", "a", "b"):
        role = RoleFactory(slug=slug, title=slug, position=1, published=True)
        for number in range(2):
            RoleSkillFactory(role=role, skill__name=f"Same {slug} {number}", skill__published=True)

    assert found(client, q="same") == ["a", "b", "c"]


def test_canonical_address_holds_known_filters_in_one_order(client):
    RoleCategoryFactory(role__published=True, category__slug="cat", category__published=True)

    page = browse(client, skill="", category="cat", utm_source="mail", q="title")

    canonical = next(each for each in page.iter("link") if each.get("rel") == "canonical")
    assert canonical.get("href") == "http://testserver/roles/?q=title&category=cat"


def test_card_offers_its_role_for_comparing(client):
    RoleFactory(slug="one", title="One", published=True)

    page = browse(client)

    box = by_id(page, "pick-one")
    assert (box.get("name"), box.get("value"), box.get("form")) == ("role", "one", "compare")
    assert by_id(page, "compare").get("action") == address("compare")


def test_no_comparing_without_results(client):
    assertNotContains(client.get(address("roles")), 'id="compare"')
