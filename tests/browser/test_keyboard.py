"""Everything can be reached, seen and used with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from .addresses import comparison, role, visit

MOST_STOPS = 400

# Everything a reader can act on and that is shown: what Tab has to reach.
CAN_ACT = "a[href], button, input, select, summary, [tabindex='0']"
SHOWN = f"""
() => [...document.querySelectorAll("{CAN_ACT}")].filter((each) => each.checkVisibility({{
  visibilityProperty: true, contentVisibilityAuto: true
}}) && each.type !== "hidden").length
"""

# The control that has the focus: is it marked, and is any of it in sight with nothing on top?
FOCUSED = """
() => {
  const control = document.activeElement;
  if (control === document.body) return null;
  const look = getComputedStyle(control);
  const boxes = [...control.getClientRects()];
  const points = boxes.flatMap((box) => [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) =>
    document.elementFromPoint(box.x + across * box.width, box.y + down * box.height)
  )));
  return {
    html: control.outerHTML.slice(0, 120),
    marked: (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none",
    in_sight: points.some((point) => control.contains(point)),
  };
}
"""


def tab_to(page, locator):
    """Press Tab until the control has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if locator.evaluate("(control) => control === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {locator}")


def stops(page):
    """What gets the focus, one after the other, from the top of the page to its end."""
    found = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        found.append(stop)
    return found


def test_the_first_tab_leads_to_a_link_that_skips_the_header(page):
    visit(page, "/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the main part")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/", "/roles/", "/pay/", role("telemedicine-developer"), comparison(5)])
def test_tab_reaches_everything_and_the_focus_is_always_to_be_seen(new_page, address, width):
    page = new_page(viewport={"width": width, "height": 800})
    visit(page, address)

    found = stops(page)

    assert len(found) == page.evaluate(SHOWN)
    assert not [stop["html"] for stop in found if not stop["marked"]]
    assert not [stop["html"] for stop in found if not stop["in_sight"]]


def test_roles_are_ticked_and_compared(page):
    visit(page, "/roles/")

    for slug in ("ehr-developer", "telemedicine-developer"):
        tab_to(page, page.locator(f"#pick-{slug}"))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Compare"))
    page.keyboard.press("Enter")

    page.wait_for_url("**/compare/?*")
    expect(page.get_by_role("heading", level=1)).to_have_text("EHR and Telemedicine, side by side")


@pytest.mark.parametrize("width", [360, 1280])
def test_filters_are_set_and_taken_away(new_page, width):
    page = new_page(viewport={"width": width, "height": 800})
    visit(page, "/roles/")
    if width == 360:
        tab_to(page, page.get_by_text("Filter roles"))
        page.keyboard.press("Enter")

    tab_to(page, page.get_by_role("checkbox", name="Devices"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Show roles"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/?*category=medical-device-software*")

    remove = page.get_by_role("link", name="remove this filter")
    expect(remove).to_contain_text("Devices")
    tab_to(page, remove)
    page.keyboard.press("Enter")

    expect(remove).to_have_count(0)
    expect(page.get_by_role("heading", name="5 roles")).to_be_visible()


def test_a_search_is_sent_with_enter(page):
    visit(page, "/roles/")

    tab_to(page, page.get_by_label("Search roles"))
    page.keyboard.type("scans")
    page.keyboard.press("Enter")

    page.wait_for_url("**/roles/?q=scans*")
    expect(page.locator(".roles h3").first).to_have_text("Medical imaging developer")


@pytest.mark.parametrize(
    ("address", "summary"),
    [("/", "Sources of these figures"), (role("ehr-developer"), "Read the week as a list")],
)
def test_details_open_and_close_with_enter(page, address, summary):
    visit(page, address)
    details = page.locator("details", has_text=summary)

    tab_to(page, page.get_by_text(summary, exact=True))
    page.keyboard.press("Enter")
    expect(details.get_by_role("list").first).to_be_visible()

    page.keyboard.press("Enter")
    expect(details.get_by_role("list").first).to_be_hidden()
