"""Editing skills, and the skills in a role's form."""

import pytest
from pytest_django.asserts import assertContains

from skills.models import Skill
from tests.editorial.editing import address, cost, filled_in, listed, messages_of, save, with_row
from tests.factories import CitationFactory, LearningResourceFactory, RoleFactory, RoleSkillFactory, SkillFactory

pytestmark = pytest.mark.django_db


def test_list_and_forms_open(admin_client):
    skill = SkillFactory(published=True, with_parts=True)

    assertContains(admin_client.get(address(Skill)), skill.name)
    assertContains(admin_client.get(address(skill, "change")), skill.meaning)
    assert admin_client.get(address(Skill, "add")).status_code == 200


@pytest.mark.once
def test_list_costs_the_same_however_many_rows(admin_client):
    SkillFactory.create_batch(3, published=True, with_parts=True)
    with_few = cost(admin_client, address(Skill))
    SkillFactory.create_batch(27, published=True, with_parts=True)

    assert cost(admin_client, address(Skill)) == with_few


@pytest.mark.once
def test_form_costs_the_same_however_many_rows(admin_client):
    skill = SkillFactory()
    add_rows(skill, 3)
    with_few = cost(admin_client, address(skill, "change"))
    add_rows(skill, 27)

    assert cost(admin_client, address(skill, "change")) == with_few


def add_rows(skill, how_many):
    RoleSkillFactory.create_batch(how_many, skill=skill)
    LearningResourceFactory.create_batch(how_many, skill=skill)
    CitationFactory.create_batch(how_many, page=skill)


def test_the_list_counts_roles_and_places_to_learn(admin_client):
    skill = SkillFactory()
    RoleSkillFactory.create_batch(2, skill=skill)
    LearningResourceFactory.create_batch(3, skill=skill)

    (row,) = listed(admin_client, Skill)

    assert (row.role_skills_count, row.resources_count) == (2, 3)


def test_skills_that_no_role_needs_can_be_found(admin_client):
    alone, drafted, needed = SkillFactory(), SkillFactory(), SkillFactory()
    RoleSkillFactory(skill=drafted)
    RoleSkillFactory.create_batch(2, skill=needed, role__published=True)

    assert listed(admin_client, Skill, no_role="yes") == {alone, drafted}
    assert listed(admin_client, Skill, no_role="no") == {needed}
    assertContains(admin_client.get(address(Skill)), "<summary>Needed by no published role?</summary>")


def test_an_editor_links_a_skill_in_the_form_of_the_role(admin_client):
    role, skill = RoleFactory(), SkillFactory()
    data = filled_in(admin_client.get(address(role, "change")))
    row = with_row(data, "role_skills", skill=skill.pk, importance="4", level="2", why="It is used daily.")

    admin_client.post(address(role, "change"), row)

    assert skill.role_skills.get().why == "It is used daily."


def test_the_form_of_a_skill_shows_who_needs_it_and_leads_to_the_form_of_the_role(admin_client):
    link = RoleSkillFactory(why="It is used daily.")

    response = admin_client.get(address(link.skill, "change"))

    assertContains(response, "It is used daily.")
    assertContains(response, f'<a href="{address(link.role, "change")}">{link.role}</a>')


def test_a_reason_that_stands_on_two_pages_cannot_cite(admin_client):
    link = RoleSkillFactory(why="Before.")

    response = save(admin_client, link.role, **{"role_skills-0-why": "A claim [@key]."})

    assertContains(response, "“Why” cannot cite")
    link.refresh_from_db()
    assert link.why == "Before."


def test_a_published_skill_says_what_it_misses(admin_client):
    skill = SkillFactory(published=True)

    expected = f"“{skill}” is published, but it has no source, no role that needs it and no free place to learn it."
    assert expected in messages_of(save(admin_client, skill))
