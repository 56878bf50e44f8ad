"""Where pay figures stand on a picture, and what is left out of a ranking."""

import pytest
from pytest_django.asserts import assertContains

from careers import pay
from outlook.figures import RANKING_FLOOR
from outlook.models import Area, Estimate
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


def test_six_hundred_areas_cost_few_queries_and_few_bytes(client, django_assert_max_num_queries):
    national = EstimateFactory()
    texas = Area.objects.create(code="4800000", name="Texas", kind="state", abbreviation="TX")
    metros = [Area(code=f"{n:07}", name=f"Long name of area {n}, TX", kind="metro", state=texas) for n in range(1, 601)]
    Area.objects.bulk_create(metros)
    Estimate.objects.bulk_create(
        Estimate(
            release=national.release,
            occupation=national.occupation,
            area=area,
            industry=national.industry,
            employment=1000,
            **dict.fromkeys(("p10", "p25", "p50", "p75", "p90"), 50000 + 97 * place),
        )
        for place, area in enumerate(metros)
    )

    with django_assert_max_num_queries(9):
        page = client.get(address("pay"), headers={"accept-encoding": "gzip"})

    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 60_000
