"""What stands in a copy of the site, and what does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from careers.calendar_file import Event, calendar
from editorial.models import Version
from offline.export import Changed, as_of, export
from offline.harvest import Answer, gather
from offline.standalone import NOWHERE
from tests import factories
from tests.outlook.factories import ReleaseFactory

from .conftest import HIDDEN, LIVE
from .files import broken_links, files_in, pages_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module", params=["copy", "copy_with_address"])
def either_copy(request):
    """The copy made without, and with, the address of the site."""
    return request.getfixturevalue(request.param)


def test_every_link_leads_to_a_file_and_to_its_place_on_the_page(either_copy):
    assert broken_links(either_copy) == []


def test_a_broken_link_would_be_found():
    page = (
        b'<a href="b/index.html#x">1</a><a href="/c/">2</a><a href="#y">3</a><img src="d.png"><a href="#z" id="z">4</a>'
    )
    files = {"index.html": page, "b/index.html": b"", "a.css": b"p { background: url('e.svg') }"}

    assert [link for _, link in broken_links(files)] == ["b/index.html#x", "/c/", "#y", "d.png", "e.svg"]


def test_every_kind_of_page_and_download_is_there(copy):
    slugs = {"role": "one"}
    for name in (
        "index.html",
        "START-HERE.html",
        f"roles/{slugs['role']}/index.html",
        "plan/one/index.html",
        "plan/one/format-ics.ics",
        "pay/one/index.html",
        "compare/index.html",
        "compare/role-one_role-other/index.html",
        "compare/role-one_role-other_role-third/index.html",
        "compare/only-differences_role-one_role-other/index.html",
        "compare/format-csv_role-one_role-other.csv",
        "skills/index.html",
        "skills/kind-healthcare/index.html",
        "software/index.html",
        "match/index.html",
        "privacy/index.html",
    ):
        assert name in copy


def test_no_word_of_a_draft_is_in_it(copy):
    assert Version.objects.filter(state=Version.State.WAITING).exists()
    assert [name for name, body in copy.items() if HIDDEN in name or HIDDEN.encode() in body] == []


@pytest.mark.twice
def test_the_same_content_makes_the_same_bytes(copy, tmp_path):
    export(tmp_path / "again")

    assert files_in(tmp_path / "again") == copy


def test_what_is_overdue_is_told_as_of_the_day_of_the_copy(small_site, tmp_path):
    """Not as of the day it was made: the next copy would differ though nothing changed."""
    now = timezone.now()
    Version.objects.filter(published_at__isnull=False).update(published_at=now - timedelta(days=10))
    for slug, days in (("since", 9), ("before", 11)):
        due = (now - timedelta(days=days)).date()
        reviewed = due - timedelta(days=90)
        factories.StandardFactory(slug=slug, published=True, reviewed_on=reviewed, review_due=due)

    export(tmp_path / "copy")

    told = {
        slug: b"was due for review on" in (tmp_path / f"copy/standards/{slug}/index.html").read_bytes()
        for slug in ("since", "before")
    }
    assert told == {"since": False, "before": True}


@pytest.mark.twice
@pytest.mark.parametrize(
    "change",
    [lambda: factories.VersionFactory(published_at=timezone.now()), lambda: ReleaseFactory()],
    ids=["a page is published", "figures are imported"],
)
def test_a_change_during_the_run_stops_it_and_writes_nothing(small_site, tmp_path, monkeypatch, change):
    def gather_while_it_changes(starting_points):
        harvest = gather(starting_points)
        change()
        return harvest

    monkeypatch.setattr("offline.export.gather", gather_while_it_changes)

    with pytest.raises(Changed):
        export(tmp_path / "copy")

    assert not list(tmp_path.iterdir())


def test_every_page_says_what_it_is_and_of_which_day(either_copy):
    newest = Version.objects.live().order_by("published_at").last().published_at

    for name, page in pages_in(either_copy).items():
        line = page.css_first(".copy-line")
        assert (name, line.css_first("time").attributes["datetime"]) == (name, f"{newest:%Y-%m-%d}")


def test_no_page_can_run_or_load_anything_of_others(either_copy):
    for name, page in pages_in(either_copy).items():
        head = [each for each in page.head.iter() if each.tag == "meta"]
        assert head[0].attributes == {"charset": "utf-8"}
        assert head[1].attributes["http-equiv"] == "Content-Security-Policy", name
        assert "default-src 'none'" in head[1].attributes["content"]
        assert "unsafe" not in head[1].attributes["content"]
        # Browsers refuse modules, and drawings in other files, to a page from a folder.
        assert [each.html for each in page.css("script[type=module], link[rel=manifest], use:not([href^='#'])")] == []
        assert [each.html for each in page.css("script:not([src], [type='application/ld+json'])")] == []


def test_no_form_is_dead(either_copy):
    """Each leads to a page of the copy and waits for the script that makes it work, or has given way to a sentence."""
    forms = [(name, form) for name, page in pages_in(either_copy).items() for form in page.css("form")]

    assert {form.attributes["data-offline"] for _, form in forms} == {"search", "filter", "pages"}
    for name, form in forms:
        assert (name, form.attributes["method"], "hidden" in form.attributes) == (name, "get", True)
    for page in ("match/index.html", "plan/one/index.html"):
        assert b"<form" not in either_copy[page]
        assert b"This part needs the site itself" in either_copy[page]


def test_without_a_script_links_lead_where_the_forms_would(copy):
    pages = pages_in(copy)
    compare = {each.attributes["href"] for each in pages["compare/index.html"].css("[data-choices] a")}
    found = {each.attributes["href"] for each in pages["search/index.html"].css("[data-everything] a")}

    assert {"../compare/role-one_role-other/index.html", "../compare/role-other_role-third/index.html"} <= compare
    assert "../roles/one/index.html" in found


def test_with_the_address_of_the_site_what_needs_it_leads_there(copy_with_address):
    page = pages_in(copy_with_address)["roles/one/index.html"]

    assert page.css_first("link[rel=canonical]").attributes["href"] == f"{LIVE}/roles/one/"
    assert page.css_first("#share-link").attributes["value"] == f"{LIVE}/roles/one/"
    reports = [each for each in page.css("a") if "/feedback/" in each.attributes["href"]]
    assert reports
    assert {each.attributes["href"].partition("?")[0] for each in reports} == {f"{LIVE}/feedback/"}
    assert f'<a href="{LIVE}/match/"' in copy_with_address["match/index.html"].decode()


def test_codes_for_phones_are_drawn_into_the_pages(copy_with_address):
    """No page may load a picture from the site: the network may be off, and the policy of the copy forbids it."""
    for name, page in pages_in(copy_with_address).items():
        assert [each.html for each in page.css("img[src^=http]")] == [], name
    page = pages_in(copy_with_address)["roles/one/index.html"]
    assert len(page.css("svg.qr[role=img][aria-label]")) == 2  # to scan, and on paper


def test_sheets_about_roles_are_there_and_lead_nowhere_unless_the_site_is_known(copy, copy_with_address):
    sheet = "advisors/worksheets/compare/role-one_role-other/index.html"

    assert "advisors/worksheets/project/role-one/index.html" in copy
    assert not {name for name in copy if name.startswith("my-skills/")} - {"my-skills/index.html"}
    without, known = pages_in(copy)[sheet], pages_in(copy_with_address)[sheet]
    assert without.css(".sheet .qr") == []
    assert "Read more at" not in without.body.text()
    assert len(known.css(".sheet .qr path")) > 0
    assert f"Read more at {LIVE}/compare/?role=one&role=other." in known.body.text()


def test_without_it_nothing_claims_to_know_one(copy):
    assert [name for name, body in copy.items() if NOWHERE.encode() in body] == []
    page = pages_in(copy)["roles/one/index.html"]
    assert page.css("link[rel=canonical], meta[property^='og:'], .share, .printed") == []
    assert {"../../START-HERE.html#needs-site"} == {
        each.attributes["href"] for each in page.css("a") if "Report" in each.text()
    }


def test_a_calendar_is_the_same_on_any_day():
    def made(day):
        events = [Event("1", day.date(), "Read", "", f"{NOWHERE}/plan/one/")]
        return Answer("/plan/one/", "plan/one.ics", calendar("Plan", events, day))

    newest = datetime(2026, 11, 22, 15, tzinfo=UTC)
    first = as_of(newest, made(datetime(2027, 1, 5, 9, 30, tzinfo=UTC)))
    second = as_of(newest, made(datetime(2027, 3, 31, 23, 59, tzinfo=UTC)))

    assert first == second
    assert b"DTSTART;VALUE=DATE:20261122\r\nDTEND;VALUE=DATE:20261123\r\n" in first
