"""A plan: ticks that only this browser remembers, skills that are marked without a script, and a calendar file."""

import json

import pytest
from playwright.sync_api import expect

from . import axe
from .addresses import plan, visit
from .test_keyboard import tab_to

ADDRESS = plan("telemedicine-developer")
FORGET = "Forget my ticks"

# A browser that keeps nothing says so when a page asks.
REFUSES = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


@pytest.fixture
def plain(new_page):
    """A phone without script."""
    return new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})


def boxes(page):
    return page.locator(".ticks").get_by_role("checkbox")


def ticked(page):
    """The keys of the ticked steps, in the order of the page."""
    return page.locator("[data-step]:checked").evaluate_all("(all) => all.map((each) => each.dataset.step)")


def stored(page):
    return page.evaluate("() => ({...localStorage})")


# With a script


def test_ticks_are_there_again_after_a_reload_and_only_in_this_browser(page, new_page):
    visit(page, ADDRESS)
    first = boxes(page).first
    key = first.get_attribute("data-step")
    first.check()

    page.reload()

    assert ticked(page) == [key]
    assert {name: json.loads(value) for name, value in stored(page).items()} == {"plan:telemedicine-developer": [key]}
    assert page.context.cookies() == []
    other = new_page()
    visit(other, ADDRESS)
    assert ticked(other) == []


def test_ticks_of_one_role_are_not_those_of_another(page):
    visit(page, ADDRESS)
    page.get_by_role("checkbox", name="Done: Security", exact=True).check()

    visit(page, plan("ehr-developer"))

    assert page.locator("[data-step='learn-security']").count() == 1
    assert ticked(page) == []


def test_tick_can_be_taken_back(page):
    visit(page, ADDRESS)
    boxes(page).nth(1).check()
    boxes(page).nth(1).uncheck()

    page.reload()

    assert ticked(page) == []
    assert stored(page) == {}


def test_step_that_is_left_out_for_a_while_stays_ticked(page):
    visit(page, ADDRESS)
    page.get_by_role("checkbox", name="Done: Security", exact=True).check()
    visit(page, ADDRESS + "?have=security")
    assert page.locator("[data-step='learn-security']").count() == 0
    page.get_by_role("checkbox", name="Done: Usability", exact=True).check()

    visit(page, ADDRESS)

    assert set(ticked(page)) == {"learn-security", "learn-usability"}


def test_page_says_where_ticks_are_kept_and_forgets_them(page):
    visit(page, ADDRESS)
    expect(page.get_by_text("Your ticks stay in this browser, on this device.")).to_be_visible()
    boxes(page).nth(0).check()
    boxes(page).nth(2).check()

    page.get_by_role("button", name=FORGET).click()

    expect(page.get_by_text("Every box of this plan is empty.")).to_be_visible()
    assert ticked(page) == []
    assert stored(page) == {}


def test_tick_in_one_tab_shows_in_another(page):
    visit(page, ADDRESS)
    other = page.context.new_page()
    other.goto(ADDRESS)

    boxes(other).first.check()

    expect(boxes(page).first).to_be_checked()


def test_ticks_work_by_keyboard(page):
    visit(page, ADDRESS)

    tab_to(page, boxes(page).first)
    page.keyboard.press("Space")
    assert len(ticked(page)) == 1

    visit(page, ADDRESS)
    tab_to(page, page.get_by_role("button", name=FORGET))
    page.keyboard.press("Enter")
    assert ticked(page) == []


@pytest.mark.parametrize("rubbish", ["", "{", "7", "null", '{"a": 1}', '"learn-security"', '[1, null, ["a"]]'])
def test_what_others_left_in_the_store_does_no_harm(page, rubbish):
    visit(page, ADDRESS)
    page.evaluate("(value) => localStorage.setItem('plan:telemedicine-developer', value)", rubbish)

    page.reload()
    assert ticked(page) == []
    boxes(page).first.check()
    page.reload()

    assert len(ticked(page)) == 1


def test_browser_that_keeps_nothing_shows_the_plain_list(page):
    page.add_init_script(REFUSES)

    visit(page, ADDRESS)

    assert page.locator(".ticks li").count() > 5
    expect(boxes(page)).to_have_count(0)
    expect(page.get_by_role("button", name=FORGET)).to_have_count(0)


def test_boxes_are_large_enough_for_a_finger(new_page):
    page = new_page(viewport={"width": 360, "height": 740})
    visit(page, ADDRESS)

    sizes = boxes(page).evaluate_all("(all) => all.map((each) => [each.offsetWidth, each.offsetHeight])")

    assert min(map(min, sizes)) >= 24


def test_axe_finds_nothing_with_ticks_and_with_the_form_open(new_page):
    windows = [new_page(viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)
        visit(window, ADDRESS + "?have=usability")
        window.get_by_text("Change the skills you have").click()
        boxes(window).first.check()

    assert not axe.faults(*windows)


def test_ticks_are_printed(page):
    visit(page, ADDRESS)
    boxes(page).first.check()

    page.emulate_media(media="print")

    expect(boxes(page).first).to_be_visible()
    expect(boxes(page).first).to_be_checked()
    expect(page.get_by_role("button", name=FORGET)).to_be_hidden()


# Without one


def test_without_a_script_the_list_is_for_paper(plain):
    visit(plain, ADDRESS)

    expect(boxes(plain)).to_have_count(0)
    drawn = plain.locator(".ticks li").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each, '::before').borderTopStyle)"
    )
    assert len(drawn) > 5
    assert set(drawn) == {"solid"}
    expect(plain.get_by_text("Your ticks stay")).to_be_hidden()


def test_without_a_script_skills_are_marked_and_the_plan_is_about_the_rest(plain):
    visit(plain, ADDRESS)
    plain.get_by_text("Tick the skills you have").click()
    plain.get_by_label("Security", exact=True).check()
    plain.get_by_label("Usability", exact=True).check()

    plain.get_by_role("button", name="Make the plan without these").click()

    expect(plain.get_by_text("You already have 2 of the 17 skills")).to_be_visible()
    assert plain.locator("[data-step='learn-security']").count() == 0
    assert plain.url.endswith("?have=security&have=usability")

    plain.get_by_role("main").get_by_role("link", name="EHR developer").first.click()
    expect(plain.get_by_text("You already have 2 of the 18 skills")).to_be_visible()


def test_calendar_is_saved_as_a_file(page):
    visit(page, ADDRESS + "?have=security")

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Put it in my calendar").click()

    assert waiting.value.suggested_filename == "plan-telemedicine-developer.ics"
    assert b"Learn: Security" not in waiting.value.path().read_bytes()
