"""Skills that a reader marked: `have=` counts on roles and comparisons, travels along, and stays the reader's own."""

import csv
import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from skills.models import Skill
from tests.factories import RoleFactory, RoleSkillFactory, SkillFactory
from tests.outlook.factories import EstimateFactory, OccupationFactory, RoleOccupationFactory

from .pages import address, by_id, text, tree, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HELPS, NEEDED, CORE = 2, 3, 4


@pytest.fixture(autouse=True)
def roles():
    """Two roles: a needs python, dicom and talk, and sql helps; b needs python, talk and rules."""
    a, b = (
        RoleFactory(slug=slug, title=f"Role {slug}", short_title=slug.upper(), position=position, published=True)
        for position, slug in enumerate("ab")
    )
    skills = {
        slug: SkillFactory(slug=slug, name=slug.capitalize(), summary=f"About {slug}.", position=number, published=True)
        for number, slug in enumerate(["python", "dicom", "talk", "rules", "sql"])
    }
    for role, slug, importance in [
        (a, "python", CORE), (a, "dicom", CORE), (a, "talk", NEEDED), (a, "sql", HELPS),
        (b, "python", CORE), (b, "talk", NEEDED), (b, "rules", NEEDED),
    ]:  # fmt: skip
        RoleSkillFactory(role=role, skill=skills[slug], importance=importance)
    return a, b


def page(client, name, *args, **query):
    return tree(client.get(address(name, *args, **query)))


def section(root, key):
    return next(each for each in root.iter("section") if each.get("aria-labelledby") == key)


def links(root):
    return {each.get("href") for each in root.find(".//main").iter("a")}


def fields(root, name, kind):
    """The values of the inputs of that name and kind, in the order of the page."""
    return [each.get("value") for each in root.iter("input") if (each.get("name"), each.get("type")) == (name, kind)]


def ticked(root):
    return [each.get("value") for each in root.iter("input") if each.get("checked") is not None]


def canonical(root):
    return next(each.get("href") for each in root.iter("link") if each.get("rel") == "canonical")


def marked_skills(root):
    """The names of the skills that carry the words and the sign of a mark."""
    return [
        text(row.find(".//a"))
        for row in [*root.iter("li"), *root.iter("tr")]
        for mark in with_class(row, "have")
        if text(mark) == "You have this" and with_class(mark, "icon")
    ]


def bridges(root):
    return [text(row.find("p")) for row in with_class(root, "neighbors")[0].iter("li")]


# A role


def test_role_says_how_much_of_it_the_reader_has_and_marks_each_skill_in_words(client):
    skills = section(page(client, "role", "a", have=["dicom", "sql"]), "skills")

    assert "You already have 1 of the 3 this role needs." in text(skills)
    assert marked_skills(skills) == ["Dicom"]
    assert "Helps: Sql (you have this)" in text(skills)


def test_roles_next_door_count_what_the_reader_has_instead_of_what_this_role_has(client):
    plain, mine = page(client, "role", "a"), page(client, "role", "a", have=["rules", "dicom"])

    assert bridges(plain) == ["Still missing: Rules."]
    assert bridges(mine) == ["You already have 1 of 3. Still missing: Python, Talk."]
    assert "2 of 3" in text(with_class(plain, "neighbors")[0])
    assert "2 of 3" not in text(with_class(mine, "neighbors")[0])


def test_roles_next_door_of_which_most_is_there_come_first(client):
    c = RoleFactory(slug="c", title="Role c", position=9, published=True)
    RoleSkillFactory(role=c, skill=Skill.objects.get(slug="python"), importance=CORE)
    RoleSkillFactory(role=c, skill=Skill.objects.get(slug="sql"), importance=CORE)

    near = with_class(page(client, "role", "a", have=["sql"]), "neighbors")[0]

    assert [text(row.find("a")) for row in near.iter("li")] == ["Role c", "Role b"]


def test_links_of_a_role_carry_the_marks_to_plan_comparison_neighbors_and_form(client):
    found = links(page(client, "role", "a", have=["talk", "python"]))

    have = "have=python&have=talk"
    assert {
        f"/plan/a/?{have}",
        f"/roles/b/?{have}",
        f"/compare/?role=a&{have}",
        f"/compare/?role=a&role=b&{have}",
        f"/my-skills/?role=a&{have}",
    } <= found
    assert not {"/plan/a/", "/roles/b/", "/compare/?role=a"} & found


def test_role_without_marks_speaks_of_none_and_leads_to_where_they_are_made(client):
    root = page(client, "role", "a")

    assert "You already have" not in text(root)
    assert marked_skills(root) == []
    assert "/my-skills/?role=a" in links(root)


# Every page that takes marks


