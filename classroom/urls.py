"""A class: starting it, entering it, its picture, and the advisor's own pages."""

from django.urls import path

from . import sitemaps, views  # noqa: F401 - the page for the code joins the sitemap

app_name = "classroom"

# /class/
urlpatterns = [
    path("", views.enter, name="enter"),
    path("new/", views.new, name="new"),
    path("manage/<str:token>/", views.manage, name="manage"),
    path("manage/<str:token>/close/", views.close, name="close"),
    path("<str:code>/", views.answer, name="answer"),
    path("<str:code>/send/", views.send, name="send"),
    path("<str:code>/picture/", views.picture, name="picture"),
    path("<str:code>/picture/live/", views.live, name="live"),
]
