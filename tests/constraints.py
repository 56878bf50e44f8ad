"""Asks the database itself to take a bad row, past every form and every `full_clean`."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


def constraint_names(app_label):
    """The names of all constraints that the app's models declare."""
    return {each.name for model in apps.get_app_config(app_label).get_models() for each in model._meta.constraints}


def unique_fields(app_label):
    """(model name, field name) of each column that holds a value only once."""
    return {
        (model.__name__, field.name)
        for model in apps.get_app_config(app_label).get_models()
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }


def assert_refused(name, row, /, **changes):
    """The saved `row` is fine; with `changes` it is refused by the constraint `name` and by no other."""
    (constraint,) = [each for each in row._meta.constraints if each.name == name]

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)

    if isinstance(constraint, models.UniqueConstraint) and connection.vendor == "sqlite":
        # SQLite names the columns instead of the constraint.
        columns = [row._meta.get_field(field).column for field in constraint.fields]
        name = ", ".join(f"{row._meta.db_table}.{column}" for column in columns)
    assert name in str(error.value)


def assert_once(factory_class, field):
    """No two rows share the value of `field`."""
    first, second = factory_class(), factory_class()

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        type(second).objects.filter(pk=second.pk).update(**{field: getattr(first, field)})

    assert field in str(error.value)


def publishable_cases(factory_class):
    """What the database refuses of anything that can be published."""
    model = factory_class._meta.model
    prefix = f"{model._meta.app_label}_{model.__name__.lower()}"
    published = factory_class.build(published=True)
    cases = [
        ("status_is_known", {"published": True}, {"status": "hidden"}),
        ("published_has_review_dates", {"published": True}, {"reviewed_on": None}),
        ("published_has_review_dates", {"published": True}, {"review_due": None}),
        ("published_has_review_dates", {}, {"status": "published"}),
        ("review_due_after_review", {"published": True}, {"review_due": published.reviewed_on}),
    ]
    return [
        pytest.param(f"{prefix}_{rule}", factory_class, traits, changes, id=f"{model.__name__}: {rule} {changes}")
        for rule, traits, changes in cases
    ]
