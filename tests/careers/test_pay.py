"""Pay pages show the official figures as they are: on the page, in the spreadsheet and beside a role."""

import csv
import io
import random

import pytest
from django.db import transaction
from pytest_django.asserts import assertContains, assertNotContains

from outlook.importing import box
from outlook.models import Estimate
from tests.outlook.factories import RoleOccupationFactory

from .pages import address, tree

pytestmark = pytest.mark.django_db
DEVELOPERS, NATION, ALL_INDUSTRIES = "15-1252", "0000000", "000000"


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    """The figures in the box, loaded once for these tests and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        box.load()
        yield
        transaction.set_rollback(True)


def downloaded(client, **query):
    response = client.get(address("pay", format="csv", **query))
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(response.content.decode()))}


def written(estimate, name):
    value = getattr(estimate, name)
    return "not published" if value is None else f"${value:,}"


@pytest.mark.usefixtures("figures")
def test_twenty_figures_drawn_by_lot_are_the_same_on_page_and_spreadsheet(client):
    shown = Estimate.objects.current().of(DEVELOPERS).filter(industry=ALL_INDUSTRIES, area__kind="metro")
    by_lot = random.Random(2025)  # noqa: S311 - the same draw at every run
    drawn = by_lot.sample(list(shown.select_related("area").order_by("pk")), 20)
    in_file = downloaded(client, occupation=DEVELOPERS)

    for estimate in drawn:
        page = client.get(address("pay", occupation=DEVELOPERS, area=estimate.area_id))
        row = in_file[estimate.area.name]

        assert row[1:6] == [written(estimate, name) for name in ("p10", "p25", "p50", "p75", "p90")]
        for name in ("p10", "p25", "p50", "p75", "p90"):
            assertContains(page, f"<td>{written(estimate, name)}</td>")


@pytest.mark.usefixtures("figures")
def test_hospitals_stand_beside_software_publishers_with_their_gap(client):
    page = client.get(address("pay"))

    assertContains(page, "Hospitals: half earn between $103,930 and $136,530; the median is $125,860.")
    assertContains(page, "Software publishers: half earn between $123,720 and $204,340; the median is $164,550.")
    assertContains(page, "7% under")


@pytest.mark.usefixtures("figures")
def test_reasons_say_what_the_pay_figures_say_on_both_sides(client):
    page = client.get(address("why-healthcare"))

    assertContains(page, "<dd>24% under</dd>")
    assertContains(page, "<dd>5% under</dd>")
    assertContains(page, "<dd>14% above</dd>")


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
    ],
    ids=["occupation", "area"],
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
    assertContains(page, "O*NET")
    assertNotContains(page, "starting pay")


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
