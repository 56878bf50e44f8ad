"""Lays pay figures out as pictures and tables. Pure: takes loaded estimates, returns rows.

The wording of every figure comes from `outlook.figures`; here is only where it stands on a picture.
"""

from dataclasses import dataclass

from outlook.figures import PERCENTILES, Gap, Pay, gap, pay, top_bound
from outlook.models import Industry
from outlook.models.codes import ALL_INDUSTRIES

# One axis on every pay picture of the site, so that pictures can be compared: yearly dollars.
AXIS_LOW, AXIS_HIGH = 25_000, 300_000
TICKS = [50_000, 100_000, 150_000, 200_000, 250_000]
MOST_RANKED = 15


@dataclass(frozen=True)
class Range:
    """Where the five percentiles stand on the axis, in percent of its width; None for what is not published."""

    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None

    @property
    def is_drawn(self):
        return None not in (self.p10, self.p25, self.p50, self.p75, self.p90)

    @property
    def thin(self):
        return self.p90 - self.p10

    @property
    def thick(self):
        return self.p75 - self.p25


@dataclass(frozen=True)
class PayRow:
    """One line of a pay picture or table: what it is about, the figures in words, and where they stand.

    `estimate` holds them as published.
    """

    label: str
    code: str
    group: str
    pay: Pay
    range: Range
    gap: Gap | None
    estimate: object

    @property
    def median(self):
        return self.estimate.p50

    @property
    def is_ranked(self):
        """Are there enough jobs, and a median, to say that it lies above or below others?"""
        return self.pay.may_be_ranked and bool(self.median)

    @property
    def rank(self):
        """For sorting: by median from high to low, and what is not ranked last."""
        return not self.is_ranked, -(self.median or 0), self.label

    @property
    def spoken(self):
        """The picture in a sentence, for those who hear it."""
        if not self.pay.is_published:
            return f"{self.label}: not published."
        return f"{self.label}: {self.pay.middle_half or 'the range is not published'}; the median is {self.pay.p50}."


@dataclass(frozen=True)
class Tile:
    """One state on the map: its place on the grid, and its step from 1 (lowest fifth) to 5; 0 when not ranked."""

    row: PayRow
    abbreviation: str
    column: int
    line: int
    step: int


def position(value, mark=""):
    """Percent of the axis' width. A top-coded wage stands at its end; a missing one nowhere."""
    if value is None:
        return 100.0 if mark == "#" else None
    share = (value - AXIS_LOW) / (AXIS_HIGH - AXIS_LOW)
    return round(100 * min(max(share, 0), 1), 1)


def axis():
    """(label, percent) of each tick."""
    return [(f"${tick // 1000}k", position(tick)) for tick in TICKS]


def row(estimate, label, reference=None):
    """A PayRow from a loaded estimate; `reference` is the estimate that the gap is measured against."""
    marks = {name: position(getattr(estimate, name), getattr(estimate, f"{name}_mark")) for name in PERCENTILES}
    return PayRow(
        label=label,
        code=estimate.area_id if estimate.industry_id == ALL_INDUSTRIES else estimate.industry_id,
        group=_group(estimate),
        pay=pay(estimate, top_bound(estimate.release.footnotes)),
        range=Range(**marks),
        gap=gap(estimate.p50, reference.p50) if reference and reference != estimate else None,
        estimate=estimate,
    )


def _group(estimate):
    """Beside which others it stands: a group of industries, or a kind of area."""
    return estimate.industry.get_group_display() if estimate.industry.group else estimate.area.get_kind_display()


def by_industry(estimates, national):
    """[(group, rows)], healthcare first; in each group by median from high to low, and small ones last."""
    rows = [row(estimate, estimate.industry.label, national) for estimate in estimates]
    rows.sort(key=lambda each: each.rank)
    groups = [(group, [each for each in rows if each.group == group.label]) for group in Industry.Group]
    return [(group, members) for group, members in groups if members]


def ranked(estimates, national, count=MOST_RANKED):
    """The areas with enough jobs to be ranked, by median from high to low: at most `count` rows."""
    rows = [row(estimate, estimate.area.name, national) for estimate in estimates]
    rows = [each for each in rows if each.is_ranked]
    return sorted(rows, key=lambda each: each.rank)[:count]


def tile_map(estimates, national):
    """A Tile for every state and for the District of Columbia, in reading order."""
    rows = {estimate.area.abbreviation: row(estimate, estimate.area.name, national) for estimate in estimates}
    medians = sorted(each.median for each in rows.values() if each.is_ranked)
    tiles = []
    for line, names in enumerate(GRID.strip("\n").split("\n")):
        for column in range(0, len(names), 3):
            name = names[column : column + 2].strip()
            if name and name in rows:
                tiles.append(Tile(rows[name], name, column // 3, line, _step(rows[name], medians)))
    return tiles


def _step(row, medians):
    """Which fifth of the states the median falls into, 1 to 5; 0 when it is not ranked."""
    if not row.is_ranked:
        return 0
    return min(5, 1 + sum(each < row.median for each in medians) * 5 // len(medians))


# A tile for each state, roughly where it lies. The idea is common in newspapers; this arrangement is ours.
GRID = """
AK                            ME
                           VT NH
WA ID MT ND MN WI    MI    NY MA
OR NV WY SD IA IL IN OH PA NJ CT RI
CA UT CO NE MO KY WV VA MD DE
   AZ NM KS AR TN NC SC DC
         OK LA MS AL GA
HI       TX             FL       PR
"""
