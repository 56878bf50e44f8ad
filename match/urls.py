"""The questionnaire and its result."""

from django.urls import path

from . import sitemaps, views  # noqa: F401 - the questionnaire joins the sitemap

app_name = "match"

urlpatterns = [
    path("", views.start, name="start"),
    path("result/", views.result, name="result"),
    path("picture/<str:slugs>.png", views.picture, name="picture"),
]
