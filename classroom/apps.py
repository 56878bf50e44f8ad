from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    """A class answers the questionnaire together, and sees what it leans to. Nobody in it can be told apart."""

    name = "classroom"
    default_auto_field = "django.db.models.BigAutoField"
