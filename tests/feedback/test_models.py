"""The questions asked about reports."""

import datetime

import pytest
from django.utils import timezone

from feedback.models import Feedback
from tests.factories import FeedbackFactory

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def test_what_waits_comes_first_and_the_longest_wait_at_the_top():
    done = FeedbackFactory(state="done", received_at=days_ago(9))
    begun = FeedbackFactory(state="in-progress", received_at=days_ago(5))
    newest, oldest = FeedbackFactory(received_at=days_ago(1)), FeedbackFactory(received_at=days_ago(3))

    assert list(Feedback.objects.by_need()) == [oldest, newest, begun, done]


def test_each_report_is_waiting_or_finished():
    reports = {state: FeedbackFactory(state=state) for state in Feedback.State}

    assert set(Feedback.objects.waiting()) == {reports["new"], reports["in-progress"]}
    assert set(Feedback.objects.finished()) == {reports["done"], reports["no-action"]}
    assert {state for state, report in reports.items() if report.is_waiting} == {"new", "in-progress"}


def test_today_begins_at_midnight_where_the_site_is(settings):
    settings.TIME_ZONE = "America/New_York"
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    FeedbackFactory(received_at=midnight - datetime.timedelta(seconds=1))
    today = FeedbackFactory(received_at=midnight)

    assert list(Feedback.objects.sent_today()) == [today]


@pytest.mark.parametrize(("section", "address"), [("", "/roles/one/"), ("skills", "/roles/one/#skills")])
def test_report_leads_to_the_place_it_is_about(section, address):
    assert FeedbackFactory(section=section).get_absolute_url() == address
