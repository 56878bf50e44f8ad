"""What operators do: bring a new version in while readers come, and a backup back."""

import sqlite3
import threading
import time
from contextlib import contextmanager
from itertools import count

import psycopg2

from tests.servers import free_port

from .conftest import get, wait_until
from .test_faults import failed, published

ROLE = "/roles/ehr-developer/"


@contextmanager
def readers(addresses_of):
    """Readers who ask, as long as this lasts, for what `addresses_of(round)` gives; the answers that were no page."""
    lost, rounds, is_over = [], count(), threading.Event()

    def read():
        while not is_over.is_set():
            lost.extend(failed(addresses := addresses_of(next(rounds)), len(addresses)))

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield lost
    finally:
        is_over.set()
        reading.join()
    assert next(rounds) > 2, "nobody read"


def test_no_reader_notices_an_update(stack):
    """As docs/operations.md says: one group of processes after the other, each when the one before is ready."""
    kept = published(stack)[:10]

    with readers(
        lambda turn: [*kept, *(f"{stack.address}/search/?q=update+{turn}+{each}" for each in range(10))]
    ) as lost:
        stack.manage("migrate", "--no-input", "-v", "0")
        for web, port in zip(stack.web, stack.web_ports, strict=True):
            web.stop()
            web.start()
            wait_until(lambda port=port: get(f"http://127.0.0.1:{port}/readyz")[0] == 200, "it to be ready")
            time.sleep(3)  # until the proxy asks it again: fail_timeout, and a little

    assert lost == []
    assert all(web.process.poll() is None for web in stack.web)


def test_a_process_that_is_told_to_stop_answers_whom_it_has_begun_to_answer(stack):
    """SIGTERM, as systemd and containers send it, in the midst of requests that the process draws itself."""
    port = free_port()
    web = stack.web_process(port, CACHE_URL="", PAGES_DIR=str(stack.folder / "stopping"))
    web.start()
    answers = []
    asking = [
        threading.Thread(target=lambda each=each: answers.append(get(f"http://127.0.0.1:{port}/search/?q=stop+{each}")[0]))
        for each in range(4)
    ]  # fmt: skip
    for each in asking:
        each.start()
    time.sleep(0.05)

    web.stop()
    for each in asking:
        each.join()

    assert answers == [200] * 4
    assert web.process.returncode == 0


@contextmanager
def served(stack, **more):
    """The address of a web process with variables of its own, that shares no page with others."""
    port = free_port()
    web = stack.web_process(port, CACHE_URL="", PAGES_DIR=str(stack.folder / f"pages-{port}"), **more)
    web.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        web.stop()


def pages_of(address):
    return [get(address + where)[::2] for where in ("/", ROLE, "/compare/?role=ehr-developer", "/search/?q=fhir")]


def test_backup_of_postgresql_brings_the_same_site_back(stack):
    server = stack.database_url.rpartition("/")[0]
    backup = str(stack.database.folder.with_name("careers.dump"))
    with served(stack) as address:
        before = pages_of(address)

    stack.database.run("pg_dump", "--format", "custom", "--file", backup, "--dbname", stack.database_url)
    stack.database.run("createdb", "--maintenance-db", stack.database_url, "restored")
    restored = f"{server}/restored"
    stack.database.run("pg_restore", "--no-owner", "--exit-on-error", "--dbname", restored, backup)
    for command in (["migrate", "--no-input", "-v", "0"], ["rebuild_search"]):
        stack.manage(*command, DATABASE_URL=restored)

    with served(stack, DATABASE_URL=restored) as address:
        assert pages_of(address) == before
        assert [status for status, _ in before] == [200] * 4
        edit(psycopg2.connect(restored))
        wait_until(lambda: b"edited afterwards" in get(address + ROLE)[2], "the edit to show", 1.5)


def test_backup_of_sqlite_brings_the_same_site_back(stack, tmp_path):
    original, backup = tmp_path / "db.sqlite3", tmp_path / "backup.sqlite3"
    variables = {"DATABASE_URL": f"sqlite:///{original}"}
    for command in (["migrate", "--no-input"], ["load_figures"], ["load_content"]):
        stack.manage(*command, "-v", "0", **variables)
    with served(stack, **variables) as address:
        before = pages_of(address)
        connection = sqlite3.connect(original)
        connection.execute("VACUUM INTO ?", [str(backup)])  # while the site is running
        connection.close()

    variables = {"DATABASE_URL": f"sqlite:///{backup}"}
    for command in (["migrate", "--no-input", "-v", "0"], ["rebuild_search"]):
        stack.manage(*command, **variables)

    with served(stack, **variables) as address:
        assert pages_of(address) == before
        assert [status for status, _ in before] == [200] * 4
        edit(sqlite3.connect(backup))
        wait_until(lambda: b"edited afterwards" in get(address + ROLE)[2], "the edit to show", 1.5)


def edit(connection):
    connection.cursor().execute("UPDATE roles_role SET makes = 'edited afterwards' WHERE slug = 'ehr-developer'")
    connection.commit()
    connection.close()
