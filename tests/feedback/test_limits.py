"""So many reports from one place, and not one address kept."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from careers import open_forms
from feedback.models import Feedback
from feedback.views import FROM_ONE_PLACE
from tests.factories import FeedbackFactory

from .sending import FORM, TEXT, report, values

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time by which the limits count."""

    def set_to(moment):
        monkeypatch.setattr(open_forms.timezone, "now", lambda: moment)

    set_to(NOON)
    return set_to


def send(client, address="203.0.113.7", **headers):
    return client.post(FORM, report(), REMOTE_ADDR=address, headers=headers).status_code


def test_five_reports_an_hour_are_taken_from_one_place(client, clock):
    answers = [send(client) for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert send(client, "203.0.113.8") == 302


def test_next_hour_five_more_are_taken_up_to_twenty_a_day(client, clock):
    taken = []
    for hour in range(6):
        clock(NOON + datetime.timedelta(hours=hour))
        taken.append([send(client) for _ in range(6)].count(302))

    assert taken == [5, 5, 5, 5, 0, 0]
    clock(NOON + datetime.timedelta(days=1))
    assert send(client) == 302


def test_over_the_limit_the_text_is_kept_and_the_page_is_kind(client, clock):
    for _ in range(5):
        send(client)

    response = client.post(FORM, report(mail="reader@example.org"), REMOTE_ADDR="203.0.113.7")

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Your words are still here" in response.content.decode()
    assert (values(response)["text"], values(response)["mail"]) == (TEXT, "reader@example.org")


def test_what_was_refused_does_not_count(client, clock):
    for _ in range(10):
        client.post(FORM, report(text="short"), REMOTE_ADDR="203.0.113.7")

    assert send(client) == 302


def test_a_form_sent_twice_is_one_report_and_takes_no_room(client):
    sent = report()

    answers = [client.post(FORM, sent).status_code for _ in range(8)]

    assert answers == [302] * 8
    assert Feedback.objects.count() == 1
    assert send(client) == 302


def test_the_same_words_in_another_form_are_another_report(client):
    for _ in range(2):
        client.post(FORM, report())

    assert Feedback.objects.count() == 2


def test_two_hundred_a_day_are_taken_from_everyone(client):
    Feedback.objects.bulk_create(FeedbackFactory.build_batch(199))

    assert (send(client, "203.0.113.1"), send(client, "203.0.113.2")) == (302, 429)
    Feedback.objects.update(received_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    assert send(client, "203.0.113.2") == 302


def test_no_address_is_kept(client, monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "incr", lambda key: keys.append(key))

    send(client, "203.0.113.7")

    assert len(keys) == 2
    assert not [key for key in keys if "203" in key.split(":")[0] or "203.0.113.7" in key]
    stored = Feedback.objects.values().get()
    assert "203.0.113.7" not in str(stored)


def test_hash_of_an_address_is_another_one_tomorrow_and_with_another_secret(rf, clock, settings):
    request = rf.post(FORM, REMOTE_ADDR="203.0.113.7")
    today = set(FROM_ONE_PLACE.counters(request))

    clock(NOON + datetime.timedelta(days=1))
    tomorrow = set(FROM_ONE_PLACE.counters(request))
    settings.SECRET_KEY = "k" * 60
    elsewhere = set(FROM_ONE_PLACE.counters(request))

    assert not today & tomorrow
    assert not tomorrow & elsewhere


def test_counter_that_the_cache_threw_out_begins_again(rf, monkeypatch):
    request = rf.post(FORM, REMOTE_ADDR="203.0.113.7")
    monkeypatch.setattr(cache, "add", lambda *args: False)

    FROM_ONE_PLACE.count_one(request)

    assert set(cache.get_many(FROM_ONE_PLACE.counters(request)).values()) == {1}