@pytest.mark.parametrize(
    ("name", "slug"), [("role", "a"), ("role-pay", "a"), ("plan", "a"), ("compare", ""), ("roles", "")]
)
def test_marks_are_in_the_link_to_send_and_on_paper_but_not_in_the_canonical_address(client, name, slug):
    roles, path = ({"role": ["a", "b"]} if name == "compare" else {}), [slug] if slug else []

    root = page(client, name, *path, **roles, have=["talk", "python"])

    with_marks = "http://testserver" + address(name, *path, **roles, have=["python", "talk"])
    assert canonical(root) == "http://testserver" + address(name, *path, **roles)
    assert by_id(root, "share-link").get("value") == with_marks
    assert text(with_class(root, "printed")[0]) == f"Printed from {with_marks}"


@pytest.mark.parametrize("have", [["unheard-of"], ["secret"], ["", "\0", "a" * 500, "no slug"]])
@pytest.mark.parametrize(
    ("name", "args", "query"),
    [("role", ["a"], {}), ("roles", [], {"q": "role"}), ("compare", [], {"role": ["a", "b"]})],
)
def test_marks_that_nobody_knows_leave_the_page_as_it_is_without_any(client, name, args, query, have):
    SkillFactory(slug="secret")

    assert (
        client.get(address(name, *args, **query, have=have)).content
        == client.get(address(name, *args, **query)).content
    )


def test_a_skill_that_was_renamed_is_found_by_the_slug_of_an_old_link(client):
    skill = Skill.objects.get(slug="dicom")
    skill.slug = "dicom-web"
    skill.save()

    root = page(client, "role", "a", have=["dicom"])

    assert "You already have 1 of the 3" in text(root)
    assert "/plan/a/?have=dicom-web" in links(root)


def test_the_old_address_of_a_role_leads_on_with_the_marks(client, roles):
    roles[0].slug = "z"
    roles[0].save()

    response = client.get(address("role", "a", have=["dicom"]))

    assert (response.status_code, response["Location"]) == (301, "/roles/z/?have=dicom")


def test_who_reports_a_problem_does_not_say_what_they_know(client):
    compared = ("compare", [], {"role": ["a", "b"]})
    for name, args, query in [("role", ["a"], {}), ("roles", [], {"q": "role"}), compared, ("compare", [], {})]:
        found = links(page(client, name, *args, **query, have=["dicom"]))

        reports = [each for each in found if each.startswith("/feedback/")]
        assert reports
        assert not [each for each in reports if "dicom" in each]


# A comparison


def compared(client, **query):
    return page(client, "compare", role=["a", "b"], **query)


def yours(root):
    """[label, cell, cell] of each row on the reader's own skills."""
    return [
        [row.find("th").text.strip(), *[text(cell)[1:] for cell in row.findall("td")]]
        for body in with_class(root, "yours", "tbody")
        for row in body.findall("tr")[1:]
    ]


def test_comparison_counts_what_the_reader_has_for_each_role_and_names_what_is_missing(client):
    root = compared(client, have=["python", "dicom"])

    assert yours(root) == [
        ["Skills you already have", "2 of 3", "1 of 3"],
        ["Skills you still miss", "Talk", "Talk, Rules"],
    ]
    assert marked_skills(with_class(root, "compare", "table")[0]) == ["Dicom", "Python"]


def test_comparison_says_so_when_nothing_is_missing(client):
    assert yours(compared(client, have=["python", "talk", "rules"]))[1][1:] == ["Dicom", "Nothing"]


def test_table_of_overlaps_begins_with_the_reader(client):
    table = with_class(compared(client, have=["python", "dicom"]), "overlap", "table")[0]

    first = table.find("tbody").find("tr")
    assert [text(cell) for cell in first] == ["You have", "2 of 3", "1 of 3"]


def test_only_differences_leaves_out_what_the_reader_has_and_misses_alike(client):
    for slug in "cd":
        role = RoleFactory(slug=slug, published=True)
        RoleSkillFactory(role=role, skill=Skill.objects.get(slug="python"), importance=CORE)

    alike = page(client, "compare", role=["c", "d"], have=["python"], only="differences")

    assert yours(alike) == []
    assert yours(compared(client, have=["talk"], only="differences")) == [
        ["Skills you already have", "1 of 3", "1 of 3"],
        ["Skills you still miss", "Python, Dicom", "Python, Rules"],
    ]


@pytest.mark.parametrize("only", [{}, {"only": "differences"}], ids=["everything", "only differences"])
def test_spreadsheet_begins_with_the_rows_of_the_page(client, only):
    query = {"have": ["python", "dicom"], **only}
    response = client.get(address("compare", role=["a", "b"], format="csv", **query))

    rows = list(csv.reader(io.StringIO(response.content.decode(), newline="")))

    assert rows[1:3] == yours(compared(client, **query))
    assert client.get(address("compare", role=["a", "b"], format="csv")).content.count(b"Skills you") == 0


