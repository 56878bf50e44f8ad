"""What a monitor reads: right sums over all processes, for nobody without the token."""

import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from prometheus_client.parser import text_string_to_metric_families

from config.observing import Answered
from tests.servers import free_port, smallest_environment

pytestmark = pytest.mark.once

TOKEN = secrets.token_urlsafe(24)


def read(text):
    """{name{labels in order}: value} of what a monitor gets."""
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class Server:
    """The site on gunicorn with two processes, as in production. Its database holds the state of the content only."""

    def __init__(self, folder, **environment):
        with sqlite3.connect(folder / "db.sqlite3") as database:
            database.execute("CREATE TABLE delivery_contentstamp (id INTEGER PRIMARY KEY, number BIGINT)")
            database.execute("INSERT INTO delivery_contentstamp VALUES (1, 1)")
        database.close()
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi"],
            cwd=settings.BASE_DIR,
            env=smallest_environment(
                BIND=f"127.0.0.1:{port}",
                WEB_CONCURRENCY="2",
                PAGES_DIR=str(folder / "pages"),
                DATABASE_URL=f"sqlite:///{folder / 'db.sqlite3'}",
                REQUEST_LOG="off",
                SENTRY_DSN="",
                **environment,
            ),
            stderr=self.log.open("w"),
        )
        self.wait_until(lambda: len(self.workers()) == 2 and self.get("/healthz")[0] == 200)

    def wait_until(self, is_true):
        end = time.monotonic() + 60
        while not is_true():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def workers(self):
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def get(self, path, token=None, method="GET"):
        """(status, text); status 0 when no answer came. A connection of its own for each."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(self.address + path, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    @contextmanager
    def without(self, worker):
        """Only the other process answers."""
        os.kill(worker, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(worker, signal.SIGCONT)

    def files(self):
        """The names of the files in which the processes count."""
        mapped = re.findall(r"/\S*/careers-metrics-\w+", Path(f"/proc/{self.workers()[-1]}/maps").read_text())
        return {path.name for path in Path(mapped[0]).iterdir()}

    def counts(self):
        return read(self.get("/metrics", TOKEN)[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("site"), METRICS_TOKEN=TOKEN)
    yield server
    server.process.terminate()
    server.process.wait(30)


def test_every_process_sees_the_database_before_a_reader_asks_it_for_a_page(server):
    server.wait_until(lambda: time.time() - server.counts()["careers_database_seen_timestamp_seconds",] < 5)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs to find the processes of a server, as on Linux")
def test_whichever_process_is_asked_knows_the_sum_of_all(server):
    one, other = server.workers()
    for resting, times in ((one, 3), (other, 4)):
        with server.without(resting):
            for _ in range(times):
                assert server.get(f"/api/{secrets.token_hex(8)}/")[0] == 404

    for resting in (one, other):
        with server.without(resting):
            found = server.counts()
            assert found["careers_requests_total", "GET", "other", "4xx"] == 7
            assert found["careers_request_seconds_count", "other"] == 7

    before = server.files()
    assert len({name.rpartition("_")[2] for name in before}) == 2
    os.kill(one, signal.SIGKILL)
    server.wait_until(lambda: one not in server.workers() and len(server.workers()) == 2)
    with server.without(other):  # the one that took its place
        assert server.get(f"/api/{secrets.token_hex(8)}/")[0] == 404
        assert server.counts()["careers_requests_total", "GET", "other", "4xx"] == 8
    assert server.files() == before


@pytest.mark.parametrize(
    "token", [None, "", "wrong", TOKEN[:-1], TOKEN + "x"], ids=["none", "empty", "wrong", "shorter", "longer"]
)
def test_nobody_without_the_token_reads_it(server, token):
    assert server.get("/metrics", token) == (401, "")


def test_what_anybody_may_send_makes_no_names(server):
    for _ in range(3):
        server.get(f"/api/{secrets.token_hex(8)}/", method=secrets.token_hex(4).upper())

    found = server.counts()

    assert found["careers_requests_total", "other", "other", "4xx"] == 3


def test_a_server_that_cannot_have_its_address_leaves_no_folder(tmp_path):
    program = "import os, runpy; os.access = lambda *a, **k: False; runpy.run_module('gunicorn', run_name='__main__')"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [sys.executable, "-c", program, "-c", "deploy/gunicorn.conf.py", "config.wsgi"],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "BIND": f"127.0.0.1:{taken.getsockname()[1]}", "TMPDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert "Can't connect" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_token_there_is_no_such_address(client, db):
    assert client.get("/metrics").status_code == 404


def test_pages_are_counted_by_how_they_were_answered(server):
    for _ in range(3):
        assert server.get("/robots.txt")[0] == 200

    found = server.counts()

    assert {page: found["careers_pages_total", page] for page in ("drawn", "kept")} == {"drawn": 1, "kept": 2}


@pytest.fixture
def counted():
    """counted(answered) is what this request adds to the counts."""
    from config import metrics

    def count(answered):
        before = read(metrics.exposition.generate_latest().decode())
        metrics.count(answered)
        after = read(metrics.exposition.generate_latest().decode())
        return {
            name: value - before.get(name, 0)
            for name, value in after.items()
            if name[0] in ("careers_requests_total", "careers_pages_total", "careers_request_seconds_sum")
            and value != before.get(name, 0)
        }

    return count


@pytest.mark.parametrize(
    ("answered", "added"),
    [
        (
            Answered("GET", "/roles/<slug:slug>/", 304, 0.5, 0, "kept"),
            {
                ("careers_requests_total", "GET", "/roles/<slug:slug>/", "3xx"): 1,
                ("careers_request_seconds_sum", "/roles/<slug:slug>/"): 0.5,
                ("careers_pages_total", "kept"): 1,
            },
        ),
        (
            Answered("POST", "/admin/roles/role/<path:object_id>/change/", 302, 0.25, 0, ""),
            {
                ("careers_requests_total", "POST", "/admin/", "3xx"): 1,
                ("careers_request_seconds_sum", "/admin/"): 0.25,
            },
        ),
    ],
    ids=["a page", "the admin, as one"],
)
def test_a_request_is_counted_under_few_names(counted, answered, added):
    assert counted(answered) == added
