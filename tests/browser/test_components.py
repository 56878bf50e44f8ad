"""The page of components, which shows each in every state with made-up words. Only those who build the site see it."""

import pytest

from . import axe, layout
from .addresses import reachable


@pytest.fixture
def site(live_server, settings):
    """A site in this process, as its developers run it."""
    settings.DEBUG = True
    return reachable(live_server)


def test_axe_finds_nothing_on_any_component(new_page):
    windows = [new_page(viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)
        window.goto("/style/")

    found = axe.faults(*windows)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_component_fits_the_window(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/style/")

    found = layout.faults(page)

    assert not found, "\n".join(found)
