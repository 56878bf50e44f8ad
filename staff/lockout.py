"""After repeated wrong tries a name is kept out for a while, from the address that tried. django-axes counts.

And one address has only so many wrong tries an hour, whatever the names: who tries one password with many names is
stopped too, and does not keep the server busy with hashing.
"""

import ipaddress
import logging
import math

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max
from django.dispatch import receiver
from django.shortcuts import render
from django.utils import timezone

from careers.open_forms import Limit

from .kept_typing import sign_in_again_page

logger = logging.getLogger(__name__)

# Room for a whole school that mistypes; far too few for a program.
WRONG_TRIES_FROM_ONE_PLACE = Limit("sign-in", per_hour=60, per_day=300)


@receiver(user_login_failed)
def count_a_wrong_try(request=None, **_):
    # One that was refused unread is none: who goes on trying would keep a whole school out until tomorrow.
    if request is not None and not getattr(request, "too_many_from_here", False):
        WRONG_TRIES_FROM_ONE_PLACE.count_one(request)


class LockoutBackend(AxesStandaloneBackend):
    """Refuses who is locked out. Without a request there is no address to count by, and nobody is asked."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if request is None:
            return None
        if WRONG_TRIES_FROM_ONE_PLACE.is_reached(request):
            logger.warning("A sign-in was refused unread: so many wrong tries came from one address.")
            request.axes_locked_out = request.too_many_from_here = True
            raise AxesBackendPermissionDenied("So many wrong tries came from this address.")
        return super().authenticate(request, username, password, **kwargs)


def address_of(request):
    """The address a request came from, or None when nothing says so.

    Behind a proxy that is the last entry of X-Forwarded-For: the proxy wrote it. Those before it are what the
    visitor claims.
    """
    claims = [request.META.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        claims.insert(0, request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
    return next(filter(None, map(_as_address, claims)), None)


def _as_address(text):
    """The address in a text such as 192.0.2.1, 192.0.2.1:5000 or [2001:db8::1]:5000; None if there is none."""
    text = text.strip()
    host = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return None


def locked_out(request, response, credentials):
    """The answer to a sign-in that is refused: says when to try again. Typing that was carried along stays."""
    from_here = getattr(request, "too_many_from_here", False)
    opens = WRONG_TRIES_FROM_ONE_PLACE.opens_again(request) if from_here else _opens_again(request, credentials)
    wait = max(1, math.ceil((opens - timezone.now()).total_seconds()))
    lockout = {"opens": opens, "minutes": math.ceil(wait / 60), "from_here": from_here}
    if getattr(request, "kept_typing", None) is not None:
        answer = sign_in_again_page(request, request.kept_typing, status=429, lockout=lockout)
    else:
        context = {
            **admin.site.each_context(request),
            "title": "Too many wrong tries",
            "lockout": lockout,
        }
        answer = render(request, "staff/locked_out.html", context, status=429)
    answer["Retry-After"] = str(wait)
    answer["Cache-Control"] = "no-store"
    return answer


def _opens_again(request, credentials):
    """When the last counted try is old enough."""
    handler = AxesProxyHandler.get_implementation()
    tries = [
        rows.aggregate(last=Max("attempt_time"))["last"] for rows in handler.filter_user_attempts(request, credentials)
    ]
    return max(filter(None, tries), default=timezone.now()) + settings.AXES_COOLOFF_TIME
