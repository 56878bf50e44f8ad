"""The addresses for programs: the API, and the JSON beside pages. Once here, an address answers for ever."""

from functools import partial

from django.urls import path, re_path

from . import pages, sitemaps, views  # noqa: F401 - the description joins the sitemap
from .answering import read_by_people, read_only, with_slash
from .endpoints import ENDPOINTS
from .parameters import Parameters
from .things import THINGS

app_name = "api"


def _answering(view, parameters=Parameters):
    """The view with its parameters read, for anyone to ask."""

    def answer(request, **named):
        return view(request, parameters.read(request), **named)

    return read_only(answer)


urlpatterns = [
    path("api/v1/", read_by_people(pages.docs), name="docs"),
    path("api/v1/openapi.json", read_only(pages.openapi), name="openapi"),
    path("api/v1/dataset.zip", read_only(pages.dataset), name="dataset"),
    *(path(f"api/v1/{each.path}", _answering(each.view, each.parameters), name=each.name) for each in ENDPOINTS),
    *(
        path(
            f"{thing.folder}/<slug:slug>.json",
            _answering(views.thing_view(thing, f"api:{thing.beside}")),
            name=thing.beside,
        )
        for thing in THINGS
        if thing.page
    ),
    path("pay/<slug:slug>.json", _answering(partial(views.role_pay, to="api:pay-beside")), name="pay-beside"),
    re_path(r"^api/(?P<rest>.*[^/])$", read_only(with_slash), name="with-slash"),
]
