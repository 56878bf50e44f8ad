from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Who signs in to the admin, how safely, and who may do what there."""

    name = "staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import sessions  # noqa: F401 - notes when someone signs in
