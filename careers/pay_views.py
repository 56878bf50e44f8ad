"""The pay pages: official figures, shown as they are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from outlook.models import Estimate, Occupation
from outlook.models.codes import ALL_INDUSTRIES, NATION
from roles.models import Role

from . import pay
from .forms import PayForm
from .pay_figures import OnetGlance, PayFigures
from .published import published_or_draft, render_page
from .spreadsheet import download, pay_csv
from .words import words_for

DEFAULT_OCCUPATION = "15-1252"


@require_safe
def pay_explorer(request):
    """One occupation's pay: the nation, an area, across industries, states and cities."""
    occupations = list(Occupation.objects.with_estimates())
    form = PayForm(request.GET)
    form.is_valid()
    asked = form.value("occupation") or DEFAULT_OCCUPATION
    occupation = next((each for each in occupations if each.code == asked), None)
    shown = occupation or next((each for each in occupations if each.code == DEFAULT_OCCUPATION), None)
    figures = PayFigures(shown)
    if form.wants_csv and figures.national:
        return download(pay_csv(figures), f"pay-{shown.code}-{figures.release.period}")
    area = figures.in_area(form.value("area") or NATION)
    context = {
        "words": words_for("pay"),
        "occupation": shown,
        "unknown_occupation": asked if occupation is None and occupations else "",
        "unknown_area": form.value("area") if area is None else "",
        "form": PayForm.choosing(occupations, figures.areas(), shown, area or figures.national),
        "figures": figures,
        "national": figures.row(figures.national),
        "local": figures.row(area) if area is not None and area != figures.national else None,
        "axis": pay.axis(),
        "query": form.query(shown, area),
    }
    return render(request, "careers/pay.html", context)


@require_safe
def pay_of_role(request, slug):
    """What the nearest official occupations say about one role, and what they do not."""
    role = published_or_draft(
        request, Role.objects.prefetch_related("role_occupations__occupation"), slug, "careers:role-pay"
    )
    if isinstance(role, HttpResponse):
        return role
    links = list(role.role_occupations.all())
    nearest = next((link for link in links if link.is_primary), None)
    figures = PayFigures(nearest.occupation if nearest else None)
    context = {
        "words": words_for("role-pay"),
        "role": role,
        "nearest": nearest,
        "others": _nationally([link for link in links if link != nearest]),
        "figures": figures,
        "national": figures.row(figures.national),
        "onet": OnetGlance(nearest.occupation if nearest else None),
        "axis": pay.axis(),
    }
    return render_page(request, "careers/role_pay.html", context, role)


def _nationally(links):
    """(link, national PayRow or None) for each link to an occupation."""
    codes = {link.occupation.soc for link in links}
    estimates = Estimate.objects.current().filter(occupation__in=codes, area=NATION, industry=ALL_INDUSTRIES).loaded()
    rows = {estimate.occupation_id: pay.row(estimate, estimate.occupation.title) for estimate in estimates}
    return [(link, rows.get(link.occupation.soc)) for link in links]
