"""One role, or roles side by side, made to stand in a frame on somebody else's page: a lesson in Moodle or Canvas.

Only these may be framed. Nothing on them can be pressed but links, which open in a window of their own. They never
look at the session. docs/decisions/0017-what-may-be-framed.md says more.
"""

from functools import wraps

from csp.decorators import csp_replace
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from editorial.markdown import plain
from outlook.models import Release, RoleOccupation
from roles.models import Role
from skills.models import RoleSkill

from . import browsing
from .comparison import MOST_ROLES, compare
from .forms import CompareForm
from .frames import frame_of_comparison
from .pay_figures import NationalPay, comparison_rows
from .published import published_or_moved
from .shown_elsewhere import for_every_site
from .week import lay_out
from .words import labels_for, words_for

MOST_SKILLS = 5


# Any site may frame them; they send no form, ask for nothing more, and register nothing.
IN_A_FRAME = {"frame-ancestors": ["*"], "form-action": ["'none'"]}
IN_A_FRAME |= dict.fromkeys(("connect-src", "worker-src", "manifest-src"))  # as default-src says


def framable(view):
    """Lets every site put the answers of a view into a frame."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        return for_every_site(view(request, *args, **kwargs))

    return xframe_options_exempt(csp_replace(IN_A_FRAME)(answer))


@require_safe
@framable
def role(request, slug):
    """One role in short."""
    loaded = Role.objects.prefetch_related(
        "week_activities",
        Prefetch("role_skills", RoleSkill.objects.on_published_skills()),
        Prefetch("role_occupations", RoleOccupation.objects.primary()),
    )
    role = published_or_moved(request, loaded, slug, to="careers:embed-role")
    if isinstance(role, HttpResponse):
        return role
    if role is None:
        return render(request, "careers/embed_missing.html", status=404)
    link = next(iter(role.role_occupations.all()), None)
    context = {
        "role": role,
        "week": lay_out(role.week_activities.all()),
        "skills": role.role_skills.all()[:MOST_SKILLS],
        "week_note": plain(role.week_note),
        "link": link,
        "pay": NationalPay(link.occupation.soc if link else "", []),
    }
    return render(request, "careers/embed_role.html", context)


@require_safe
@framable
def comparison(request):
    """The facts of two to five roles side by side, and where the roles are furthest apart."""
    form = CompareForm({"role": request.GET.getlist("role")})
    form.is_valid()
    known = browsing.in_full(form.asked)
    if today := browsing.todays_slugs(form.asked, known):
        return redirect(frame_of_comparison(today).path, permanent=True)
    asked_for = [known[slug] for slug in form.asked if slug in known]
    shown = asked_for[:MOST_ROLES]
    context = {
        "words": words_for("compare"),
        "roles": shown,
        "unknown": [slug for slug in form.asked if slug not in known],
        "left_out": asked_for[MOST_ROLES:],
        "most": MOST_ROLES,
    }
    if len(shown) < 2:
        return render(request, "careers/embed_compare_none.html", context)
    context |= {
        "comparison": compare(shown, comparison_rows(shown), label=labels_for(request)),
        "frame": frame_of_comparison([role.slug for role in shown]),
        "releases": Release.objects.current().exclude(program=Release.Program.ONET),
    }
    return render(request, "careers/embed_compare.html", context)
