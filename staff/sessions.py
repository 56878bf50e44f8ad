"""How long a sign-in holds, and how to end it in every browser."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
NOTED_EVERY = 60  # seconds: the session is written no more often than that
# What a page of the admin asks by itself says so: a form that is left open keeps nobody signed in.
BY_ITSELF = "X-By-Itself"


@receiver(user_logged_in)
def note_the_time(request, **_):
    """Django counts a session's age from its last change; ours counts from the sign-in."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())


def is_fresh(session):
    """Say whether the sign-in of this session is younger than SESSION_COOKIE_AGE, and was used not long ago."""
    now = time.time()
    return (
        now - session.get(SIGNED_IN_AT, 0) < settings.SESSION_COOKIE_AGE
        and now - session.get(SEEN_AT, 0) < settings.SESSION_IDLE_AGE
    )


def note_use(request):
    """Remember that somebody is there."""
    now = int(time.time())
    if BY_ITSELF not in request.headers and now - request.session[SEEN_AT] >= NOTED_EVERY:
        request.session[SEEN_AT] = now


def end_sessions(user, *, but=None):
    """Sign `user` out in every browser; `but` is the key of a session to leave.

    A session does not say in a column whose it is, so all are read. Only staff have any.
    """
    theirs = [
        session.session_key
        for session in Session.objects.exclude(session_key=but).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
