"""What the database refuses, and the questions pages ask."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from outlook.models import Estimate, Release, RoleOccupation
from outlook.programs import successor_due
from tests.outlook.factories import (
    AreaFactory,
    EstimateFactory,
    IndustryFactory,
    OccupationFactory,
    ProjectionFactory,
    ReleaseFactory,
    RoleFactory,
    RoleOccupationFactory,
)

pytestmark = pytest.mark.django_db


def refused(factory, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**values)
    return True


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"p10": 90_001}, id="lowest percentile above the highest"),
        pytest.param({"p25": 49_999}, id="quarter below the tenth"),
        pytest.param({"p25": None, "p50": 49_999}, id="out of order around a missing one"),
        pytest.param({"p50": None, "p50_mark": "#"}, id="published above a top-coded one"),
        pytest.param({"p50_mark": "-"}, id="a value and a mark"),
        pytest.param({"employment_mark": "-"}, id="a number of jobs and a mark"),
        pytest.param({"employment": None, "employment_mark": "#"}, id="a top-coded number of jobs"),
        pytest.param({"mean_mark": "?"}, id="an unknown mark"),
    ],
)
def test_the_database_refuses_an_estimate_with(values):
    assert refused(EstimateFactory, **values)


def test_an_estimate_may_be_unreleased_or_top_coded():
    none = dict.fromkeys(["p10", "p25", "p50", "p75", "p90"])

    EstimateFactory(**none, **{f"{name}_mark": "-" for name in none})
    EstimateFactory(area=AreaFactory(a_state=True), p75=None, p75_mark="#", p90=None, p90_mark="#")

    assert Estimate.objects.count() == 2


def test_one_estimate_per_cell():
    EstimateFactory()

    assert refused(EstimateFactory)


def test_industry_detail_is_national_only():
    hospitals = IndustryFactory(code="622000")

    EstimateFactory(industry=hospitals)

    assert refused(EstimateFactory, industry=hospitals, area=AreaFactory(a_state=True))


def test_one_current_release_per_program():
    ReleaseFactory()

    assert refused(ReleaseFactory, period="2026A01")


def test_each_onet_table_has_a_current_release():
    ReleaseFactory(program="onet", part="Interests", period="29.3")
    ReleaseFactory(program="onet", part="Technology Skills", period="30.2")

    assert Release.objects.current().count() == 2


def test_a_projected_change_is_the_difference():
    assert refused(ProjectionFactory, change=20)


def test_one_nearest_occupation_per_role():
    role = RoleFactory()
    RoleOccupationFactory(role=role, is_primary=True)

    assert refused(RoleOccupationFactory, role=role, occupation__code="15-1211", is_primary=True)


def test_a_second_nearest_occupation_is_refused_in_words():
    role = RoleFactory()
    RoleOccupationFactory(role=role, is_primary=True)
    second = RoleOccupationFactory.build(role=role, occupation=OccupationFactory(code="15-1211"), is_primary=True)

    with pytest.raises(ValidationError, match="already has a nearest occupation"):
        second.full_clean()


def test_a_link_names_its_own_content_file():
    link = RoleOccupationFactory(role__slug="ehr-developer", occupation__code="15-1211.01")

    assert link.key == "ehr-developer-15-1211-01"
    assert RoleOccupation.objects.get_by_natural_key("ehr-developer-15-1211-01") == link


def test_a_roles_nearest_occupation_comes_first():
    role = RoleFactory()
    RoleOccupationFactory(role=role, occupation__code="15-1211", position=1)
    RoleOccupationFactory(role=role, occupation__code="15-1252", position=2, is_primary=True)

    assert [link.occupation_id for link in role.role_occupations.all()] == ["15-1252", "15-1211"]


def test_an_onet_occupation_is_counted_within_its_soc_code():
    occupation = OccupationFactory.build(code="15-1211.01")

    assert occupation.soc == "15-1211"
    assert not occupation.is_counted_itself


@pytest.mark.parametrize("code", ["15-1252.00", "151252", "15-12520", "software"])
def test_an_occupation_has_an_official_code(code):
    with pytest.raises(ValidationError):
        OccupationFactory.build(code=code).full_clean()


def test_across_industries_asks_nationally_for_the_industries_of_a_group():
    for code, group, position in (("622000", "healthcare", 2), ("513200", "tech", 1), ("111000", "", 0)):
        EstimateFactory(industry=IndustryFactory(code=code, group=group, label=code, position=position))
    EstimateFactory(area=AreaFactory(a_state=True))

    assert [row.industry_id for row in Estimate.objects.across_industries("15-1252")] == ["513200", "622000"]
    assert [row.industry_id for row in Estimate.objects.in_industries("15-1252", ["111000"])] == ["111000"]


def test_across_areas_asks_for_all_industries_by_name():
    EstimateFactory(area=AreaFactory(name="Nation"))
    EstimateFactory(area=AreaFactory(a_state=True, code="0600000", name="California"))
    EstimateFactory(area=AreaFactory(a_metro=True, code="0041860", name="San Francisco"))
    EstimateFactory(occupation__code="15-1211")
    EstimateFactory(industry=IndustryFactory(code="622000"))

    assert [row.area_id for row in Estimate.objects.across_areas("15-1252")] == ["0600000", "0000000", "0041860"]
    assert {row.occupation_id for row in Estimate.objects.national(["15-1252", "15-1211"])} == {"15-1252", "15-1211"}


def test_only_the_current_release_is_shown():
    EstimateFactory()
    EstimateFactory(release=ReleaseFactory(period="2024A01", state="superseded"))

    assert Estimate.objects.current().national(["15-1252"]).get().release.period == "2025A01"


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda rows: rows.across_industries("15-1252"), id="across industries"),
        pytest.param(lambda rows: rows.in_industries("15-1252", ["000000", "622000"]), id="in some industries"),
        pytest.param(lambda rows: rows.across_areas("15-1252"), id="across areas"),
        pytest.param(lambda rows: rows.national(["15-1252"]), id="nationally"),
    ],
)
@pytest.mark.parametrize("how_many", [1, 10])
def test_showing_rows_costs_one_query(ask, how_many, django_assert_num_queries):
    EstimateFactory()
    EstimateFactory(industry=IndustryFactory(code="622000", group="healthcare", label="Hospitals"))
    for _ in range(how_many):
        EstimateFactory(area=AreaFactory(a_state=True))

    with django_assert_num_queries(1):
        for row in ask(Estimate.objects.current()):
            assert row.occupation.title
            assert row.area.name
            assert row.industry.name
            assert row.release.footnotes


def test_the_questions_use_the_indexes():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL rightly reads a table this small from end to end")
    release = ReleaseFactory()

    across = Estimate.objects.filter(release=release, occupation="15-1252", industry="000000").order_by()
    one = Estimate.objects.filter(release=release, occupation="15-1252", area="0000000").order_by()

    assert "estimate_across_areas" in across.explain()
    assert "(release_id=? AND occupation_id=? AND area_id=?)" in one.explain()


@pytest.mark.parametrize(
    ("program", "period", "due"),
    [
        ("oews", "2025A01", datetime.date(2027, 5, 31)),
        ("projections", "2024-34", datetime.date(2026, 9, 30)),
        ("onet", "29.3", datetime.date(2025, 9, 30)),
        ("onet", "30.0", datetime.date(2025, 12, 31)),
        ("onet", "30.2", datetime.date(2026, 5, 31)),
        ("onet", "unknown", None),
    ],
)
def test_when_a_successor_is_usually_out(program, period, due):
    assert successor_due(program, period) == due


def test_outdated_releases_are_those_that_readers_still_see():
    ReleaseFactory(period="2024A01", state="superseded")
    ReleaseFactory(period="2025A01")
    old = ReleaseFactory(program="projections", period="2024-34")

    assert Release.objects.outdated(datetime.date(2026, 11, 22)) == [old]
