"""The database refuses what a statement, a weight or a version can never be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import factories
from tests.constraints import assert_once, assert_refused, constraint_names, unique_fields

pytestmark = pytest.mark.django_db

VALUES = [
    ("statement_group_is_known", factories.StatementFactory, {"group": "magic"}),
    ("statement_names_a_skill_in_the_group_of_skills", factories.StatementFactory, {"group": "skills"}),
    ("weight_value_is_known", factories.WeightFactory, {"value": 0}),
    ("weight_value_is_known", factories.WeightFactory, {"value": 3}),
    ("weight_value_is_known", factories.WeightFactory, {"value": -3}),
]
ONCE = [(factories.StatementFactory, "key"), (factories.QuestionSetFactory, "code")]


@pytest.mark.parametrize(
    ("name", "factory_class", "changes"), [pytest.param(*case, id=f"{case[0]} {case[2]}") for case in VALUES]
)
def test_value_is_one_of_those_that_have_a_meaning(name, factory_class, changes):
    assert_refused(name, factory_class(), **changes)


def test_preference_names_no_skill():
    statement = factories.StatementFactory(about_skill=factories.SkillFactory())

    assert_refused("statement_names_a_skill_in_the_group_of_skills", statement, group="doing")


def test_statement_has_one_weight_for_each_role():
    first = factories.WeightFactory()
    second = factories.WeightFactory(statement=first.statement)

    assert_refused("weight_once_per_pair", second, role=first.role)


def test_two_statements_are_not_about_the_same_skill():
    skill = factories.SkillFactory()
    factories.StatementFactory(about_skill=skill)

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.StatementFactory(about_skill=skill)


def test_one_version_is_current():
    factories.QuestionSetFactory(is_current=True)

    assert_refused("questionset_one_is_current", factories.QuestionSetFactory(), is_current=True)


@pytest.mark.parametrize(("factory_class", "field"), ONCE, ids=lambda value: getattr(value, "__name__", value))
def test_value_belongs_to_one_row_only(factory_class, field):
    assert_once(factory_class, field)


def test_code_belongs_to_its_content():
    kept = factories.QuestionSetFactory()
    kept.data = []

    with pytest.raises(ValidationError, match="does not belong"):
        kept.full_clean()


def test_each_constraint_of_this_app_has_its_case():
    named = {case[0] for case in VALUES} | {"weight_once_per_pair", "questionset_one_is_current"}

    assert named == constraint_names("match")
    single = {(factory_class._meta.model.__name__, field) for factory_class, field in ONCE}
    assert single | {("Statement", "skill")} == unique_fields("match")
