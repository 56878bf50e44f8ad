"""A page is drawn from a replica only when nobody can tell, and never kept as newer than it is."""

import socket
from types import SimpleNamespace

import psycopg2
import pytest
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.test.utils import CaptureQueriesContext

from delivery import replica
from delivery.pages import Pages
from delivery.replica import REPLICA, reading
from delivery.watch import Watch
from roles.models import Role
from tests.careers.pages import address
from tests.factories import RoleFactory

from .serving import LooksWhenAsked, get

STAFF = {"cookie": "sessionid=of-somebody"}


class Seen(Watch):
    """What the looks at a database have found."""

    def __init__(self, database, stamp, *, answers=True):
        super().__init__(database)
        self.stamp, self._has_failed = stamp, not answers

    def start(self):
        pass

    def look_now(self):
        pass


@pytest.fixture
def without_databases(monkeypatch):
    nothing = SimpleNamespace(vendor="sqlite", connection=None)
    monkeypatch.setattr(replica, "connections", dict.fromkeys([DEFAULT_DB_ALIAS, REPLICA], nothing))


@pytest.fixture
def site(without_databases):
    """site(primary, replica) of two Seen is a site whose pages say which database drew them. It keeps what it drew.

    `broken` are the databases that a page cannot be drawn from.
    """
    broken = set()

    def application(environ, start_response):
        drawn_from = replica._reads.get()
        start_response("500 Broken" if drawn_from in broken else "200 OK", [("Content-Type", "text/html")])
        return [drawn_from.encode()]

    def made(primary, other, *, breaks=()):
        broken.update(breaks)
        pages = Pages(application, watch=primary)
        pages.databases.replica = other
        return pages

    return made


def seen(primary, other, *, gone=()):
    stamps = {DEFAULT_DB_ALIAS: primary, REPLICA: other}
    return [Seen(name, stamp, answers=name not in gone) for name, stamp in stamps.items()]


def drawn(pages, **headers):
    """Which database drew the page, and the state of the content it is kept under."""
    _, _, body = get(pages, "/", **headers)
    copies = list(pages.memory._copies.values())
    return body.decode(), copies[-1].stamp if copies else None


@pytest.mark.once
@pytest.mark.parametrize(
    ("primary", "other", "gone", "breaks", "expected"),
    [
        ("2", "2", [], [], (REPLICA, "2")),
        ("2", "1", [], [], (DEFAULT_DB_ALIAS, "2")),
        ("1", "2", [], [], (DEFAULT_DB_ALIAS, "1")),
        ("2", None, [], [], (DEFAULT_DB_ALIAS, "2")),
        ("2", "2", [REPLICA], [], (DEFAULT_DB_ALIAS, "2")),
        ("2", "2", [], [REPLICA], (DEFAULT_DB_ALIAS, "2")),
        ("2", "2", [DEFAULT_DB_ALIAS], [DEFAULT_DB_ALIAS], (REPLICA, "2")),
        ("2", "1", [DEFAULT_DB_ALIAS], [DEFAULT_DB_ALIAS], (REPLICA, "1")),
        ("2", "1", [], [DEFAULT_DB_ALIAS], (REPLICA, "1")),
        (None, "1", [DEFAULT_DB_ALIAS], [], (REPLICA, "1")),
        (None, "1", [], [], (REPLICA, "1")),
    ],
    ids=[
        "level",
        "behind",
        "ahead of the last look",
        "never seen",
        "gone",
        "broken before anybody noticed",
        "primary gone",
        "primary gone and replica behind",
        "primary broken before anybody noticed",
        "primary gone from the start",
        "primary not seen yet",
    ],
)
def test_a_page_is_kept_as_what_it_was_drawn_from(site, primary, other, gone, breaks, expected):
    assert drawn(site(*seen(primary, other, gone=gone), breaks=breaks)) == expected


@pytest.mark.once
def test_a_page_of_a_replica_that_was_behind_is_drawn_again_once_the_primary_is_back(site):
    primary, other = seen("2", "1", gone=[DEFAULT_DB_ALIAS])
    pages = site(primary, other)
    assert drawn(pages) == (REPLICA, "1")

    primary._has_failed = False

    assert drawn(pages) == (DEFAULT_DB_ALIAS, "2")


@pytest.mark.once
@pytest.mark.parametrize("edited", ["2", "4"], ids=["as it was drawn", "edited since"])
@pytest.mark.parametrize(
    ("of_replica", "expected"), [("1", (DEFAULT_DB_ALIAS, "2")), ("3", (REPLICA, "3"))], ids=["older", "newer"]
)
def test_without_the_primary_no_copy_is_replaced_by_an_older_one(site, edited, of_replica, expected):
    primary, other = seen("2", "1")
    pages = site(primary, other)
    assert drawn(pages) == (DEFAULT_DB_ALIAS, "2")

    primary._has_failed, primary.stamp, other.stamp = True, edited, of_replica

    assert drawn(pages) == expected


@pytest.mark.once
def test_a_restored_backup_shows_although_it_is_older(site):
    primary, other = seen("2", "2")
    pages = site(primary, other)
    drawn(pages)

    primary.stamp = other.stamp = "1"

    assert drawn(pages) == (REPLICA, "1")


@pytest.mark.once
def test_while_no_database_answers_the_last_copy_is_shown_without_drawing(site):
    primary, other = seen("1", "1")
    pages = site(primary, other)
    drawn(pages)
    primary.stamp, primary._has_failed, other._has_failed = "2", True, True

    def waits(environ, start_response):
        raise AssertionError("A reader waits for a database that hangs.")

    pages.application = waits

    assert drawn(pages) == (REPLICA, "1")


