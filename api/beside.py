"""What stands beside a page for programs: the same as JSON, and the feed of changes.

The head of the page names both (`alternates` in templatetags/open_data.py), and the `Link` header says what the head
says.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.urls import reverse

from .endpoints import ENDPOINTS
from .parameters import Paged
from .things import THINGS

FEED = "application/atom+xml"
JSON = "application/json"
# By the page of one thing: the JSON that stands beside its address.
BESIDE = {thing.page: f"api:{thing.beside}" for thing in THINGS if thing.page} | {"careers:role-pay": "api:pay-beside"}
# By a page that lists or computes: the endpoint that tells the same, for the same parameters as far as it has them.
COUNTERPARTS = {
    "careers:roles": "roles",
    "careers:skills": "skills",
    "careers:software": "software",
    "careers:standards": "standards",
    "careers:trends": "trends",
    "careers:why-healthcare": "reasons",
    "careers:sources": "sources",
    "careers:pay": "pay",
    "careers:compare": "compare",
    "careers:search": "search",
    "match:start": "match",
    "match:result": "match-result",
}
PARAMETERS = {each.name: each.parameters for each in ENDPOINTS}


@dataclass(frozen=True)
class Alternate:
    """Another form of a page."""

    address: str
    media_type: str

    @property
    def header(self):
        return f'<{self.address}>; rel="alternate"; type="{self.media_type}"'


def alternates(match, query=""):
    """The Alternates of a page. `match`: where its address led; `query`: what the page understood of its query."""
    address = ""
    if match and match.view_name in BESIDE:
        address = reverse(BESIDE[match.view_name], args=[match.kwargs["slug"]])
    elif match and match.view_name in COUNTERPARTS:
        address = _counterpart(COUNTERPARTS[match.view_name], query)
    found = [Alternate(address, JSON)] if address else []
    return [*found, Alternate(reverse("careers:changes-feed"), FEED)]


def _counterpart(endpoint, query):
    """The address in the API; empty where it would refuse the parameters, as for fewer than two roles to compare.

    Which page of a list is left out: those of the API are of another size.
    """
    parameters = PARAMETERS[endpoint]
    asked = QueryDict(mutable=True)
    for name, value in parse_qsl(query):
        if name in parameters.base_fields.keys() - Paged.base_fields:
            asked.appendlist(name, value)
    return reverse(f"api:{endpoint}", query=asked or None) if parameters.of(asked).is_valid() else ""


class LinkMiddleware:
    """Names in the `Link` header what the head of a public page names; a draft and a frame have no other form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        found = getattr(request, "alternates", ())
        if found and response.status_code == 200 and "X-Robots-Tag" not in response:
            response["Link"] = ", ".join(each.header for each in found)
        return response
