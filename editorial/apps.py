from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """State, review dates, sources and content files: what every edited thing shares."""

    name = "editorial"
    default_auto_field = "django.db.models.BigAutoField"