@pytest.mark.parametrize("only", [{}, {"only": "differences"}], ids=["everything", "only differences"])
def test_every_way_to_change_a_comparison_keeps_the_marks(client, only):
    RoleFactory(slug="c", published=True)

    root = compared(client, have=["talk"], **only)

    changes = [each for each in links(root) if each.startswith("?") or each.startswith(("/roles/a", "/my-skills"))]
    assert len(changes) == 6  # without a, without b, only or everything, the spreadsheet, the role and the form
    assert [each for each in changes if "have=talk" not in each] == []
    form = with_class(root, "add-role", "form")[0]
    assert fields(form, "have", "hidden") == ["talk"]


def test_picker_says_how_much_of_each_role_is_there_and_carries_the_marks(client):
    root = page(client, "compare", role="a", have=["python", "dicom"])

    labels = [text(each) for each in root.find(".//main").iter("label") if "Role" in text(each)]
    assert labels == ["Role a (you have 2 of 3 skills)", "Role b (you have 1 of 3 skills)"]
    assert fields(root, "have", "hidden") == ["python", "dicom"]
    assert "(you have" not in text(page(client, "compare"))


# The list of roles, and the pay of one


def test_marks_travel_through_the_list_of_roles_to_each_role_and_to_the_comparison(client, monkeypatch):
    monkeypatch.setattr("careers.browsing.ROLES_A_PAGE", 1)

    root = page(client, "roles", q="role", skill=["talk"], have=["python"])

    found = links(root)
    assert {
        "/roles/a/?have=python",
        "/roles/?have=python",
        "?q=role&have=python",
        "?skill=talk&have=python",
        "?q=role&skill=talk&page=2&have=python",
    } <= found
    assert not {"/roles/a/", "/roles/", "?q=role", "?skill=talk"} & found
    for name in ("filter", "compare"):
        assert fields(by_id(root, name), "have", "hidden") == ["python"]


def test_marks_travel_when_no_role_fits(client):
    found = links(page(client, "roles", q="nonesuch", have=["python"]))

    assert "/roles/?have=python" in found
    assert "/roles/" not in found


def test_marks_travel_from_a_role_to_its_pay_and_back_and_up_to_the_list(client, roles):
    occupation = OccupationFactory(code="15-1252")
    RoleOccupationFactory(role=roles[0], occupation=occupation, is_primary=True)
    EstimateFactory(occupation=occupation)

    role, pay = (links(page(client, name, "a", have=["python"])) for name in ("role", "role-pay"))

    assert {"/pay/a/?have=python", "/roles/?have=python"} <= role
    assert "/roles/a/?have=python" in pay


# Where skills are marked


def form_of(root):
    return with_class(root, "marks", "form")[0]


@pytest.mark.parametrize(
    ("asked", "offered", "leads_to", "carried"),
    [
        (["a"], ["python", "dicom", "talk"], "/roles/a/#skills", []),
        (["b", "a"], ["python", "dicom", "talk", "rules"], "/compare/", ["b", "a"]),
        ([], ["python", "dicom", "talk", "rules", "sql"], "/compare/", []),
        (["nobody", "a"], ["python", "dicom", "talk"], "/roles/a/#skills", []),
    ],
    ids=["one role", "two roles", "no role", "one that is not there"],
)
def test_form_offers_the_skills_that_the_roles_need_and_leads_back_to_them(client, asked, offered, leads_to, carried):
    form = form_of(page(client, "my-skills", role=asked))

    assert fields(form, "have", "checkbox") == offered
    assert (form.get("method"), form.get("action")) == ("get", leads_to)
    assert fields(form, "role", "hidden") == carried


def test_form_says_what_each_skill_is_and_keeps_the_marks_of_other_roles(client):
    root = page(client, "my-skills", role=["a"], have=["talk", "rules"], only="differences")

    form = form_of(root)
    assert ticked(form) == ["talk"]
    assert fields(form, "have", "hidden") == ["rules"]
    assert "Python About python." in [text(each) for each in form.iter("label")]


def test_form_of_a_comparison_leads_back_to_the_same_view(client):
    root = page(client, "my-skills", role=["a", "b"], only="differences", have=["talk"])

    assert fields(form_of(root), "only", "hidden") == ["differences"]
    shared = by_id(root, "share-link").get("value")
    assert parse_qsl(urlsplit(shared).query) == [
        ("role", "a"), ("role", "b"), ("only", "differences"), ("have", "talk"),
    ]  # fmt: skip


def test_form_offers_no_draft(client):
    SkillFactory(slug="secret", name="Secret")

    assertNotContains(client.get(address("my-skills", have=["secret"])), "ecret")


def test_form_without_any_skill_says_so(client):
    Skill.objects.all().delete()

    assertContains(client.get(address("my-skills")), "No skill is linked to a role yet.")
