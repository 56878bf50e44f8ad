from django.apps import AppConfig


class MatchConfig(AppConfig):
    """Which role suits a reader: the questions, how answers are weighed, and the result."""

    name = "match"
    default_auto_field = "django.db.models.BigAutoField"
