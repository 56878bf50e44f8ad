"""Packs: making one, the page that is shared, and the address of whoever made it."""

from django.urls import path

from . import sitemaps, views  # noqa: F401 - the form joins the sitemap

app_name = "packs"

urlpatterns = [
    path("packs/new/", views.new, name="new"),
    path("packs/edit/<str:edit_token>/", views.edit, name="edit"),
    path("packs/edit/<str:edit_token>/ready/", views.ready, name="ready"),
    path("packs/edit/<str:edit_token>/read/", views.accept, name="accept"),
    path("packs/edit/<str:edit_token>/take-back/", views.revoke, name="revoke"),
    path("p/<str:token>/", views.pack, name="pack"),
]
