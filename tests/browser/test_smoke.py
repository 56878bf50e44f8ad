"""The site stands up: the first page opens in a real browser."""

from playwright.sync_api import expect


def test_home_opens_without_console_errors_or_foreign_requests(page):
    response = page.goto("/")

    assert response.status == 200
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()


def test_home_reads_the_same_with_scripts_off_on_a_small_dark_phone(page, new_page):
    phone = new_page(viewport={"width": 320, "height": 640}, color_scheme="dark", java_script_enabled=False)

    page.goto("/")
    phone.goto("/")

    assert phone.locator("h1").inner_text() == page.locator("h1").inner_text()
    assert phone.locator("body").bounding_box()["width"] <= 320


def test_every_icon_is_drawn(page):
    for address in ("/", "/standards/", "/roles/ehr-developer/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        widths = page.locator(".icon use").evaluate_all("(uses) => uses.map((use) => use.getBBox().width)")

        assert widths
        assert min(widths) > 0


def test_a_foreign_request_is_noticed(page):
    page.goto("/")
    page.evaluate("new Image().src = 'https://example.org/pixel.png'")
    page.wait_for_timeout(200)

    assert any("example.org" in trouble for trouble in page.troubles)
    page.troubles.clear()
