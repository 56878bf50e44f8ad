"""What stands beside a page for programs: the same thing as JSON, and the feed of changes.

The head of the page names both (`alternates` in templatetags/open_data.py), and so does the `Link` header.
"""

from dataclasses import dataclass

from django.urls import reverse

from .things import THINGS

FEED = "application/atom+xml"
JSON = "application/json"
BESIDE = {thing.page: f"api:{thing.beside}" for thing in THINGS if thing.page} | {"careers:role-pay": "api:pay-beside"}


@dataclass(frozen=True)
class Alternate:
    """Another form of a page."""

    address: str
    media_type: str

    @property
    def header(self):
        return f'<{self.address}>; rel="alternate"; type="{self.media_type}"'


def alternates(request):
    """The Alternates of the page that was asked for; no JSON where there is none, nor of an error page."""
    found = []
    match = getattr(request, "resolver_match", None)
    if match and match.view_name in BESIDE:
        found.append(Alternate(reverse(BESIDE[match.view_name], args=[match.kwargs["slug"]]), JSON))
    return [*found, Alternate(reverse("careers:changes-feed"), FEED)]


class LinkMiddleware:
    """Names the other forms of a public page in its `Link` header; a draft has none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        if is_page and "X-Robots-Tag" not in response and not request.path.startswith(reverse("admin:index")):
            response["Link"] = ", ".join(each.header for each in alternates(request))
        return response
