"""Reports are kept only as long as they are needed."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from feedback.models import Feedback
from tests.factories import FeedbackFactory

pytestmark = pytest.mark.django_db


def purge(*arguments):
    said = io.StringIO()
    call_command("purge_feedback", *arguments, stdout=said)
    return said.getvalue()


def aged(days, **fields):
    return FeedbackFactory(received_at=timezone.now() - datetime.timedelta(days=days), **fields)


def test_mail_addresses_go_when_the_report_is_finished_and_the_words_stay():
    reports = {state: FeedbackFactory(state=state, mail="reader@example.org") for state in Feedback.State}

    said = purge()

    kept = {state: Feedback.objects.get(pk=report.pk).mail for state, report in reports.items()}
    assert kept == {"new": "reader@example.org", "in-progress": "reader@example.org", "done": "", "no-action": ""}
    assert "Mail addresses of finished reports: 2 removed." in said


def test_reports_go_after_a_year_whatever_became_of_them():
    gone = [aged(366), aged(400, state="done")]
    kept = [aged(364), aged(1)]

    said = purge()

    assert set(Feedback.objects.all()) == set(kept)
    assert f"Reports older than 365 days: {len(gone)} deleted." in said
    assert "1 of them nobody had finished." in said


def test_number_of_days_can_be_chosen():
    aged(31)
    kept = aged(29)

    purge("--days", "30")

    assert list(Feedback.objects.all()) == [kept]


def test_dry_run_says_what_would_go_and_changes_nothing():
    aged(400)
    finished = FeedbackFactory(state="done", mail="reader@example.org")

    said = purge("--dry-run")

    assert "Reports older than 365 days: 1 would be deleted." in said
    assert Feedback.objects.count() == 2
    assert Feedback.objects.get(pk=finished.pk).mail


@pytest.mark.parametrize("days", ["0", "-1"])
def test_days_that_would_delete_everything_are_refused(days):
    report = FeedbackFactory()

    with pytest.raises(CommandError, match="1 or more"):
        purge(f"--days={days}")

    assert Feedback.objects.get() == report
