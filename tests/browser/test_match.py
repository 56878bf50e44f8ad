"""The questionnaire on a phone, by keyboard, without a script; and its result on paper and at a friend's."""

import re

import pytest
from playwright.sync_api import expect

from .addresses import ANSWERED, visit
from .printed import PAPERS, SPARE, Print
from .test_keyboard import SHOWN, stops
from .test_print import shown_on_paper

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def phone(new_page):
    """A small phone with scripts switched off."""
    return new_page(viewport=PHONE, java_script_enabled=False, has_touch=True)


def order(page):
    return page.locator(".ranking").first.locator("li > a").all_inner_texts()


def test_a_reader_answers_by_keyboard_alone_without_a_script_and_gets_an_order(new_page):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    visit(page, "/match/")
    groups = page.locator("fieldset")
    count = groups.count()

    first = groups.first.get_by_role("radio").first
    while not first.evaluate("(control) => control === document.activeElement"):
        page.keyboard.press("Tab")
    for number in range(count):
        page.keyboard.press("Space")
        for _ in range(number % 3):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show my roles")).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/match/result/?v=*&a=*")
    assert re.search(rf"a=[1-3]{{{count}}}$", page.url)
    assert len(order(page)) == 5
    expect(page.get_by_role("heading", level=1)).to_contain_text("first")


def test_a_thumb_hits_an_answer_anywhere_in_its_box(phone):
    visit(phone, "/match/")
    boxes = phone.locator(".quiz .form-check")

    sizes = [box.bounding_box() for box in boxes.all()]
    assert min(size["height"] for size in sizes) >= 44
    assert min(size["width"] for size in sizes) >= 44
    boxes.nth(4).tap(position={"x": 4, "y": 4})

    expect(phone.get_by_role("radio").nth(4)).to_be_checked()


def test_skipped_statements_stay_skipped_and_answers_are_kept_when_they_are_changed(phone):
    visit(phone, "/match/")
    phone.get_by_role("radio").nth(4).check()
    phone.get_by_role("button", name="Show my roles").click()
    expect(phone.get_by_text("You answered 1 of")).to_be_visible()

    phone.get_by_role("link", name="Change my answers").click()

    expect(phone.locator("input:checked")).to_have_count(1)
    expect(phone.get_by_role("radio").nth(4)).to_be_checked()


def test_the_page_counts_answers_where_there_is_a_script(page, phone):
    visit(phone, "/match/")
    visit(page, "/match/")
    total = page.locator("fieldset").count()

    expect(phone.get_by_text(f"{total} statements")).to_be_visible()
    expect(page.get_by_text(f"0 of {total} answered")).to_be_visible()
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("radio").nth(8).check()

    expect(page.get_by_text(f"2 of {total} answered")).to_be_visible()


def test_a_friend_who_gets_the_link_sees_the_same(page, new_page):
    visit(page, ANSWERED)
    friend = new_page(viewport=PHONE, color_scheme="dark")

    visit(friend, page.get_by_label("Link to this page").input_value())

    assert order(friend) == order(page)
    assert friend.get_by_role("heading", level=1).inner_text() == page.get_by_role("heading", level=1).inner_text()
    assert friend.locator(".checks li").all_inner_texts() == page.locator(".checks li").all_inner_texts()


def test_a_result_leads_to_a_comparison_of_the_top_and_to_a_plan(phone):
    visit(phone, ANSWERED)
    top = order(phone)[:3]

    phone.get_by_role("link", name="Compare the top 3").click()
    for title in top:
        expect(phone.locator(".compare thead")).to_contain_text(title)

    phone.go_back()
    phone.get_by_role("link", name="Make a plan").first.click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text(top[0])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/match/", ANSWERED])
def test_the_focus_is_always_to_be_seen(new_page, address, width):
    page = new_page(viewport={"width": width, "height": 800})
    visit(page, address)

    found = stops(page)

    # Tab stops at a group of answers once.
    grouped = page.locator("fieldset").count()
    radios = page.locator("input[type=radio]").count()
    assert len(found) == page.evaluate(SHOWN) - radios + grouped
    assert not [stop["html"] for stop in found if not stop["marked"]]
    assert not [stop["html"] for stop in found if not stop["in_sight"]]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_printed_result_is_two_upright_sheets_with_every_reason(page, paper):
    visit(page, ANSWERED)
    reasons = page.locator(".checks li").count()

    printed = Print(page, paper)

    assert len(printed) == 2
    assert printed.is_upright(0)
    assert printed.free(1) >= 2 * SPARE  # what finds no room on the first comes here
    assert len(shown_on_paper(page, ".checks li")) == reasons > 8
    assert shown_on_paper(page, "nav, .btn, button, .share") == []
    assert shown_on_paper(page, ".printed") == [f"Printed from {page.url}"]


def test_an_address_that_was_cut_off_leads_back_to_the_statements(page):
    visit(page, ANSWERED)
    response = page.goto(page.url[:-3])
    page.troubles[:] = [trouble for trouble in page.troubles if "status of 400" not in trouble]

    assert response.status == 400
    page.get_by_role("link", name="Answer the statements").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which role might suit you?")
