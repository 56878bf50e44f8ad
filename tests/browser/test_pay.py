"""The pay pages for someone with three questions, a printer, or both."""

import re

import pytest

from .addresses import visit

DRAWN = ".fig .plot text, .fig .tile-map li"
WRITTEN = ".fig td, .fig th, .fig dd, .fig .source"
PAGES = ["/pay/?occupation=15-1252&area=0041860", "/pay/ehr-developer/"]


def texts(page, selector):
    """The words of every element that can be seen, in the order of the page, white space folded."""
    return page.locator(selector).evaluate_all(
        """(elements) => elements
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)
          .map((element) => element.textContent.replace(/\\s+/g, " ").trim())"""
    )


@pytest.mark.parametrize("address", PAGES)
def test_what_is_printed_of_pay_is_what_the_screen_shows(page, address):
    visit(page, address)
    drawn = texts(page, DRAWN)
    page.locator(".fig summary").evaluate_all("(heads) => heads.forEach((head) => head.click())")
    written = texts(page, WRITTEN)
    visit(page, address)

    page.emulate_media(media="print")

    assert "$135,980" in drawn
    assert "1,687,890" in written
    assert texts(page, DRAWN) == drawn
    assert texts(page, WRITTEN) == written


@pytest.fixture
def clicks(page):
    """A reader at the start page who can only click; `clicks` lists the names of what was clicked."""
    visit(page, "/")
    made = []

    def click(role, name):
        made.append(name)
        page.get_by_role(role, name=name, exact=True).first.click()

    click.made = made
    return click


def median_of(page, name):
    spoken = page.get_by_role("img", name=re.compile(f"^{re.escape(name)}: half earn")).first
    return spoken.get_attribute("aria-label").rsplit(" ", 1)[-1]


def test_what_developers_earn_in_hospitals_and_at_software_publishers_is_a_click_away(page, clicks):
    clicks("link", "Pay")

    assert page.locator("h2").first.inner_text().startswith("Software Developers")
    assert median_of(page, "Hospitals") == "$125,860."
    assert median_of(page, "Software publishers") == "$164,550."
    assert len(clicks.made) < 3


def test_what_they_earn_in_a_metro_area_is_two_clicks_away(page, clicks):
    clicks("link", "Pay")
    # Choosing in a list needs no click: Tab and the first letters do.
    page.get_by_label("Area", exact=True).select_option(label="Boston-Cambridge-Newton, MA-NH")
    clicks("button", "Show pay")

    assert median_of(page, "Boston-Cambridge-Newton, MA-NH") == "$166,090."
    assert len(clicks.made) < 3


def test_how_sure_the_figures_are_is_a_click_away_and_for_a_metro_area_two(page, clicks):
    clicks("link", "Pay")
    nationally = page.locator("#how-sure ~ p", has_text="The national figure").inner_text()
    clicks("link", "San Jose-Sunnyvale-Santa Clara, CA")
    locally = page.get_by_text("How sure is the local figure?").locator("..").inner_text()

    assert "very sure" in nationally
    assert re.search(r"(Very sure|Sure|Rough|Very rough)\. .*probably right within \d+% either way", locally)
    assert len(clicks.made) < 3
