"""No page breaks a rule that a machine can check: axe-core reads them all. Tables stay tables on a phone."""

import pytest
from django.urls import resolve

from careers.urls import urlpatterns
from feedback.urls import urlpatterns as feedback_urls
from match.urls import urlpatterns as match_urls
from packs.urls import urlpatterns as packs_urls

from . import axe
from .addresses import MISSING, OF_EVERY_KIND, comparison, of_the_sitemap, visit

FOR_MACHINES = {"changes-feed", "sitemap", "robots", "search-suggest"}
FOR_BUILDERS = {"style"}  # test_components.py
BY_TOKEN = {"pack", "edit", "ready", "accept", "revoke"}  # test_packs.py


def test_the_addresses_hold_one_page_of_every_kind():
    visited = {resolve(address.partition("?")[0]).url_name for address in OF_EVERY_KIND if address != MISSING}

    there = {pattern.name for pattern in [*urlpatterns, *feedback_urls, *match_urls, *packs_urls]}
    assert visited == there - FOR_MACHINES - FOR_BUILDERS - BY_TOKEN


def axe_finds(new_page, addresses, widths=(360, 1280)):
    """What axe-core finds at these widths, in light and in dark."""
    windows = [new_page(viewport={"width": width, "height": 800}) for width in widths]
    for window in windows:
        axe.prepare(window)
    found = []
    for address in addresses:
        for window in windows:
            visit(window, address)
        found += [f"{address} {fault}" for fault in axe.faults(*windows)]
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_kind_of_page_narrow_or_wide_light_or_dark(new_page, half):
    found = axe_finds(new_page, OF_EVERY_KIND[half::2])

    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_any_other_page_of_the_sitemap_on_a_phone(new_page, site):
    """Another page of each of these kinds is looked at in both widths above."""
    others = [address for address in of_the_sitemap(site) if address not in OF_EVERY_KIND]

    found = axe_finds(new_page, others, widths=[360])

    assert len(others) > 60
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("address", "table"),
    [("/", ".linemap"), ("/software/", ".linemap"), (comparison(3), ".compare"), ("/skills/", ".matrix")],
)
def test_what_looks_like_a_list_on_a_phone_is_still_spoken_as_a_table(new_page, address, table):
    page = new_page(viewport={"width": 360, "height": 800})
    visit(page, address)
    drawn = page.locator(table).evaluate(
        "(table) => [...table.rows].filter((row) => !row.ariaHidden).map((row) => row.cells.length)"
    )

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]

    nodes = {node["nodeId"]: node for node in tree}
    first = next(node for node in inside(nodes, tree[0]) if role_of(node) == "table")
    rows = [node for node in inside(nodes, first) if role_of(node) == "row"]
    spoken = [[role_of(nodes[child]) for child in row["childIds"]] for row in rows]
    assert [len(row) for row in spoken] == drawn
    assert set(spoken[0][-2:]) == {"columnheader"}
    assert {row[0] for row in spoken[1:]} <= {"rowheader", "columnheader"}
    assert {role for row in spoken[1:] for role in row[1:]} == {"cell"}


def role_of(node):
    return node["role"]["value"]


def inside(nodes, node):
    """The nodes that this one holds, in the order in which they are read."""
    for child in node["childIds"]:
        yield nodes[child]
        yield from inside(nodes, nodes[child])


def test_axe_would_find_a_picture_without_words_and_text_that_pales_in_the_dark(page):
    axe.prepare(page)
    visit(page, "/privacy/")
    page.evaluate(
        """() => {
            document.querySelector("main").append(new Image());
            document.querySelector("h1").style.color = "#12262b";
        }"""
    )

    found = axe.faults(page)

    assert [fault.partition(":")[0] for fault in found] == [
        "1280 px, light, image-alt",
        "1280 px, dark, color-contrast",
    ]
