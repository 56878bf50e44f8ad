"""Roles side by side: the picker, the page, the spreadsheet, and the sentence on top."""

import csv
import io

import pytest
from django.db.models import Prefetch
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from careers.comparison import MOST_ROLES, Comparison, Row, SkillRow, compare
from roles.models import Role, RoleStandard
from skills.models import RoleSkill, Skill
from tests.factories import (
    CollaboratorFactory,
    EntryRouteFactory,
    RoleCategoryFactory,
    RoleFactory,
    RoleSkillFactory,
    RoleStandardFactory,
    SkillFactory,
    WeekActivityFactory,
)

from .pages import address, text, tree, with_class

pytestmark = pytest.mark.once


def compared(client, *slugs, **query):
    return tree(client.get(address("compare", role=slugs, **query)))


def columns(page):
    """The titles above the columns of the comparison."""
    return [text(each) for each in with_class(page, "compare", "table")[0].find("thead").iter("th")]


def rows(page):
    """{label: cells} of the comparison as a reader sees it, without marks and repeated names."""
    found = {}
    for row in with_class(page, "compare", "table")[0].iter("tr"):
        for extra in list(with_class(row, "mark")) + list(with_class(row, "who")):
            extra.text = ""
            for child in list(extra):
                extra.remove(child)
        header, cells = row.find("th"), [text(cell) for cell in row.findall("td")]
        if row.find("td") is not None and header is not None and header.get("scope") == "row":
            label = text(header.find("a")) if header.find("a") is not None else text(header)
            found[label] = cells
    return found


def spreadsheet(response):
    """The rows of a CSV answer."""
    return list(csv.reader(io.StringIO(response.content.decode(), newline="")))


def ticked(page):
    return [each.get("value") for each in page.iter("input") if each.get("checked") is not None]


@pytest.fixture
def trio(db):
    """Three published roles, a, b and c. DICOM is core for a only; Python core for all; teamwork differs."""
    roles = [
        RoleFactory(slug=slug, title=f"Role {slug}", short_title=slug.upper(), position=position, published=True)
        for position, slug in enumerate("abc")
    ]
    dicom = SkillFactory(slug="dicom", name="DICOM", kind="healthcare", published=True)
    python = SkillFactory(slug="python", name="Python", published=True)
    teamwork = SkillFactory(slug="teamwork", name="Teamwork", published=True)
    RoleSkillFactory(role=roles[0], skill=dicom, importance=4)
    for role, importance in zip(roles, (3, 2, 4), strict=True):
        RoleSkillFactory(role=role, skill=python, importance=4)
        RoleSkillFactory(role=role, skill=teamwork, importance=importance)
    for role, hours in zip(roles, (5, 5, 6), strict=True):
        WeekActivityFactory(role=role, kind="build", hours=hours)
        WeekActivityFactory(role=role, day=2, kind="learn", hours=1)
    return roles


# Which roles


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize("asked", [["a", "b"], ["b", "a"], ["c", "a", "b"]], ids="-".join)
def test_columns_stand_in_the_order_of_the_address(client, asked):
    assert columns(compared(client, *asked)) == [f"Role {slug}" for slug in asked]


@pytest.mark.usefixtures("trio")
def test_role_named_twice_is_shown_once(client):
    assert columns(compared(client, "b", "a", "b")) == ["Role b", "Role a"]


@pytest.mark.usefixtures("trio")
def test_unknown_roles_are_named_and_the_others_compared(client):
    RoleFactory(slug="draft", title="Draft role")

    response = client.get(address("compare", role=["a", "nobody", "draft", "b"]))

    assertContains(response, "We have no role called “nobody”, “draft”.")
    assertNotContains(response, "Draft role")
    assert columns(tree(response)) == ["Role a", "Role b"]


@pytest.mark.usefixtures("trio")
def test_link_on_paper_leads_to_a_role_that_was_renamed_since(client):
    role = Role.objects.get(slug="a")
    role.slug = "new"
    role.save()

    for name in ("compare", "worksheet-compare"):
        response = client.get(address(name, role=["b", "a", "nobody"], utm_source="letter"))
        today = address(name, role=["b", "new", "nobody"], utm_source="letter")
        assertRedirects(response, today, status_code=301)


