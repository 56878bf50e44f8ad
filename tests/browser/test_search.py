"""The search by keyboard, with and without suggestions."""

import pytest
from playwright.sync_api import expect

from . import axe
from .addresses import MISSING, visit


@pytest.fixture(params=["/search/", "/", MISSING])
def box(page, request):
    visit(page, request.param)
    return page.get_by_role("combobox", name="Search this site")


def test_arrow_keys_choose_a_suggestion_and_enter_opens_it(page, box):
    box.focus()
    page.keyboard.type("dico")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("DICOM")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_contain_text("Use the arrow keys.")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(box).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/standards/dicom/")


def test_escape_closes_the_suggestions_and_enter_searches(page):
    visit(page, "/search/")
    box = page.get_by_role("combobox", name="Search this site")
    box.focus()
    page.keyboard.type("telemedecine")
    expect(page.get_by_role("listbox")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("telemedecine")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/?q=telemedecine*")
    expect(page.get_by_text("Showing results for “telemedicine”")).to_be_visible()


def test_last_suggestion_is_one_step_above_the_first_by_way_of_the_box(page):
    visit(page, "/search/")
    box = page.get_by_role("combobox", name="Search this site")
    box.focus()
    page.keyboard.type("medical")
    options = page.get_by_role("option")
    expect(options).to_have_count(8)

    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")

    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_suggestion_opens_with_a_tap_and_closes_when_the_reader_moves_on(new_page):
    page = new_page(viewport={"width": 360, "height": 800}, has_touch=True)
    visit(page, "/search/")
    box = page.get_by_role("combobox", name="Search this site")
    box.focus()
    page.keyboard.type("hippa")
    expect(page.get_by_role("option").first).to_contain_text("HIPAA")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()

    box.fill("hipaa")
    page.get_by_role("option").first.tap()

    page.wait_for_url("**/standards/hipaa/")


def test_axe_finds_nothing_while_suggestions_are_open(new_page):
    windows = [new_page(viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)
        visit(window, "/search/")
        window.get_by_role("combobox").fill("medical")
        window.keyboard.press("ArrowDown")
        expect(window.get_by_role("option").first).to_be_visible()

    assert not axe.faults(*windows)


def test_search_works_without_a_script(new_page):
    plain = new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    visit(plain, "/")
    plain.get_by_role("searchbox", name="Search this site").fill("doctor app")
    plain.get_by_role("button", name="Search").click()

    assert plain.url.endswith("/search/?q=doctor+app")
    first = plain.locator(".results h4 a").first
    expect(first).to_have_text("Healthcare mobile app developer")
    plain.get_by_role("link", name="Standards and rules").first.click()
    assert "kind=standard" in plain.url
    plain.get_by_role("link", name="Everything").click()
    first.click()

    expect(plain.get_by_role("heading", level=1)).to_contain_text("mobile")


def test_search_for_roles_that_finds_nothing_leads_to_the_whole_site(new_page):
    plain = new_page(java_script_enabled=False)
    visit(plain, "/roles/?q=hipaa+privacy+rule")

    plain.get_by_role("link", name="Search the whole site").click()

    expect(plain.locator(".results h4 a").first).to_have_text("HIPAA")
