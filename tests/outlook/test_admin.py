"""What the admin shows of the figures."""

import datetime

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from outlook.models import RoleOccupation
from tests.outlook.factories import (
    EstimateFactory,
    OccupationFactory,
    ReleaseFactory,
    RoleFactory,
    RoleOccupationFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO, THIS_YEAR = "2019A01", f"{datetime.date.today().year}A01"


def test_releases_are_listed_with_counts_and_state(admin_client, django_assert_max_num_queries):
    release = ReleaseFactory()
    EstimateFactory(release=release)

    with django_assert_max_num_queries(10):
        response = admin_client.get(reverse("admin:outlook_release_changelist"))

    assertContains(response, "1 pay estimates")
    assertContains(response, "Shown to readers")
    assertContains(admin_client.get(reverse("admin:outlook_release_change", args=[release.pk])), "May 2025")


@pytest.mark.parametrize("page", ["add", "delete"])
def test_only_the_import_commands_write_releases(admin_client, page):
    arguments = [ReleaseFactory().pk] if page == "delete" else []

    assert admin_client.get(reverse(f"admin:outlook_release_{page}", args=arguments)).status_code == 403


def test_the_start_page_warns_of_figures_whose_successor_is_out(admin_client):
    release = ReleaseFactory(period=LONG_AGO, period_name="May 2019")

    response = admin_client.get(reverse("admin:index"))

    assertContains(response, "Figures may be out of date")
    assertContains(response, str(release))
    assertContains(response, "May 2021")


def test_the_start_page_is_calm_while_figures_are_fresh(admin_client):
    ReleaseFactory(period=THIS_YEAR)

    assertNotContains(admin_client.get(reverse("admin:index")), "out of date")


def test_an_editor_links_a_role_to_an_occupation(admin_client):
    role, occupation = RoleFactory(slug="ehr-developer"), OccupationFactory()

    admin_client.post(
        reverse("admin:outlook_roleoccupation_add"),
        {
            "role": role.pk,
            "occupation": occupation.pk,
            "is_primary": "on",
            "position": 1,
            "trust": "medium",
            "why": "Counted here.",
            "caveat": "With many others.",
        },
    )

    assert RoleOccupation.objects.get().key == "ehr-developer-15-1252"


def test_an_editor_changes_the_caveat(admin_client):
    link = RoleOccupationFactory()

    assertContains(admin_client.get(reverse("admin:outlook_roleoccupation_changelist")), link.occupation.code)
    assertContains(admin_client.get(reverse("admin:outlook_roleoccupation_change", args=[link.pk])), "Not the same.")


def test_the_form_shows_the_occupation_of_a_link(admin_client):
    link = RoleOccupationFactory()

    response = admin_client.get(reverse("admin:outlook_roleoccupation_change", args=[link.pk]))

    assertContains(response, f'<option value="{link.occupation.code}" selected>{link.occupation}</option>', html=True)


def test_an_occupation_stays_chosen_when_the_form_comes_back(admin_client):
    occupation = OccupationFactory()

    response = admin_client.post(reverse("admin:outlook_roleoccupation_add"), {"occupation": occupation.code})

    assertContains(response, f'<option value="{occupation.code}" selected>{occupation}</option>', html=True)


def test_the_links_beside_an_occupation_lead_to_it(admin_client):
    link = RoleOccupationFactory()

    page = admin_client.get(reverse("admin:outlook_roleoccupation_change", args=[link.pk]))

    assertContains(page, "?_to_field=code")
    where = reverse("admin:outlook_occupation_change", args=[link.occupation.code])
    assert admin_client.get(where, {"_to_field": "code"}).status_code == 200
