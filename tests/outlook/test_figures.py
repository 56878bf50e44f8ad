"""How figures are worded."""

from decimal import Decimal

import pytest

from outlook import figures
from outlook.models import Estimate

pytestmark = pytest.mark.once

FOOTNOTES = {
    "1": "Estimates for detailed occupations do not sum to the totals.",
    "5": "This wage is equal to or greater than $115.00 per hour or $239,200 per year.",
    "8": "Estimate not released.",
}


def test_the_bound_of_top_coded_wages_comes_from_the_releases_own_footnote():
    assert figures.top_bound(FOOTNOTES) == 239_200


def test_another_release_has_another_bound():
    assert (
        figures.top_bound({"7": "This wage is equal to or greater than $120.00 per hour or $249,600 per year."})
        == 249_600
    )


def test_a_release_without_top_codes_has_no_bound():
    assert figures.top_bound({"8": "Estimate not released."}) is None


@pytest.mark.parametrize(
    ("value", "mark", "bound", "words"),
    [
        (135_980, "", 239_200, "$135,980"),
        (289_150, "", 239_200, "$289,150"),
        (None, "#", 239_200, "$239,200 or more"),
        (None, "#", None, "above the highest published wage"),
        (None, "-", 239_200, "not published"),
        (None, "", 239_200, "not published"),
    ],
)
def test_a_wage_in_words(value, mark, bound, words):
    assert figures.dollars(value, mark, bound) == words


@pytest.mark.parametrize(
    ("thousands", "words"),
    [
        (Decimal("1693.8"), "1,693,800"),
        (Decimal("22.2"), "22,200"),
        (Decimal("170000.0"), "170.0 million"),
        (None, "not published"),
    ],
)
def test_numbers_in_thousands_are_written_out(thousands, words):
    assert figures.jobs(thousands) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("15.8"), "+16%"),
        (Decimal("-6.0"), "−6%"),
        (Decimal("-0.7"), "−0.7%"),
        (Decimal("0.0"), "0%"),
        (Decimal("2.5"), "+3%"),
        (None, "not published"),
    ],
)
def test_a_change_has_its_sign_and_no_false_precision(value, words):
    assert figures.signed_percent(value) == words


@pytest.mark.parametrize(
    ("rse", "word"),
    [
        ("0.0", "Very sure"),
        ("2.0", "Very sure"),
        ("2.1", "Sure"),
        ("5.0", "Sure"),
        ("7.5", "Rough"),
        ("18.2", "Very rough"),
    ],
)
def test_reliability_in_words(rse, word):
    assert figures.reliability(Decimal(rse)).word == word


def test_reliability_says_how_far_the_average_may_be_off():
    assert "within 7% either way" in figures.reliability(Decimal("4.5")).sentence


def test_reliability_never_promises_an_exact_average():
    assert "within 1% either way" in figures.reliability(Decimal("0.1")).sentence


def test_no_error_given_is_no_reliability():
    assert figures.reliability(None) is None


@pytest.mark.parametrize(
    ("value", "reference", "percent", "words"),
    [
        (125_860, 164_550, -24, "24% under"),
        (125_860, 132_050, -5, "5% under"),
        (158_530, 135_980, 17, "17% above"),
        (82_490, 82_180, 0, "less than 1% apart"),
        (82_490, 82_490, 0, "level"),
    ],
)
def test_a_gap_in_words(value, reference, percent, words):
    assert figures.gap(value, reference) == figures.Gap(percent, words)


@pytest.mark.parametrize(("value", "reference"), [(None, 100), (100, None), (None, None)])
def test_no_gap_where_an_amount_is_missing(value, reference):
    assert figures.gap(value, reference) is None


def test_percentiles_that_are_the_same_amount_are_named():
    values = {"p10": 1, "p25": 2, "p50": 2, "p75": None, "p90": None}

    assert figures.collapsed(values) == [("p25", "p50")]


@pytest.mark.parametrize(("employment", "ranked"), [(499, False), (500, True), (None, False)])
def test_thin_places_are_not_ranked(employment, ranked):
    assert figures.may_be_ranked(employment) is ranked


def test_no_heading_calls_a_percentile_starting_pay():
    words = " ".join(figures.HEADINGS).lower()

    assert not {"start", "entry", "junior", "beginner"} & set(words.replace("-", " ").split())


def test_an_estimate_in_words():
    estimate = Estimate(
        employment=9510,
        mean=128_000,
        wage_rse=Decimal("0.3"),
        p10=82_490,
        p25=103_930,
        p50=125_860,
        p75=125_860,
        p90_mark="#",
    )

    pay = figures.pay(estimate, 239_200)

    assert (pay.employment, pay.p50, pay.p90) == ("9,510", "$125,860", "$239,200 or more")
    assert len(pay.cells) == len(figures.HEADINGS)
    assert pay.middle_half == "half earn between $103,930 and $125,860"
    assert pay.reliability.word == "Very sure"
    assert pay.collapsed == [("p50", "p75")]
    assert pay.may_be_ranked
    assert pay.is_published


def test_an_unreleased_estimate_in_words():
    estimate = Estimate(**{f"{name}_mark": "-" for name in ("employment", "mean", *figures.PERCENTILES)})

    pay = figures.pay(estimate, 239_200)

    assert pay.cells == [*["not published"] * 6, "–"]
    assert pay.jobs == "jobs not published"
    assert pay.middle_half == ""
    assert not pay.may_be_ranked
    assert not pay.is_published
