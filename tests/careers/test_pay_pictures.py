"""Where pay figures stand on a picture, and what is left out of a ranking."""

import pytest
from pytest_django.asserts import assertContains

from careers import pay
from outlook.figures import RANKING_FLOOR
from tests.outlook.factories import EstimateFactory

from .pages import address

pytestmark = pytest.mark.django_db


def test_without_figures_the_page_says_how_to_load_them(client):
    assertContains(client.get(address("pay")), "No pay figures are loaded yet.")


def test_places_with_too_few_jobs_are_shown_but_not_ranked():
    national = EstimateFactory()
    few = EstimateFactory(area__a_state=True, area__name="Few", employment=RANKING_FLOOR - 10)
    many = EstimateFactory(area__a_state=True, area__name="Many", employment=RANKING_FLOOR)

    ranked = pay.ranked([few, many], national)

    assert [row.label for row in ranked] == ["Many"]


@pytest.mark.parametrize(
    ("value", "mark", "expected"),
    [
        (25_000, "", 0.0),
        (300_000, "", 100.0),
        (162_500, "", 50.0),
        (None, "#", 100.0),
        (None, "-", None),
        (10, "", 0.0),
    ],
    ids=["left end", "right end", "middle", "top-coded", "not published", "below the axis"],
)
def test_wage_stands_on_the_axis(value, mark, expected):
    assert pay.position(value, mark) == expected
