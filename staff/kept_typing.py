"""What was typed into a form of the admin is not lost when the session ends, or the form's token with it.

Such a form comes back as a page that carries every field hidden, and asks to sign in again or to send it again.
Nothing is saved by that page itself: the last step is always the same POST that the form would have sent.
"""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import login
from django.core.exceptions import DisallowedHost
from django.http import HttpResponseForbidden, QueryDict
from django.shortcuts import render
from django.views import csrf
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from editorial import desk

from .asked import model_admin_of

MARK = "_sign_in_again"
CREDENTIALS = "_again"
OURS = {MARK, "csrfmiddlewaretoken", *(f"{CREDENTIALS}-{name}" for name in ("username", "password", "code"))}
# Forms that hold little else than passwords and codes, and nothing worth keeping.
NOT_KEPT = {
    "login",
    "logout",
    "password_change",
    "auth_user_password_change",
    "account",
    "second_factor",
    "sign_out_everywhere",
}
LONGEST_SHOWN = 2_000


@dataclass(frozen=True)
class KeptTyping:
    """The fields of a form, in their order, as they arrived. Passwords and files cannot be carried along."""

    fields: list = field(default_factory=list)
    files: list = field(default_factory=list)
    has_passwords: bool = False

    @classmethod
    def of(cls, request):
        pairs = [(name, value) for name, values in request.POST.lists() for value in values if name not in OURS]
        return cls(
            fields=[(name, value) for name, value in pairs if "password" not in name],
            files=[file.name for file in request.FILES.values()],
            has_passwords=any("password" in name and value for name, value in pairs),
        )

    @property
    def fits(self):
        """Whether the fields and the boxes of the sign-in are few enough to be sent."""
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return most is None or len(self.fields) + len(OURS) <= most


