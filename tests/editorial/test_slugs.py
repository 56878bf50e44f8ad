"""An address, once public, answers for ever: changed slugs are remembered."""

import pytest

from editorial.models import FormerSlug
from roles.models import Role
from skills.models import Skill
from tests.factories import RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


def change_slug(page, slug):
    """As the admin does it: load, change, save."""
    page = type(page).objects.get(pk=page.pk)
    page.slug = slug
    page.save()
    return page


def former_slugs():
    return sorted(FormerSlug.objects.values_list("slug", flat=True))


def test_changed_slug_is_remembered():
    role = change_slug(RoleFactory(slug="ehr"), "records")

    former = FormerSlug.objects.get()
    assert (former.slug, former.page) == ("ehr", role)


def test_every_slug_in_a_row_leads_to_the_page():
    role = RoleFactory(slug="one")
    change_slug(role, "two")

    change_slug(role, "three")

    assert former_slugs() == ["one", "two"]
    assert Role.objects.formerly("one").get() == Role.objects.formerly("two").get() == role


def test_changing_back_takes_the_old_address_from_the_list():
    role = RoleFactory(slug="ehr")
    change_slug(role, "records")

    change_slug(role, "ehr")

    assert former_slugs() == ["records"]
    assert not Role.objects.formerly("ehr").exists()


def test_page_changed_twice_without_loading_it_again_is_remembered_twice():
    role = RoleFactory(slug="one")
    for slug in ("two", "three"):
        role.slug = slug
        role.save()

    assert former_slugs() == ["one", "two"]


def test_saving_anything_else_remembers_nothing():
    role = Role.objects.get(pk=RoleFactory().pk)
    role.tagline = "Other."
    role.save()

    assert former_slugs() == []


def test_address_that_another_page_gave_up_leads_to_the_last_page_that_had_it():
    first, second = RoleFactory(slug="ehr"), RoleFactory(slug="charts")
    change_slug(first, "records")
    change_slug(second, "ehr")

    change_slug(second, "notes")

    assert Role.objects.formerly("ehr").get() == second


def test_address_taken_by_a_new_page_leads_to_that_page_when_it_moves_on():
    change_slug(RoleFactory(slug="ehr"), "records")
    newcomer = RoleFactory(slug="ehr", title="Another role")

    change_slug(newcomer, "notes")

    assert Role.objects.formerly("ehr").get() == newcomer


def test_kinds_of_pages_have_their_own_addresses():
    other = RoleFactory()
    role, skill = RoleFactory(slug="imaging"), SkillFactory(slug="imaging", pk=other.pk)
    change_slug(role, "scans")

    change_slug(skill, "dicom")

    assert Role.objects.formerly("imaging").get() == role
    assert Skill.objects.formerly("imaging").get() == skill


def test_nothing_was_formerly_called_what_nobody_was_called():
    RoleFactory(slug="ehr")

    assert not Role.objects.formerly("ehr").exists()
    assert not Role.objects.formerly("unknown").exists()
