"""Pages that were opened can be read again without a network, until the reader or the operator says no."""

import time
from urllib.parse import urlsplit

import pytest

from offline.views import MOST_PAGES

from .addresses import role
from .conftest import serving

# Forms, drafts, answers, skills and searches: devices in schools are shared.
PRIVATE = [
    "/offline/",
    "/feedback/",
    "/class/",
    f"{role('ehr-developer')}?preview=x",
    "/match/?a=151515",
    "/match/result/?s1=5",
    f"{role('ehr-developer')}?have=security",
    "/my-skills/?have=security",
    "/search/?q=fhir",
    "/no-such-page/",
]
READY = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = """async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith("kept-pages-")).map(
    async (name) => (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname + new URL(url).search)
))).flat()"""


@pytest.fixture
def reader(new_page):
    """A window whose browser keeps pages; it has opened the start page, and the worker is at work."""
    page = new_page(service_workers="allow")
    page.goto("/")
    wait_until(page, READY)
    wait_until_kept(page, "/")
    return page


def wait_until(page, holds, what=None):
    """Ask the page again and again; Playwright's own wait takes a promise for an answer."""
    end = time.monotonic() + 30
    while not page.evaluate(holds, what):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(100)


def wait_until_kept(page, address):
    wait_until(page, f"async (address) => (await ({KEPT})()).includes(address)", address)


def forget_network_troubles(page):
    """The console notes what the worker could not reach; that is what these tests are about."""
    page.troubles[:] = [each for each in page.troubles if "ERR_INTERNET_DISCONNECTED" not in each]


def test_a_page_that_was_opened_reads_on_without_a_network(reader):
    reader.goto(role("ehr-developer"))
    wait_until_kept(reader, role("ehr-developer"))
    reader.context.set_offline(True)

    reader.reload()

    assert reader.get_by_role("heading", level=1).text_content() == "EHR developer"
    assert reader.evaluate("() => [...document.styleSheets].every(({cssRules}) => cssRules.length)")
    forget_network_troubles(reader)


def test_for_a_page_that_is_not_kept_stands_the_list_of_those_that_are(reader):
    reader.goto(role("ehr-developer"))
    wait_until_kept(reader, role("ehr-developer"))
    reader.context.set_offline(True)

    reader.goto("/trends/")

    assert reader.get_by_text("You are offline, and this device has not kept the page").is_visible()
    reader.get_by_role("link", name="EHR developer").click()
    assert reader.get_by_role("heading", level=1).text_content() == "EHR developer"
    forget_network_troubles(reader)


def test_only_the_last_pages_are_kept_and_none_that_is_private(reader):
    for address in PRIVATE:
        reader.goto(address)
    reader.evaluate(
        """async (most) => {
            const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("kept-pages-")));
            for (let number = 0; number < most; number += 1) await cache.put(`/old/${number}/`, new Response("old"));
        }""",
        MOST_PAGES,
    )

    reader.goto(role("telemedicine-developer"))
    wait_until_kept(reader, role("telemedicine-developer"))
    wait_until(reader, f"async () => (await ({KEPT})()).length === {MOST_PAGES}")

    kept = reader.evaluate(KEPT)
    assert "/old/0/" not in kept
    assert [each for each in kept if not each.startswith(("/old/", "/roles/telemedicine-developer/"))] == []
    reader.troubles[:] = [each for each in reader.troubles if "status of 404" not in each]


def test_a_page_that_was_taken_back_or_moved_is_not_shown_again(reader):
    gone, moved = "/roles/gone/", "/standards"
    reader.evaluate(
        """async (addresses) => {
            const cache = await caches.open((await caches.keys()).find((name) => name.startsWith("kept-pages-")));
            for (const each of addresses) await cache.put(each, new Response("old"));
        }""",
        [gone, moved],
    )

    for address in (gone, moved):
        reader.goto(address)
        wait_until(reader, f"async (address) => !(await ({KEPT})()).includes(address)", address)

    reader.context.set_offline(True)
    reader.goto(gone)
    assert reader.get_by_text("You are offline, and this device has not kept the page").is_visible()
    reader.troubles[:] = [each for each in reader.troubles if "status of 404" not in each]
    forget_network_troubles(reader)


def test_the_reader_can_remove_them(reader):
    reader.goto(role("ehr-developer"))
    wait_until_kept(reader, role("ehr-developer"))
    reader.goto("/privacy/")
    reader.get_by_role("link", name="See and remove them").click()
    reader.get_by_role("button", name="Remove these pages from this device").click()

    reader.get_by_text("No page is kept on this device.").wait_for()
    assert reader.evaluate(KEPT) == []


def test_switched_off_the_worker_goes_and_takes_everything_along(filled, browser, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    with serving(filled, tmp_path) as address:
        page.goto(address)
        wait_until(page, READY)
        page.goto(f"{address}/roles/")
        assert page.evaluate("() => caches.keys()")

    with serving(filled, tmp_path, port=urlsplit(address).port, OFFLINE_READING="off"):
        page.goto(address)
        page.reload()  # a browser may show what it read some seconds ago
        assert page.locator("script[src*=keep-pages]").count() == 0
        wait_until(page, "async () => !(await navigator.serviceWorker.getRegistration())")
        assert page.evaluate("() => caches.keys()") == []
    context.close()
