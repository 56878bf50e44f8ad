"""The pages that answer to what a reader chose: a plan without the skills that are there, and roles side by side."""

from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial.markdown import SourceList
from roles.models import Role
from skills.models import RoleSkill, Skill
from skills.overlap import nearest_roles

from .comparison import MOST_ROLES
from .comparison import compare as put_side_by_side
from .context import site
from .forms import AddRoleForm, CompareForm, HaveForm, PickerForm, PlanForm, listed
from .pay_figures import comparison_rows
from .plan_calendar import download as download_calendar
from .planning import plan_for
from .published import keep_private, published_or_draft, render_page
from .spreadsheet import comparison_csv, download
from .views import MOST_IN_A_LIST
from .words import labels_for, words_for


@require_safe
def plan(request, slug):
    """A first week, term and year for one role, without the skills that the address says are there."""
    links = RoleSkill.objects.on_published_skills().prefetch_related("skill__resources")
    loaded = Role.objects.with_own_parts().prefetch_related(Prefetch("role_skills", links))
    role = published_or_draft(request, loaded, slug, to="careers:plan")
    if isinstance(role, HttpResponse):
        return role
    form, label = PlanForm(listed(request.GET, "have")), labels_for(request)
    form.is_valid()
    # All of them travel on to the plans of other roles, which may need what this one does not.
    marked = [skill.slug for skill in Skill.objects.published().filter(slug__in=form.asked)] if form.asked else []
    plan, query = plan_for(role, marked), urlencode([("have", slug) for slug in marked])
    if form.wants_calendar and plan.steps:
        address = f"{site(request)['site_url']}{request.path}{query and f'?{query}'}"
        return keep_private(download_calendar(plan, role, address, label), role)
    context = {
        "words": words_for("plan"),
        "role": role,
        "plan": plan,
        "query": query,
        "form": HaveForm(plan, marked, label),
        "neighbors": nearest_roles(role),
        "sources": SourceList([], if_cited=role.citations.all()),
    }
    return render_page(request, "careers/plan.html", context, role)


@require_safe
def compare(request):
    """Two to five roles side by side; with fewer, a picker."""
    form = CompareForm(listed(request.GET, "role"))
    form.is_valid()
    asked = form.asked
    known = {
        role.slug: role
        for role in Role.objects.published()
        .filter(slug__in=asked)
        .with_own_parts()
        .prefetch_related(Prefetch("role_skills", RoleSkill.objects.on_published_skills()))
    }
    shown = [known[slug] for slug in asked if slug in known]
    context = {
        "words": words_for("compare"),
        "unknown": [slug for slug in asked if slug not in known],
        "left_out": shown[MOST_ROLES:],
        "most": MOST_ROLES,
    }
    label = labels_for(request)
    others = Role.objects.published().exclude(slug__in=known)[:MOST_IN_A_LIST]
    if len(shown) < 2:
        choices = [*shown, *others]
        context |= {"picker": PickerForm(choices, known, label), "roles": choices}
        return render(request, "careers/compare_picker.html", context)
    shown = shown[:MOST_ROLES]
    comparison = put_side_by_side(shown, comparison_rows(shown), label)
    if form.wants_csv:
        name = "-".join(["compare", *[role.slug for role in shown]])
        return download(comparison_csv(comparison, form.only_differences, label), name)
    query = "&".join(f"role={role.slug}" for role in shown)
    context |= {
        "shared_query": f"{query}&only=differences" if form.only_differences else query,
        "comparison": comparison,
        "only_differences": form.only_differences,
        "query": query,
        "chosen": [(role, _query_without(role, shown, form.only_differences)) for role in shown],
        "adder": AddRoleForm(others, shown, form.only_differences, label) if len(shown) < MOST_ROLES else None,
    }
    return render(request, "careers/compare.html", context)


def _query_without(role, shown, only_differences):
    pairs = [("role", other.slug) for other in shown if other != role]
    return urlencode([*pairs, ("only", "differences")] if only_differences else pairs)
