"""Where readers report a problem."""

from django.urls import path

from . import views

app_name = "feedback"

# /feedback/
urlpatterns = [
    path("", views.form, name="form"),
    path("thanks/", views.thanks, name="thanks"),
]
