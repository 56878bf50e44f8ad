"""The admin, with our way of signing in."""

import re
from functools import update_wrapper

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth.views import redirect_to_login
from django.db.models import IntegerField
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from editorial.keys import could_be_key

from . import account, audit, kept_typing, second_factor, sessions
from .forms import SignInForm


def refuse_other_keys(request):
    """Raise DisallowedModelAdminToField, which is a 400, where an address names another field as a row's key.

    All our rows are known by their id, or by their code as occupations are. Django's admin breaks on the names of some
    fields.
    """
    if {*request.GET.getlist(TO_FIELD_VAR), *request.POST.getlist(TO_FIELD_VAR)} - {"", "id", "code"}:
        raise DisallowedModelAdminToField("No row is known by that field.")


LONGEST_NUMBER = 18  # digits: what every database takes for the key of a row
# Django lets an address of a list name these too, and then asks the database what it cannot compute. No list of ours
# names them.
BREAKING_LOOKUPS = {"in", "range", "regex", "iregex", "iso_year"}
AUTOCOMPLETE_VAR = "term"  # where a list's search is `q`
MOST_WORDS = 50  # each is looked for in several columns, and SQLite takes a thousand conditions


def refuse_breaking_lookups(request):
    """Raise DisallowedModelAdminLookup, which is a 400, where an address filters a list in a way that can break it."""
    if any(len(request.GET.get(name, "").split()) > MOST_WORDS for name in (SEARCH_VAR, AUTOCOMPLETE_VAR)):
        raise DisallowedModelAdminLookup(f"No list can be searched for more than {MOST_WORDS} words.")
    is_list = (request.resolver_match.url_name or "").endswith("_changelist")
    for name, values in request.GET.lists():
        lookups = set(name.split("__")[1:])
        breaks = lookups & BREAKING_LOOKUPS or ("year" in lookups and not all(map(is_year, values)))
        is_huge = bool(lookups) and any(len(value) > LONGEST_NUMBER and value.isdecimal() for value in values)
        if breaks or is_huge or (is_list and any("\0" in value for value in values)):  # PostgreSQL knows no NUL
            raise DisallowedModelAdminLookup("No list can be filtered like that.")


def is_year(text):
    """Whether a text is a year that dates can have."""
    return bool(re.fullmatch("[0-9]{4}", text)) and text > "0000"


def refuse_rows_that_cannot_be(request, models):
    """Raise DisallowedModelAdminLookup, which is a 400, where an action is asked for on what is no row's key."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    model = chosen and {f"{each._meta.label_lower}_changelist".replace(".", "_"): each for each in models}.get(
        request.resolver_match.url_name
    )
    if model and isinstance(model._meta.pk, IntegerField) and not all(map(could_be_key, chosen)):
        raise DisallowedModelAdminLookup("No row has that key.")


class StaffSite(AdminSite):
    """Staff only, freshly signed in, and with a second factor when REQUIRE_SECOND_FACTOR says so."""

    login_form = SignInForm
    login_template = "staff/sign_in.html"

    def has_permission(self, request):
        # django-otp's user.is_verified() is not there yet in the request that signs someone in.
        verified = getattr(request.user, "otp_device", None) is not None
        return self.is_signed_in(request) and (verified or not settings.REQUIRE_SECOND_FACTOR)

    def is_signed_in(self, request):
        """A member of staff whose sign-in is young enough, with or without a second factor."""
        return super().has_permission(request) and sessions.is_fresh(request.session)

    def lacks_second_factor(self, request):
        """Signed in, and kept out only because the second factor that everybody must have is not set up yet."""
        return (
            self.is_signed_in(request)
            and not self.has_permission(request)
            and second_factor.device_of(request.user) is None
        )

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            refuse_other_keys(request)
            refuse_breaking_lookups(request)
            refuse_rows_that_cannot_be(request, self._registry)
            allowed = self.has_permission(request)
            if kept_typing.can_be_kept(request) and (not allowed or kept_typing.MARK in request.POST):
                return kept_typing.ask_again(request, self)
            if not allowed and kept_typing.is_script(request):
                return kept_typing.no_script(request)
            if not allowed and self.lacks_second_factor(request):
                return redirect("admin:second_factor")
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    def own_account_view(self, view):
        """As admin_view, for the pages on which a second factor is set up: whoever has none yet is let in."""

        def inner(request, *args, **kwargs):
            if self.has_permission(request) or self.lacks_second_factor(request):
                request.current_app = self.name
                return view(request, *args, **kwargs)
            login = reverse("admin:login", current_app=self.name)
            back = request.get_full_path() if request.method == "GET" else reverse("admin:index", current_app=self.name)
            return redirect_to_login(back, login)

        return never_cache(csrf_protect(update_wrapper(inner, view)))

    def login(self, request, extra_context=None):
        if request.method == "GET" and self.lacks_second_factor(request):
            return redirect("admin:second_factor")
        return super().login(request, extra_context)

    def logout(self, request, extra_context=None):
        """As Django's; and the browser throws away what it kept of the pages that were open."""
        response = super().logout(request, extra_context)
        response["Clear-Site-Data"] = '"cache"'
        return response

    def get_urls(self):
        own = self.own_account_view
        return [
            path("account/", own(account.account), name="account"),
            path("account/second-factor/", own(account.second_factor), name="second_factor"),
            path("account/sign-out-everywhere/", own(account.sign_out_everywhere), name="sign_out_everywhere"),
            path("logout/", own(self.logout), name="logout"),
            path("audit-log/", self.admin_view(audit.audit_log), name="audit_log"),
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """The apps, with the audit log under the people."""
        apps = super().get_app_list(request, app_label)
        people = next((app for app in apps if app["app_label"] == "auth"), None)
        if people:
            people["name"] = "People"
            if request.user.has_perm(audit.PERMISSION):
                people["models"].append(
                    {
                        "name": "Audit log",
                        "object_name": "AuditLog",
                        "admin_url": reverse("admin:audit_log", current_app=self.name),
                        "add_url": None,
                        "view_only": True,
                        "perms": {"view": True},
                    }
                )
        return apps