@pytest.mark.django_db
def test_more_than_five_shows_the_first_five_and_names_the_rest(client):
    for number in range(MOST_ROLES + 2):
        RoleFactory(slug=f"r{number}", title=f"Role {number}", published=True)

    response = client.get(address("compare", role=[f"r{number}" for number in range(MOST_ROLES + 2)]))

    assertContains(response, "holds up to 5 roles. Here are the first 5; left out: Role 5, Role 6.")
    assert columns(tree(response)) == [f"Role {number}" for number in range(MOST_ROLES)]
    assertNotContains(response, "Add a role")


# The picker


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize(
    ("asked", "expected"),
    [([], []), (["b"], ["b"]), (["b", "b"], ["b"]), (["nobody", "c"], ["c"])],
    ids=["none", "one", "one twice", "one and an unknown"],
)
def test_fewer_than_two_roles_give_the_picker_with_those_ticked(client, asked, expected):
    page = compared(client, *asked)

    offered = {each.get("value") for each in page.iter("input") if each.get("name") == "role"}
    assert offered == {"a", "b", "c"}
    assert ticked(page) == expected


@pytest.mark.usefixtures("trio")
def test_picker_names_what_it_does_not_know(client):
    assertContains(client.get(address("compare", role="nobody")), "We have no role called “nobody”.")


@pytest.mark.usefixtures("trio")
def test_picker_leads_to_the_comparison(client):
    page = compared(client)

    form = next(each for each in page.find(".//main").iter("form"))
    assert form.get("method") == "get"
    assert form.get("action", "") in ("", address("compare"))
    assert all(each.get("type") == "checkbox" for each in form.iter("input"))


@pytest.mark.usefixtures("trio")
def test_picker_does_not_offer_drafts(client):
    RoleFactory(title="Draft role")

    assertNotContains(client.get(address("compare")), "Draft role")


@pytest.mark.usefixtures("trio")
def test_asking_one_role_for_a_spreadsheet_gives_the_picker(client):
    response = client.get(address("compare", role="a", format="csv"))

    assert response["Content-Type"] == "text/html; charset=utf-8"


# Changing a comparison


@pytest.mark.usefixtures("trio")
def test_each_role_can_be_taken_away(client):
    page = compared(client, "c", "a", "b")

    links = {text(each): each.get("href") for each in page.iter("a") if text(each).startswith("Remove")}
    assert links == {
        "Remove Role c": "?role=a&role=b",
        "Remove Role a": "?role=c&role=b",
        "Remove Role b": "?role=c&role=a",
    }


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize("only", [{}, {"only": "differences"}], ids=["everything", "only differences"])
def test_another_role_can_be_added_and_the_rest_stays(client, only):
    page = compared(client, "b", "a", **only)

    form = with_class(page, "add-role", "form")[0]
    carried = [(each.get("name"), each.get("value")) for each in form.iter("input") if each.get("type") == "hidden"]
    assert carried == [("role", "b"), ("role", "a"), *only.items()]
    assert [each.get("value") for each in form.iter("option")] == ["c"]


@pytest.mark.usefixtures("trio")
def test_shared_link_leads_to_what_the_reader_saw(client):
    page = compared(client, "b", "a", only="differences", utm_source="mail")

    link = with_class(page, "link-box")[0].get("value")
    assert link == "http://testserver/compare/?role=b&role=a&only=differences"


# What it shows


@pytest.mark.usefixtures("trio")
def test_rows_show_each_roles_value_under_its_title(client):
    shown = rows(compared(client, "a", "b", "c"))

    assert shown["DICOM"] == ["Core", "Not needed", "Not needed"]
    assert shown["Teamwork"] == ["Needed", "Helps", "Core"]
    assert shown["Build"] == ["5 h", "5 h", "6 h"]
    assert shown["You make"] == ["Makes", "Makes", "Makes"]


