"""How a figure is worded, in one place: page, print and CSV say the same.

Pure functions; no database. The rules of the publisher are quoted where they are used, and what is our own choice
says so. One rule has no function because nothing may break it: a figure for one industry is national, and a figure
for one area covers all its industries. They are never multiplied, scaled or averaged into "hospitals in Boston".
"""

import itertools
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# The marks of a missing value. `#` is the mark of BLS's spreadsheets; its flat files write `-` with a footnote.
UNRELEASED = "-"
TOP_CODED = "#"

# Never call the lower quarter, or the lowest tenth, starting pay. A percentile counts everyone in the occupation at one
# time, newcomers and veterans, in cheap places and dear ones; nothing in these figures says who is new.
PERCENTILES = ["p10", "p25", "p50", "p75", "p90"]

NOT_PUBLISHED = "not published"

# What the cells of a table of pay are called, in the order of `Pay.cells`.
HEADINGS = [
    "Jobs",
    "1 in 10 earns less",
    "A quarter earn less",
    "Median",
    "A quarter earn more",
    "1 in 10 earns more",
    "How sure",
]

# O*NET sorts occupations by six interests, which many tests at school use too. The words are ours.
INTERESTS = {
    "Realistic": "building and fixing things",
    "Investigative": "finding out how things work",
    "Artistic": "making something of your own",
    "Social": "helping and teaching people",
    "Enterprising": "leading and persuading people",
    "Conventional": "order, data and clear rules",
}

# Editorial. An area or an industry with fewer of these jobs is shown, but not ranked. In OEWS May 2025, above 500
# jobs nine of ten mean wages have a relative standard error under 7%, and below it a tenth exceed 8 to 12%: two such
# places can swap ranks by chance alone.
RANKING_FLOOR = 500

# 90% of the time a sample's result lies within 1.645 standard errors of a full count's (normal distribution).
NINETY_PERCENT = Decimal("1.645")


def top_bound(footnotes):
    """The yearly wage at which the release stops saying more, from its own footnotes; None when it has none.

    `footnotes`: {code: text}. May 2025 says: "This wage is equal to or greater than $115.00 per hour or $239,200
    per year."
    """
    for text in footnotes.values():
        if is_top_code(text):
            found = re.search(r"\$([\d,]+)(?:\.\d+)? per year", text)
            if found:
                return int(found[1].replace(",", ""))
    return None


def is_top_code(footnote):
    """Does this footnote of a release say that a wage is above the top of the scale?"""
    return "equal to or greater than" in footnote.lower()


def is_unreleased(footnote):
    """Does this footnote of a release say that an estimate was not released?"""
    return "not released" in footnote.lower() or "not available" in footnote.lower()


def dollars(value, mark="", bound=None):
    """A yearly wage: "$135,980", "$239,200 or more" or "not published". `bound` comes from `top_bound`."""
    if mark == TOP_CODED:
        return f"${bound:,} or more" if bound else "above the highest published wage"
    return NOT_PUBLISHED if value is None else f"${value:,}"


def count(value):
    """A number of jobs, rounded by the publisher: "9,510" or "not published"."""
    return NOT_PUBLISHED if value is None else f"{value:,}"


def jobs(thousands):
    """A number published in thousands, as people say it: "1,693,800", and from ten million "170.0 million"."""
    if thousands is None:
        return NOT_PUBLISHED
    if abs(thousands) >= 10_000:
        return f"{_rounded(Decimal(thousands) / 1000, '0.1'):,} million"
    return f"{int(_rounded(Decimal(thousands) * 1000, '1')):,}"


def signed_percent(value):
    """A change in percent with its sign: "+16%", "−6%", and below one percent with a decimal, "−0.7%".

    Whole percents, as BLS words them in its own handbook: a ten-year expectation is not known to a tenth.
    """
    if value is None:
        return NOT_PUBLISHED
    rounded = _rounded(value, "0.1" if abs(value) < 1 else "1")
    return _with_sign(rounded, f"{abs(rounded)}%" if rounded else "0%")


def _with_sign(value, text):
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{text}"


