from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DeliveryConfig(AppConfig):
    """How pages reach readers: kept ready until the content changes, and served even when the database is gone."""

    name = "delivery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        post_migrate.connect(put_triggers, sender=self)


def put_triggers(*, using, **kwargs):
    """Put the triggers again after each migrate: Django makes a SQLite table anew to change it, and loses them."""
    from .triggers import ensure

    ensure(using)
