"""Which addresses the copy begins with, how an address is written in one way only, and the file it becomes."""

import hashlib
import re
from itertools import combinations
from math import comb
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import get_resolver, reverse

from careers.comparison import MOST_ROLES
from careers.sitemaps import SITEMAPS
from careers.worksheets import WORKSHEETS
from outlook.models import Occupation
from outlook.models.codes import NATION
from roles.models import Role

# What tells pages of one kind apart, and has few values. Pages that differ in anything else are not in the copy:
# the places of the pay page alone are thousands.
FOLLOWED = {"page", "kind", "only", "format", "role", "occupation"}

# What a page takes for granted when it is left out: the first part of a list, and the whole nation.
SAID_ANYWAY = {("page", "1"), ("area", NATION)}

# Every pair of roles is in the copy. More roles side by side are in it while all comparisons are few enough.
MOST_COMPARISONS = 60

LONGEST_QUERY = 80
LONGEST_FILE = 180  # Windows allows 260 with the drive and the folder
# Names that Windows keeps for itself, whatever the ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def starting_points():
    """Every address to begin with, sorted: the sitemap, comparisons, worksheets, and the pay of every occupation."""
    return sorted({*listed(), *comparisons(), *worksheets(), *pay_of_occupations()})


def listed():
    """Every address that the site names to search engines."""
    get_resolver().url_patterns  # noqa: B018 - read, they add the sitemaps of the apps above the pages
    return [canonical(sitemap.location(item)) for sitemap in SITEMAPS.values() for item in sitemap.items()]


def comparisons():
    """Every pair of published roles, and larger sets while they are few."""
    slugs = sorted(Role.objects.published().values_list("slug", flat=True))
    sizes, total = [], 0
    for size in range(2, MOST_ROLES + 1):
        total += comb(len(slugs), size)
        if size == 2 or total <= MOST_COMPARISONS:
            sizes.append(size)
    compare = reverse("careers:compare")
    return [
        canonical(f"{compare}?{urlencode([('role', slug) for slug in chosen])}")
        for size in sizes
        for chosen in combinations(slugs, size)
    ]


def worksheets():
    """Every sheet about each published role, or about each pair of them."""
    slugs = sorted(Role.objects.published().values_list("slug", flat=True))
    return [
        canonical(f"{reverse(f'careers:worksheet-{sheet.key}')}?{urlencode([('role', slug) for slug in chosen])}")
        for sheet in WORKSHEETS.values()
        if sheet.most_roles
        for chosen in combinations(slugs, sheet.most_roles)
    ]


def pay_of_occupations():
    """The pay page of each official occupation, for the whole nation; it names the figures of every state."""
    return [f"{reverse('careers:pay')}?occupation={each.code}" for each in Occupation.objects.with_estimates()]


def canonical(address):
    """The address without its fragment, with its parameters in one order: the same page has one address only."""
    parts = urlsplit(address)
    pairs = sorted(pair for pair in parse_qsl(parts.query) if pair not in SAID_ANYWAY)
    return f"{parts.path}?{urlencode(pairs)}" if pairs else parts.path


def is_followed(address):
    """May the page at this canonical address be in the copy, as far as its parameters say?"""
    return {name for name, _ in parse_qsl(urlsplit(address).query)} <= FOLLOWED


def chooses_roles(address):
    """Is the page at this address about roles that its parameters name, such as a comparison?"""
    return "role" in dict(parse_qsl(urlsplit(address).query))


def without(address, *names):
    """The canonical address without some of its parameters."""
    parts = urlsplit(address)
    return canonical(f"{parts.path}?{urlencode([pair for pair in parse_qsl(parts.query) if pair[0] not in names])}")


def file_for(address, ending="html"):
    """The file for a canonical address, relative to the copy; any file system can hold its name.

    `/roles/` is roles/index.html, and `/compare/?role=a&role=b` is compare/role-a_role-b/index.html. What is no page
    takes its own ending: compare/role-a_role-b.csv.
    """
    parts = urlsplit(address)
    folder = "/".join(map(_safe, parts.path.strip("/").split("/"))) if parts.path.strip("/") else ""
    query = _safe("_".join(f"{name}-{value}" for name, value in parse_qsl(parts.query)))
    path = "/".join(filter(None, [folder, query]))
    if ending == "html":
        return f"{path}/index.html" if path else "index.html"
    if parts.path.endswith("/"):
        return f"{path}.{ending}" if query else f"{path}/index.{ending}"
    return path if path.endswith(f".{ending}") else f"{path}.{ending}"


def _safe(name):
    """The name itself when every file system takes it; otherwise a plain name that ends with a check sum."""
    plain = re.sub(r"[^a-z0-9._-]", "-", name.lower())[:LONGEST_QUERY].strip(".")
    if plain == name and name.partition(".")[0] not in RESERVED:
        return name
    check = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain[: LONGEST_QUERY - 9].rstrip('-._')}-{check}"
