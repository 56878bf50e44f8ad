"""Forms that anyone may send, without a session: what takes the place of a token, and limits that keep no address.

docs/decisions/0014-reports-need-no-session.md says why. Nothing typed is ever lost: a form that cannot be taken
comes back filled in.
"""

import json
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from crispy_forms.layout import Div, Field
from django import forms
from django.core import signing
from django.core.cache import cache
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .addresses import client_address, sent_from_elsewhere
from .secret_addresses import token_from
from .words import own_words

HOUR, DAY = 3_600, 86_400

# A person needs longer than this to read a form and fill it in; a program does not.
SHORTEST_TIME = 3  # seconds
# The form then is from a page left open or kept by a cache, or from a program that replays it.
LONGEST_TIME = DAY
# Two machines may serve one site: a form may come from one whose clock is ahead by so many seconds.
CLOCKS_DIFFER = 300

stamps = signing.Signer(salt="careers.open_forms")


def new_stamp():
    """The time at which a form was made and a number drawn by chance, signed, so that only we can have made it.

    The number tells one form from all others; it is kept nowhere.
    """
    return stamps.sign(f"{int(time.time())}.{secrets.token_urlsafe(16)}")


def age(stamp):
    """Seconds since the stamp was made. Raises BadSignature for one that is not ours, ValueError without a number."""
    made, _ = stamps.unsign(stamp).split(".")
    return time.time() - int(made)


# Control characters, which nobody sees, and those that turn the order of all letters after them around. NUL is not
# among them: Django has words for it. Nor are the marks that Arabic and Hebrew texts need.
UNSEEN = re.compile("[\x01-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class LineField(forms.CharField):
    """Text of one line: white space of any kind is one space, and nothing in it is unseen."""

    def to_python(self, value):
        words = (UNSEEN.sub("", word) for word in (value or "").split())
        return super().to_python(" ".join(filter(None, words)))


class WordsField(forms.CharField):
    """Text of several lines. Whatever breaks them is counted and kept as one character, and nothing is unseen."""

    widget = forms.Textarea

    def to_python(self, value):
        lines = (value or "").replace("\t", " ").splitlines()
        return super().to_python("\n".join(UNSEEN.sub("", line) for line in lines))


class OpenForm(forms.Form):
    """A form that needs no token: a signed time says when it was made, and a field that people never see is empty.

    A form that makes an empty one for a page passes `new_stamp()` as the initial `stamp`.
    """

    # People never see it; programs that fill in everything do.
    website = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, data=None, *, initial=None, label=own_words):
        # A copy, because a form that is too old gets a new stamp before it is shown again.
        super().__init__(None if data is None else data.copy(), initial=initial)
        self.label = label
        self.fields["website"].label = label("form-trap", "Leave this empty")

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError("leave it empty")
        return ""

    def clean(self):
        cleaned = super().clean()
        if "website" in self.errors:
            # Its own message would stand where nobody sees it.
            self.data["website"] = ""
            filled = self.label(
                "form-trapped", "A field that should stay empty was filled in. It is empty again: please send it now."
            )
            self.add_error(None, filled)
        trouble = self._trouble_with_time(cleaned.get("stamp", ""))
        if trouble:
            self.add_error(None, trouble)
        return cleaned

    def _trouble_with_time(self, stamp):
        """A sentence when the form came too fast or too late; empty when all is well."""
        try:
            seconds = age(stamp)
        except (signing.BadSignature, ValueError):
            seconds = LONGEST_TIME + 1
        if 0 <= seconds < SHORTEST_TIME:
            return self.label("form-fast", "That was very fast. Read it over, then send it again.")
        if -CLOCKS_DIFFER <= seconds <= LONGEST_TIME:
            return ""
        self.data["stamp"] = new_stamp()
        return self.label(
            "form-old",
            "This form was open for more than a day. Everything you wrote is still here: please send it again.",
        )

    def token(self, purpose):
        """The same whenever this form is sent with these words, as by a double click; any other form has another one.

        Nobody but this site can work it out. The form must be valid.
        """
        return token_from(json.dumps([str(self.cleaned_data[name]) for name in self.fields]), purpose=purpose)

    @staticmethod
    def guards():
        """The two fields that guard the form, for the end of its layout."""
        return Div(Field("website"), hidden=True), Field("stamp")


@dataclass(frozen=True)
class Limit:
    """How often one place may send a form, counted without keeping anybody's network address."""

    name: str
    per_hour: int
    per_day: int

    def is_reached(self, request):
        """Whether this reader sent as many as we take in this clock hour, or today."""
        return bool(self._reached(request))

    def opens_again(self, request):
        """When this reader may send the next one: with the next clock hour, or tomorrow when today's are used up."""
        now = timezone.now()
        if DAY in self._reached(request):
            return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)

    def _reached(self, request):
        """HOUR, DAY or both: in which of them this reader sent as many as we take."""
        counters = self.counters(request)
        counts = cache.get_many(counters)
        return {seconds for key, (most, seconds) in counters.items() if counts.get(key, 0) >= most}

    def count_one(self, request):
        """Remember that this reader sent one."""
        for key, (_, seconds) in self.counters(request).items():
            cache.add(key, 0, seconds)
            try:
                cache.incr(key)
            except ValueError:  # it ran out, or was thrown out, between the two lines
                cache.set(key, 1, seconds)

    def counters(self, request):
        """{key: (most, seconds)} of the clock hour and the day.

        The keys hold a hash that only this site can compute and that is another one tomorrow: not the address.
        """
        now = timezone.now()
        asker = f"{now.date()} {client_address(request)}"
        who = salted_hmac(f"careers.open_forms.{self.name}", asker, algorithm="sha256").hexdigest()
        return {
            f"{self.name}:{who}:{now.hour}": (self.per_hour, HOUR),
            f"{self.name}:{who}": (self.per_day, DAY),
        }


class SentQuerySet(models.QuerySet):
    """Rows that come from such a form. `sent_at` names the field with the time at which each came."""

    sent_at: str

    def sent_today(self):
        """Since midnight, in the time zone of the site."""
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(**{f"{self.sent_at}__gte": midnight})


@dataclass(frozen=True)
class Room:
    """How many of a form we take: from one place, and in a day from everyone. `sorry(label)` says that it is full."""

    from_one: Limit
    rows: models.Manager
    most_a_day: int
    sorry: Callable

    def is_left_for(self, request):
        return not self.from_one.is_reached(request) and self.rows.sent_today().count() < self.most_a_day


def open_form(view):
    """The view of a form that anyone may send.

    Without a token: that would need a cookie, which readers never get here. There is no authority to steal either: the
    form does the same for everyone. A signed time, the sender's origin and a limit take the token's place.
    """

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def taken(request, *args, **kwargs):
        # Whatever the request says of itself: other codecs yield text no database takes.
        request.encoding = "utf-8"
        return view(request, *args, **kwargs)

    return taken


def refusal_of(form, request, show, room=None):
    """The answer that gives back a form which was sent and cannot be taken, with the reason; None for one that can.

    `show(status=…)` answers with the form. Whether there is room is asked last: only for what would be taken.
    """
    if sent_from_elsewhere(request):
        words = form.label(
            "form-elsewhere",
            "Your browser says that this came from another site. If you wrote it, please send it from here.",
        )
        form.add_error(None, words)
        return show(status=403)
    if not form.is_valid():
        return show(status=200)
    if room is None or room.is_left_for(request):
        return None
    form.add_error(None, room.sorry(form.label))
    refusal = show(status=429)
    refusal["Retry-After"] = str(HOUR)
    return refusal
