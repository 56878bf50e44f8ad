"""Every kind of page, opened once: nothing that a machine can find is wrong in any window, narrow or wide.

A page is turned from one window into the next by resizing it, from light to dark by asking for dark. The tests of one
page follow one another; `opened` is what they share.
"""

import pytest

from . import axe, layout
from .addresses import OF_EVERY_KIND, of_the_sitemap, visit
from .conftest import open_window

LETTERS = {"standard": 16, "fixed": 13}


@pytest.fixture(scope="module")
def window(browser, site):
    """One window for all pages of this file."""
    window = open_window(browser, site)
    axe.prepare(window)
    yield window
    window.context.close()


@pytest.fixture(scope="module", params=OF_EVERY_KIND)
def opened(window, request):
    """A page of each kind."""
    visit(window, request.param)
    return window


@pytest.fixture(autouse=True)
def no_troubles(window):
    """Whatever a page complains about, or asks another host for, fails the test of that page."""
    yield
    found, window.troubles[:] = list(window.troubles), []
    assert not found


def resize(page, width):
    page.set_viewport_size({"width": width, "height": 800})


def set_letters(page, times=1):
    """What a reader does who sets the size of the browser's own letters."""
    sizes = {name: size * times for name, size in LETTERS.items()}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def test_axe_finds_nothing_narrow_or_wide_light_or_dark(opened):
    resize(opened, 1280)
    found = axe.faults(opened)
    resize(opened, 360)
    found += axe.faults(opened, every_text=False)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_page_fits_the_window_with_targets_to_hit_and_a_free_header(opened, width):
    resize(opened, width)

    found = layout.faults(opened)

    assert not found, "\n".join(found)


def test_no_word_breaks_in_the_middle_on_a_phone(opened):
    resize(opened, 360)

    assert layout.broken_words(opened) == []


def test_page_fits_the_window_with_letters_of_twice_the_size(opened):
    resize(opened, 1280)
    set_letters(opened, times=2)
    try:
        found = layout.faults(opened)
        assert opened.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    finally:
        set_letters(opened)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("half", [0, 1])
def test_no_other_page_of_the_sitemap_has_a_fault_in_the_narrowest_window(window, site, half):
    """They differ in nothing but content from pages above: each is read in light or in dark, in turn."""
    resize(window, 320)
    others = [address for address in of_the_sitemap(site) if address not in OF_EVERY_KIND]

    found = []
    for number, address in enumerate(others[half::2]):
        visit(window, address)
        faults = axe.faults_in(["light", "dark"][number % 2], window) + layout.sticks_out(window)
        found += [f"{address} {fault}" for fault in faults]

    assert len(others) > 60
    assert not found, "\n".join(found)
