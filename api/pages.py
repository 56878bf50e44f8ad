"""The description of the API, for programs and for people."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.context import site
from careers.words import words_for

from .endpoints import ENDPOINTS
from .examples import examples
from .openapi import address, description, parameters_of


def openapi(request):
    """The description of every address, in OpenAPI 3.1."""
    return description(site(request)["site_url"], examples())


@require_safe
def docs(request):
    """The same for people: every address with its parameters, and one to try."""
    found = examples()
    context = {
        "words": words_for("api"),
        "endpoints": [(address(each), each, parameters_of(each), found.get(each.name)) for each in ENDPOINTS],
    }
    return render(request, "api/docs.html", context)
