"""What the site said it has, it has; and on SQLite nobody who reads waits for who writes."""

import http.client
import itertools
import json
import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.servers import free_port

from .conftest import get
from .test_faults import without

FORM = "/feedback/"


def stamp_of_a_form(stack):
    """The time that a form carries, old enough to have been filled in by a person."""
    page = get(f"{stack.address}{FORM}?page=/roles/ehr-developer/")[2].decode()
    time.sleep(4)
    return re.search(r'name="stamp"[^>]* value="([^"]+)"|value="([^"]+)"[^>]* name="stamp"', page).group(1, 2)


def send(port, stack, text, reader, stamp):
    """The status of a report that a reader sends; 0 when no answer came."""
    body = urlencode({"page": "/roles/ehr-developer/", "text": text, "stamp": stamp, "website": "", "mail": ""})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": stack.address.removeprefix("http://"),
        "X-Forwarded-For": f"192.0.2.{reader}",
        "X-Forwarded-Proto": "http",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", FORM, body, headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@pytest.fixture
def as_by_default(stack):
    """PostgreSQL says that something is written when it is. Elsewhere the tests do without, for speed."""

    def set_to(value):
        for statement in (f"ALTER SYSTEM SET synchronous_commit = {value}", "SELECT pg_reload_conf()"):
            stack.manage(
                "shell", "-v", "0", "-c", f"from django.db import connection as c; c.cursor().execute('{statement}')"
            )

    set_to("on")
    yield
    set_to("off")


@pytest.mark.usefixtures("as_by_default")
def test_no_report_that_was_taken_is_lost_when_the_database_dies(stack):
    stamp = next(filter(None, stamp_of_a_form(stack)))
    taken, refused = [], 0

    def report(number):
        text = f"Report {number}, sent while the database died."
        return text, send(stack.web_ports[number % 2], stack, text, number, stamp)

    with ThreadPoolExecutor(4) as readers:
        before = list(readers.map(report, range(40)))
        during = readers.map(report, range(40, 120))
        first = list(itertools.islice(during, 5))
        with without(stack.database):
            time.sleep(0.5)
        after = [*first, *during, *readers.map(report, range(120, 140))]
    for text, status in (*before, *after):
        if status == 302:
            taken.append(text)
        else:
            refused += 1
    stored = json.loads(
        stack.manage(
            "shell", "-v", "0", "-c",
            "import json; from feedback.models import Feedback; "
            "print(json.dumps(list(Feedback.objects.values_list('text', flat=True))))",
        )
    )  # fmt: skip

    assert len(taken) >= 60
    assert refused, "the database was not gone while reports came"
    assert [text for text in taken if text not in stored] == []
    assert len(stored) == len(set(stored))


def test_readers_of_sqlite_never_wait_for_a_writer(stack, tmp_path):
    database, port = tmp_path / "site.sqlite3", free_port()
    on_sqlite = {"DATABASE_URL": f"sqlite:///{database}", "CACHE_URL": "", "PAGES_DIR": str(tmp_path / "pages")}
    for command in (["migrate", "--no-input"], ["load_figures"], ["load_content"]):
        stack.manage(*command, "-v", "0", **on_sqlite)
    web = stack.web_process(port, **on_sqlite)
    web.start()
    writer = sqlite3.connect(database, isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE roles_role SET title = title")
        begun = time.monotonic()
        # Nobody asked for these before: each is drawn, by many queries.
        answers = [
            get(f"http://127.0.0.1:{port}/search/?q=writer+{number}", Host=stack.address[7:])[0] for number in range(20)
        ]
        seconds = time.monotonic() - begun
    finally:
        writer.execute("ROLLBACK")
        writer.close()
        web.stop()

    assert set(answers) == {200}
    assert seconds < 15  # one that waited for the writer would have taken 20 alone
