"""The database refuses what a page, a reason or a trend can never be."""

import pytest

from tests import factories
from tests.constraints import assert_once, assert_refused, constraint_names, publishable_cases, unique_fields

pytestmark = pytest.mark.django_db

PUBLISHABLE = [*publishable_cases(factories.ReasonFactory), *publishable_cases(factories.TrendFactory)]

VALUES = [
    ("reasonfigure_is_not_negative", factories.ReasonFigureFactory, {"value": -1}),
    ("rolereason_strength_is_known", factories.RoleReasonFactory, {"strength": 0}),
    ("rolereason_strength_is_known", factories.RoleReasonFactory, {"strength": 4}),
    ("trend_maturity_is_known", factories.TrendFactory, {"maturity": 0}),
    ("trend_maturity_is_known", factories.TrendFactory, {"maturity": 5}),
    ("trend_confidence_is_known", factories.TrendFactory, {"confidence": "total"}),
    ("trendimpact_strength_is_known", factories.TrendImpactFactory, {"strength": 0}),
    ("trendimpact_strength_is_known", factories.TrendImpactFactory, {"strength": 4}),
    ("searchentry_kind_is_known", factories.SearchEntryFactory, {"kind": "recipe"}),
]

# The name of the constraint, whose rows, and the two fields that no second row may share.
PAIRS = [
    ("passage_once_per_page", factories.PassageFactory, "page", "key"),
    ("rolereason_once_per_pair", factories.RoleReasonFactory, "reason", "role"),
    ("searchentry_once_per_page", factories.SearchEntryFactory, "kind", "object_id"),
    ("trendimpact_once_per_pair", factories.TrendImpactFactory, "trend", "role"),
]

ONCE = [
    (factories.PageFactory, "key"),
    (factories.ReasonFactory, "slug"),
    (factories.ReasonFactory, "title"),
    (factories.SearchWordFactory, "word"),
    (factories.SynonymFactory, "key"),
    (factories.TrendFactory, "slug"),
    (factories.TrendFactory, "name"),
]


@pytest.mark.parametrize(("name", "factory_class", "traits", "changes"), PUBLISHABLE)
def test_state_and_review_dates_agree(name, factory_class, traits, changes):
    assert_refused(name, factory_class(**traits), **changes)


@pytest.mark.parametrize(
    ("name", "factory_class", "changes"), [pytest.param(*case, id=f"{case[0]} {case[2]}") for case in VALUES]
)
def test_value_is_one_of_those_that_have_a_meaning(name, factory_class, changes):
    assert_refused(name, factory_class(), **changes)


@pytest.mark.parametrize(("name", "factory_class", "one", "other"), PAIRS, ids=[name for name, *_ in PAIRS])
def test_two_rows_do_not_say_the_same_of_the_same_pair(name, factory_class, one, other):
    first, second = factory_class(), factory_class()

    assert_refused(name, second, **{each: getattr(first, each) for each in (one, other)})


@pytest.mark.parametrize(("factory_class", "field"), ONCE, ids=lambda value: getattr(value, "__name__", value))
def test_value_belongs_to_one_row_only(factory_class, field):
    assert_once(factory_class, field)


def test_each_constraint_of_this_app_has_its_case():
    named = {case.values[0] for case in PUBLISHABLE} | {case[0] for case in VALUES} | {case[0] for case in PAIRS}

    assert named == constraint_names("careers")
    assert {(factory_class._meta.model.__name__, field) for factory_class, field in ONCE} == unique_fields("careers")
