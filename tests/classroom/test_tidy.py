"""What we promised to delete is deleted, and nothing else."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from classroom.models import Classroom, Tally, Ticket
from match.models import QuestionSet
from tests.factories import ClassroomFactory

pytestmark = pytest.mark.django_db


def tidy(*arguments):
    said = io.StringIO()
    call_command("tidy", *arguments, stdout=said)
    return said.getvalue()


def age(classroom, since):
    """Let the time at which its data has to be deleted have passed so long ago."""
    now = timezone.now()
    Classroom.objects.filter(pk=classroom.pk).update(
        started_at=now - since * 2 - datetime.timedelta(hours=1), ends_at=now - since, delete_after=now - since
    )


def test_a_class_past_its_time_goes_with_everything_that_was_counted(lesson):
    lesson.send("51--")
    kept = ClassroomFactory()
    age(lesson.classroom, datetime.timedelta(0))

    said = tidy()

    assert list(Classroom.objects.all()) == [kept]
    assert not Tally.objects.exists()
    assert not Ticket.objects.exists()
    assert QuestionSet.objects.filter(code=lesson.asked.kept.code).exists()
    assert said == "Classes past their time: 1 deleted.\nPacks closed for long: 0 deleted.\n"
    assert tidy() == "Classes past their time: 0 deleted.\nPacks closed for long: 0 deleted.\n"


def test_a_class_that_has_ended_stays_until_the_day_its_page_names(lesson):
    lesson.classroom.close()

    tidy()

    assert Classroom.objects.exists()


def test_dry_run_says_what_would_go_and_changes_nothing(lesson):
    age(lesson.classroom, datetime.timedelta(days=1))

    said = tidy("--dry-run")

    assert said == "Classes past their time: 1 would be deleted.\nPacks closed for long: 0 would be deleted.\n"
    assert Classroom.objects.exists()


def test_the_pages_of_a_class_that_is_deleted_say_that_it_is_not_there(client, lesson):
    age(lesson.classroom, datetime.timedelta(0))
    tidy()

    assert client.get(f"/class/manage/{lesson.token}/").status_code == 404
    assert client.get(lesson.classroom.get_absolute_url()).status_code == 404
