"""Packs: making one, the page that is shared, and the address of whoever made it."""

from django.urls import path

from careers import secret_addresses  # noqa: F401 - tokens in addresses

from . import sitemaps, views  # noqa: F401 - the form joins the sitemap

app_name = "packs"

urlpatterns = [
    path("packs/new/", views.new, name="new"),
    path("packs/edit/<token:edit_token>/", views.edit, name="edit"),
    path("packs/edit/<token:edit_token>/ready/", views.ready, name="ready"),
    path("packs/edit/<token:edit_token>/read/", views.accept, name="accept"),
    path("packs/edit/<token:edit_token>/take-back/", views.revoke, name="revoke"),
    path("packs/edit/<anything:rest>", views.astray),
    path("p/<str:token>/", views.pack, name="pack"),
]
