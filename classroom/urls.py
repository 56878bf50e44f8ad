"""A class: starting it, entering it, its picture, and the advisor's own pages."""

from django.urls import path

from careers import secret_addresses  # noqa: F401 - tokens in addresses

from . import sitemaps, views  # noqa: F401 - the page for the code joins the sitemap

app_name = "classroom"

# /class/
urlpatterns = [
    path("", views.enter, name="enter"),
    path("new/", views.new, name="new"),
    path("manage/<token:token>/", views.manage, name="manage"),
    path("manage/<token:token>/close/", views.close, name="close"),
    path("manage/<anything:rest>", views.astray),
    path("<str:code>/", views.answer, name="answer"),
    path("<str:code>/send/", views.send, name="send"),
    path("<str:code>/picture/", views.picture, name="picture"),
    path("<str:code>/picture/live/", views.live, name="live"),
]
