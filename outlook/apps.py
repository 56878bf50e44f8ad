from django.apps import AppConfig


class OutlookConfig(AppConfig):
    """Official statistics: occupations, pay, areas, industries, and how they got here."""

    name = "outlook"
    default_auto_field = "django.db.models.BigAutoField"
