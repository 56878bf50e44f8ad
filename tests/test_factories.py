"""The factories keep their promises: valid rows, and traits that fill what they say."""

import pytest
from django.apps import apps

from roles.models import Role, RoleCategory, RoleStandard
from skills.models import RoleSkill

from . import factories
from .factories import BaseFactory, PublishableFactory, RoleFactory, many_roles

pytestmark = pytest.mark.django_db

OURS = ("editorial", "roles", "skills", "careers", "feedback", "match", "classroom", "packs")


def concrete(base):
    found = [each for each in vars(factories).values() if isinstance(each, type) and issubclass(each, base)]
    return [each for each in found if not each._meta.abstract]


def name_of(factory_class):
    return factory_class.__name__


def test_every_model_has_one_factory():
    models = [model.__name__ for model in apps.get_models() if model._meta.app_label in OURS]

    assert sorted(each._meta.model.__name__ for each in concrete(BaseFactory)) == sorted(models)


@pytest.mark.parametrize("factory_class", concrete(BaseFactory), ids=name_of)
def test_factory_makes_a_valid_row(factory_class):
    factory_class().full_clean()


@pytest.mark.parametrize("factory_class", concrete(PublishableFactory), ids=name_of)
def test_published_row_is_valid_and_not_due_for_review(factory_class):
    item = factory_class(published=True)

    item.full_clean()
    assert item.is_published
    assert not type(item).objects.review_overdue().exists()


def test_role_with_parts_has_one_row_of_everything_that_belongs_to_a_role():
    role = RoleFactory(published=True, with_parts=True)

    lists = [each.get_accessor_name() for each in Role._meta.related_objects] + ["citations"]
    assert {name: getattr(role, name).count() for name in lists} == dict.fromkeys(lists, 1)


@pytest.mark.parametrize("name", ["SoftwareCategory", "Skill", "Reason", "Trend"])
def test_with_parts_gives_one_row_of_every_list_in_the_content_file(name):
    from editorial.content.kinds import all_kinds

    kind = next(kind for kind in all_kinds() if kind.model.__name__ == name)

    item = getattr(factories, f"{name}Factory")(with_parts=True)

    counts = {part.name: getattr(item, part.name).count() for part in kind.parts}
    assert counts == dict.fromkeys(counts, 1)


def test_many_roles_are_published_and_linked_in_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(150):
        roles = many_roles(500)

    assert Role.objects.published().count() == len(roles) == 500
    assert RoleCategory.objects.count() == 1000
    assert RoleStandard.objects.count() == 1500
    assert RoleSkill.objects.count() == 5000
