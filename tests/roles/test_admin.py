"""Editing roles, kinds of software and standards. What they share with every page: tests/editorial/test_admin.py."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from roles.models import Role, SoftwareCategory, Standard, WeekActivity
from tests import factories
from tests.editorial.editing import address, cost, filled_in, listed, messages_of, run_action, save, staff, with_row
from tests.factories import (
    AlternativeTitleFactory,
    CategoryExampleFactory,
    CategoryStandardFactory,
    CitationFactory,
    FitFactory,
    RoleCategoryFactory,
    RoleFactory,
    RoleStandardFactory,
    SoftwareCategoryFactory,
    SourceFactory,
    StandardFactory,
    WeekActivityFactory,
)

pytestmark = pytest.mark.django_db

KINDS = [RoleFactory, SoftwareCategoryFactory, StandardFactory]

# Each list in a role's form that may hold any number of rows, with its factory.
LISTS = {
    "alternative_titles": "AlternativeTitleFactory",
    "responsibilities": "ResponsibilityFactory",
    "fits": "FitFactory",
    "week_activities": "WeekActivityFactory",
    "collaborators": "CollaboratorFactory",
    "role_categories": "RoleCategoryFactory",
    "role_skills": "RoleSkillFactory",
    "role_standards": "RoleStandardFactory",
    "differences": "DifferenceFactory",
    "certificates": "CertificateFactory",
    "projects": "ProjectFactory",
    "destinations": "DestinationFactory",
    "employer_questions": "EmployerQuestionFactory",
    "trend_impacts": "TrendImpactFactory",
}


def kind(factory_class):
    return factory_class._meta.model.__name__


def full_week(role):
    for day in WeekActivity.Day:
        WeekActivityFactory(role=role, day=day, hours=7)


@pytest.mark.parametrize("factory_class", KINDS, ids=kind)
def test_list_and_forms_open(admin_client, factory_class):
    item = factory_class(published=True)

    assertContains(admin_client.get(address(item)), str(item))
    assertContains(admin_client.get(address(item, "change")), str(item))
    assert admin_client.get(address(type(item), "add")).status_code == 200


@pytest.mark.parametrize("factory_class", KINDS, ids=kind)
@pytest.mark.once
def test_list_costs_the_same_however_many_rows(admin_client, factory_class):
    items = factory_class.create_batch(3, published=True, with_source=True)
    with_few = cost(admin_client, address(items[0]))
    factory_class.create_batch(27, published=True, with_source=True)

    assert cost(admin_client, address(items[0])) == with_few


@pytest.mark.once
def test_form_of_a_role_costs_the_same_however_many_parts(admin_client):
    role = RoleFactory(published=True, with_parts=True)
    add_rows(role, 2)
    with_few = cost(admin_client, address(role, "change"))
    add_rows(role, 27)

    assert cost(admin_client, address(role, "change")) == with_few


def add_rows(role, how_many):
    for name in LISTS.values():
        getattr(factories, name).create_batch(how_many, role=role)
    CitationFactory.create_batch(how_many, page=role)


def test_a_role_that_is_saved_unchanged_stays_as_it_is(admin_client):
    role = RoleFactory(published=True, with_parts=True)
    before = everything_about(role)

    response = save(admin_client, role)

    assert messages_of(response)[-1].endswith("Nothing has changed since it was published.")
    assert everything_about(role) == before


def everything_about(role):
    """Every field of the role and of all its parts, as they stand in the database."""
    names = [*LISTS, "entry_routes", "employer_notes", "citations"]
    own = Role.objects.filter(pk=role.pk).values()[0]
    own.pop("updated_at")
    return own, {name: list(getattr(role, name).order_by("pk").values()) for name in names}


@pytest.mark.once
def test_every_part_of_a_role_stands_in_its_form(admin_client):
    role = RoleFactory(with_parts=True)

    prefixes = [each.formset.prefix for each in form_of(admin_client, role).context["inline_admin_formsets"]]

    assert {*LISTS, "entry_routes", "employer_notes"} - set(prefixes) == set()


def test_lists_stand_between_the_sections_as_on_the_page(admin_client):
    page = form_of(admin_client, RoleFactory()).content.decode()

    places = [
        page.index(mark)
        for mark in [
            'id="id_promise"',
            'id="alternative_titles-group"',
            'id="id_overview"',
            'id="fits-group"',
            'id="week_activities-group"',
            'id="role_categories-group"',
            'id="role_skills-group"',
            'id="role_standards-group"',
            'id="entry_routes-group"',
            'id="projects-group"',
            'id="trend_impacts-group"',
            'id="employer_questions-group"',
            'id="id_reviewed_on"',
        ]
    ]
    assert places == sorted(places)


def form_of(client, item):
    return client.get(address(item, "change"))


# Parts


def test_a_new_part_comes_last(admin_client):
    role = RoleFactory()
    AlternativeTitleFactory(role=role, name="First", position=4)
    data = filled_in(form_of(admin_client, role))

    admin_client.post(address(role, "change"), with_row(data, "alternative_titles", name="Second"))

    assert list(role.alternative_titles.values_list("name", "position")) == [("First", 0), ("Second", 1)]


def test_a_new_part_left_empty_is_ignored(admin_client):
    role = RoleFactory()
    AlternativeTitleFactory(role=role, position=4)
    data = filled_in(form_of(admin_client, role))

    admin_client.post(address(role, "change"), with_row(data, "alternative_titles"))

    assert role.alternative_titles.count() == 1


def test_a_part_that_cites_an_unknown_key_is_refused_in_words(admin_client):
    role = RoleFactory()
    FitFactory(role=role, text="Before.")

    response = save(admin_client, role, **{"fits-0-text": "A claim [@nobody-wrote]."})

    assertContains(response, "“Text” cites [@nobody-wrote], but there is no source with the key “nobody-wrote”.")
    assert role.fits.get().text == "Before."


@pytest.mark.parametrize(
    ("box", "section"), [("fits-0-text", "Is this for you?"), ("week_note", "A week")], ids=["in a list", "in a box"]
)
def test_a_long_form_says_which_section_has_a_mistake(admin_client, box, section):
    role = RoleFactory()
    FitFactory(role=role)

    response = save(admin_client, role, **{box: ""})

    page = " ".join(response.content.decode().split())
    assert page.count("to correct</strong>") == 1
    assert f'{section}</a> <strong class="to-correct">to correct</strong>' in page


def test_what_a_part_cites_is_added_to_the_sources_of_the_role(admin_client):
    role = RoleFactory()
    FitFactory(role=role)
    SourceFactory(key="in-a-part")

    response = save(admin_client, role, **{"fits-0-text": "A claim [@in-a-part]."})

    assert role.citations.get().source.key == "in-a-part"
    assert any("[@in-a-part]" in message for message in messages_of(response))


def test_what_only_a_deleted_part_cites_is_not_added(admin_client):
    role = RoleFactory()
    FitFactory(role=role, text="A claim [@in-a-part].")
    SourceFactory(key="in-a-part")

    save(admin_client, role, **{"fits-0-DELETE": "on"})

    assert not role.fits.exists()
    assert not role.citations.exists()


def test_the_same_category_twice_is_refused_in_words(admin_client):
    role, category = RoleFactory(), SoftwareCategoryFactory()
    data = filled_in(form_of(admin_client, role))
    for work in ("Once.", "Twice."):
        data = with_row(data, "role_categories", category=category.pk, involvement="1", work=work)

    response = admin_client.post(address(role, "change"), data)

    assertContains(response, "Two rows have the same category. Change one of them, or delete it.")
    assert not role.role_categories.exists()


# What is allowed but odd


def test_a_day_of_the_week_that_is_not_full_is_named_after_saving(admin_client):
    role = RoleFactory(title="Chart developer")
    full_week(role)
    WeekActivity.objects.filter(role=role, day=WeekActivity.Day.TUESDAY).update(hours=5)
    WeekActivityFactory(role=role, day=WeekActivity.Day.FRIDAY, hours=1)

    response = save(admin_client, role)

    expected = (
        "In the example week of “Chart developer” a day should hold 7 hours, but Tuesday holds 5 and Friday holds 8."
    )
    assert expected in messages_of(response)


def test_a_full_week_needs_no_warning(admin_client):
    role = RoleFactory()
    full_week(role)

    assert not [message for message in messages_of(save(admin_client, role)) if "week" in message]


def test_a_role_without_a_week_is_not_called_uneven(admin_client):
    assert not [message for message in messages_of(save(admin_client, RoleFactory())) if "hours" in message]


def test_a_published_role_says_what_it_misses(admin_client):
    role = RoleFactory(published=True, title="Chart developer")

    response = save(admin_client, role)

    assert (
        "“Chart developer” is published, but it has no source, no “you may like”, no example week, no way in, "
        "no first project, no question to ask, no standard and no skill."
    ) in messages_of(response)


def test_a_complete_role_is_saved_without_a_warning(admin_client):
    role = RoleFactory(published=True, with_parts=True)
    role.week_activities.all().delete()
    full_week(role)

    (message,) = messages_of(save(admin_client, role, tagline="Another line."))

    assert message.startswith(f"“{role}” is published.")


@pytest.mark.parametrize(
    ("factory_class", "missing"),
    [
        (SoftwareCategoryFactory, "no source, no role that builds it, no standard and no example."),
        (StandardFactory, "no source and no role that meets it."),
    ],
    ids=["category", "standard"],
)
def test_published_pages_say_what_they_miss(admin_client, factory_class, missing):
    item = factory_class(published=True)

    assert f"“{item}” is published, but it has {missing}" in messages_of(save(admin_client, item))


# Who may


def test_who_may_change_roles_may_change_their_parts(client, django_user_model):
    client.force_login(staff(django_user_model, "change_role"))
    role = RoleFactory()
    FitFactory(role=role)

    save(client, role, **{"fits-0-text": "A new sentence."})

    assert role.fits.get().text == "A new sentence."


def test_who_may_only_look_cannot_change_a_part(client, django_user_model):
    client.force_login(staff(django_user_model, "view_role"))
    role = RoleFactory()
    FitFactory(role=role, text="A sentence.")

    response = form_of(client, role)
    refused = client.post(address(role, "change"), {"fits-0-text": "Another."})

    assertContains(response, "A sentence.")
    assertNotContains(response, 'name="fits-0-text"')
    assert refused.status_code == 403


def test_who_may_only_look_cannot_publish(client, django_user_model):
    client.force_login(staff(django_user_model, "view_role"))
    role = RoleFactory(reviewed_on="2026-01-01", review_due="2026-07-01")

    run_action(client, "publish", role)

    role.refresh_from_db()
    assert not role.is_published


# Software and standards


def test_the_list_of_roles_counts_what_belongs_to_each(admin_client):
    role = RoleFactory(published=True, with_parts=True)
    RoleStandardFactory.create_batch(2, role=role)

    (row,) = listed(admin_client, Role)

    assert (row.citations_count, row.role_standards_count, row.role_skills_count) == (1, 3, 1)
    assertContains(admin_client.get(address(Role)), '<td class="field-column">3</td>')


@pytest.mark.parametrize(
    ("link_factory", "name"),
    [(RoleCategoryFactory, "category"), (RoleStandardFactory, "standard")],
    ids=["category", "standard"],
)
def test_links_from_roles_are_shown_and_lead_to_the_form_of_the_role(admin_client, link_factory, name):
    link = link_factory(role__title="Chart developer")

    response = form_of(admin_client, getattr(link, name))

    assertContains(response, f'<a href="{address(link.role, "change")}">Chart developer</a>')
    assertNotContains(response, f'name="role_{name}s-0-role"')


@pytest.mark.parametrize(
    ("factory_class", "rows"),
    [
        (
            SoftwareCategoryFactory,
            [
                (RoleCategoryFactory, "category"),
                (CategoryStandardFactory, "category"),
                (CategoryExampleFactory, "category"),
            ],
        ),
        (StandardFactory, [(RoleStandardFactory, "standard"), (CategoryStandardFactory, "standard")]),
    ],
    ids=["category", "standard"],
)
@pytest.mark.once
def test_forms_cost_the_same_however_many_links(admin_client, factory_class, rows):
    item = factory_class()
    for row_factory, name in rows:
        row_factory.create_batch(3, **{name: item})
    with_few = cost(admin_client, address(item, "change"))
    for row_factory, name in rows:
        row_factory.create_batch(27, **{name: item})

    assert cost(admin_client, address(item, "change")) == with_few


@pytest.mark.parametrize(
    ("link_factory", "name"),
    [(RoleCategoryFactory, "category"), (RoleStandardFactory, "standard"), (CategoryStandardFactory, "standard")],
    ids=["category of a role", "standard of a role", "standard of a category"],
)
def test_what_a_page_rests_on_cannot_be_deleted_and_the_admin_says_why(admin_client, link_factory, name):
    link = link_factory()
    item = getattr(link, name)
    page = link.role if hasattr(link, "role") else link.category

    asked = admin_client.get(address(item, "delete"))
    admin_client.post(address(item, "delete"), {"post": "yes"})

    assertContains(asked, "cannot be deleted while a page rests on it")
    assertContains(asked, f'<a href="{address(page, "change")}">{page}</a>')
    assert type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("model", [Role, SoftwareCategory, Standard], ids=lambda model: model.__name__)
def test_each_kind_can_be_found_by_name(admin_client, model):
    wanted, _ = factories.__dict__[f"{model.__name__}Factory"].create_batch(2)

    assert listed(admin_client, model, q=str(wanted)) == {wanted}
