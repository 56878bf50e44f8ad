"""The description of the API, for programs and for people."""

from django.http import HttpResponse
from django.shortcuts import render

from careers.context import site
from careers.words import words_for

from .dataset import NAME, ZIP, archive
from .endpoints import ENDPOINTS
from .examples import examples
from .openapi import address, description, parameters_of
from .parameters import Paged


def openapi(request):
    """The description of every address, in OpenAPI 3.1."""
    return description(site(request)["site_url"], examples())


def dataset(request):
    """All that is published, in one archive."""
    request.META["HTTP_ACCEPT_ENCODING"] = ""  # it is compressed already: to do it again would take seconds
    response = HttpResponse(archive(), content_type=ZIP)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.zip"'
    return response


def docs(request):
    """The same for people: every address with its parameters, and one to try."""
    found = examples()
    context = {
        "words": words_for("api"),
        "endpoints": [(address(each), each, _own_parameters(each), found.get(each.name)) for each in ENDPOINTS],
    }
    return render(request, "api/docs.html", context)


def _own_parameters(endpoint):
    """Its parameters without those of every list, of which the page speaks once."""
    return [each for each in parameters_of(endpoint) if each["name"] not in Paged.base_fields]