@pytest.mark.usefixtures("trio")
def test_only_differences_leaves_out_what_is_the_same(client):
    everything, differing = (rows(compared(client, "a", "b", "c", **q)) for q in ({}, {"only": "differences"}))

    assert {label for label, cells in everything.items() if len(set(cells)) > 1} == set(differing)
    assert set(differing) == {"DICOM", "Teamwork", "Build"}


@pytest.mark.usefixtures("trio")
def test_only_with_another_word_shows_everything(client):
    assert "Python" in rows(compared(client, "a", "b", only="nonsense"))


@pytest.mark.usefixtures("trio")
def test_sharing_is_said_in_words(client):
    page = compared(client, "a", "b")

    marks = {
        text(row.find("th").find("a")): [text(mark) for mark in with_class(row, "mark")]
        for row in with_class(page, "levels", "tr")
    }
    assert marks == {"DICOM": ["Only A"], "Python": ["Shared"], "Teamwork": []}


@pytest.mark.usefixtures("trio")
def test_overlap_says_how_much_of_each_role_the_others_have(client):
    table = with_class(compared(client, "a", "b"), "overlap", "table")[0]

    cells = [[text(cell) for cell in row.findall("td")] for row in table.find("tbody").findall("tr")]
    assert cells == [["–the same role", "1 of 1"], ["1 of 3", "–the same role"]]


@pytest.mark.usefixtures("trio")
def test_the_biggest_difference_is_said_on_top_and_to_search_engines(client):
    response = client.get(address("compare", role=["a", "b"]))

    sentence = "The biggest difference: DICOM is core for A, and not needed for B."
    assertContains(response, f'<p class="lead">{sentence}</p>')
    assertContains(response, f'<meta name="description" content="A, B: {sentence}">')


# The spreadsheet


@pytest.mark.usefixtures("trio")
@pytest.mark.parametrize("only", [{}, {"only": "differences"}], ids=["everything", "only differences"])
def test_spreadsheet_holds_what_the_page_shows(client, only):
    on_page = rows(compared(client, "c", "a", **only))

    header, *lines = spreadsheet(client.get(address("compare", role=["c", "a"], format="csv", **only)))

    assert header == ["", "Role c", "Role a"]
    assert {
        line[0].removeprefix("Skill: ").removeprefix("Hours a week: ").capitalize(): line[1:] for line in lines
    } == {label.capitalize(): cells for label, cells in on_page.items()}


@pytest.mark.usefixtures("trio")
def test_spreadsheet_is_a_file_named_after_its_roles(client):
    response = client.get(address("compare", role=["c", "a"], format="csv"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="compare-c-a.csv"'


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=repr)
def test_spreadsheet_runs_no_formula(client, start):
    RoleFactory(slug="a", title=f"{start}cmd|'/C calc'!A0", makes=f"{start}1+1", published=True)
    RoleFactory(slug="b", published=True)

    lines = spreadsheet(client.get(address("compare", role=["a", "b"], format="csv")))

    assert lines[0][1] == f"'{start}cmd|'/C calc'!A0"
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell]


@pytest.mark.django_db
def test_spreadsheet_keeps_commas_quotes_and_letters_of_all_alphabets(client):
    RoleFactory(slug="a", title='Ärztin, "EHR"', published=True)
    RoleFactory(slug="b", published=True)

    lines = spreadsheet(client.get(address("compare", role=["a", "b"], format="csv")))

    assert lines[0][1] == 'Ärztin, "EHR"'


# The facts


def loaded(*roles):
    """The roles as the page loads them, in the order given."""
    links = RoleSkill.objects.on_published_skills()
    found = Role.objects.with_own_parts().prefetch_related(Prefetch("role_skills", links)).in_bulk()
    return [found[role.pk] for role in roles]


def facts(*roles):
    return {row.label: row.cells for row in compare(loaded(*roles)).facts}


@pytest.mark.django_db
def test_facts_name_main_software_and_leave_out_the_rest():
    one, other = RoleFactory.create_batch(2)
    for involvement, name in ((3, "Main"), (2, "Some"), (1, "Meets")):
        RoleCategoryFactory(role=one, involvement=involvement, category__short_name=name, category__published=True)

    assert facts(one, other)["Main software"] == ["Main", "–"]


