"""The picture of a working week, from activities that were never saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.week import HOURS_BEFORE_LUNCH, Block, Share, lay_out
from roles.models import WeekActivity

pytestmark = pytest.mark.once


def activity(hours, kind="build", day=1, text="Work"):
    return WeekActivity(day=day, kind=kind, hours=hours, text=text)


def test_empty_week_has_no_days_and_no_finding():
    week = lay_out([])

    assert (week.days, week.shares, week.hours, week.finding) == ([], [], 0, "")


def test_days_stand_in_order_with_their_names():
    week = lay_out([activity(1, day=5), activity(1, day=2), activity(1, day=1)])

    assert [day.name for day in week.days] == ["Monday", "Tuesday", "Friday"]


def test_work_that_ends_at_lunch_is_one_block():
    [monday] = lay_out([activity(3), activity(4, kind="check")]).days

    assert monday.morning == [Block("build", "Build", "Work", 3)]
    assert monday.afternoon == [Block("check", "Check", "Work", 4)]


def test_work_over_lunch_is_drawn_in_two_blocks_and_listed_once():
    work = activity(5)

    [monday] = lay_out([activity(1, kind="people", text="Talk"), work]).days

    assert monday.morning == [Block("people", "People", "Talk", 1), Block("build", "Build", "Work", 2)]
    assert monday.afternoon == [Block("build", "Build", "Work", 3)]
    assert [each.text for each in monday.activities] == ["Talk", "Work"]


def test_shares_add_up_the_hours_of_each_kind_in_a_fixed_order():
    week = lay_out([activity(2, kind="learn"), activity(3, kind="build"), activity(4, kind="build", day=2)])

    assert week.shares == [Share("build", "Build", 7), Share("learn", "Learn", 2)]
    assert week.hours == 9


@pytest.mark.parametrize(
    ("hours", "finding"),
    [
        ({"build": 7}, "7 of 7 hours go into building"),
        ({"build": 2, "people": 5}, "5 of 7 hours go into people; 2 for building"),
        (
            {"build": 4, "people": 1, "check": 2, "learn": 1},
            "4 of 8 hours go into building; 2 for checking, 1 for people, 1 for learning",
        ),
    ],
)
def test_finding_begins_with_what_takes_most(hours, finding):
    week = lay_out([activity(count, kind=kind) for kind, count in hours.items()])

    assert week.finding == finding


activities = st.lists(
    st.builds(
        activity,
        hours=st.integers(1, 7),
        kind=st.sampled_from(WeekActivity.Kind.values),
        day=st.sampled_from(WeekActivity.Day.values),
    )
)


@given(activities)
def test_no_hour_is_lost_or_made_up(rows):
    week = lay_out(rows)

    total = sum(row.hours for row in rows)
    assert week.hours == total
    assert sum(share.hours for share in week.shares) == total
    assert sum(block.hours for day in week.days for block in [*day.morning, *day.afternoon]) == total
    assert all(sum(block.hours for block in day.morning) <= HOURS_BEFORE_LUNCH for day in week.days)
