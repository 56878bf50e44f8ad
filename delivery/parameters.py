"""Which parameters each public page understands: all others are taken out of an address before anything is kept.

A page that is not named here is never kept. So made-up parameters cannot fill the cache with copies of one page.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

NONE = ()
UNDERSTOOD = {
    "careers:home": NONE,
    "careers:roles": ("q", "category", "skill", "page", "have"),
    "careers:role": ("have",),
    "careers:plan": ("have",),
    "careers:compare": ("role", "only", "have", "format"),
    "careers:my-skills": ("role", "only", "have"),
    "careers:pay": ("occupation", "area", "format"),
    "careers:role-pay": ("have",),
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
    "careers:worksheet-match": ("role",),
    "careers:worksheet-project": ("role",),
    "careers:worksheet-questions": ("role",),
    "careers:embed-role": NONE,
    "careers:embed-compare": ("role",),
    "careers:oembed": ("url", "maxwidth", "maxheight", "format"),
    "careers:role-picture": ("v",),
    "careers:comparison-picture": ("v",),
    "careers:sitemap": ("p",),
    "careers:robots": NONE,
    "match:start": ("v", "a"),
    "match:result": ("v", "a"),
    "match:picture": ("v",),
    "offline:kept-pages": NONE,
    "api:docs": NONE,
}
# Parameters with which a page is not kept: a calendar counts from today; answers one by one lead on to a result.
NOT_KEPT_WITH = {
    "careers:plan": re.compile("format"),
    "match:result": re.compile(r"s\d+"),
}
# A draft before it is published: shown to whoever holds the link, kept by nobody.
PREVIEW = "preview"
LONGEST_QUERY = 4_000


@lru_cache(maxsize=8_192)
def name_of(path):
    """The name of the page at a path, if it is one that is kept; else None."""
    try:
        name = resolve(path).view_name
    except (Resolver404, ValueError):
        return None
    return name if name in UNDERSTOOD else None


def canonical_query(path, query):
    """The query string with only what the page at `path` understands; None when its answer may not be kept.

    The order stays: in a comparison it is the order of the columns.
    """
    name = name_of(path)
    if name is None or len(query) > LONGEST_QUERY:
        return None
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace")
    understood = [(key, value) for key, value in pairs if key in UNDERSTOOD[name]]
    if any(key == PREVIEW or (name in NOT_KEPT_WITH and NOT_KEPT_WITH[name].fullmatch(key)) for key, _ in pairs):
        return None
    return urlencode(understood)
