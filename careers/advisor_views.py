"""For career advisors: how to use this site with a student or a class, and sheets of paper to write on."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from roles.models import Role

from . import browsing
from .context import site
from .forms import CompareForm, WorksheetForm
from .words import labels_for, words_for
from .worksheets import WORKSHEETS, questions_for, weekend_project

MOST_IN_A_LIST = 60


@require_safe
def advisors(request):
    """Which page to send, and a plan for 20 minutes and for 45."""
    return render(request, "careers/advisors.html", {"words": words_for("advisors")})


@require_safe
def worksheet(request, key):
    """One sheet to print, about the roles in the address or with room for their names."""
    sheet = WORKSHEETS[key]
    form = CompareForm({"role": request.GET.getlist("role")})
    form.is_valid()
    parts = ("projects", "employer_notes", "employer_questions")
    found = Role.objects.published().filter(slug__in=form.asked).prefetch_related(*parts)
    known = {role.slug: role for role in found} if sheet.most_roles else {}
    if sheet.most_roles and (to := browsing.todays_address(request, form.asked, known)):
        return redirect(to, permanent=True)
    roles = [known[slug] for slug in form.asked if slug in known][: sheet.most_roles]
    role, words, label = next(iter(roles), None), words_for(sheet.words_key), labels_for(request)
    site_url, query = site(request)["site_url"], "&".join(f"role={each.slug}" for each in roles)
    context = {
        "words": words,
        "sheet": sheet,
        "roles": roles,
        "role": role,
        "blank_roles": range(sheet.most_roles - len(roles)),
        "unknown": [slug for slug in form.asked if slug not in known] if sheet.most_roles else [],
        "form": WorksheetForm(Role.objects.published()[:MOST_IN_A_LIST], sheet.most_roles, roles, label),
        "prompts": sheet.prompts(words),
        "project": weekend_project(role) if role else None,
        "questions": questions_for(role) if role else [],
        "whole_page": f"{site_url}{_page_for(sheet, roles)}",
        "own_address": f"{site_url}{request.path}{query and f'?{query}'}",
        "shared_query": query,
    }
    return render(request, "careers/worksheet.html", context)


def _page_for(sheet, roles):
    """Where the code on the sheet leads: to what a student with this sheet reads next."""
    if sheet.key == "match":
        return reverse("match:start")
    if sheet.key == "compare":
        return reverse("careers:compare", query={"role": [role.slug for role in roles]} if roles else None)
    place = {"project": "projects", "questions": "questions"}[sheet.key]
    return f"{roles[0].get_absolute_url()}#{place}" if roles else reverse("careers:roles")
