"""Reading without a network: the worker, the manifest, and the list of pages that a device has kept."""

from django.urls import path

from . import views

app_name = "offline"

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.kept_pages, name="kept-pages"),
]
