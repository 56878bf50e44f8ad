"""A plan for getting into one role: its steps, the days to begin them, and its page."""

from datetime import date, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from careers.planning import FIRST_SKILLS, NEXT_SKILLS, WEEK, YEAR, plan_for
from roles.models import Role
from tests.factories import (
    EntryRouteFactory,
    LearningResourceFactory,
    ProjectFactory,
    RoleFactory,
    RoleSkillFactory,
    RoleStandardFactory,
)

from .pages import address, by_id, text, tree

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def role():
    return RoleFactory(slug="one", published=True)


@pytest.fixture
def learn(role):
    """learn("security") adds a needed, published skill of that slug; each comes after the ones before."""

    def learn(*slugs, of=role):
        for position, slug in enumerate(slugs):
            RoleSkillFactory(role=of, skill__slug=slug, skill__published=True, skill__position=position)

    return learn


def things(steps):
    return [step.thing for step in steps]


def learned(steps):
    """The skills to learn among the steps, by name."""
    return [step.name for step in steps if step.kind == "learn"]


def shown(client, slug="one", **query):
    return tree(client.get(address("plan", slug, **query)))


def keys(page):
    return [each.get("data-step") for each in page.iter("input") if each.get("data-step")]


def addresses_in(page):
    return [each.get("href") for each in page.iter("a")]


# The steps


def test_plan_for_a_role_without_parts_is_empty(role):
    assert not any(vars(plan_for(role)).values())


def test_projects_stand_where_their_size_fits(role):
    hours, weekend, month = (ProjectFactory(role=role, size=size) for size in ("hours", "weekend", "month"))

    plan = plan_for(role)

    assert (things(plan.week), things(plan.term), things(plan.year)) == ([hours], [weekend], [month])


def test_standards_stand_where_they_are_needed_and_later_ones_nowhere(role):
    before, first_year, _later = (RoleStandardFactory(role=role, when=when) for when in (1, 2, 3))

    plan = plan_for(role)

    assert (things(plan.week), things(plan.term), things(plan.year)) == ([before], [], [first_year])


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

    assert learned(plan_for(role).week) == ["Core healthcare", "Core general", "Needed"]


@pytest.mark.parametrize("importance", [1, 2])
def test_skills_that_are_not_needed_are_left_out(role, importance):
    RoleSkillFactory(role=role, importance=importance)

    plan = plan_for(role)

    assert (plan.steps, plan.needed) == ([], [])


def test_first_skills_are_for_this_week_the_next_for_this_term_and_the_others_for_this_year(role):
    for number in range(FIRST_SKILLS + NEXT_SKILLS + 2):
        RoleSkillFactory(role=role, skill__name=f"Skill {number}", skill__position=number)

    plan = plan_for(role)

    assert learned(plan.week) == ["Skill 0", "Skill 1", "Skill 2"]
    assert learned(plan.term) == ["Skill 3", "Skill 4", "Skill 5", "Skill 6", "Skill 7"]
    assert learned(plan.year) == ["Skill 8", "Skill 9"]


def test_skills_that_are_there_are_counted_and_the_others_move_up(role, learn):
    learn("a", "b", "c", "d", "e")

    plan = plan_for(role, ["c", "a", "unheard-of"])

    assert [link.skill.slug for link in plan.have] == ["a", "c"]
    assert len(plan.needed) == 5
    assert [step.thing.skill.slug for step in plan.week] == ["b", "d", "e"]


def test_skill_comes_with_the_free_resource_to_begin_with(role):
    link = RoleSkillFactory(role=role)
    LearningResourceFactory(skill=link.skill, position=2)
    first = LearningResourceFactory(skill=link.skill, position=1)

    [step] = plan_for(role).week

    assert (step.thing, step.resource) == (link, first)


def test_skill_without_a_resource_still_has_its_step(role):
    RoleSkillFactory(role=role)

    [step] = plan_for(role).week

    assert step.resource is None


def test_steps_keep_their_keys_when_others_come_and_each_has_its_own(role, learn):
    ProjectFactory(role=role, size="hours", title="Read a record")
    RoleStandardFactory(role=role, when=1, standard__slug="fhir")
    RoleStandardFactory(role=role, when=2, standard__slug="loinc")
    learn("security")
    before = {step.key for step in plan_for(role).steps}

    learn("usability")
    after = [step.key for step in plan_for(Role.objects.get(pk=role.pk)).steps]

    assert before == {"build-read-a-record", "learn-security", "know-fhir", "read-loinc"}
    assert before < set(after)
    assert len(after) == len(set(after))


