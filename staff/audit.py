"""The audit log: who did what in the admin, and who signed in or tried to."""

from urllib.parse import urlencode

from axes.models import AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import CharField, F, TextChoices, Value
from django.shortcuts import render
from django.views.decorators.http import require_safe

PERMISSION = "admin.view_logentry"
A_PAGE = 50


class Kind(TextChoices):
    """What can happen."""

    CHANGE = "change", "Change"
    SIGN_IN = "sign-in", "Sign-in"
    SIGN_OUT = "sign-out", "Sign-out"
    FAILURE = "failure", "Failed sign-in"
    LOCKOUT = "lockout", "Lock-out"


# Where each kind stands: its rows, the moment, and the name of the person.
SOURCES = {
    Kind.CHANGE: (LogEntry.objects.all(), "action_time", "user__username"),
    Kind.SIGN_IN: (AccessLog.objects.all(), "attempt_time", "username"),
    Kind.SIGN_OUT: (AccessLog.objects.filter(logout_time__isnull=False), "logout_time", "username"),
    Kind.FAILURE: (AccessFailureLog.objects.filter(locked_out=False), "attempt_time", "username"),
    Kind.LOCKOUT: (AccessFailureLog.objects.filter(locked_out=True), "attempt_time", "username"),
}


def events(person="", kind=""):
    """Tuples of kind, moment, name and key, the newest first."""
    parts = []
    for each, (rows, moment, name) in SOURCES.items():
        if kind in ("", each):
            rows = rows.filter(**{name: person}) if person else rows
            parts.append(
                rows.order_by()
                .annotate(kind=Value(each.value, CharField()), moment=F(moment), person=F(name), key=F("pk"))
                .values_list("kind", "moment", "person", "key")
            )
    first, *others = parts
    return first.union(*others, all=True).order_by("-moment", "kind", "-key")


class AuditForm(forms.Form):
    """What to show of the audit log. Nonsense shows everything."""

    person = forms.CharField(label="Person", max_length=150, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Everything"), *Kind.choices], required=False)
    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def value(self, name, default):
        return self.cleaned_data.get(name) or default


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def audit_log(request):
    """One list of everything, newest first."""
    form = AuditForm(request.GET)
    form.is_valid()
    person, kind = form.value("person", ""), form.value("kind", "")
    page = Paginator(events(person, kind), A_PAGE).get_page(form.value("page", 1))
    context = admin.site.each_context(request) | {
        "title": "Audit log",
        "subtitle": None,
        "form": form,
        "others": urlencode({"person": person, "kind": kind}),
        "page": page,
        "events": list(described(page.object_list)),
    }
    return render(request, "staff/audit_log.html", context)


def described(found):
    """The events with their details, in three queries at most."""
    found = list(found)
    changes = LogEntry.objects.select_related("content_type").in_bulk(_keys(found, Kind.CHANGE))
    visits = AccessLog.objects.in_bulk(_keys(found, Kind.SIGN_IN, Kind.SIGN_OUT))
    failures = AccessFailureLog.objects.in_bulk(_keys(found, Kind.FAILURE, Kind.LOCKOUT))
    for kind, moment, person, key in found:
        event = {"kind": Kind(kind).label, "moment": moment, "person": person or "nobody's name"}
        if kind == Kind.CHANGE:
            yield event | _change(changes[key])
        else:
            row = (visits if kind in (Kind.SIGN_IN, Kind.SIGN_OUT) else failures)[key]
            yield event | {"what": f"from {row.ip_address or 'an unknown address'}"}


def _keys(found, *kinds):
    return [key for kind, _, _, key in found if kind in kinds]


def _change(entry):
    verb = "Added" if entry.is_addition() else "Deleted" if entry.is_deletion() else "Changed"
    kind = entry.content_type.name if entry.content_type else "something"
    return {
        "what": f"{verb} {kind} “{entry.object_repr}”",
        "detail": entry.get_change_message(),
        "address": None if entry.is_deletion() else entry.get_admin_url(),
    }
