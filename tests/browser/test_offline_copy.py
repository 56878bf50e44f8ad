"""The site on a stick, with the real content: from a folder and from a plain web server, with the network off."""

import functools
import http.server
import re
import threading

import pytest
from playwright.sync_api import expect

from tests.careers.judged_queries import mean_reciprocal_rank, places
from tests.offline.files import broken_links, files_in

from . import axe
from .addresses import ROLES
from .conftest import manage

PAIR = "compare/role-ehr-developer_role-telemedicine-developer/index.html"
# Where the copy differs from the site in more than its links.
REWRITTEN = [
    "START-HERE.html",
    "roles/index.html",
    "compare/index.html",
    "search/index.html?q=telemedecine",
    "match/index.html",
    "my-skills/index.html",
    "advisors/worksheets/compare/index.html",
]
ON_A_SERVER = ["index.html", "search/?q=telemedecine", PAIR.removesuffix("index.html")]


@pytest.fixture(scope="session")
def stick(filled, tmp_path_factory):
    """A folder with the copy of the real site, made once for all tests."""
    folder = tmp_path_factory.mktemp("stick") / "careers"
    manage(filled, "export_site", str(folder))
    return folder


@pytest.fixture
def open_copy(browser, stick):
    """Opens windows that know no network, as on a machine with nothing but the stick: `open_copy("index.html")`."""
    windows = []

    def open_copy(file="index.html", base="", **options):
        base = base or stick.as_uri()
        options = {"viewport": {"width": 1280, "height": 800}} | options
        page = browser.new_context(**options).new_page()
        page.troubles = []
        page.on("console", lambda message: message.type in ("error", "warning") and page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("requestfailed", lambda request: page.troubles.append(f"not loaded: {request.url}"))
        page.on("request", lambda request: request.url.startswith(base) or page.troubles.append(request.url))
        windows.append(page)
        page.goto(f"{base}/{file}")
        return page

    yield open_copy
    troubles = [trouble for page in windows for trouble in page.troubles]
    for page in windows:
        page.context.close()
    assert not troubles


def test_no_link_of_the_real_copy_is_broken(stick):
    files = files_in(stick)

    assert len([name for name in files if name.endswith("index.html")]) > 150
    assert broken_links(files) == []


def test_axe_finds_nothing_where_the_copy_differs_from_the_site(open_copy, stick):
    found = faults_of(open_copy, stick.as_uri(), REWRITTEN)

    assert not found, "\n".join(found)


def faults_of(open_copy, base, files):
    """What axe finds on these pages of the copy, on a phone and on a desk."""
    windows = [open_copy(base=base, viewport={"width": width, "height": 800}) for width in (360, 1280)]
    for window in windows:
        axe.prepare(window)
    found = []
    for file in files:
        for window in windows:
            window.goto(f"{base}/{file}")
        found += [f"{file} {fault}" for fault in axe.faults(*windows)]
    return found


def test_the_search_finds_fhir_from_the_keyboard_without_a_network(open_copy):
    page = open_copy()
    page.get_by_role("searchbox", name="Search this site").focus()
    page.keyboard.type("FHIR")
    page.keyboard.press("Enter")

    results = page.locator("[data-results]")
    results.get_by_role("heading", name="results for “FHIR”").wait_for()
    results.get_by_role("link", name="HL7 FHIR").first.click()

    page.wait_for_url(re.compile("/(standards/fhir|skills/hl7-fhir)/index.html$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("FHIR")


def test_the_search_answers_the_judged_searches_as_well_as_the_site(open_copy):
    page = open_copy("search/index.html")

    def search(q):
        found = page.evaluate("(q) => offlineSearch(q).found.map(({kind, key}) => [kind, key])", q)
        return [type("Entry", (), {"kind": kind, "key": key}) for kind, key in found]

    assert mean_reciprocal_rank(places(search)) >= 0.9


def test_forms_lead_to_pages_of_the_copy(open_copy):
    page = open_copy("compare/index.html")
    page.get_by_label("Telemedicine developer").check()
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_text("The copy holds no page for that choice.")).to_be_visible()
    page.get_by_label("EHR developer").check()
    page.get_by_role("button", name="Compare side by side").click()
    page.wait_for_url(f"**/{PAIR}")

    page.get_by_label("Add a role").select_option(label="Medical imaging developer")
    page.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator(".compare thead th")).to_have_count(3)


def test_the_list_of_roles_is_searched_and_filtered(open_copy):
    page = open_copy("roles/index.html?skill=dicom-imaging")
    shown = page.locator(".roles > li:visible")
    expect(shown.locator("h3")).to_have_text(["Medical imaging developer"])

    page.get_by_label("DICOM and DICOMweb").uncheck()
    expect(shown).to_have_count(len(ROLES))
    page.get_by_label("Search roles").fill("telemedecine")
    page.get_by_role("button", name="Search").click()

    expect(shown.locator("h3", has_text="Telemedicine developer")).to_be_visible()
    expect(shown).not_to_have_count(len(ROLES))


def test_without_a_script_nothing_is_dead_and_lists_lead_on(open_copy):
    page = open_copy("search/index.html", java_script_enabled=False)
    assert page.locator("form:visible, input:visible").count() == 0
    page.get_by_role("link", name="EHR developer").first.click()
    page.get_by_role("link", name="Compare", exact=True).first.click()

    expect(page.get_by_role("link", name="EHR / Telemedicine: roles compared", exact=True)).to_be_visible()
    assert page.locator("form:visible, input:visible").count() == 0


@pytest.fixture
def plain_server(stick):
    """The copy behind Python's own web server, which knows nothing of this project."""
    handler = functools.partial(QuietHandler, directory=stick)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield "http://{}:{}".format(*server.server_address)
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


def test_axe_finds_nothing_on_a_plain_web_server(open_copy, plain_server):
    found = faults_of(open_copy, plain_server, ON_A_SERVER)

    assert not found, "\n".join(found)


def test_a_plain_web_server_serves_it_too(open_copy, plain_server):
    page = open_copy("search/?q=dicm", base=plain_server)

    expect(page.locator("[data-results] h3").first).to_have_text(re.compile("^DICOM( and DICOMweb)?$"))
    page.get_by_role("link", name="Roles", exact=True).first.click()
    expect(page.locator(".roles > li:visible")).to_have_count(len(ROLES))
