"""The pages that answer to what a reader chose: a plan, roles side by side, and the skills that are there already."""

from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editorial.markdown import SourceList
from roles.models import Role
from skills.models import RoleSkill, Skill

from . import browsing
from .comparison import MOST_ROLES
from .comparison import compare as put_side_by_side
from .context import site
from .forms import AddRoleForm, CompareForm, HaveForm, MarkForm, PickerForm, PlanForm, listed
from .marked import neighbors_of
from .pay_figures import comparison_rows
from .plan_calendar import download as download_calendar
from .planning import plan_for
from .published import keep_private, published_or_draft, render_page
from .sharing.previews import of_comparison, of_role
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
    have = form.marked
    plan = plan_for(role, have.slugs)
    if form.wants_calendar and plan.steps:
        address = f"{site(request)['site_url']}{request.path}{have.query}"
        return keep_private(download_calendar(plan, role, address, label), role)
    context = {
        "words": words_for("plan"),
        "role": role,
        "plan": plan,
        "have": have,
        "shared_query": have.parameters,
        "link_picture": of_role(role, label),
        "form": HaveForm([link.skill for link in plan.needed], have, label),
        "neighbors": neighbors_of(role, have),
        "sources": SourceList([], if_cited=role.citations.all()),
    }
    return render_page(request, "careers/plan.html", context, role)


@require_safe
def compare(request):
    """Two to five roles side by side, and what of each the reader has; with fewer roles, a picker."""
    form, label = CompareForm(listed(request.GET, "role", "have")), labels_for(request)
    form.is_valid()
    have, asked = form.marked, form.asked
    known = browsing.in_full(asked)
    if to := browsing.todays_address(request, asked, known):
        return redirect(to, permanent=True)
    shown = [known[slug] for slug in asked if slug in known]
    context = {
        "words": words_for("compare"),
        "unknown": [slug for slug in asked if slug not in known],
        "left_out": shown[MOST_ROLES:],
        "most": MOST_ROLES,
        "have": have,
    }
    others = Role.objects.published().exclude(slug__in=known)
    if len(shown) < 2:
        others = others.prefetch_related(_links()) if have else others
        choices = [*shown, *others[:MOST_IN_A_LIST]]
        ticked = urlencode([*form.pairs(shown), *have.pairs])
        context |= {"picker": PickerForm(choices, known, have, label), "roles": choices, "shared_query": ticked}
        return render(request, "careers/compare_picker.html", context)
    shown = shown[:MOST_ROLES]
    comparison = put_side_by_side(shown, comparison_rows(shown), have, label)
    if form.wants_csv:
        name = "-".join(["compare", *[role.slug for role in shown]])
        return download(comparison_csv(comparison, form.only_differences, label), name)
    pairs = [*form.pairs(shown), *have.pairs]
    context |= {
        "shared_query": urlencode(pairs),
        # Who reports a fault of this page need not say what they know.
        "here": f"{request.path}?{urlencode(form.pairs(shown))}",
        "comparison": comparison,
        "link_picture": of_comparison(shown, label),
        "only_differences": form.only_differences,
        "query": urlencode([("role", role.slug) for role in shown]),
        "chosen": [(role, urlencode([pair for pair in pairs if pair != ("role", role.slug)])) for role in shown],
        "adder": AddRoleForm(others[:MOST_IN_A_LIST], pairs, label) if len(shown) < MOST_ROLES else None,
    }
    return render(request, "careers/compare.html", context)


@require_safe
def my_skills(request):
    """Where a reader marks skills: those of one role or of several, and without any role all of them."""
    form, label = CompareForm(listed(request.GET, "role", "have")), labels_for(request)
    form.is_valid()
    have = form.marked
    known = {role.slug: role for role in Role.objects.published().filter(slug__in=form.asked)}
    roles = [known[slug] for slug in form.asked if slug in known][:MOST_ROLES]
    skills = Skill.objects.published()
    skills = list((skills.needed_by(roles) if roles else skills)[:MOST_IN_A_LIST])
    if len(roles) == 1:
        address, carried = f"{roles[0].get_absolute_url()}#skills", []
    else:
        address, carried = reverse("careers:compare"), form.pairs(roles)
    context = {
        "words": words_for("my-skills"),
        "roles": roles,
        "skills": skills,
        "form": MarkForm(skills, have, address, carried, label),
        "shared_query": urlencode([*form.pairs(roles), *have.pairs]),
    }
    return render(request, "careers/my_skills.html", context)


def _links():
    return Prefetch("role_skills", RoleSkill.objects.on_published_skills())