@pytest.mark.django_db
def test_facts_name_standards_to_know_before_applying_and_no_later_ones():
    one, other = RoleFactory.create_batch(2)
    for when in RoleStandard.When:
        RoleStandardFactory(role=one, when=when, standard__name=when.name, standard__published=True)

    assert facts(one, other)["Rules and standards to know before you apply"] == ["BEFORE", "–"]


@pytest.mark.django_db
def test_facts_name_the_shortest_way_in():
    one, other = RoleFactory.create_batch(2)
    EntryRouteFactory(role=one, kind="degree", months_min=36, months_max=48)
    EntryRouteFactory(role=one, kind="care", months_min=6, months_max=24)
    EntryRouteFactory(role=one, kind="self", months_min=6, months_max=18)

    assert facts(one, other)["Shortest way in"] == ["Self-taught: 6 to 18 months (our estimate)", "–"]


@pytest.mark.django_db
def test_facts_list_the_people_to_work_with():
    one, other = RoleFactory.create_batch(2)
    CollaboratorFactory(role=one, who="Nurses", position=2)
    CollaboratorFactory(role=one, who="Doctors", position=1)

    assert facts(one, other)["You work with"] == ["Doctors, Nurses", "–"]


@pytest.mark.django_db
def test_facts_are_words_without_marks_and_citations():
    one, other = RoleFactory(good_day="A **good** day. [@source]"), RoleFactory()

    assert facts(one, other)["A good day"] == ["A good day.", "Good day."]


@pytest.mark.django_db
def test_kinds_of_work_that_nobody_does_have_no_row():
    one, other = RoleFactory.create_batch(2)
    WeekActivityFactory(role=one, kind="check", hours=2)
    WeekActivityFactory(role=other, kind="people", hours=3)

    weeks = compare(loaded(one, other)).weeks

    assert weeks == [Row("People", ["0 h", "3 h"]), Row("Check", ["2 h", "0 h"])]


@pytest.mark.django_db
def test_skills_that_part_the_roles_most_come_first_then_those_of_healthcare():
    one, other = RoleFactory.create_batch(2)
    for name, kind, importance in [
        ("little", "healthcare", 1), ("general", "general", 4), ("healthcare", "healthcare", 4),
    ]:  # fmt: skip
        RoleSkillFactory(role=one, skill__name=name, skill__kind=kind, skill__published=True, importance=importance)

    assert [row.skill.name for row in compare(loaded(one, other)).skills] == ["healthcare", "general", "little"]


@pytest.mark.django_db
def test_draft_skills_are_not_compared():
    one, other = RoleFactory.create_batch(2)
    RoleSkillFactory(role=one)

    assert compare(loaded(one, other)).skills == []


# The sentence and the marks, on rows that were never saved


NAMES = ["EHR", "Imaging", "Mobile", "CDS"]


def skill_row(*importances, name="DICOM"):
    return SkillRow(
        Skill(name=name),
        list(importances),
        [Role(short_title=name) for name in NAMES[: len(importances)]],
        "Not needed",
    )


def sentence(*skills, weeks=(), roles=2):
    count = len(skills[0].importances) if skills else roles
    return Comparison(
        roles=[Role(short_title=name) for name in NAMES[:count]], facts=[], weeks=list(weeks), skills=list(skills)
    ).biggest_difference


@pytest.mark.parametrize(
    ("importances", "expected"),
    [
        ((4, 0), "DICOM is core for EHR, and not needed for Imaging."),
        ((1, 3), "DICOM is needed for Imaging, and rarely needed for EHR."),
        ((2, 4), "DICOM is core for Imaging, and helpful for EHR."),
        ((2, 0), "DICOM is helpful for EHR, and not needed for Imaging."),
        ((4, 4, 0), "DICOM is core for EHR and Imaging, and not needed for Mobile."),
        ((0, 3, 3, 3), "DICOM is needed for Imaging, Mobile and CDS, and not needed for EHR."),
        ((4, 2, 1), "DICOM is core for EHR, and rarely needed for Mobile."),
    ],
    ids=str,
)
def test_biggest_difference_names_both_ends(importances, expected):
    assert sentence(skill_row(*importances)) == f"The biggest difference: {expected}"


