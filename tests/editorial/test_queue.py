"""The review queue on the admin's first page: each question finds what it asks for, and nothing else."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from editorial import queue
from editorial.models import Publishable, Source
from roles.models import Role, Standard
from skills.models import Skill
from tests.factories import (
    CitationFactory,
    CollaboratorFactory,
    DestinationFactory,
    EmployerNoteFactory,
    ReasonFactory,
    RoleFactory,
    RoleSkillFactory,
    SkillFactory,
    SoftwareCategoryFactory,
    SourceCheckFactory,
    StandardFactory,
    TrendFactory,
)
from tests.outlook.factories import ReleaseFactory

from .editing import address, cost, listed, staff

pytestmark = pytest.mark.django_db

INDEX = "/admin/"
LONG_AGO = datetime.date(2020, 1, 1)


def in_days(number):
    return datetime.date.today() + datetime.timedelta(days=number)


def due(factory, day, **fields):
    return factory(published=True, reviewed_on=LONG_AGO, review_due=day, **fields)


def answer(client, heading):
    """What the queue says under a heading that begins so; None when it is silent."""
    answers = queue.answers(client.get(INDEX).wsgi_request)
    return next((each for each in answers if each.heading.startswith(heading)), None)


def named(client, heading):
    found = answer(client, heading)
    return [row.item for row in found.rows] if found else []


EVERY_KIND = [
    StandardFactory,
    SoftwareCategoryFactory,
    RoleFactory,
    SkillFactory,
    ReasonFactory,
    TrendFactory,
]


def test_every_kind_of_page_is_asked_about():
    assert {factory._meta.model for factory in EVERY_KIND} == set(Publishable.__subclasses__())


@pytest.mark.parametrize("factory", EVERY_KIND, ids=lambda factory: factory._meta.model.__name__)
def test_an_overdue_page_is_named_with_its_form(admin_client, factory):
    page = due(factory, in_days(-3))

    (row,) = answer(admin_client, "Review overdue").rows

    assert (row.item, row.address) == (str(page), address(page, "change"))
    assert row.says.endswith("3 days ago.")
    assertContains(admin_client.get(INDEX), f'<a href="{address(page, "change")}">{page}</a>')


def test_what_is_overdue_longest_comes_first_and_drafts_do_not_count(admin_client):
    late = due(StandardFactory, in_days(-1))
    later = due(RoleFactory, in_days(-400))
    due(SkillFactory, in_days(0))
    StandardFactory(reviewed_on=LONG_AGO, review_due=in_days(-5))

    assert named(admin_client, "Review overdue") == [str(later), str(late)]


def test_a_review_is_announced_thirty_days_ahead(admin_client):
    today, last = due(SkillFactory, in_days(0)), due(StandardFactory, in_days(30))
    due(RoleFactory, in_days(31))
    due(RoleFactory, in_days(-1))

    found = answer(admin_client, "Review due")

    assert [row.item for row in found.rows] == [str(today), str(last)]
    assert [row.says.rpartition(", ")[2] for row in found.rows] == ["today.", "in 30 days."]


def test_a_published_page_without_a_source_is_named(admin_client):
    bare = StandardFactory(published=True)
    StandardFactory(published=True, with_source=True)
    StandardFactory()

    assert named(admin_client, "No source") == [str(bare)]


def test_an_unreachable_source_is_named_while_readers_meet_it(admin_client):
    met = SourceCheckFactory(failed=True, failures=2).source
    CitationFactory(source=met, page=RoleFactory(published=True))
    CitationFactory(source=SourceCheckFactory(failed=True).source, page=RoleFactory())
    CitationFactory(source=SourceCheckFactory().source, page=RoleFactory(published=True))
    readdressed = SourceCheckFactory(failed=True, asked="https://example.org/before").source
    CitationFactory(source=readdressed, page=RoleFactory(published=True))

    (row,) = answer(admin_client, "Source unreachable").rows

    assert (row.item, row.address) == (str(met), address(met, "change"))
    assert row.says.startswith("Gone since ")
    assert "(2 failed checks in a row). The server says that there is no such page" in row.says


def whole_role():
    role = RoleFactory(published=True, with_parts=True)
    for factory in (CollaboratorFactory, DestinationFactory, EmployerNoteFactory):
        if not getattr(role, factory._meta.model._meta.get_field("role").remote_field.related_name).exists():
            factory(role=role)
    return role


def test_a_role_with_an_empty_section_is_named_with_what_it_misses(admin_client):
    whole_role()
    gap = whole_role()
    gap.projects.all().delete()
    gap.entry_routes.all().delete()
    RoleFactory()

    (row,) = answer(admin_client, "Role with a missing section").rows

    assert row.item == str(gap)
    assert row.says.startswith("Published with no way in and no first project. Last changed on ")
    assert listed(admin_client, Role, gap="yes", published="yes") == {gap}


def test_a_skill_that_no_published_role_needs_is_named(admin_client):
    orphan, drafted = SkillFactory(published=True), RoleSkillFactory(skill__published=True).skill
    RoleSkillFactory(skill__published=True, role__published=True)
    SkillFactory()

    assert named(admin_client, "Skill that no published role") == [str(orphan), str(drafted)]


def test_figures_with_a_successor_are_named(admin_client):
    old = ReleaseFactory(period="2019A01", period_name="May 2019")
    fresh = datetime.date.today().year
    ReleaseFactory(program="projections", period=f"{fresh}-{fresh - 1990}", period_name="Fresh")

    (row,) = answer(admin_client, "Figures may be out of date").rows

    assert row.item == str(old)
    assert "usually out by May 2021" in row.says


def test_the_queue_is_calm_when_nothing_is_waiting(admin_client):
    assertContains(admin_client.get(INDEX), "Nothing is waiting for you.")


# How much of it


def test_ten_are_named_and_the_lists_hold_the_rest(admin_client):
    for number in range(11):
        due(StandardFactory, in_days(-1 - number))
    skills = [due(SkillFactory, in_days(-50)) for _ in range(2)]

    found = answer(admin_client, "Review overdue")

    assert (len(found.rows), found.total) == (10, 13)
    assert [each.words for each in found.lists] == ["11 standards", "2 skills"]
    assertContains(admin_client.get(INDEX), "The first 10 of 13. All: ")
    shown = admin_client.get(found.lists[1].address).context["cl"].result_list
    assert set(shown) == set(skills)


@pytest.mark.parametrize(
    ("heading", "make"),
    [
        ("Review due", lambda: due(StandardFactory, in_days(7), with_source=True)),
        ("No source", lambda: StandardFactory(published=True)),
        ("Skill that", lambda: SkillFactory(published=True)),
        ("Role with", lambda: RoleFactory(published=True)),
        (
            "Source unreachable",
            lambda: CitationFactory(source=SourceCheckFactory(failed=True).source, page=RoleFactory(published=True)),
        ),
    ],
)
def test_the_list_shows_just_what_the_question_counts(admin_client, heading, make):
    for _ in range(11):
        make()

    found = answer(admin_client, heading)

    assert found.total == 11
    (more,) = [each for each in found.lists if each.words.startswith("11 ")]
    assert admin_client.get(more.address).context["cl"].result_count == 11


@pytest.mark.once
def test_it_costs_the_same_however_much_needs_an_editor(admin_client):
    def neglect():
        for factory in EVERY_KIND:
            due(factory, in_days(-1))
            due(factory, in_days(5))
        CitationFactory(source=SourceCheckFactory(failed=True).source, page=due(RoleFactory, in_days(60)))

    neglect()
    with_few = cost(admin_client, INDEX)
    for _ in range(14):
        neglect()

    assert cost(admin_client, INDEX) == with_few


# Who sees what


def test_only_what_the_person_may_see(client, django_user_model):
    due(StandardFactory, in_days(-1), name="A late standard")
    due(RoleFactory, in_days(-1), title="A late role")
    SkillFactory(published=True)
    CitationFactory(source=SourceCheckFactory(failed=True).source, page=RoleFactory(published=True))
    client.force_login(staff(django_user_model, "view_standard"))

    answers = queue.answers(client.get(INDEX).wsgi_request)

    assert [(each.heading, [row.item for row in each.rows]) for each in answers] == [
        ("Review overdue", ["A late standard"]),
        ("No source", ["A late standard"]),
    ]
    assertNotContains(client.get(INDEX), "A late role")


def test_who_may_see_nothing_is_told_nothing(client, django_user_model):
    due(StandardFactory, in_days(-1))
    client.force_login(staff(django_user_model))

    response = client.get(INDEX)

    assert queue.answers(response.wsgi_request) == []


def test_names_cannot_smuggle_in_markup(admin_client):
    due(StandardFactory, in_days(-1), name="<b>bold</b>")

    assertNotContains(admin_client.get(INDEX), "<b>bold</b>")


@pytest.mark.parametrize("model", [Standard, Skill, Source])
def test_forms_and_lists_have_addresses(model):
    assert queue.form_of(model, 1) == reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[1]
    )
    assert queue.list_of(model, {"a": "b c"}).endswith("?a=b+c")


def test_days_are_those_of_the_site():
    moment = datetime.datetime(2026, 11, 22, 20, 0, tzinfo=datetime.UTC)

    with timezone.override("Pacific/Auckland"):
        assert queue.on_day(moment) == "Nov. 23, 2026"
