from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What readers report about a page, and the editors' inbox for it."""

    name = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
