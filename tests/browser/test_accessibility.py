"""axe-core reads a page of every kind (test_every_page.py) and would find a fault. Tables stay tables on a phone."""

import pytest
from django.urls import resolve

from careers.urls import urlpatterns
from classroom.urls import urlpatterns as classroom_urls
from feedback.urls import urlpatterns as feedback_urls
from match.urls import urlpatterns as match_urls
from offline.urls import urlpatterns as offline_urls
from packs.urls import urlpatterns as packs_urls

from . import axe
from .addresses import MISSING, OF_EVERY_KIND, comparison, visit

FOR_MACHINES = {"changes-feed", "sitemap", "robots", "search-suggest", "oembed", "worker", "manifest"}
PICTURES = {"qr-code", "role-picture", "comparison-picture", "picture"}
FOR_BUILDERS = {"style"}  # test_components.py
FOR_CLASSES = {"answer", "send", "picture", "live", "manage", "close"}  # test_classroom.py: a class must be there first
BY_TOKEN = {"pack", "edit", "ready", "accept", "revoke"}  # test_packs.py


def test_the_addresses_hold_one_page_of_every_kind():
    visited = {kind(resolve(address.partition("?")[0]).url_name) for address in OF_EVERY_KIND if address != MISSING}

    above = [*feedback_urls, *match_urls, *classroom_urls, *offline_urls, *packs_urls]
    # An address without a name only mends another: a last slash, or what a mail program added.
    named = {pattern.name for pattern in [*urlpatterns, *above] if pattern.name}
    names = named - FOR_MACHINES - PICTURES - FOR_BUILDERS
    assert visited == {kind(name) for name in names - FOR_CLASSES - BY_TOKEN} | {"docs"}  # the API's page for people


def kind(name):
    """The name of an address; the worksheets are one kind of page with different questions."""
    return "worksheet" if name.startswith("worksheet-") else name


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