def _rounded(value, step):
    """Half up, as people round, and not to the even digit as Python does."""
    return Decimal(value).quantize(Decimal(step), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Reliability:
    """How sure a figure is: a word, and a sentence that says what it means."""

    word: str
    sentence: str


# Editorial: BLS gives the errors and no words for them. Largest error in percent, word, what to do with it.
RELIABILITY = [
    (Decimal(2), "Very sure", "Small differences can be read."),
    (Decimal(5), "Sure", "Differences of a tenth and more can be read."),
    (Decimal(10), "Rough", "Only large differences mean something."),
]
WORST_RELIABILITY = ("Very rough", "Do not compare it with others.")


def reliability(rse):
    """How sure the mean wage is, from its relative standard error in percent; None when there is none.

    It is the error of sampling alone, and of the mean: BLS publishes none for the percentiles, so the sentence
    speaks of the average. Zero means that nearly all employers were asked.
    """
    if rse is None:
        return None
    word, advice = next(((word, advice) for limit, word, advice in RELIABILITY if rse <= limit), WORST_RELIABILITY)
    if not rse:
        return Reliability(word, f"The survey reached nearly all employers here. {advice}")
    margin = _rounded(Decimal(rse) * NINETY_PERCENT, "1") or Decimal(1)
    return Reliability(word, f"The average is probably right within {margin}% either way. {advice}")


def collapsed(values):
    """Pairs of neighboring percentiles that are the same amount, such as [("p75", "p90")].

    `values`: {name: amount or None}. It happens where one large employer, or one pay scale, sets most of the wages;
    the range then looks narrower than it is drawn, and a page says so.
    """
    pairs = itertools.pairwise(PERCENTILES)
    return [(low, high) for low, high in pairs if values[low] is not None and values[low] == values[high]]


@dataclass(frozen=True)
class Gap:
    """How far one amount lies from another: percent with sign, and in words."""

    percent: int
    words: str


def gap(value, reference):
    """The gap between two published amounts; None when either is missing or top-coded, since it cannot be known."""
    if value is None or not reference:
        return None
    percent = int(_rounded((Decimal(value) - reference) * 100 / reference, "1"))
    if not percent:
        return Gap(0, "level" if value == reference else "less than 1% apart")
    return Gap(percent, f"{abs(percent)}% {'above' if percent > 0 else 'under'}")


def may_be_ranked(employment):
    """Are there enough of these jobs to rank the place or industry? See RANKING_FLOOR."""
    return employment is not None and employment >= RANKING_FLOOR


@dataclass(frozen=True)
class Pay:
    """One estimate in words: the same strings on page, print and CSV."""

    employment: str
    p10: str
    p25: str
    p50: str
    p75: str
    p90: str
    reliability: Reliability | None
    collapsed: list
    may_be_ranked: bool
    is_published: bool

    @property
    def jobs(self):
        return "jobs not published" if self.employment == NOT_PUBLISHED else f"{self.employment} jobs"

    @property
    def cells(self):
        """What a table says in one row, under HEADINGS."""
        sure = self.reliability.word if self.reliability else "–"
        return [self.employment, self.p10, self.p25, self.p50, self.p75, self.p90, sure]

    @property
    def middle_half(self):
        """The range that holds the middle half, in a few words; empty when an end is not published."""
        if NOT_PUBLISHED in (self.p25, self.p75):
            return ""
        return f"half earn between {self.p25} and {self.p75}"


def pay(estimate, bound):
    """An estimate in words. `bound`: `top_bound(release.footnotes)`, computed once for many estimates."""

    def wage(name):
        return dollars(getattr(estimate, name), getattr(estimate, f"{name}_mark"), bound)

    return Pay(
        employment=count(estimate.employment),
        **{name: wage(name) for name in PERCENTILES},
        reliability=reliability(estimate.wage_rse),
        collapsed=collapsed({name: getattr(estimate, name) for name in PERCENTILES}),
        may_be_ranked=may_be_ranked(estimate.employment),
        is_published=estimate.p50_mark != UNRELEASED,
    )
