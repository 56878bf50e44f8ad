"""An embed on a page of another site, in a real browser: it is shown, tells its height, and opens windows."""

import http.server
import threading
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from careers.frames import ROLE_HEIGHT, WIDTH

from .addresses import ROLES, comparison, role, visit

# The page of a learning platform that uses the height, as docs/decisions/0017-what-may-be-framed.md shows it.
LISTENER = """
window.told = [];
addEventListener("message", ({ data, source }) => {
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === source && data?.type === "careers:height") frame.height = data.height;
  }
  window.told.push(data);
});
"""


class Lesson(http.server.BaseHTTPRequestHandler):
    """A page of another origin, whose body is the query of its address."""

    def do_GET(self):
        body = urllib.parse.unquote_plus(self.path.partition("?")[2])
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Lesson</title><script>{LISTENER}</script>{body}".encode())

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def other_site():
    """Serve lessons on a port of their own: another origin. Yields its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Lesson) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield "http://{}:{}".format(*server.server_address)
        server.shutdown()


@pytest.fixture
def lesson(browser, other_site):
    """lesson(html, **options) opens a page of the other site that holds this HTML."""
    contexts = []

    def lesson(html, **options):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 800}, **options))
        page = contexts[-1].new_page()
        page.goto(f"{other_site}/?{urllib.parse.quote_plus(html)}")
        return page

    yield lesson
    for context in contexts:
        context.close()


def copied(page):
    """The line of HTML that the open page offers."""
    return page.locator("#embed-code").input_value()


def test_the_copied_line_shows_a_role_on_another_site_as_high_as_it_is(page, site, lesson):
    visit(page, role("ehr-developer"))
    there = lesson(f'<div style="width: {WIDTH}px">{copied(page)}</div>')

    inside = there.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1, name="EHR developer")).to_be_visible()
    there.wait_for_function("window.told.length > 0")

    there.frames[1].wait_for_function("innerHeight === Math.ceil(document.body.getBoundingClientRect().height)")
    told = there.evaluate("window.told")
    assert [each.keys() for each in told] == [{"type", "height"}] * len(told)
    assert told[-1]["height"] == there.frames[1].evaluate("innerHeight")
    assert there.context.cookies() == []
    with there.context.expect_page() as window:
        inside.get_by_role("link", name="Read the whole page").click()
    assert window.value.url == f"{site}/roles/ehr-developer/"


def test_without_scripts_every_role_fits_into_the_frame_that_is_offered(new_page):
    page = new_page(viewport={"width": WIDTH, "height": 800}, java_script_enabled=False)
    for slug in ROLES:
        visit(page, f"/embed/roles/{slug}/")

        assert page.locator("body").bounding_box()["height"] <= ROLE_HEIGHT, slug


def test_a_comparison_is_shown_on_another_site_and_follows_the_readers_dark_scheme(page, lesson):
    visit(page, comparison(2))
    there = lesson(copied(page), color_scheme="dark")

    inside = there.frame_locator("iframe")

    expect(inside.get_by_role("table")).to_be_visible()
    assert inside.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(15, 26, 29)"


@pytest.mark.parametrize("path", [role("ehr-developer"), comparison(2), "/", "/admin/login/", "/match/"])
def test_any_other_page_refuses_the_frame(site, lesson, path):
    there = lesson(f'<iframe src="{site}{path}" width="600" height="400"></iframe>')

    there.wait_for_timeout(300)

    assert there.frames[1].url.startswith("chrome-error:")


def test_the_button_copies_the_line_and_says_so_beside_it(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    visit(page, role("ehr-developer"))

    page.get_by_text("Put this on your own page").click()
    page.get_by_role("button", name="Copy the HTML").click()

    expect(page.locator("[data-copied='embed-code']")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == copied(page)
