from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.db.models.signals import post_migrate


class OutlookConfig(AppConfig):
    """Official statistics: occupations, pay, areas, industries, and how they got here."""

    name = "outlook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        post_migrate.connect(list_occupations, sender=self)


def list_occupations(*, using, apps=installed_apps, **kwargs):
    """Write the occupations we keep after each migrate, so that content can refer to them before figures are loaded.

    A flush sends the same signal without `apps`: then the models are those of the code.
    """
    from .importing.scope import listed_occupations

    try:
        model = apps.get_model("outlook", "Occupation")
    except LookupError:  # all migrations of this app were undone
        return
    rows = [model(code=code, title=title) for code, title in listed_occupations().items()]
    model.objects.using(using).bulk_create(rows, ignore_conflicts=True)
