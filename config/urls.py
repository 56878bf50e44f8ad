"""The whole site: public pages, the admin, and three addresses for machines and for who finds a weakness."""

from django.contrib import admin
from django.urls import include, path

from careers import errors as page_errors

from . import errors, health
from .security_txt import security_txt

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path(".well-known/security.txt", security_txt),
    path("match/", include("match.urls")),
    path("feedback/", include("feedback.urls")),
    path("class/", include("classroom.urls")),
    path("", include("offline.urls")),
    path("", include("packs.urls")),
    path("", include("api.urls")),
    path("", include("careers.urls")),
]

handler400 = errors.bad_request
handler403 = page_errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
