"""The pay pages: official figures, shown as they are."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from outlook.models import Occupation
from outlook.models.codes import SOFTWARE_DEVELOPERS
from roles.models import Role

from . import linked_data, pay
from .context import site
from .forms import MarkedForm, PayForm, listed
from .pay_figures import OnetGlance, PayFigures, national_rows
from .published import published_or_draft, render_page
from .sharing.previews import of_role
from .spreadsheet import download, pay_csv
from .words import labels_for, words_for

MOST_PLACES_NAMED = 12


@require_safe
def pay_explorer(request):
    """One occupation's pay: the nation, an area, across industries, states and cities."""
    occupations = list(Occupation.objects.with_estimates())
    form = PayForm(request.GET)
    form.is_valid()
    known = {each.code: each for each in occupations}
    occupation = known.get(form.value("occupation"))
    shown = occupation or known.get(SOFTWARE_DEVELOPERS)
    figures = PayFigures(shown)
    if form.wants_csv and figures.national:
        return download(pay_csv(figures), f"pay-{shown.code}-{figures.release.period}")
    places = figures.areas_called(form.value("area"))
    area = places[0] if len(places) == 1 else None
    context = {
        "words": words_for("pay"),
        "occupation": shown,
        "unknown_occupation": form.value("occupation") if occupation is None and occupations else "",
        "unclear_area": form.value("area") if area is None else "",
        "places": places[:MOST_PLACES_NAMED],
        "more_places": len(places) > MOST_PLACES_NAMED,
        "form": PayForm.choosing(occupations, figures.areas(), shown, area or figures.national, labels_for(request)),
        "figures": figures,
        "national": figures.row(figures.national),
        "local": figures.row(area) if area is not None and area != figures.national else None,
        "axis": pay.axis(),
        "shared_query": form.query(shown, area),
        "linked_data": linked_data.pay_dataset(str(shown), figures.release, _files(request, shown)),
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
    form = MarkedForm(listed(request.GET, "have"))
    form.is_valid()
    figures = PayFigures(nearest.occupation if nearest else None)
    context = {
        "words": words_for("role-pay"),
        "role": role,
        "have": form.marked,
        "shared_query": form.marked.parameters,
        "nearest": nearest,
        "others": with_figures([link for link in links if link != nearest]),
        "figures": figures,
        "national": figures.row(figures.national),
        "onet": OnetGlance(nearest.occupation if nearest else None),
        "axis": pay.axis(),
        "link_picture": of_role(role, labels_for(request)),
    }
    if nearest:
        name = f"{role.title}: {nearest.occupation}"
        context["linked_data"] = linked_data.pay_dataset(name, figures.release, _files(request, nearest.occupation))
    return render_page(request, "careers/role_pay.html", context, role)


def _files(request, occupation):
    """The spreadsheet with all that the page shows: (address, media type)."""
    query = urlencode({"occupation": occupation.soc, "format": "csv"}) if occupation else ""
    return [(f"{site(request)['site_url']}{reverse('careers:pay')}?{query}", "text/csv")]


def with_figures(links):
    """(link, national PayRow or None) for each link to an occupation, in one query."""
    rows = national_rows({link.occupation.soc for link in links})
    return [(link, rows.get(link.occupation.soc)) for link in links]
