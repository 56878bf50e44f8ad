"""The site's addresses, and some that go wrong on purpose."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path

from config import urls
from config.urls import *  # noqa: F403 - the handlers of errors too


def troubled(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("trouble/400/", troubled(SuspiciousOperation("secret detail"))),
    path("trouble/403/", troubled(PermissionDenied("secret detail"))),
    path("trouble/404/", troubled(Http404("secret detail"))),
    path("trouble/500/", troubled(RuntimeError("secret detail"))),
    *urls.urlpatterns,
]
