from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """Skills, and how much and why each role needs them."""

    name = "skills"
    default_auto_field = "django.db.models.BigAutoField"