def can_be_kept(request):
    """Say whether this is a form of the admin that a person sent, not a script of a page."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.app_name == "admin"
        and match.url_name not in NOT_KEPT
        and _sent_by_a_person(request)
    )


def _sent_by_a_person(request):
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


# The session ended


@never_cache
@csrf_protect
def ask_again(request, site):
    """Answer a form that came without a valid sign-in: ask for it, and then for the press of a button."""
    kept = KeptTyping.of(request)
    if site.has_permission(request):
        return send_again_page(request, kept, "Your typing is here")
    if site.lacks_second_factor(request):
        return send_again_page(request, kept, "Set up a second factor first", status=403, needs_second_factor=True)
    if MARK not in request.POST:
        return sign_in_again_page(request, kept)
    form = site.login_form(request, data=request.POST, prefix=CREDENTIALS)
    request.kept_typing, request.POST = kept, QueryDict()  # nothing of the form is noted beside a failed try
    if not form.is_valid():
        return sign_in_again_page(request, kept, form=form)
    login(request, form.get_user())
    if site.lacks_second_factor(request):
        return send_again_page(request, kept, "Set up a second factor first", status=403, needs_second_factor=True)
    return send_again_page(request, kept, "You are signed in again", signed_in=True)


def sign_in_again_page(request, kept, *, form=None, status=403, lockout=None):
    """The sign-in on the same address, with what was typed carried along."""
    context = {
        "title": "Sign in again",
        "form": form or admin.site.login_form(request, prefix=CREDENTIALS),
        "kept": kept,
        "mark": MARK,
        "lockout": lockout,
    }
    return _page(request, "staff/sign_in_again.html", context, status)


def no_script(request):
    """The answer to a script whose sign-in is over: a status that it can see."""
    return HttpResponseForbidden("Sign in again.\n", content_type="text/plain")


def is_script(request):
    return request.method == "POST" and not _sent_by_a_person(request)


# The token of the form is old


@never_cache
def csrf_failure(request, reason=""):
    """A form of the admin from this very site, whose token was renewed by a sign-in in another window, may be sent
    again. Everything else is refused."""
    if can_be_kept(request) and reason.startswith("CSRF") and _from_this_site(request):
        title = "This form was open for too long"
        return send_again_page(request, KeptTyping.of(request), title, status=403, token_is_old=True)
    return csrf.csrf_failure(request, reason)


def _from_this_site(request):
    """Say whether the browser itself names this site as where the form came from. All that it says must agree."""
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    said = []
    if fetched := request.headers.get("Sec-Fetch-Site"):
        said.append(fetched == "same-origin")
    if origin := request.headers.get("Origin"):
        said.append(origin == own or (fetched is not None and origin in settings.CSRF_TRUSTED_ORIGINS))
    elif referer := request.headers.get("Referer"):
        try:
            parts = urlsplit(referer)
        except ValueError:
            return False
        said.append(f"{parts.scheme}://{parts.netloc}" == own)
    return bool(said) and all(said)


# The pages


def send_again_page(request, kept, title, *, status=200, **more):
    """What was typed, to be read, and one button that sends it."""
    changed, rest = in_words(request, kept)
    return _page(
        request,
        "staff/send_again.html",
        {"title": title, "kept": kept, "changed": changed, "rest": rest, "form_url": request.get_full_path(), **more},
        status,
    )


def _page(request, template, context, status):
    request.current_app = admin.site.name
    return render(request, template, admin.site.each_context(request) | {"subtitle": None} | context, status=status)


# What was typed, in words

HIDDEN = re.compile(r"(^_|^opened$|^initial-|__prefix__|-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$|-initial-)")
ROW = re.compile(r"^(?P<list>.+)-(?P<number>\d+)-(?P<field>\w+)$")


def in_words(request, kept):
    """Two lists of pairs, a label and a text: what differs from the saved page, and all other boxes that are filled.

    Where nothing is saved yet, or nobody knows what a box would hold, a box counts as typed when it is filled.
    """
    sent = dict(kept.fields)
    saved = _saved(request, sent)
    changed, rest = [], []
    for name, value in kept.fields:
        row = ROW.match(name)
        if HIDDEN.search(name) or (row and row["field"] in ("id", "DELETE") and value != "on"):
            continue
        pair = (_label(name, row), value[:LONGEST_SHOWN] + ("…" if len(value) > LONGEST_SHOWN else ""))
        before = _before(name, row, sent, saved)
        if before is None:
            if value.strip():
                (rest if saved and row and row["list"] not in saved else changed).append(pair)
        elif _as_sent(value) != _as_sent(before):
            changed.append(pair)
        elif value.strip():
            rest.append(pair)
    return changed, rest


def _label(name, row):
    if row is None:
        return name.replace("_", " ")
    return f"{row['list'].replace('_', ' ')} {int(row['number']) + 1}: {row['field'].replace('_', ' ')}"


def _as_sent(text):
    return text.replace("\r\n", "\n").strip()


def _before(name, row, sent, saved):
    """The saved text of a box; None if there is none."""
    if row is None:
        return saved.get("", {}).get("", {}).get(name)
    key = sent.get(f"{row['list']}-{row['number']}-id", "")
    return saved.get(row["list"], {}).get(key, {}).get(row["field"])


def _saved(request, sent):
    """Texts by list, key of the row and field, as the form showed them; the page itself is in list "" under key "".
    Empty for new pages, and for those who may not see the page."""
    model_admin = model_admin_of(request, "change")
    # Who may see none of its rows, such as someone whose sign-in is over, is not asked which they may see.
    if model_admin is None or not model_admin.has_view_or_change_permission(request):
        return {}
    item = model_admin.get_object(request, unquote(request.resolver_match.kwargs.get("object_id", "")))
    if item is None or not model_admin.has_view_or_change_permission(request, item):
        return {}
    return _drafted(model_admin, item, sent) if hasattr(model_admin, "opened_version") else _everything(item)


def _drafted(model_admin, item, sent):
    """The same for a form that was opened on a draft: its rows are in the tables only while it is rehearsed."""
    number = sent.get("opened", "")
    version = model_admin.opened_version(item, int(number) if number.isdecimal() and len(number) < 10 else None)
    try:
        with desk.rehearsal(version) as (laid_out, _):
            return _everything(laid_out)
    except desk.Refused:
        return _everything(item)


def _everything(item):
    return {"": {"": _texts(item)}, **_lists_of(item)}


def _lists_of(item):
    lists = {}
    for relation in item._meta.related_objects:
        if relation.one_to_many and (name := relation.get_accessor_name()):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: item})
            lists[name] = {str(row.pk): _texts(row) for row in rows[: settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or None]}
    return lists


def _texts(row):
    return {each.name: _text(each, row) for each in row._meta.concrete_fields}


def _text(column, row):
    value = column.value_from_object(row)
    if isinstance(value, bool):
        return "on" if value else ""
    if value is None:
        return ""
    text = column.value_to_string(row)
    return text if isinstance(text, str) else json.dumps(text)  # a column of JSON gives what it holds
