from django.apps import AppConfig


class CareersConfig(AppConfig):
    """The public pages, and the reasons, trends and page words that only they show."""

    name = "careers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .search.index import watch

        watch()
