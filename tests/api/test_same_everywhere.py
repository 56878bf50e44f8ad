"""The real content says the same wherever it is read: on pages, as CSV, from the API, and in the dataset."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.dataset import archive, made
from careers.search.index import rebuild
from editorial.content.kinds import all_kinds
from editorial.markdown import plain
from editorial.models import LoadedContent, Version
from match.models import QuestionSet
from offline.export import export
from roles.models import Role
from tests.careers.pages import text, tree
from tests.offline.files import files_in

from .test_answers import at
from .test_dataset import files

# Loading and writing all content is tried on both databases in tests/editorial/test_dump.py.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Fields whose words stand on the page as they are written, by thing: its page, its address in the API, its folder.
ON_PAGES = {
    "roles": ("/roles/{}/", "role", ["title", "promise", "makes", "users", "languages", "workplaces", "trade_off"]),
    "skills": ("/skills/{}/", "skill", ["name", "summary", "meaning", "level_1", "level_4", "trade_off"]),
    "standards": ("/standards/{}/", "standard", ["name", "summary", "purpose", "in_practice", "first_step"]),
    "categories": ("/software/{}/", "category", ["name", "summary", "scene", "what_it_is", "hard_parts"]),
    "trends": ("/trends/{}/", "trend", ["name", "summary", "real_today", "learn_now"]),
}
DRAWS = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def real_archive(real_content):
    return made()


def test_archive_can_be_loaded_into_an_empty_installation_and_comes_out_the_same(real_archive, tmp_path):
    path = tmp_path / "dataset.zip"
    path.write_bytes(real_archive)
    with transaction.atomic():
        for model in (*(kind.model for kind in reversed(all_kinds())), QuestionSet, LoadedContent, Version):
            model.objects.all().delete()

        call_command("load_content", path, verbosity=0)

        assert Role.objects.published().count() == 5
        assert made() == real_archive
        transaction.set_rollback(True)


def test_same_words_give_the_same_bytes(real_archive):
    assert archive() == archive() == real_archive


def test_tables_hold_what_the_json_holds(real_archive):
    found = files(real_archive)
    described = json.loads(found["datapackage.json"])

    assert {each["path"] for each in described["resources"]} == {name for name in found if name.startswith("csv/")}
    for each in described["resources"]:
        names, *rows = csv.reader(io.StringIO(found[each["path"]]))
        assert names == [field["name"] for field in each["schema"]["fields"]]
        assert rows, each["path"]
    roles = {row["slug"]: row for row in csv.DictReader(io.StringIO(found["csv/roles.csv"]))}
    for slug, row in roles.items():
        assert row["promise"] == json.loads(found[f"content/roles/{slug}.json"])["promise"]


def test_archive_says_who_may_use_it_and_which_version_it_is(real_archive):
    found = files(real_archive)

    version = json.loads(found["datapackage.json"])["version"]
    assert f"Version {version}:" in found["README.md"]
    assert "creativecommons.org/licenses/by/4.0" in found["README.md"]
    assert "O*NET" in found["LICENSE.txt"]


# Values drawn at random


@pytest.fixture(scope="module")
def in_archive(real_archive):
    return files(real_archive)


@pytest.fixture(scope="module")
def tables(in_archive):
    """{name of a table: its rows}."""
    return {
        name.removeprefix("csv/").removesuffix(".csv"): list(csv.DictReader(io.StringIO(written)))
        for name, written in in_archive.items()
        if name.startswith("csv/")
    }


def ask(address):
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer


def without_marks(page):
    """The words of a page, without the numbers of its sources."""
    root = tree(page)
    for parent in root.iter():
        for child in [each for each in parent if each.tag == "sup"]:
            tail = child.tail
            child.clear()
            child.tail = tail
    return "".join(text(root).split())


def harmless(cell):
    """A cell of a spreadsheet without the sign that keeps it from being a formula."""
    return cell[1:] if cell[:2] in ("'-", "'=", "'+", "'@") else cell


@DRAWS
@given(st.data())
def test_words_are_equal_on_page_in_api_in_json_and_in_tables(in_archive, tables, data):
    folder = data.draw(st.sampled_from(sorted(ON_PAGES)))
    page, name, fields = ON_PAGES[folder]
    row = data.draw(st.sampled_from(tables[folder]))
    field = data.draw(st.sampled_from(fields))
    slug = row["slug"]

    told = ask(at(name, slug)).json()[field]

    assert told == json.loads(in_archive[f"content/{folder}/{slug}.json"])[field]
    assert told.replace("\r", "") == harmless(row[field]).replace("\r", "")
    assert "".join(plain(told).split()) in without_marks(ask(page.format(slug)))


@DRAWS
@given(st.data())
def test_a_link_of_role_and_skill_is_equal_everywhere(in_archive, tables, data):
    row = data.draw(st.sampled_from(tables["roles-role-skills"]))
    role, skill = row["roles"], row["skill"]

    (link,) = ask(at("role-skills", role=role, skill=skill)).json()["items"]
    from_role = next(each for each in ask(at("role", role)).json()["role_skills"] if each["skill"] == skill)
    from_skill = next(each for each in ask(f"/skills/{skill}.json").json()["role_skills"] if each["role"] == role)
    in_file = next(
        each for each in json.loads(in_archive[f"content/roles/{role}.json"])["role_skills"] if each["skill"] == skill
    )

    said = {(each["importance"], each["level"], each["why"]) for each in (row, link, from_role, from_skill, in_file)}
    assert len(said) == 1
    page = ask(f"/skills/{skill}/")
    shown = next(text(each) for each in tree(page).iter("li") if plain(row["why"]) in text(each))
    assert row["importance"] in shown.lower()
    assert row["level"] in shown.lower()


@DRAWS
@given(st.data())
def test_a_figure_of_pay_is_equal_on_page_as_csv_from_api_and_in_tables(tables, data):
    role = data.draw(st.sampled_from(tables["roles"]))["slug"]

    told = ask(f"/pay/{role}.json").json()
    industry = data.draw(st.sampled_from(told["industries"]))
    code = told["occupations"][0]["occupation"]["code"]
    words = [industry["jobs"]["words"], *(industry[name]["words"] for name in ("p10", "p25", "p50", "p75", "p90"))]

    on_page = [[text(cell) for cell in row] for row in tree(ask(f"/pay/{role}/")).iter("tr")]
    assert any(cells[1:7] == words for cells in on_page if cells[0] == industry["label"]), industry["label"]
    as_csv = list(csv.reader(io.StringIO(ask(f"/pay/?occupation={code}&format=csv").content.decode())))
    assert any(cells[1:7] == words for cells in as_csv if cells[0] == industry["label"])
    in_api = ask(at("pay", occupation=code, per_page=100)).json()["items"]
    assert industry in in_api
    key = "area" if industry["code"] == "0000000" else "industry"
    row = next(
        each
        for each in tables["official-pay"]
        if (each["occupation"], each[key]) == (code, industry["code"])
        and (each["area"], each["industry"])[key == "area"] in ("0000000", "000000")
    )
    assert list(row.values())[-7:-1] == words
    numbers = [industry[name]["value"] for name in ("jobs", "p10", "p50", "p90")]
    assert [row[name] for name in ("employment", "p10", "p50", "p90")] == [
        "" if value is None else str(value) for value in numbers
    ]


def test_a_comparison_says_what_its_page_and_its_csv_say(real_content):
    slugs = ["ehr-developer", "telemedicine-developer", "medical-imaging-developer"]

    told = ask(at("compare", role=slugs)).json()

    as_csv = {row[0]: row[1:] for row in csv.reader(io.StringIO(ask(
        f"/compare/?{'&'.join(f'role={slug}' for slug in slugs)}&format=csv").content.decode()))}  # fmt: skip
    for line in told["facts"]:
        assert [harmless(cell) for cell in as_csv[line["label"]]] == line["cells"]
    for line in told["skills"]:
        assert as_csv[f"Skill: {line['name']}"] == line["cells"]
    assert told["biggest_difference"] in text(tree(ask(f"/compare/?{'&'.join(f'role={slug}' for slug in slugs)}")))


def test_a_search_finds_what_its_page_finds(real_content):
    rebuild()

    told = ask(at("search", q="telemedecine", kind="role", per_page=100)).json()

    assert told["corrections"] == [{"typed": "telemedecine", "meant": "telemedicine"}]
    page = text(tree(ask("/search/?q=telemedecine&kind=role")))
    assert told["items"]
    assert all(each["title"] in page for each in told["items"])


# The static export


@pytest.fixture(scope="module")
def exported(real_content, tmp_path_factory):
    """{name: bytes} of a copy of the site as static files."""
    folder = tmp_path_factory.mktemp("export") / "careers"
    export(folder)
    return files_in(folder)


@DRAWS
@given(st.data())
def test_values_are_equal_in_tables_and_in_the_static_export(exported, tables, data):
    folder = data.draw(st.sampled_from(sorted(ON_PAGES)))
    page, _, fields = ON_PAGES[folder]
    row = data.draw(st.sampled_from(tables[folder]))
    words = harmless(row[data.draw(st.sampled_from(fields))])
    nation = [each for each in tables["official-pay"] if (each["area"], each["industry"]) == ("0000000", "000000")]
    on_site = [each for each in nation if f"pay/occupation-{each['occupation']}/index.html" in exported]
    pay = data.draw(st.sampled_from(on_site))

    def in_copy(address):
        return HttpResponse(exported[f"{address.strip('/')}/index.html"])

    assert "".join(plain(words).split()) in without_marks(in_copy(page.format(row["slug"])))
    lines = tree(in_copy(f"pay/occupation-{pay['occupation']}")).iter("tr")
    on_page = [[text(cell) for cell in line] for line in lines]
    assert list(pay.values())[-7:-1] in [cells[1:7] for cells in on_page]
    as_csv = exported[f"pay/format-csv_occupation-{pay['occupation']}.csv"].decode()
    assert list(pay.values())[-7:-1] in [cells[1:7] for cells in csv.reader(io.StringIO(as_csv))]
