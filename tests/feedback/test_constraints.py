"""The database refuses what a report can never be."""

import datetime

import pytest
from django.utils import timezone

from tests.constraints import assert_refused, constraint_names
from tests.factories import FeedbackFactory

pytestmark = pytest.mark.django_db

CASES = [
    ("feedback_state_is_known", {"state": "lost"}),
    ("feedback_page_is_on_this_site", {"page": "https://example.org/"}),
    ("feedback_page_is_on_this_site", {"page": "//example.org/"}),
    ("feedback_page_is_on_this_site", {"page": ""}),
    ("feedback_text_says_something", {"text": "Too short"}),
    ("feedback_text_has_an_end", {"text": "a" * 4_001}),
    ("feedback_is_changed_after_it_came", {"changed_at": timezone.now() - datetime.timedelta(days=1)}),
]


@pytest.mark.parametrize(("name", "changes"), CASES, ids=[f"{name} {str(changes)[:40]}" for name, changes in CASES])
def test_row_that_makes_no_sense_is_refused(name, changes):
    assert_refused(name, FeedbackFactory(), **changes)


def test_report_that_someone_handled_says_when(django_user_model):
    editor = django_user_model.objects.create_user("editor")

    assert_refused("feedback_handled_has_a_time", FeedbackFactory(), handled_by=editor)


def test_form_is_kept_once_and_reports_without_a_mark_as_often_as_they_come():
    FeedbackFactory.create_batch(2, mark="")
    FeedbackFactory(mark="a form")

    assert_refused("feedback_mark_is_there_once", FeedbackFactory(), mark="a form")


def test_every_constraint_is_tried():
    tried = {name for name, _ in CASES} | {"feedback_handled_has_a_time", "feedback_mark_is_there_once"}
    assert tried == constraint_names("feedback")


@pytest.mark.parametrize("text", ["a" * 10, "a" * 4_000, "é" * 4_000])
def test_texts_from_the_shortest_to_the_longest_are_kept(text):
    report = FeedbackFactory(text=text)

    report.refresh_from_db()
    assert report.text == text
