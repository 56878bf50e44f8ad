"""The page for career advisors, and the sheets to print."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from careers.search.index import rebuild
from careers.worksheets import MOST_ASKED, WORKSHEETS
from tests.factories import (
    EmployerQuestionFactory,
    PageFactory,
    PassageFactory,
    ProjectFactory,
    RoleFactory,
)

from .pages import address, text, tree, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ABOUT_ROLES = ["worksheet-compare", "worksheet-project", "worksheet-questions"]


def sheet(response):
    (found,) = with_class(tree(response), "sheet")
    return found


def headings(response):
    return [text(each) for each in sheet(response).iter("h2")]


# The page


def test_lists_of_the_page_are_passages_that_editors_write_in_their_order(client):
    page = PageFactory(key="advisors")
    for position, (key, heading) in enumerate(
        [("class-2", "Later"), ("send-a", "“I am lost.”"), ("class-1", "First"), ("class-picture", "Picture")]
    ):
        PassageFactory(page=page, key=key, heading=heading, text="Do **this**.", position=position)

    root = tree(client.get(address("advisors")))

    assert [text(each) for each in with_class(root, "sendings")[0].iter("dt")] == ["“I am lost.”"]
    steps = with_class(root, "lesson")[1]
    assert [text(each) for each in steps.iter("h3")] == ["Later", "First"]


# The sheets


@pytest.fixture
def role(db):
    role = RoleFactory(slug="a", title="Role A", short_title="A", makes="charts", published=True)
    ProjectFactory(role=role, size="weekend", title="A waiting room", steps="1. Do it [@key].")
    ProjectFactory(role=role, size="month", title="A month of work")
    for kind in ("vendor", "hospital", "device", "startup"):
        for turn in ("First", "Second"):
            EmployerQuestionFactory(role=role, employer_type=kind, question=f"{turn} of {kind}?")
    return role


@pytest.mark.parametrize("key", WORKSHEETS)
def test_every_sheet_has_its_questions_with_lines_also_without_a_role(client, key):
    page = PageFactory(key=f"worksheet-{key}")
    for name in WORKSHEETS[key].lines:
        PassageFactory(page=page, key=name, heading=f"Question {name}")

    found = sheet(client.get(address(f"worksheet-{key}")))

    prompts = [each for each in found.iter("section") if text(each.find("h2")).startswith("Question ")]
    lines = {text(each.find("h2")): len(each.findall("ul/li")) for each in prompts}
    assert lines == {f"Question {name}": count for name, count in WORKSHEETS[key].lines.items()}


def test_comparison_on_paper_holds_what_the_pages_say_of_both_roles(client, role):
    RoleFactory(slug="b", title="Role B", short_title="B", good_day="A quiet day.", published=True)

    response = client.get(address("worksheet-compare", role=["b", "a"]))

    found = sheet(response)
    assert [text(each) for each in found.iter("th") if each.get("scope") == "col"] == ["Role B", "Role A"]
    assert "A quiet day." in text(found)
    assert "http://testserver/compare/?role=b&role=a" in text(found)


def test_half_a_comparison_leaves_a_column_to_write_in(client, role):
    found = sheet(client.get(address("worksheet-compare", role=["a"])))

    assert [text(each) for each in found.iter("th") if each.get("scope") == "col"] == [
        "Role A",
        "A role of your choice",
    ]


def test_project_on_paper_is_the_one_for_a_weekend_without_numbers_of_sources(client, role):
    response = client.get(address("worksheet-project", role=["a"]))

    assert headings(response)[0] == "A waiting room"
    assertContains(response, "<li>Do it.</li>")
    assertNotContains(response, "source needed")


def test_questions_on_paper_begin_with_one_for_each_kind_of_employer(client, role):
    response = client.get(address("worksheet-questions", role=["a"]))

    kinds = ("vendor", "hospital", "device", "startup")
    assert headings(response)[:MOST_ASKED] == [f"First of {kind}?" for kind in kinds]
    assertNotContains(response, "Second of")


def test_role_without_a_project_or_questions_leaves_room(client):
    RoleFactory(slug="bare", published=True)

    assertContains(client.get(address("worksheet-project", role=["bare"])), "My project")
    assert client.get(address("worksheet-questions", role=["bare"])).status_code == 200


@pytest.mark.parametrize("name", ABOUT_ROLES)
def test_unknown_and_unpublished_roles_are_named_and_the_sheet_stays_whole(client, name):
    RoleFactory(slug="draft", title="Secret")

    response = client.get(address(name, role=["draft", "astronaut"]))

    assertContains(response, "We have no role called “draft”, “astronaut”.")
    assertNotContains(response, "Secret")
    assert sheet(response) is not None


def test_a_sheet_is_about_as_many_roles_as_it_has_room_for(client, role):
    for slug in "bc":
        RoleFactory(slug=slug, title=f"Role {slug.upper()}", published=True)

    response = client.get(address("worksheet-compare", role=["c", "b", "a"]))

    assert [text(each) for each in sheet(response).iter("th") if each.get("scope") == "col"] == ["Role C", "Role B"]
    chosen = [each.get("value") for each in tree(response).iter("option") if each.get("selected") is not None]
    assert chosen == ["c", "b"]


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [
        ("worksheet-compare", "/compare/?role=a"),
        ("worksheet-project", "/roles/a/#projects"),
        ("worksheet-questions", "/roles/a/#questions"),
        ("worksheet-match", "/match/"),
    ],
)
def test_code_on_a_sheet_leads_to_what_its_reader_needs_next(client, role, name, leads_to):
    response = client.get(address(name, role=["a"]))

    (code,) = with_class(sheet(response), "qr")
    assert code.get("aria-label") == f"QR code of http://testserver{leads_to}"
    assert [len(each) > 0 for each in code] == [True]


# With the site's own words; they stay for the rest of this file


@pytest.mark.usefixtures("real_content")
@pytest.mark.parametrize("q", ["advisor", "career advisors", "teacher", "worksheet"])
def test_search_finds_what_advisors_look_for(client, q):
    rebuild()

    response = client.get(address("search", q=q))

    assertContains(response, 'href="/advisors/')


@pytest.mark.usefixtures("real_content")
def test_home_page_and_foot_of_every_page_lead_to_the_page(client):
    assertContains(client.get("/"), 'href="/advisors/"', count=2)
    assertContains(client.get("/privacy/"), 'href="/advisors/"', count=1)
