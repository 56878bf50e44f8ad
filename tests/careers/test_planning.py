"""A plan for getting into one role."""

import pytest

from careers.planning import FIRST_SKILLS, NEXT_SKILLS, plan_for
from tests.factories import (
    EntryRouteFactory,
    LearningResourceFactory,
    ProjectFactory,
    RoleFactory,
    RoleSkillFactory,
    RoleStandardFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return RoleFactory()


def names(steps):
    return [step.link.skill.name for step in steps]


def test_plan_for_a_role_without_parts_is_empty(role):
    plan = plan_for(role)

    assert not any(vars(plan).values())


def test_projects_stand_where_their_size_fits(role):
    hours, weekend, month = (ProjectFactory(role=role, size=size) for size in ("hours", "weekend", "month"))

    plan = plan_for(role)

    assert (plan.this_week, plan.this_term, plan.this_year) == ([hours], [weekend], [month])


def test_standards_stand_where_they_are_needed_and_later_ones_nowhere(role):
    before, first_year, _later = (RoleStandardFactory(role=role, when=when) for when in (1, 2, 3))

    plan = plan_for(role)

    assert (plan.this_week_standards, plan.this_year_standards) == ([before], [first_year])


def test_every_way_in_is_named(role):
    routes = [EntryRouteFactory(role=role, kind=kind) for kind in ("degree", "self")]

    assert plan_for(role).routes == routes


def test_important_skills_come_first_and_among_equals_those_of_healthcare(role):
    for name, importance, kind in [
        ("Needed", 3, "healthcare"),
        ("Core general", 4, "general"),
        ("Core healthcare", 4, "healthcare"),
    ]:
        RoleSkillFactory(role=role, importance=importance, skill__name=name, skill__kind=kind)

    assert names(plan_for(role).this_week_skills) == ["Core healthcare", "Core general", "Needed"]


@pytest.mark.parametrize("importance", [1, 2])
def test_skills_that_are_not_needed_are_left_out(role, importance):
    RoleSkillFactory(role=role, importance=importance)

    assert plan_for(role).this_week_skills == []


def test_first_skills_are_for_this_week_and_the_next_for_this_term(role):
    for number in range(FIRST_SKILLS + NEXT_SKILLS + 1):
        RoleSkillFactory(role=role, skill__name=f"Skill {number}", skill__position=number)

    plan = plan_for(role)

    assert names(plan.this_week_skills) == ["Skill 0", "Skill 1", "Skill 2"]
    assert names(plan.this_term_skills) == ["Skill 3", "Skill 4", "Skill 5", "Skill 6", "Skill 7"]


def test_skill_comes_with_the_free_resource_to_begin_with(role):
    link = RoleSkillFactory(role=role)
    LearningResourceFactory(skill=link.skill, position=2)
    first = LearningResourceFactory(skill=link.skill, position=1)

    [step] = plan_for(role).this_week_skills

    assert (step.link, step.resource) == (link, first)


def test_skill_without_a_resource_still_has_its_step(role):
    RoleSkillFactory(role=role)

    [step] = plan_for(role).this_week_skills

    assert step.resource is None
