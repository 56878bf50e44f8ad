"""Everything works with scripts off, by clicks; what needs a script shows up only where there is one."""

import pytest
from playwright.sync_api import expect

from .addresses import comparison, plan, role, visit

NEEDS_SCRIPT = "[data-copy], [data-print]"


@pytest.fixture
def plain(new_page):
    """A phone with scripts switched off."""
    return new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False)


def results(page):
    """The names of the roles that are listed. Waits until the page is whole: after a click it may still be coming."""
    page.wait_for_load_state()
    return page.locator(".roles h3").all_inner_texts()


def compared(page):
    """The short names of the roles side by side, as the page offers to remove them. Waits until the page is whole."""
    page.wait_for_load_state()
    return (
        page.get_by_role("listitem")
        .filter(has=page.get_by_role("link", name="Remove"))
        .locator("> a:first-of-type")
        .all_inner_texts()
    )


def test_roles_are_searched(plain):
    visit(plain, "/")
    plain.get_by_role("navigation", name="Main").get_by_role("link", name="Roles").click()

    plain.get_by_label("Search roles").fill("x-ray")
    plain.get_by_role("button", name="Search").click()

    assert plain.url.endswith("/roles/?q=x-ray")
    assert results(plain) == ["Medical imaging developer"]
    expect(plain.get_by_label("Search roles")).to_have_value("x-ray")


def test_filters_are_set_and_taken_away(plain):
    visit(plain, "/roles/")
    plain.get_by_text("Filter roles").click()
    plain.get_by_role("checkbox", name="Devices").check()
    plain.get_by_role("checkbox", name="DICOM").check()
    plain.get_by_role("button", name="Show roles").click()
    both = results(plain)

    chosen = plain.get_by_role("list", name="Filters that are on").get_by_role("link")
    expect(chosen).to_have_count(2)
    chosen.filter(has_text="DICOM").click()
    one = results(plain)

    expect(chosen).to_have_count(1)
    chosen.click()
    expect(chosen).to_have_count(0)
    assert 0 < len(both) < len(one) < len(results(plain)) == 5


def test_a_search_that_finds_nothing_leads_on(plain):
    visit(plain, "/roles/?q=zebra")

    plain.get_by_role("link", name="See all roles").click()

    assert len(results(plain)) == 5


def test_roles_are_compared_added_and_removed(plain):
    visit(plain, "/roles/")
    plain.get_by_label("Compare EHR developer").check()
    plain.get_by_label("Compare Telemedicine developer").check()
    expect(plain.get_by_text("Ticked:")).to_be_visible()
    plain.get_by_role("button", name="Compare").click()
    assert compared(plain) == ["EHR", "Telemedicine"]

    plain.get_by_label("Add a role").select_option("Medical imaging developer")
    plain.get_by_role("button", name="Add").click()
    assert compared(plain) == ["EHR", "Telemedicine", "Imaging"]

    plain.get_by_role("link", name="Remove EHR developer").click()
    assert compared(plain) == ["Telemedicine", "Imaging"]


def test_only_differences_are_shown_and_stay_when_a_role_is_added(plain):
    visit(plain, comparison(2))
    rows = plain.locator(".compare tbody tr")
    everything = rows.count()

    plain.get_by_role("link", name="Only differences").click()
    plain.wait_for_load_state()
    assert 0 < rows.count() < everything

    plain.get_by_label("Add a role").select_option("Telemedicine developer")
    plain.get_by_role("button", name="Add").click()
    assert "only=differences" in plain.url

    plain.get_by_role("link", name="Show everything").click()
    assert "only=differences" not in plain.url
    assert compared(plain) == ["EHR", "Imaging", "Telemedicine"]


def test_too_few_ticks_lead_to_the_picker_with_the_tick_kept(plain):
    visit(plain, role("ehr-developer"))
    plain.get_by_role("main").get_by_role("link", name="Compare", exact=True).click()

    expect(plain.get_by_role("checkbox", name="EHR developer")).to_be_checked()
    plain.get_by_role("checkbox", name="Telemedicine developer").check()
    plain.get_by_role("button", name="Compare side by side").click()

    assert compared(plain) == ["EHR", "Telemedicine"]


def test_a_role_leads_to_its_plan(plain):
    visit(plain, role("telemedicine-developer"))

    plain.get_by_role("link", name="Make a plan").first.click()

    assert plain.url.endswith(plan("telemedicine-developer"))
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Telemedicine developer")


def test_a_skill_marked_once_counts_on_the_role_the_comparison_and_the_plan(plain):
    visit(plain, role("ehr-developer"))
    plain.get_by_role("link", name="Mark the skills you have").click()
    plain.get_by_role("checkbox", name="Security").check()
    plain.get_by_role("checkbox", name="Usability").check()
    plain.get_by_role("button", name="Show what I have").click()

    assert plain.url.endswith("/roles/ehr-developer/?have=security&have=usability#skills")
    expect(plain.get_by_text("You already have 2 of the 18 this role needs.")).to_be_in_viewport()
    expect(plain.get_by_text("You have this")).to_have_count(2)

    plain.get_by_role("link", name="Compare with").click()
    expect(plain.get_by_role("row", name="Skills you already have")).to_contain_text("2 of 18")
    plain.get_by_role("link", name="EHR", exact=True).click()
    plain.get_by_role("link", name="Make a plan", exact=True).click()
    expect(plain.get_by_text("You already have 2 of the 18 skills")).to_be_visible()


def test_sources_go_on_on_the_next_page(plain):
    visit(plain, "/sources/")
    first = plain.locator(".source-list li").first.inner_text()

    plain.get_by_role("link", name="Next page").click()
    expect(plain.get_by_text("Page 2 of")).to_be_visible()
    assert plain.locator(".source-list li").first.inner_text() != first

    plain.get_by_role("link", name="Previous page").click()
    assert plain.locator(".source-list li").first.inner_text() == first


@pytest.mark.parametrize("address", [role("ehr-developer"), plan("ehr-developer"), comparison(2), "/skills/security/"])
def test_buttons_that_need_a_script_show_up_only_with_one(plain, page, address):
    visit(plain, address)
    visit(page, address)

    buttons = plain.locator(NEEDS_SCRIPT)
    assert buttons.count() >= 2
    assert not any(button.is_visible() for button in buttons.all())
    expect(plain.get_by_label("Link to this page")).to_have_value(plain.url)
    for button in page.locator(NEEDS_SCRIPT).all():
        button.evaluate("(button) => button.closest('details')?.setAttribute('open', '')")
        expect(button).to_be_visible()


@pytest.mark.parametrize("address", [role("ehr-developer"), comparison(3, "&only=differences")])
def test_the_link_is_copied_and_the_page_says_so(new_page, address):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    visit(page, address)
    said = page.locator(".share").get_by_text("Copied. Paste it wherever you like.")
    expect(said).to_be_hidden()

    page.get_by_role("button", name="Copy link").click()

    expect(said).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_print_button_prints(page):
    page.add_init_script("window.print = () => { document.title = 'printed'; };")
    visit(page, plan("ehr-developer"))

    page.get_by_role("button", name="Print this plan").click()

    expect(page).to_have_title("printed")
