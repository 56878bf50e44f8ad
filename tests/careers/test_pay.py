"""Pay pages show the official figures as they are: on the page, in the spreadsheet and beside a role."""

import csv
import io
import random

import pytest
from django.db import transaction
from pytest_django.asserts import assertContains, assertNotContains

from outlook.figures import HEADINGS
from outlook.importing import box
from outlook.importing.scope import DATA_DIR, named_industries
from outlook.models import Task
from outlook.models.codes import ALL_OCCUPATIONS, NATION
from tests.factories import PageFactory, PassageFactory
from tests.outlook.factories import ReleaseFactory, RoleOccupationFactory

from .pages import address, text, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DEVELOPERS = "15-1252"
SEED = random.Random(2025)  # noqa: S311 - the same draw at every run


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    """The figures in the box, loaded once for these tests and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        box.load()
        yield
        transaction.set_rollback(True)


def lines_of(name):
    with open(DATA_DIR / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def drawn_by_lot(count):
    """(cell of the files in the box, name of a value, name of its area or industry), the same draw at every run."""
    names = {line["code"]: line["name"] for line in lines_of(box.AREAS)}
    shown = {code: label for code, (group, label, _) in named_industries().items() if group}
    cells = [(cell, names[cell["area"]]) for cell in lines_of(box.BY_AREA) if cell["area"] != NATION]
    cells += [(cell, shown[cell["industry"]]) for cell in lines_of(box.BY_INDUSTRY) if cell["industry"] in shown]
    cells = [(cell, label) for cell, label in cells if cell["occupation"] != ALL_OCCUPATIONS]
    values = ["employment", "p10", "p25", "p50", "p75", "p90"]
    return [(cell, SEED.choice(values), label) for cell, label in SEED.sample(cells, count)]


def in_words(cell, name):
    """What a reader should see of a value in the files. The bound is that of May 2025."""
    text = cell[name]
    if text in ("-", "#"):
        return {"-": "not published", "#": "$239,200 or more"}[text]
    return f"{int(text):,}" if name == "employment" else f"${int(text):,}"


def tables(page):
    """{name of the row: {heading: cell}} of all tables on a page."""
    found = {}
    for table in tree(page).iter("table"):
        heads = [text(each) for each in table.find("thead").iter("th")]
        for row in table.find("tbody").iter("tr"):
            name, *cells = [text(each) for each in row]
            found[name.removesuffix(" two neighboring amounts are the same")] = dict(zip(heads[1:], cells, strict=True))
    return found


def downloaded(client, **query):
    """{name of the row: {heading: cell}} of the spreadsheet."""
    _, heads, *rows = csv.reader(io.StringIO(client.get(address("pay", format="csv", **query)).content.decode()))
    return {name: dict(zip(heads[1:], cells, strict=True)) for name, *cells in rows}


@pytest.mark.usefixtures("figures")
def test_twenty_figures_drawn_by_lot_from_the_files_stand_on_page_and_spreadsheet(client):
    headings = dict(zip(["employment", "p10", "p25", "p50", "p75", "p90"], HEADINGS, strict=False))

    for cell, name, label in drawn_by_lot(20):
        asked = {"occupation": cell["occupation"], "area": cell["area"]}
        expected, heading = in_words(cell, name), headings[name]

        assert tables(client.get(address("pay", **asked)))[label][heading] == expected, (cell, name)
        assert downloaded(client, **asked)[label][heading] == expected, (cell, name)


@pytest.mark.usefixtures("figures")
def test_page_and_spreadsheet_say_the_same_of_every_industry_and_state(client):
    on_page, in_file = tables(client.get(address("pay"))), downloaded(client)

    assert len(on_page) >= 80
    for name, cells in on_page.items():
        assert {"Group": in_file[name]["Group"], **cells} == in_file[name]


@pytest.mark.usefixtures("figures")
def test_industries_stand_in_three_groups(client):
    groups = {name: row["Group"] for name, row in downloaded(client).items()}
    heads = [text(each) for each in tree(client.get(address("pay"))).iter("h3")]

    assert (groups["Hospitals"], groups["Software publishers"]) == ("Healthcare", "General tech")
    assert groups["Colleges and universities"] == groups["Federal agencies"] == "Universities and government"
    assert groups["Texas"] == "State or territory"
    assert heads[:3] == ["Healthcare", "General tech", "Universities and government"]


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("0600000", "California"),
        ("california", "California"),
        ("  Washington ", "Washington"),
        ("boston", "Boston-Cambridge-Newton, MA-NH"),
        ("UNITED STATES", "United States"),
    ],
    ids=["code", "other case", "a whole name before longer ones", "beginning", "nation"],
)
def test_an_area_is_found_by_code_and_by_name(client, words, place):
    page = client.get(address("pay", area=words))

    chosen = [text(each) for each in tree(page).iter("option") if each.get("selected") is not None]
    assert chosen[-1] == place
    assertNotContains(page, 'class="alert"')


@pytest.mark.usefixtures("figures")
def test_a_name_that_may_mean_several_areas_asks_which(client):
    page = client.get(address("pay", area="portland"))

    assertContains(page, "“portland” may mean:")
    assertContains(page, 'area=0038900">Portland-Vancouver-Hillsboro, OR-WA</a>')
    assertContains(page, "half earn between $105,210 and $171,980")


@pytest.mark.usefixtures("figures")
def test_a_letter_that_begins_many_names_lists_some(client):
    assertContains(client.get(address("pay", area="s")), "; and more in the list.")


@pytest.mark.usefixtures("figures")
def test_hospitals_stand_beside_software_publishers_with_their_gap(client):
    page = client.get(address("pay"))

    assertContains(page, "Hospitals: half earn between $103,930 and $136,530; the median is $125,860.")
    assertContains(page, "Software publishers: half earn between $123,720 and $204,340; the median is $164,550.")
    assertContains(page, "7% under")


@pytest.mark.usefixtures("figures")
def test_reasons_say_what_the_pay_figures_say_on_both_sides(client):
    page = tree(client.get(address("why-healthcare")))

    said = {text(each.find("dt")): text(each.find("dd")) for each in page.iter("div") if each.find("dt") is not None}
    assert said == {
        "The median in hospitals, against software publishers": "24% under",
        "The median in hospitals, against computer systems design firms": "5% under",
        "The lowest-paid tenth in hospitals, against software publishers": "less than 1% apart",
        "The median at instrument makers, against all industries": "14% above",
        "The median in research, life sciences among it, against all industries": "17% above",
    }


@pytest.mark.usefixtures("figures")
def test_every_state_stands_on_the_map_once(client):
    page = client.get(address("pay"))

    names = [each.get("title") for each in tree(page).iter("abbr")]
    assert len(names) == len(set(names)) == 52


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"occupation": "99-9999"}, "We have no figures for the occupation “99-9999”."),
        ({"area": "1234567"}, "in the area “1234567”"),
        ({"area": "Atlantis"}, "no figures for software developers in the area “Atlantis”"),
        ({"area": "<b>"}, "in the area “&lt;b&gt;”"),
    ],
    ids=["occupation", "area", "name of an area", "HTML"],
)
@pytest.mark.usefixtures("figures")
def test_what_has_no_figures_is_named_and_the_nation_is_shown(client, query, sentence):
    page = client.get(address("pay", **query))

    assertContains(page, sentence)
    assertContains(page, "half earn between $105,210 and $171,980")


@pytest.mark.usefixtures("figures")
def test_pay_of_a_role_names_the_nearest_occupation_and_what_does_not_fit(client):
    link = RoleOccupationFactory(key="near", occupation__code=DEVELOPERS, is_primary=True, caveat="Games count too.")

    page = client.get(address("role-pay", link.role.slug))

    assertContains(page, "Games count too.")
    assertContains(page, "Hospitals: half earn between $103,930 and $136,530")
    assertContains(page, "Universities and government")
    assertNotContains(page, "starting pay")


@pytest.mark.usefixtures("figures")
def test_pay_of_a_role_shows_what_onet_says_with_its_credit(client):
    link = RoleOccupationFactory(key="near", occupation__code=DEVELOPERS, is_primary=True)

    page = client.get(address("role-pay", link.role.slug))

    assertContains(page, "Kubernetes")
    assertContains(page, "Investigative (finding out how things work): 5.9 of 7; Conventional")
    assertContains(page, "in O*NET&#x27;s words: machine learning.")
    assertContains(page, "Attention to Detail")
    assertContains(page, "Job zone 4 of 5")
    assertContains(page, "O*NET, Interests, Job Zones. This page includes information from the O*NET 29.3 Database")
    assertNotContains(page, "Tasks, in O*NET")


@pytest.mark.usefixtures("figures")
def test_pay_of_a_role_shows_tasks_after_an_operators_import(client):
    link = RoleOccupationFactory(key="near", occupation__code=DEVELOPERS, is_primary=True)
    release = ReleaseFactory(program="onet", part="Task Statements", period="30.2")
    Task.objects.create(release=release, occupation_id=DEVELOPERS, task_id=1, text="Write software.", kind="Core")

    page = client.get(address("role-pay", link.role.slug))

    assertContains(page, "<li>Write software.</li>", html=True)
    assertContains(page, release.attribution)


@pytest.mark.usefixtures("figures")
def test_role_page_leads_to_its_pay(client):
    link = RoleOccupationFactory(key="near", occupation__code=DEVELOPERS, is_primary=True)

    page = client.get(address("role", link.role.slug))

    assertContains(page, "Half earn between $105,210 and $171,980")
    assertContains(page, f'href="{address("role-pay", link.role.slug)}"')


@pytest.mark.usefixtures("figures")
def test_comparison_shows_pay_and_outlook_of_the_nearest_occupation(client):
    links = [
        RoleOccupationFactory(key=f"near-{number}", occupation__code=DEVELOPERS, is_primary=True) for number in range(2)
    ]

    page = client.get(address("compare", role=[link.role.slug for link in links]))

    assertContains(page, "Software Developers: half earn between $105,210 and $171,980")
    assertContains(page, "Software Developers: +16% from 2024 to 2034")


@pytest.mark.usefixtures("figures")
def test_words_of_an_editor_reach_the_form_and_the_tables(client):
    labels = PageFactory(key="labels")
    for key, words in {
        "pay-occupation": "Job <group>",
        "pay-show": "Go",
        "pay-place": "Where it is",
        "pay-nation": "All <states>",
        "pay-filter": "Type <it>",
    }.items():
        PassageFactory(page=labels, key=key, heading=words)

    page = client.get(address("pay"))

    for words in ("Job &lt;group&gt;", ">Go</button>", "Where it is</th>", "<caption>All &lt;states&gt;. "):
        assertContains(page, words)
    assertContains(page, 'data-filterable="Type &lt;it&gt;" data-found="{found} of {count} areas"')
