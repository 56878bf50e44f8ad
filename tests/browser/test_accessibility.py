"""No page breaks a rule that a machine can check: axe-core reads one page of every kind."""

from django.urls import resolve

from careers.urls import urlpatterns
from feedback.urls import urlpatterns as feedback_patterns

from . import axe
from .addresses import MISSING, OF_EVERY_KIND, visit

FOR_MACHINES = {"sitemap", "robots"}
FOR_BUILDERS = {"style"}  # test_components.py


def test_the_addresses_hold_one_page_of_every_kind():
    visited = {resolve(address.partition("?")[0]).url_name for address in OF_EVERY_KIND if address != MISSING}

    there = {pattern.name for pattern in [*urlpatterns, *feedback_patterns]}
    assert visited == there - FOR_MACHINES - FOR_BUILDERS


def test_axe_finds_nothing_on_any_kind_of_page_narrow_or_wide_light_or_dark(new_page):
    windows = [new_page(viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)

    found = []
    for address in OF_EVERY_KIND:
        for window in windows:
            visit(window, address)
        found += [f"{address} {fault}" for fault in axe.faults(*windows)]

    assert not found, "\n".join(found)


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
