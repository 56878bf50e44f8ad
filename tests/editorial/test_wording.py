"""A difference in words: what was taken out and what was put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.desk.wording import PUT_IN, SAME, TAKEN_OUT, as_text, word_changes

pytestmark = pytest.mark.once


def side(steps, name):
    return "".join(text for step, text in steps if step in (SAME, name))


def test_a_word_is_replaced():
    assert word_changes("You build records.", "You keep records.") == [
        (SAME, "You "), (TAKEN_OUT, "build "), (PUT_IN, "keep "), (SAME, "records."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ([{"side": "like", "text": "Lists.", "note": ""}, {"side": "no"}], "like · Lists.\nno\n"),
        (["old-slug"], "old-slug\n"),
    ],
)
def test_every_value_has_words(value, text):
    assert as_text(value) == text


def test_a_row_that_goes_takes_no_other_row_with_it():
    rows = [{"text": "One call."}, {"text": "Two calls."}]

    assert word_changes(rows, rows[:1]) == [(SAME, "One call.\n"), (TAKEN_OUT, "Two calls.\n")]


def test_long_stretches_are_shortened_to_the_words_around_a_change():
    words = " ".join(f"w{number}" for number in range(100))

    steps = word_changes(f"{words} old {words}", f"{words} new {words}")

    assert [step for step, _ in steps] == [SAME, TAKEN_OUT, PUT_IN, SAME]
    assert steps[0][1].startswith("… w88 ")
    assert steps[-1][1].endswith("w11 … ")


def test_a_long_text_that_did_not_change_shows_how_it_begins():
    words = " ".join(f"w{number}" for number in range(100))

    ((step, text),) = word_changes(words, words)

    assert step == SAME
    assert text.startswith("w0 w1 ")
    assert len(text) < 60


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_the_steps_are_both_texts(before, after):
    """Both texts are short, so that nothing is left out."""
    steps = word_changes(before, after)

    if "…" not in "".join(text for _, text in steps):
        assert side(steps, TAKEN_OUT) == before
        assert side(steps, PUT_IN) == after