def test_project_whose_title_has_no_letter_for_an_address_still_has_a_key(role):
    projects = [ProjectFactory(role=role, size="hours", title=title) for title in ("病院", "薬")]

    assert [step.key for step in plan_for(role).week] == [f"build-{project.pk}" for project in projects]


# Their days


def test_steps_of_the_first_week_are_one_a_day_from_today(role):
    for _ in range(3):
        ProjectFactory(role=role, size="hours")

    assert [day - TODAY for day, _ in plan_for(role).days(TODAY)] == [timedelta(0), timedelta(1), timedelta(2)]


def test_more_steps_than_days_still_fit_into_the_first_week(role):
    for _ in range(10):
        ProjectFactory(role=role, size="hours")

    days = [(day - TODAY).days for day, _ in plan_for(role).days(TODAY)]

    assert (days[0], days[-1]) == (0, 6)
    assert days == sorted(days)


def test_steps_of_term_and_year_are_spread_over_their_weeks(role):
    for size in ("weekend", "month"):
        for _ in range(4):
            ProjectFactory(role=role, size=size)

    days = [(day - TODAY).days for day, _ in plan_for(role).days(TODAY)]

    assert days == [7, 28, 49, 70, 91, 159, 227, 295]
    assert days[0] >= WEEK
    assert days[-1] < YEAR


# The page


def test_page_is_about_the_missing_skills_and_names_those_that_are_there(client, learn):
    learn("a", "b", "c")

    page = shown(client, have=["b"])

    assert keys(page) == ["learn-a", "learn-c"]
    assert "You already have 1 of the 3 skills this role needs: " in text(page)


def test_order_and_duplicates_of_skills_make_no_difference(client, learn):
    learn("a", "b", "c")

    assert (
        client.get(address("plan", "one", have=["c", "a"])).content.count(b"have=a&amp;have=c")
        == client.get(address("plan", "one", have=["a", "c", "a"])).content.count(b"have=a&amp;have=c")
        > 0
    )


def test_canonical_address_is_without_skills_and_the_shared_one_with_them(client, learn):
    learn("a", "b")

    page = shown(client, have=["b", "a"])

    [canonical] = [each.get("href") for each in page.iter("link") if each.get("rel") == "canonical"]
    assert canonical == "http://testserver/plan/one/"
    assert by_id(page, "share-link").get("value") == "http://testserver/plan/one/?have=a&have=b"


def test_skills_that_nobody_knows_are_dropped_and_the_plan_stays_whole(client, learn):
    learn("a")

    page = shown(client, have=["unheard-of", "", "\0", "a" * 500])

    assert keys(page) == ["learn-a"]
    assert by_id(page, "share-link").get("value") == "http://testserver/plan/one/"


def test_skill_of_a_draft_is_dropped(client, learn):
    learn("a")
    RoleSkillFactory(skill__slug="secret")

    assertNotContains(client.get(address("plan", "one", have=["secret"])), "secret")


def test_skill_that_only_another_role_needs_counts_there_and_travels_along(client, learn):
    other = RoleFactory(slug="other", published=True)
    learn("a", "b")
    RoleSkillFactory(role=other, skill__slug="c", skill__published=True)
    RoleSkillFactory(role=other, skill=plan_for(Role.objects.get(slug="one")).needed[0].skill)

    page = shown(client, have=["c"])

    assert "skills this role needs: " not in text(page)
    assert "/plan/other/?have=c" in addresses_in(page)
    assert [each.get("value") for each in page.iter("input") if each.get("type") == "hidden"] == ["c"]
    assert keys(shown(client, "other", have=["c"])) == ["learn-a"]


def test_form_offers_every_needed_skill_with_those_that_are_there_ticked(client, role, learn):
    learn("a", "b")
    RoleSkillFactory(role=role, importance=2, skill__published=True, skill__slug="helps")

    boxes = [each for each in shown(client, have=["b"]).iter("input") if each.get("name") == "have"]

    assert [(box.get("value"), box.get("checked") is not None) for box in boxes] == [("a", False), ("b", True)]


def test_plan_leads_to_a_comparison_with_the_roles_next_door(client, learn):
    learn("a")
    other = RoleFactory(slug="other", published=True)
    RoleSkillFactory(role=other, skill=plan_for(Role.objects.get(slug="one")).needed[0].skill)

    assert "/compare/?role=one&role=other" in addresses_in(shown(client))


def test_role_that_needs_nothing_has_no_form_and_no_calendar(client, role):
    response = client.get(address("plan", "one", have=["a"]))

    assertNotContains(response, "format=ics")
    assertContains(response, "This week", status_code=200)
    assert by_id(tree(response), "have") is None
