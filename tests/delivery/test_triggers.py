"""Whatever changes what readers see is counted, by whichever way it came; what nobody sees is not."""

import pytest
from django.apps import apps
from django.db import connection, transaction

from delivery import triggers
from delivery.models import ContentStamp
from editorial import desk
from roles.models import Role
from skills.models import RoleSkill
from tests.constraints import assert_refused, constraint_names
from tests.factories import FeedbackFactory, OpenFormFactory, RoleFactory, RoleSkillFactory, SkillFactory

pytestmark = pytest.mark.django_db


def by_sql(role):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE roles_role SET title = 'Another' WHERE id = %s", [role.pk])


WAYS = {
    "saved": lambda role: role.save(),
    "updated in bulk": lambda role: Role.objects.filter(pk=role.pk).update(title="Another"),
    "linked": lambda role: RoleSkillFactory(role=role),
    "linked in bulk": lambda role: RoleSkill.objects.bulk_create(
        [RoleSkillFactory.build(role=role, skill=SkillFactory())]
    ),
    "deleted": lambda role: role.delete(),
    "written past Django": by_sql,
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_changing_content_is_counted(stamp, way):
    role = RoleFactory()
    before = stamp()

    WAYS[way](role)

    assert stamp() > before


def test_what_readers_do_not_see_is_not_counted(stamp):
    open_form = OpenFormFactory()
    before = stamp()

    FeedbackFactory()
    open_form.save()

    assert stamp() == before


def test_rehearsing_a_draft_is_not_counted(stamp):
    role = RoleFactory()
    version = desk.record(role, reason="A test")
    before = stamp()

    with desk.rehearsal(version, published=True):
        Role.objects.update(title="As it would be")

    assert stamp() == before


def test_what_is_taken_back_is_not_counted(stamp):
    before = stamp()

    with transaction.atomic():
        RoleFactory()
        transaction.set_rollback(True)

    assert stamp() == before


@pytest.mark.once
def test_every_table_of_the_content_is_watched():
    """A new app or model whose rows readers see must be named: this list is what readers do not see."""
    unseen = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in triggers.watched_tables() and not model.__module__.startswith("django.")
    }

    assert {label for label in unseen if label.split(".")[0] in triggers.SEEN} == {
        "editorial.LoadedContent",
        "editorial.OpenForm",
        "editorial.SourceCheck",
    }
    assert {label.split(".")[0] for label in unseen} - triggers.SEEN.keys() == NOT_SHOWN_FROM_THE_CACHE


# Apps of ours and of others whose rows stand on no page that is kept.
NOT_SHOWN_FROM_THE_CACHE = {"axes", "classroom", "delivery", "feedback", "otp_static", "otp_totp", "packs", "staff"}


def test_triggers_come_back_when_a_table_was_made_anew(stamp):
    with connection.cursor() as cursor:
        event = "_insert_roles_role" if connection.vendor == "sqlite" else " ON roles_role"
        cursor.execute(f"DROP TRIGGER {triggers.PREFIX}{event}")
    before = stamp()
    RoleFactory()
    unnoticed = stamp()

    triggers.ensure("default")
    RoleFactory()

    assert unnoticed == before
    assert stamp() > before


def test_a_number_that_was_there_before_a_backup_never_comes_again(stamp):
    now = stamp()
    ContentStamp.objects.update(number=1)  # as an older backup has it

    RoleFactory()

    assert stamp() > now


def test_migrations_find_no_trigger_of_sqlite_in_their_way_and_what_they_change_is_counted(stamp):
    before = stamp()

    triggers.remove("default")
    RoleFactory()
    triggers.ensure("default")
    counted = stamp()
    RoleFactory()

    assert before < counted < stamp()


def test_there_is_one_row():
    assert constraint_names("delivery") == {"contentstamp_is_one_row"}
    assert_refused("contentstamp_is_one_row", ContentStamp.objects.get(), id=2)
