"""The database refuses what a skill can never be."""

import pytest

from tests import factories
from tests.constraints import assert_once, assert_refused, constraint_names, publishable_cases, unique_fields

pytestmark = pytest.mark.django_db

PUBLISHABLE = publishable_cases(factories.SkillFactory)

VALUES = [
    ("skill_kind_is_known", factories.SkillFactory, {"kind": "magic"}),
    ("roleskill_importance_is_known", factories.RoleSkillFactory, {"importance": 0}),
    ("roleskill_importance_is_known", factories.RoleSkillFactory, {"importance": 5}),
    ("roleskill_level_is_known", factories.RoleSkillFactory, {"level": 0}),
    ("roleskill_level_is_known", factories.RoleSkillFactory, {"level": 5}),
    ("learningresource_level_is_known", factories.LearningResourceFactory, {"level": 0}),
    ("learningresource_level_is_known", factories.LearningResourceFactory, {"level": 5}),
]

# The name of the constraint, whose rows, and the two fields that no second row may share.
PAIRS = [
    ("roleskill_once_per_pair", factories.RoleSkillFactory, "role", "skill"),
    ("learningresource_once_per_skill", factories.LearningResourceFactory, "skill", "url"),
]

ONCE = [(factories.SkillFactory, "slug"), (factories.SkillFactory, "name")]


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

    assert named == constraint_names("skills")
    assert {(factory_class._meta.model.__name__, field) for factory_class, field in ONCE} == unique_fields("skills")
