"""What readers are told of what changed: on a page, and in an Atom feed."""

import datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from editorial import desk
from editorial.content.kinds import kind_of
from editorial.models import Version
from tests.factories import RoleFactory, SourceFactory, StandardFactory

from .pages import address, text, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATOM = "{http://www.w3.org/2005/Atom}"
REVIEWED = {"reviewed_on": "2026-11-01", "review_due": "2027-05-01"}


def draft_of(item, **changes):
    data = kind_of(type(item)).as_data(type(item).objects.get(pk=item.pk)) | changes
    return desk.save_draft(item, data, opened=desk.newest(item).number)


def publish(item, reason, *, is_news=True, **changes):
    return desk.publish(draft_of(item, **changes), reason=reason, is_news=is_news)


def told_on_page(client):
    return text(tree(client.get("/changes/")).find(".//main"))


def entries(client):
    """(title, summary, link) of each entry of the feed."""
    root = ElementTree.fromstring(client.get("/changes/feed/").content)  # noqa: S314 (our own)
    return [
        (each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}summary"), each.find(f"{ATOM}link").get("href"))
        for each in root.iter(f"{ATOM}entry")
    ]


@pytest.fixture
def role():
    return RoleFactory(published=True, title="Chart developer", slug="chart")


def test_a_change_is_told_with_its_reason_and_what_changed(client, role):
    publish(role, "The rule of 2026 applies.", tagline="After.", promise="After.")

    said = told_on_page(client)

    assert "Chart developer. The rule of 2026 applies.Changed: Tagline, Promise" in said
    assert "New role" not in said
    assert entries(client) == [
        (
            "Changed: Chart developer",
            "The rule of 2026 applies. Changed: Tagline, Promise.",
            "http://testserver/roles/chart/",
        )
    ]


def test_a_first_publication_is_told_as_new(client):
    role = RoleFactory(title="Chart developer", **REVIEWED)
    publish(role, "Asked for by students.", tagline="After.")

    assert "New role: Chart developer. Asked for by students." in told_on_page(client)
    assert "Changed:" not in told_on_page(client)
    assert [title for title, _, _ in entries(client)] == ["New: Chart developer"]


@pytest.mark.twice
def test_the_newest_comes_first_under_its_day(client, role):
    first = publish(role, "Older.", tagline="One.")
    publish(role, "Newer.", tagline="Two.")
    Version.objects.filter(pk=first.pk).update(published_at=datetime.datetime(2026, 1, 31, 9, tzinfo=datetime.UTC))

    said = told_on_page(client)

    assert said.index("Newer.") < said.index("January 31, 2026") < said.index("Older.")
    assert [summary.split(" Changed")[0] for _, summary, _ in entries(client)] == ["Newer.", "Older."]


def test_what_is_not_for_readers_is_not_told(client, role):
    hidden, deleted, secret = RoleFactory(published=True), RoleFactory(published=True), RoleFactory()
    publish(role, "SECRET unmarked", is_news=False, tagline="After.")
    draft = draft_of(role, tagline="SECRET draft")
    Version.objects.filter(pk=draft.pk).update(reason="SECRET reason", is_news=True)
    publish(hidden, "SECRET taken down", tagline="After.")
    desk.take_down(hidden, by=None, reason="SECRET why")
    publish(deleted, "SECRET deleted", tagline="After.")
    desk.remove(deleted, by=None, reason="SECRET removal")
    desk.keep(draft_of(secret, tagline="SECRET page"))
    publish(SourceFactory(), "SECRET source", note="SECRET note")

    assertNotContains(client.get("/changes/"), "SECRET")
    assertNotContains(client.get("/changes/feed/"), "SECRET")
    assertContains(client.get("/changes/"), "Nothing has changed since this site was set up.")


def test_an_undone_publication_is_told_no_more(client, role):
    publish(role, "A mistake.", tagline="Wrong.")
    desk.undo(role, by=None)

    assert "A mistake." not in told_on_page(client)
    assert entries(client) == []


def test_a_change_of_place_is_no_change_to_readers(client, role):
    publish(role, "A reason.", tagline="After.", position=7)

    assert "Changed: Tagline." in entries(client)[0][1]


def test_the_feed_is_valid_atom(client, role):
    version = publish(role, "It <b>matters</b> & more.", tagline="After.")

    response = client.get("/changes/feed/")
    root = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    (entry,) = root.iter(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert root.tag == f"{ATOM}feed"
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"alternate", "self"}
    assert entry.findtext(f"{ATOM}summary").startswith("It <b>matters</b> & more.")
    assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == version.published_at
    assert root.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_each_entry_has_a_name_of_its_own_that_stays(client, role):
    for reason in ("One.", "Two."):
        publish(role, reason, tagline=reason)
    names = [
        [entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(client.get("/changes/feed/").content)  # noqa: S314
         .iter(f"{ATOM}entry")]
        for _ in range(2)
    ]  # fmt: skip

    assert names[0] == names[1] == [f"roles/{role.pk}/3", f"roles/{role.pk}/2"]


def test_control_signs_that_an_editor_pasted_do_not_break_the_feed(client, role):
    publish(role, "Pasted\x0bfrom\x01 elsewhere.", title="Chart\x0c developer")

    (entry,) = entries(client)
    assert entry[:2] == ("Changed: Chart  developer", "Pasted from  elsewhere. Changed: Title.")


@pytest.mark.twice
def test_reasons_are_no_html(client, role):
    publish(role, "<script>alert(1)</script>", tagline="After.")

    assertNotContains(client.get("/changes/"), "<script>alert")


def test_pages_find_the_feed(client):
    link = tree(client.get("/changes/")).find(".//link[@type='application/atom+xml']")

    assert link.get("href") == address("changes-feed")


@pytest.mark.parametrize("where", ["/changes/", "/changes/feed/"])
def test_many_changes_cost_no_more_queries_than_few(client, role, where):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(where).status_code == 200
        return len(queries)

    standard = StandardFactory(published=True)
    publish(standard, "Once.", purpose="After.")
    publish(role, "Once.", tagline="After.")
    cost()
    with_few = cost()
    for number in range(8):
        publish(role, "Again.", tagline=f"After {number}.")

    assert cost() == with_few


def test_older_changes_are_on_the_next_page(client, role):
    for number in range(31):
        publish(role, f"Reason {number}.", tagline=f"After {number}.")

    assert "Reason 0." not in told_on_page(client)
    assertContains(client.get("/changes/", {"page": 2}), "Reason 0.")
    assert len(entries(client)) == 31
    for strange in ("0", "-1", "x", "9" * 40, "\0"):
        assert client.get("/changes/", {"page": strange}).status_code == 200
