"""Lays an example week out as a picture. Pure: takes activities, returns blocks."""

from collections import Counter
from dataclasses import dataclass

HOURS_BEFORE_LUNCH = 3


@dataclass(frozen=True)
class Block:
    """Some hours of one kind of work in a row."""

    kind: str
    kind_label: str
    text: str
    hours: int


@dataclass(frozen=True)
class Day:
    """One working day: what comes before lunch and after it, and the same as a plain list."""

    name: str
    morning: list
    afternoon: list
    activities: list


@dataclass(frozen=True)
class Share:
    """How many hours of the week one kind of work takes."""

    kind: str
    label: str
    hours: int


@dataclass(frozen=True)
class Week:
    """A whole week with its totals."""

    days: list
    shares: list
    hours: int

    @property
    def finding(self):
        """What the picture shows, in a sentence."""
        if not self.shares:
            return ""
        first, *rest = sorted(self.shares, key=lambda share: -share.hours)
        others = ", ".join(f"{share.hours} for {_purpose(share.kind)}" for share in rest)
        return f"{first.hours} of {self.hours} hours go into {_purpose(first.kind)}{f'; {others}' if others else ''}"


def _purpose(kind):
    return {"build": "building", "people": "people", "check": "checking", "learn": "learning"}[kind]


def lay_out(activities):
    """A Week from ordered WeekActivity rows. Work that runs over lunch is drawn in two blocks."""
    activities = list(activities)
    hours = Counter()
    days = {}
    for activity in activities:
        hours[activity.kind] += activity.hours
        days.setdefault((activity.day, activity.get_day_display()), []).append(activity)
    labels = {activity.kind: activity.get_kind_display() for activity in activities}
    return Week(
        days=[_day(name, rows) for (_, name), rows in sorted(days.items())],
        shares=[
            Share(kind, labels[kind], hours[kind]) for kind in ("build", "people", "check", "learn") if hours[kind]
        ],
        hours=sum(hours.values()),
    )


def _day(name, rows):
    morning, afternoon, spent = [], [], 0
    for row in rows:
        before = min(row.hours, max(0, HOURS_BEFORE_LUNCH - spent))
        if before:
            morning.append(Block(row.kind, row.get_kind_display(), row.text, before))
        if row.hours > before:
            afternoon.append(Block(row.kind, row.get_kind_display(), row.text, row.hours - before))
        spent += row.hours
    return Day(name, morning, afternoon, rows)
