"""Each process knows the newest state of the content, whatever happens to the database."""

import datetime
import threading
import time

import pytest
from django.db import DatabaseError

from delivery import watch
from delivery.models import ContentStamp

pytestmark = pytest.mark.once


@pytest.fixture
def looks(monkeypatch):
    """What the next looks find: a state, or an exception; the last one for ever. The pause between them is nothing."""
    found = []

    def read(database):
        each = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(each, Exception):
            raise each
        return each

    monkeypatch.setattr(watch, "read_stamp", read)
    monkeypatch.setattr(watch, "PAUSE", 0.01)
    monkeypatch.setattr(watch.Watch, "_begin_anew", lambda self: None)
    return found


class WatchOfATest(watch.Watch):
    """Its thread looks no more when the test is over."""

    is_over = False

    def look(self):
        if self.is_over:
            threading.Event().wait()
        super().look()


@pytest.fixture
def ours(monkeypatch):  # whose changes outlast this
    ours = WatchOfATest()
    yield ours
    ours.is_over = True


def wait_for(is_true):
    for _ in range(500):
        if is_true():
            return
        threading.Event().wait(0.01)
    pytest.fail("It did not become true.")


def test_the_first_request_of_a_process_knows_the_state(looks, ours):
    looks.append("1")

    ours.start()

    assert ours.stamp == "1"


@pytest.mark.parametrize("trouble", [DatabaseError(), RuntimeError("nobody thought of this")])
def test_nothing_that_goes_wrong_ends_the_looking(looks, trouble, ours):
    looks += ["1", trouble, trouble, "2"]

    ours.start()

    wait_for(lambda: ours.stamp == "2")


def test_without_its_row_nothing_counts_until_it_is_back(looks, ours):
    looks += [ContentStamp.DoesNotExist(), "1"]
    ours.look()
    without = ours.is_counted

    ours.look()

    assert (without, ours.is_counted, ours.stamp) == (False, True, "1")


def test_a_database_that_does_not_answer_keeps_no_reader_waiting(monkeypatch, ours):
    hangs = threading.Event()
    monkeypatch.setattr(watch, "read_stamp", lambda database: hangs.wait(10) and "1")
    monkeypatch.setattr(watch, "PATIENCE", 0.05)

    ours.start()

    assert ours.stamp is None
    hangs.set()


def test_a_database_that_hangs_does_not_answer_until_a_look_is_quick(monkeypatch, ours):
    first, second = threading.Event(), threading.Event()
    looks = iter([first, second])

    def read(database):
        next(looks, first).wait(10)
        return "1"

    monkeypatch.setattr(watch, "read_stamp", read)
    monkeypatch.setattr(watch, "PATIENCE", 0.01)
    monkeypatch.setattr(watch, "PAUSE", 0.01)
    monkeypatch.setattr(watch, "LONGEST_LOOK", 0.8)
    ours.start()

    at_first = ours.answers
    wait_for(lambda: not ours.answers)
    first.set()
    wait_for(lambda: ours.stamp == "1")
    time.sleep(0.1)
    in_the_second_look = ours.answers
    second.set()

    assert (at_first, in_the_second_look) == (True, False)
    wait_for(lambda: ours.answers)


@pytest.mark.parametrize(
    "trouble", [DatabaseError(), RuntimeError("nobody thought of this"), ContentStamp.DoesNotExist()]
)
def test_a_look_that_fails_says_that_the_database_does_not_answer_until_the_next_one(looks, trouble, ours):
    looks += [trouble, "1"]
    ours.look()
    after_trouble = ours.answers

    ours.look()

    assert (after_trouble, ours.answers) == (False, True)


def test_only_the_first_moment_of_a_process_is_waited_for(monkeypatch, ours):
    hangs = threading.Event()
    monkeypatch.setattr(watch, "read_stamp", lambda database: hangs.wait(10) and "1")
    monkeypatch.setattr(watch, "PATIENCE", 0.5)
    ours.start()
    begun = time.monotonic()

    for _ in range(10):
        ours.start()

    assert time.monotonic() - begun < 0.4
    hangs.set()


def test_later_states_sort_later(monkeypatch):
    days = iter([datetime.date(2026, 11, 27), datetime.date(2026, 11, 28), datetime.date(2026, 11, 28)])
    numbers = iter([999, 999, 1_000])
    monkeypatch.setattr(watch.timezone, "localdate", lambda: next(days))
    monkeypatch.setattr(
        ContentStamp.objects,
        "using",
        lambda database: type("Rows", (), {"get": lambda self, pk: ContentStamp(number=next(numbers))})(),
    )

    stamps = [watch.read_stamp() for _ in range(3)]

    assert stamps == sorted(set(stamps))
