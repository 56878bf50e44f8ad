from django.apps import AppConfig


class PacksConfig(AppConfig):
    """What an advisor hands out: roles in an order, a note, a comparison. One address to share, one to edit."""

    name = "packs"
    default_auto_field = "django.db.models.BigAutoField"
