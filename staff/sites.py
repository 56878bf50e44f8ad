"""The admin, with our way of signing in."""

from functools import update_wrapper

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from . import account, audit, kept_typing, second_factor, sessions
from .forms import SignInForm
from .refusals import refuse_what_breaks


class StaffSite(AdminSite):
    """Staff only, freshly signed in, and with a second factor when REQUIRE_SECOND_FACTOR says so."""

    login_form = SignInForm
    login_template = "staff/sign_in.html"

    def has_permission(self, request):
        # django-otp's user.is_verified() is not there yet in the request that signs someone in.
        verified = getattr(request.user, "otp_device", None) is not None
        return self.is_signed_in(request) and (verified or not settings.REQUIRE_SECOND_FACTOR)

    def is_signed_in(self, request):
        """A member of staff whose sign-in is young enough and in use, with or without a second factor.

        Whoever is let in, here or to a draft at its public address, uses it by that.
        """
        signed_in = super().has_permission(request) and sessions.is_fresh(request.session)
        if signed_in:
            sessions.note_use(request)
        return signed_in

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
            refuse_what_breaks(request)
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
