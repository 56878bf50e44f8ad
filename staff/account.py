"""One's own account in the admin: the second factor, and signing out everywhere."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as login_with_device

from . import second_factor as factor
from . import sessions
from .forms import CodeForm


@require_safe
def account(request):
    """What protects the account."""
    context = {
        "title": "Your account",
        "device": factor.device_of(request.user),
        "codes_left": factor.recovery_codes_left(request.user),
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "idle_minutes": settings.SESSION_IDLE_AGE // 60,
    }
    return _page(request, "staff/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Set up a second factor, make new recovery codes, or remove it."""
    step = STEPS.get(request.POST.get("step"))
    if request.method == "POST" and step:
        return step(request)
    return _second_factor_page(request)


def _begin(request):
    factor.begin(request.user)
    return redirect("admin:second_factor")


def _confirm(request):
    def confirmed(code):
        device, codes = factor.confirm(request.user, code)
        request.session.cycle_key()
        login_with_device(request, device)
        sessions.end_sessions(request.user, but=request.session.session_key)
        return _codes_page(request, codes, "Your second factor is set up")

    return _with_code(request, "confirm", confirmed)


def _renew(request):
    def renewed(code):
        return _codes_page(request, factor.new_recovery_codes(request.user, code), "New recovery codes")

    return _with_code(request, "renew", renewed)


def _remove(request):
    def removed(code):
        factor.remove(request.user, code)
        messages.success(request, "The second factor is removed.")
        return redirect("admin:second_factor" if settings.REQUIRE_SECOND_FACTOR else "admin:account")

    return _with_code(request, "remove", removed)


STEPS = {"begin": _begin, "confirm": _confirm, "renew": _renew, "remove": _remove}


def _with_code(request, step, act):
    """What `act` answers to the code in the form, or the page again with what is wrong."""
    form = CodeForm(request.POST, prefix=step)
    if form.is_valid():
        try:
            return act(form.cleaned_data["code"])
        except factor.WrongCode as error:
            form.add_error("code", str(error))
    return _second_factor_page(request, **{step: form})


def _second_factor_page(request, **forms):
    device = factor.device_of(request.user)
    begun = None if device else factor.begun_device_of(request.user)
    context = {
        "title": "Second factor",
        "device": device,
        "begun": begun,
        "picture": factor.picture(begun) if begun else "",
        "secret": factor.secret(begun) if begun else "",
        "codes_left": factor.recovery_codes_left(request.user),
        "required": settings.REQUIRE_SECOND_FACTOR,
        **{step: forms.get(step) or CodeForm(prefix=step) for step in ("confirm", "renew", "remove")},
    }
    return _page(request, "staff/second_factor.html", context)


def _codes_page(request, codes, title):
    """The recovery codes, which nobody can see again."""
    return _page(request, "staff/recovery_codes.html", {"title": title, "codes": codes})


@require_POST
def sign_out_everywhere(request):
    sessions.end_sessions(request.user)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("admin:login")


def _page(request, template, context):
    return render(request, template, admin.site.each_context(request) | {"subtitle": None} | context)
