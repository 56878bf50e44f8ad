"""A streaming replica takes over the drawing of pages, and nobody sees that it is one."""

import itertools
import time
from contextlib import contextmanager

import psycopg2
import pytest

from tests.servers import free_port

from .conftest import answers, get, wait_until
from .test_faults import failed

ROLE = "/roles/ehr-developer/"
numbers = itertools.count()


class Replicated:
    """Two web processes without a proxy that draw from a replica of the stack's database, and keep no page for others.

    `pages(word)` are addresses that nobody asked for before.
    """

    def __init__(self, stack, folder):
        self.stack = stack
        port = free_port()
        self.database = stack.database.standby(port, stack.database_url)
        self.database_url = stack.database_url.rpartition("@")[0] + f"@127.0.0.1:{port}/postgres"
        self.addresses, self.web = [], []
        more = {"DATABASE_REPLICA_URL": self.database_url, "CACHE_URL": ""}
        for each in range(2):
            port = free_port()
            self.addresses.append(f"http://127.0.0.1:{port}")
            self.web.append(stack.web_process(port, PAGES_DIR=str(folder / str(each)), **more))

    def pages(self, count=200):
        return [f"{address}/search/?q=fhir+{next(numbers)}" for address in self.addresses for _ in range(count // 2)]

    def edit(self, words):
        sql(self.stack.database_url, "UPDATE roles_role SET makes = %s WHERE slug = 'ehr-developer'", words)

    def show(self, words, **headers):
        return all(words.encode() in get(address + ROLE, **headers)[2] for address in self.addresses)

    def is_level(self):
        return all(get(f"{address}/readyz")[2] == b"ready\n" for address in self.addresses)

    @contextmanager
    def behind(self):
        sql(self.database_url, "SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            sql(self.database_url, "SELECT pg_wal_replay_resume()")


def sql(database, statement, *values):
    """Run it, and give back the first row, if there is one."""
    connection = psycopg2.connect(database)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def reads(database):
    """How often the tables of roles were read in a database."""
    read = "SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables WHERE relname LIKE 'roles_%%'"
    return sql(database, read)[0]


@pytest.fixture(scope="module")
def replicated(stack, tmp_path_factory):
    replicated = Replicated(stack, tmp_path_factory.mktemp("replicated"))
    try:
        for part in replicated.web:
            part.start()
        wait_until(replicated.is_level, "the replica to be level")
        yield replicated
    finally:
        for part in replicated.web:
            part.stop()
        replicated.database.stop()


def test_pages_are_drawn_from_the_replica(replicated):
    primary, replica = replicated.stack.database_url, replicated.database_url
    time.sleep(2)  # what was read before is counted by now
    before = reads(primary), reads(replica)

    pages = [f"{address}/roles/?q=week+{next(numbers)}" for address in replicated.addresses for _ in range(20)]
    lost = failed(pages, 40)

    assert lost == []
    wait_until(lambda: reads(replica) >= before[1] + 40, "the replica to have drawn 40 pages", 10)
    # Not one of them: each reads several tables. PostgreSQL may only now have counted some reads of before.
    assert reads(primary) - before[0] < 10


def test_an_edit_shows_within_a_second(replicated):
    for number in range(3):
        words = f"edited {number} at {time.time()}"

        replicated.edit(words)

        wait_until(lambda words=words: replicated.show(words), "the edit to show", 1.5)


def test_an_edit_shows_and_never_goes_away_again_while_the_replica_is_behind(replicated):
    with replicated.behind():
        for number in range(3):
            words = f"edited behind {number} at {time.time()}"
            replicated.edit(words)
            wait_until(lambda words=words: replicated.show(words), "the edit to show", 1.5)
            assert all(replicated.show(words) for _ in range(10))
        assert get(f"{replicated.addresses[0]}/readyz")[::2] == (200, b"ready\nthe replica is behind\n")

    assert all(replicated.show(words) for _ in range(10))
    wait_until(replicated.is_level, "the replica to be level", 5)
    assert all(replicated.show(words) for _ in range(10))


def test_an_editor_sees_an_edit_at_once_while_the_replica_is_behind(replicated):
    with replicated.behind():
        signed_in = {"Cookie": f"sessionid={session(replicated.stack)}"}
        for number in range(3):
            words = f"seen at once {number} at {time.time()}"
            replicated.edit(words)

            assert replicated.show(words, **signed_in)
        # The replica does not know the session yet.
        assert b"id_username" not in get(f"{replicated.addresses[0]}/admin/", **signed_in)[2]
    wait_until(replicated.is_level, "the replica to be level", 5)


def session(stack):
    """The key of a session in which an administrator has just signed in."""
    return stack.manage(
        "shell",
        "-v",
        "0",
        "-c",
        "from django.contrib.auth import get_user_model, login\n"
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from django.http import HttpRequest\n"
        "request = HttpRequest()\n"
        "request.session = SessionStore()\n"
        "user = get_user_model().objects.create_superuser('of-the-replica', password='no one')\n"
        "login(request, user, 'django.contrib.auth.backends.ModelBackend')\n"
        "request.session.save()\n"
        "print(request.session.session_key)",
    ).strip()


def test_no_reader_notices_a_replica_that_is_gone(replicated):
    failed(replicated.pages(40), 40)  # every thread has its connections

    replicated.database.stop()
    try:
        lost = failed(replicated.pages(400), 400)
        ready = get(f"{replicated.addresses[0]}/readyz")[::2]
        words = f"edited without a replica at {time.time()}"
        replicated.edit(words)
        wait_until(lambda: replicated.show(words), "the edit to show", 1.5)
    finally:
        replicated.database.start()

    assert lost == []
    assert ready == (200, b"ready\nthe replica does not answer\n")
    wait_until(replicated.is_level, "the replica to be of use again", 10)


def test_pages_that_nobody_asked_for_come_from_the_replica_when_the_primary_is_gone(replicated):
    failed(replicated.pages(40), 40)

    replicated.stack.database.stop()
    try:
        lost = failed(replicated.pages(400), 400)
        ready = [get(f"{address}/readyz")[0] for address in replicated.addresses]
    finally:
        replicated.stack.database.start()

    assert lost == []
    assert ready == [503, 503]
    wait_until(lambda: answers(f"{replicated.addresses[0]}/readyz"), "the site to be ready again", 2)


@pytest.mark.parametrize("which", ["replica", "primary"])
def test_nobody_waits_long_for_one_of_two_databases_that_hangs(replicated, which):
    wait_until(replicated.is_level, "the replica to be level", 10)
    time.sleep(2)  # each process has looked again since the test before
    hangs = replicated.database if which == "replica" else replicated.stack.database

    with hangs.hanging():
        begun = time.monotonic()
        first = failed(replicated.pages(16), 16)
        seconds = time.monotonic() - begun
        begun = time.monotonic()
        later = failed(replicated.pages(100), 100)
        seconds_later = time.monotonic() - begun

    assert (first, later) == ([], [])
    assert seconds < 25  # ten for what was asked before anybody knew, and the time to draw it elsewhere
    assert seconds_later < 25
