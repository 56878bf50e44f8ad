from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """The site without a network: a copy on a stick, and the pages that a browser keeps."""

    name = "offline"
    default_auto_field = "django.db.models.BigAutoField"