def test_biggest_difference_is_on_the_skill_with_the_roles_furthest_apart():
    rows = [skill_row(4, 3, name="near"), skill_row(1, 4, name="far"), skill_row(4, 1, name="as far")]

    assert sentence(*rows).startswith("The biggest difference: far is core")


def test_same_skills_and_another_week_speaks_of_the_week():
    weeks = [Row("Build", ["20 h", "20 h"]), Row("Learn", ["2 h", "4 h"])]

    assert sentence(skill_row(4, 4), weeks=weeks) == (
        "They ask for the same skills. The week differs: learn, 2 h, 4 h."
    )


@pytest.mark.parametrize(
    ("skills", "weeks"),
    [([], []), ([skill_row(4, 4)], [Row("Build", ["20 h", "20 h"])])],
    ids=["nothing known", "all the same"],
)
def test_no_difference_is_said_plainly(skills, weeks):
    assert sentence(*skills, weeks=weeks) == "On everything we list, these roles ask for the same."


@pytest.mark.parametrize(
    ("importances", "mark"),
    [
        ((4, 0), "Only EHR"),
        ((0, 0, 1), "Only Mobile"),
        ((3, 3), "Shared"),
        ((3, 4), ""),
        ((3, 0, 4), "2 of 3 roles"),
    ],
    ids=str,
)
def test_mark_says_in_words_who_needs_a_skill(importances, mark):
    assert skill_row(*importances).mark == mark


def test_cells_of_a_skill_are_words():
    assert skill_row(0, 1, 2, 4).cells == ["Not needed", "Rarely", "Helps", "Core"]


@pytest.mark.parametrize(("cells", "differs"), [(["a", "a"], False), (["a", "b"], True), (["a", "a", "b"], True)])
def test_row_knows_whether_it_differs(cells, differs):
    assert Row("Label", cells).differs == differs


# The bridge from one role to another


@pytest.fixture
def three_roles(db):
    """Roles one, two and three: each needs the skill they share and one of its own, named after it."""
    shared = SkillFactory(name="Shared", published=True)
    for position, slug in enumerate(("one", "two", "three")):
        role = RoleFactory(slug=slug, title=f"{slug.capitalize()} developer", published=True, position=position)
        RoleSkillFactory(role=role, skill=shared)
        RoleSkillFactory(role=role, skill__name=f"Skill {slug}", skill__published=True)


def bridges(page):
    """{from and to: what is said} below the table of overlaps."""
    section = next(each for each in page.iter("section") if each.get("aria-labelledby") == "overlap")
    return {text(each.find("dt")): text(each.find("dd")) for each in section.find(".//dl").findall("div")}


@pytest.mark.usefixtures("three_roles")
def test_two_roles_are_bridged_both_ways_with_what_is_missing(client):
    assert bridges(compared(client, "one", "two")) == {
        "One developer to Two developer": "1 of 2 skills are there already. Still missing: Skill two.",
        "Two developer to One developer": "1 of 2 skills are there already. Still missing: Skill one.",
    }


@pytest.mark.usefixtures("three_roles")
def test_of_more_roles_the_first_is_bridged_to_each_other(client):
    assert list(bridges(compared(client, "two", "one", "three"))) == [
        "Two developer to One developer",
        "Two developer to Three developer",
    ]


@pytest.mark.django_db
def test_bridge_with_nothing_missing_says_only_so_much(client):
    skill = SkillFactory(published=True)
    for slug in ("one", "two"):
        RoleSkillFactory(role=RoleFactory(slug=slug, title=slug, published=True), skill=skill)

    assert bridges(compared(client, "one", "two"))["one to two"] == "1 of 1 skills are there already."


@pytest.mark.usefixtures("three_roles")
def test_role_page_names_what_is_missing_for_the_roles_next_door(client):
    near = with_class(tree(client.get(address("role", "one"))), "neighbors")[0]

    assert [text(each.find("p")) for each in near.findall("li")] == [
        "Still missing: Skill two.",
        "Still missing: Skill three.",
    ]
