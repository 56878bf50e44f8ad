from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The same words and figures as the pages, for programs."""

    name = "api"
    verbose_name = "Open data"
