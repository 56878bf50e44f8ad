"""The database refuses what a role, a standard or a kind of software can never be."""

import pytest
from django.db.models import ProtectedError

from tests import factories
from tests.constraints import assert_once, assert_refused, constraint_names, publishable_cases, unique_fields

pytestmark = pytest.mark.django_db

PUBLISHABLE = [
    *publishable_cases(factories.RoleFactory),
    *publishable_cases(factories.SoftwareCategoryFactory),
    *publishable_cases(factories.StandardFactory),
]

VALUES = [
    ("role_color_is_known", factories.RoleFactory, {"color": "pink"}),
    ("standard_kind_is_known", factories.StandardFactory, {"kind": "rumor"}),
    ("standard_region_is_known", factories.StandardFactory, {"region": "moon"}),
    ("fit_side_is_known", factories.FitFactory, {"side": "love"}),
    ("weekactivity_day_is_a_working_day", factories.WeekActivityFactory, {"day": 0}),
    ("weekactivity_day_is_a_working_day", factories.WeekActivityFactory, {"day": 6}),
    ("weekactivity_hours_fit_in_a_day", factories.WeekActivityFactory, {"hours": 0}),
    ("weekactivity_hours_fit_in_a_day", factories.WeekActivityFactory, {"hours": 8}),
    ("weekactivity_kind_is_known", factories.WeekActivityFactory, {"kind": "rest"}),
    ("entryroute_months_in_order", factories.EntryRouteFactory, {"months_min": 13, "months_max": 12}),
    ("entryroute_kind_is_known", factories.EntryRouteFactory, {"kind": "luck"}),
    ("project_size_is_known", factories.ProjectFactory, {"size": "year"}),
    ("employernote_type_is_known", factories.EmployerNoteFactory, {"employer_type": "bank"}),
    ("employerquestion_type_is_known", factories.EmployerQuestionFactory, {"employer_type": "bank"}),
    ("rolecategory_involvement_is_known", factories.RoleCategoryFactory, {"involvement": 0}),
    ("rolecategory_involvement_is_known", factories.RoleCategoryFactory, {"involvement": 4}),
    ("rolestandard_when_is_known", factories.RoleStandardFactory, {"when": 0}),
    ("rolestandard_when_is_known", factories.RoleStandardFactory, {"when": 4}),
    ("categorystandard_use_is_known", factories.CategoryStandardFactory, {"use": 0}),
    ("categorystandard_use_is_known", factories.CategoryStandardFactory, {"use": 3}),
]

# The name of the constraint, whose rows, and the two fields that no second row may share.
PAIRS = [
    ("alternativetitle_once_per_role", factories.AlternativeTitleFactory, "role", "name"),
    ("entryroute_once_per_kind", factories.EntryRouteFactory, "role", "kind"),
    ("employernote_once_per_type", factories.EmployerNoteFactory, "role", "employer_type"),
    ("rolecategory_once_per_pair", factories.RoleCategoryFactory, "role", "category"),
    ("rolestandard_once_per_pair", factories.RoleStandardFactory, "role", "standard"),
    ("categorystandard_once_per_pair", factories.CategoryStandardFactory, "category", "standard"),
    ("categoryexample_is_named_once", factories.CategoryExampleFactory, "category", "name"),
]

ONCE = [
    (factories.RoleFactory, "slug"),
    (factories.RoleFactory, "title"),
    (factories.SoftwareCategoryFactory, "slug"),
    (factories.SoftwareCategoryFactory, "name"),
    (factories.StandardFactory, "slug"),
    (factories.StandardFactory, "name"),
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

    assert named == constraint_names("roles")
    assert {(factory_class._meta.model.__name__, field) for factory_class, field in ONCE} == unique_fields("roles")


@pytest.mark.parametrize(
    ("factory_class", "field"),
    [
        (factories.RoleCategoryFactory, "category"),
        (factories.RoleStandardFactory, "standard"),
        (factories.CategoryStandardFactory, "standard"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_a_page_links_to_is_not_deleted(factory_class, field):
    target = getattr(factory_class(), field)

    with pytest.raises(ProtectedError):
        target.delete()


def test_deleting_a_role_deletes_its_parts_and_links_and_nothing_else():
    role = factories.RoleFactory(with_parts=True)
    category = role.role_categories.get().category

    _, deleted = role.delete()

    assert sum(deleted.values()) == 1 + len(type(role)._meta.related_objects) + 1
    category.refresh_from_db()
