"""How every address of the API answers, whatever it tells: methods, types, caches, other sites, and problems."""

import hashlib
import json
from functools import wraps

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from careers.shown_elsewhere import for_every_site

from . import problems
from .problems import Problem

METHODS = "GET, HEAD, OPTIONS"
ADDED_BY_BROTLI = ';br\\"'
# Whoever holds an answer asks whether it still holds; caches between us and them may answer for a minute by themselves.
CACHE_CONTROL = "public, max-age=0, s-maxage=60"
# What may make another answer of the same address. The middleware that compresses says so of long answers only.
VARY = ("Accept", "Accept-Encoding")
KEPT_BY_BROWSERS = 86_400  # seconds that a browser may remember what another site's script may ask


def read_only(view):
    """Let a function that returns plain data, or a response, answer GET, HEAD and OPTIONS of anyone's script.

    It is exempt from the token against forged forms, since it changes nothing: a POST then learns that it is not
    allowed, and not that a token is missing.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            response = _answer(view, request, *args, **kwargs)
        except Problem as problem:
            response = problems.answer(problem)
        except Http404:
            response = problems.answer(Problem(404, problems.REASONS[404]))
        return open_to_all(response)

    return answer


def read_by_people(view):
    """Let a view that returns a page answer GET and HEAD like any page, and all other methods as the API does."""
    refusing = read_only(view)

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        return (view if request.method in ("GET", "HEAD") else refusing)(request, *args, **kwargs)

    return answer


def with_slash(request, rest):
    """Leads from an address that lacks its last slash to the one that has it. Raises Http404 when there is none."""
    if not is_valid_path(f"{request.path_info}/"):
        raise Http404
    return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))


def _answer(view, request, *args, **kwargs):
    if request.method == "OPTIONS":
        return _options()
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, f"This address answers {METHODS}.")
    if getattr(request, "previewed", None):
        raise Problem(404, "The API tells what is published, and shows no preview.")
    found = view(request, *args, **kwargs)
    response = found if isinstance(found, HttpResponse) else as_json(found)
    if response.status_code == 200:
        if not accepts(request, response["Content-Type"]):
            raise Problem(406, f"This address answers in {response['Content-Type']}.")
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(response, VARY)
        held = held_as(request, response["ETag"])
        if held:
            return unchanged(response, held)
    return response


def as_json(data, content_type="application/json"):
    """The data as a response: letters as they are, no white space."""
    body = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type=content_type)


def accepts(request, content_type):
    """Would the client take this type? One that names none takes any."""
    return not request.headers.get("Accept", "").strip() or request.accepts(content_type)


def held_as(request, etag):
    """The tag under which the client holds this very answer; None when it does not.

    GZipMiddleware makes the tag a weak one, BrotliMiddleware adds to it.
    """
    for each in parse_etags(request.headers.get("If-None-Match", "")):
        if each == "*":
            return etag
        if each.removeprefix("W/").replace(ADDED_BY_BROTLI, '"') == etag:
            return each
    return None


def unchanged(response, etag):
    """304 for who holds the response under this tag, with the headers that a cache brings up to date."""
    short = HttpResponse(status=304)
    for name in ("Cache-Control", "Link", "Vary"):
        if name in response:
            short[name] = response[name]
    short["ETag"] = etag
    return short


def _options():
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response["Access-Control-Max-Age"] = KEPT_BY_BROWSERS
    return response


def open_to_all(response):
    """Let scripts of any site read the answer. Nothing here depends on who asks, so nothing can be stolen."""
    if not response.content:
        del response["Content-Type"]  # what has no body has no type
    response["Allow"] = METHODS
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    response["X-Robots-Tag"] = "noindex"
    return for_every_site(response)
