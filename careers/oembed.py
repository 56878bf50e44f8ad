"""oEmbed 1.0: other programs give the address of a page of ours, and learn how to show it in a frame.

The specification is at https://oembed.com/.
"""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from django import forms
from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from roles.models import Role

from .addresses import local_address, own_hosts
from .comparison import MOST_ROLES
from .context import site
from .forms import CompareForm
from .frames import WIDTH, comparison_title, frame_of_comparison, frame_of_role
from .shown_elsewhere import for_every_site
from .words import labels_for

A_DAY = 86_400  # seconds
# A comparison of as many roles as there may be, each with the longest slug, fits.
LONGEST_URL = 1_000


class OembedForm(forms.Form):
    """What a program asks for: the page, and how large the frame may be at most, in pixels."""

    url = forms.CharField(max_length=LONGEST_URL)
    maxwidth = forms.IntegerField(required=False, min_value=1)
    maxheight = forms.IntegerField(required=False, min_value=1)


@require_safe
def oembed(request):
    """The frame for one page of ours, as JSON or XML. Scripts of any site may ask."""
    response = for_every_site(_answer(request))
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request):
    write = FORMATS.get(request.GET.get("format") or "json")
    if write is None:
        return _refusal("We answer in json or xml.", 501)
    form = OembedForm(request.GET)
    if not form.is_valid():
        wrong = [f"{name}: {' '.join(errors)}" for name, errors in form.errors.items()]
        return _refusal("\n".join(wrong), 400)
    label = labels_for(request)
    frame, title = _frame_for(local_address(form.cleaned_data["url"], own_hosts(request), LONGEST_URL), label)
    if frame is None:
        return _refusal("Nothing at that address can be put into a frame.", 404)
    site_url = site(request)["site_url"]
    width = min(WIDTH, form.cleaned_data["maxwidth"] or WIDTH)
    height = min(frame.height, form.cleaned_data["maxheight"] or frame.height)
    return write(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": label("site-name", "Careers in Healthcare Software"),
            "provider_url": f"{site_url}{reverse('careers:home')}",
            "cache_age": A_DAY,
            "html": frame.html(site_url, title, width, height),
            "width": width,
            "height": height,
        }
    )


def _refusal(words, status):
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


def _frame_for(address, label):
    """(Frame, title) of the page at an address of ours; (None, "") when it cannot be framed, or is not published."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None, ""
    if match.view_name in ("careers:role", "careers:embed-role"):
        for role in _published([match.kwargs["slug"]]):
            return frame_of_role(role.slug), role.title
    if match.view_name in ("careers:compare", "careers:embed-compare"):
        form = CompareForm({"role": QueryDict(parts.query).getlist("role")})
        form.is_valid()
        roles = _published(form.asked)[:MOST_ROLES]
        if len(roles) > 1:
            return frame_of_comparison([role.slug for role in roles]), comparison_title(roles, label)
    return None, ""


def _published(slugs):
    """The published roles that have these slugs, or once had them, in this order."""
    published = Role.objects.published()
    renamed = published.renamed(slugs)
    today = dict.fromkeys(renamed.get(slug, slug) for slug in slugs)
    known = published.in_bulk(today, field_name="slug")
    return [known[slug] for slug in today if slug in known]


def _as_json(answer):
    return JsonResponse(answer)


def _as_xml(answer):
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    text = ElementTree.tostring(root, encoding="unicode")
    # “Must be UTF-8 and standalone.”
    return HttpResponse(
        f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n{text}', content_type="text/xml; charset=utf-8"
    )


FORMATS = {"json": _as_json, "xml": _as_xml}
