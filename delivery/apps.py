from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class DeliveryConfig(AppConfig):
    """How pages reach readers: kept ready until the content changes, and served even when the database is gone."""

    name = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        pre_migrate.connect(take_triggers, sender=self)
        post_migrate.connect(put_triggers, sender=self)


def take_triggers(*, using, **kwargs):
    """Take the triggers away before each migrate: Django makes a SQLite table anew to change it."""
    from .triggers import remove

    remove(using)


def put_triggers(*, using, **kwargs):
    """Put them again after each migrate."""
    from .triggers import ensure

    ensure(using)
