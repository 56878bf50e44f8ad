from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles, the software they build, and the standards and rules they meet."""

    name = "roles"
    default_auto_field = "django.db.models.BigAutoField"
