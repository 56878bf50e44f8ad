"""Which parameters each public page understands: all others are taken out of an address before anything is kept.

A page that is not named here is never kept. So made-up parameters cannot fill the cache with copies of one page.
"""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from api.endpoints import ENDPOINTS
from api.things import THINGS
from editorial import preview

from .routes import route_at

NONE = ()
UNDERSTOOD = {
    "careers:home": NONE,
    "careers:roles": ("q", "category", "skill", "page"),
    "careers:role": NONE,
    "careers:plan": NONE,
    "careers:compare": ("role", "only", "format"),
    "careers:my-skills": ("role", "only"),
    "careers:pay": ("occupation", "area", "format"),
    "careers:role-pay": NONE,
    "careers:software": NONE,
    "careers:software-category": NONE,
    "careers:skills": ("kind",),
    "careers:skill": NONE,
    "careers:standards": NONE,
    "careers:standard": NONE,
    "careers:why-healthcare": NONE,
    "careers:trends": NONE,
    "careers:trend": NONE,
    "careers:search": ("q", "kind", "page"),
    "careers:search-suggest": ("q",),
    "careers:about": NONE,
    "careers:about-data": NONE,
    "careers:sources": ("page",),
    "careers:changes": ("page",),
    "careers:changes-feed": NONE,
    "careers:accessibility": NONE,
    "careers:privacy": NONE,
    "careers:advisors": NONE,
    "careers:worksheet-compare": ("role",),
    "careers:worksheet-match": NONE,
    "careers:worksheet-project": ("role",),
    "careers:worksheet-questions": ("role",),
    "careers:embed-role": NONE,
    "careers:embed-compare": ("role",),
    "careers:oembed": ("url", "maxwidth", "maxheight", "format"),
    "careers:role-picture": ("v",),
    "careers:comparison-picture": ("v",),
    "careers:sitemap": ("p",),
    "careers:robots": NONE,
    "match:start": NONE,  # and never a result: it is one reader's
    "match:picture": ("v",),
    "offline:kept-pages": NONE,
    "api:docs": NONE,
    "api:openapi": NONE,
    "api:pay-beside": NONE,
    **{f"api:{each.beside}": NONE for each in THINGS if each.page},
    # A result is one reader's here too.
    **{f"api:{each.name}": tuple(each.parameters.base_fields) for each in ENDPOINTS if each.name != "match-result"},
}
# With one of these a page is about one reader, who has answered or marked something: it is drawn for that reader, and
# nobody keeps it. A calendar counts from today.
FOR_ONE_READER = {
    "careers:roles": {"have"},
    "careers:role": {"have"},
    "careers:plan": {"have", "format"},
    "careers:compare": {"have"},
    "careers:my-skills": {"have"},
    "careers:role-pay": {"have"},
    "match:start": {"v", "a"},
}
LONGEST_QUERY = 4_000


def name_of(path):
    """The name of the page at a path, if it is one that is kept; else None."""
    route = route_at(path)
    return route.name if route and route.name in UNDERSTOOD else None


def is_for_programs(path):
    """Whether the answer is JSON, which is given only to who accepts it."""
    name = name_of(path)
    return name is not None and name.startswith("api:") and name != "api:docs"


@lru_cache
def _meaningful(name):
    """The names of all parameters that make another answer of the page."""
    return (*UNDERSTOOD[name], *FOR_ONE_READER.get(name, ()), preview.PARAMETER)


def canonical_query(path, query):
    """The query string with only what the page at `path` understands; None when its answer may not be kept.

    The order stays: in a comparison it is the order of the columns.
    """
    name = name_of(path)
    if name is None or len(query) > LONGEST_QUERY:
        return None
    if not query or not ("%" in query or any(each in query for each in _meaningful(name))):
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace")
    understood = [(key, value) for key, value in pairs if key in UNDERSTOOD[name]]
    # A preview shows a draft to whoever holds the link: nobody keeps that either.
    personal = FOR_ONE_READER.get(name, ())
    if any(key in personal or (key == preview.PARAMETER and preview.is_signed(value)) for key, value in pairs):
        return None
    return urlencode(understood)