@pytest.mark.once
def test_whoever_may_be_staff_reads_the_primary(site):
    assert drawn(site(*seen("2", "2")), **STAFF) == (DEFAULT_DB_ALIAS, "2")


@pytest.mark.once
def test_staff_read_the_replica_when_the_primary_is_gone(site):
    assert drawn(site(*seen("2", "2", gone=[DEFAULT_DB_ALIAS])), **STAFF) == (REPLICA, "2")


@pytest.mark.once
def test_an_editor_sees_an_edit_before_the_next_look(site):
    primary, other = seen("1", "1")
    pages = site(primary, other)
    drawn(pages)
    primary.look_now = lambda: setattr(primary, "stamp", "2")

    before = drawn(pages)

    assert (before, drawn(pages, **STAFF)) == ((REPLICA, "1"), (DEFAULT_DB_ALIAS, "2"))


@pytest.mark.once
def test_an_editor_waits_for_nobody_and_gets_no_copy_from_before(site):
    primary, other = seen("1", "1")
    pages = site(primary, other)
    drawn(pages)
    primary.stamp = "2"
    pages._drawing = dict.fromkeys(pages.memory._copies, "somebody draws it already")

    assert drawn(pages, **STAFF) == (DEFAULT_DB_ALIAS, "2")


@pytest.fixture
def with_replica(settings, monkeypatch):
    """The router is at work, and the replica is a second connection into the transaction of the test."""
    settings.DATABASE_ROUTERS = ["delivery.replica.Router"]
    primary = connections[DEFAULT_DB_ALIAS]
    primary.ensure_connection()
    other = primary.copy(REPLICA)
    other.connection, other.in_atomic_block = primary.connection, True
    connections.settings[REPLICA] = primary.settings_dict
    connections[REPLICA] = other
    # The transaction around the test is not one of the site's.
    outside = len(primary.savepoint_ids)
    monkeypatch.setattr(replica, "in_transaction", lambda: len(primary.savepoint_ids) > outside)
    yield other
    del connections[REPLICA], connections.settings[REPLICA]


@pytest.mark.django_db
def test_a_public_page_costs_the_primary_no_query(with_replica, pages):
    role = RoleFactory(published=True)
    pages.databases.replica = LooksWhenAsked(REPLICA)

    with (
        CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as primary,
        CaptureQueriesContext(with_replica) as other,
    ):
        status, _, body = get(pages, address("role", role.slug))

    assert (status, role.title in body.decode()) == (200, True)
    assert not any("roles_role" in query["sql"] for query in primary)  # it is asked for the stamp
    assert len(other) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/feedback/", "/packs/new/", "/class/", "/match/result/?v=1&a=5"])
def test_what_is_not_kept_reads_the_primary(with_replica, pages, where):
    pages.databases.replica = LooksWhenAsked(REPLICA)

    with CaptureQueriesContext(with_replica) as other:
        get(pages, where)

    assert list(other) == []


@pytest.mark.django_db
def test_what_writes_goes_to_the_primary(with_replica):
    RoleFactory(published=True)

    with reading(REPLICA):
        role = Role.objects.get()
        with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as primary:
            role.save()
        to_change = Role.objects.select_for_update()

    assert role._state.db == DEFAULT_DB_ALIAS
    assert any(query["sql"].startswith("UPDATE") for query in primary)
    assert to_change.db == DEFAULT_DB_ALIAS


@pytest.mark.django_db
def test_a_transaction_reads_what_it_wrote(with_replica):
    with reading(REPLICA):
        with transaction.atomic():
            within = Role.objects.all().db
        afterwards = Role.objects.all().db

    assert (within, afterwards) == (DEFAULT_DB_ALIAS, REPLICA)


@pytest.mark.once
def test_a_request_that_broke_leaves_nothing_to_the_next_one(without_databases):
    with pytest.raises(ValueError, match="a page that breaks"), reading(REPLICA):
        raise ValueError("a page that breaks")

    assert replica._reads.get() == DEFAULT_DB_ALIAS


@pytest.fixture
def line(monkeypatch):
    """Our end of a connection to the replica, which never says a word."""
    ours, server = socket.socketpair()
    connection = SimpleNamespace(vendor="postgresql", connection=ours, Database=psycopg2)
    monkeypatch.setattr(replica, "connections", {REPLICA: connection})
    with ours, server:
        yield ours


@pytest.mark.once
def test_nobody_waits_longer_for_a_database_that_hangs(monkeypatch, line):
    monkeypatch.setattr(replica, "LONGEST", 0.1)
    line.settimeout(10)

    with reading(REPLICA):
        assert line.recv(1) == b""  # the line is cut; without that the wait would end in TimeoutError


@pytest.mark.once
def test_a_page_that_is_drawn_in_time_leaves_its_connection_as_it_was(monkeypatch, line):
    monkeypatch.setattr(replica, "LONGEST", 0.2)

    with reading(REPLICA):
        pass

    line.settimeout(0.4)
    with pytest.raises(TimeoutError):
        line.recv(1)


@pytest.mark.once
def test_migrations_never_run_on_the_replica(settings):
    settings.DATABASE_ROUTERS = ["delivery.replica.Router"]

    assert router.allow_migrate(DEFAULT_DB_ALIAS, "roles")
    assert not router.allow_migrate(REPLICA, "roles")
