"""Which of the site's addresses a path is: looked up once, and remembered for as many paths as are asked for often."""

from functools import lru_cache
from typing import NamedTuple

from django.urls import Resolver404, resolve

# No page of ours has a path half as long. Made-up ones, a whole request line each, would fill the memory.
LONGEST_PATH = 500


class Route(NamedTuple):
    """An address of the site, by its name and its pattern."""

    name: str  # such as careers:role
    pattern: str  # such as roles/<slug:slug>/


def route_at(path):
    """The Route of a path; None when the site has no such address."""
    return _route_at(path) if len(path) <= LONGEST_PATH else None


@lru_cache(maxsize=8_192)
def _route_at(path):
    try:
        match = resolve(path)
    except (Resolver404, ValueError):
        return None
    return Route(match.view_name, match.route)
