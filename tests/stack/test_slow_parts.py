"""Parts that work, but not as they should: a slow database, a full disk, a clock that is wrong."""

import html
import http.client
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.servers import free_port

from .conftest import get, wait_until
from .slow_line import SlowLine
from .test_faults import failed, on, published

# The database is slow


@pytest.fixture(scope="module")
def behind_slow_line(stack, tmp_path_factory):
    """(line, port) of a web process that reaches the database over a SlowLine. It keeps its pages for itself."""
    parts = urlsplit(stack.database_url)
    line, port = SlowLine(parts.port), free_port()
    database = stack.database_url.replace(f":{parts.port}/", f":{line.port}/")
    web = stack.web_process(
        port, DATABASE_URL=database, CACHE_URL="", PAGES_DIR=str(tmp_path_factory.mktemp("behind-slow-line"))
    )
    web.start()
    yield line, port
    web.stop()
    line.close()


def seconds_for(where):
    begun = time.monotonic()
    status = get(where, timeout=60)[0]
    return status, time.monotonic() - begun


def ask(port, pages, *roles):
    """(those of 400 GETs of `pages` that failed, the seconds they took, seconds_for a comparison that is new)."""
    begun = time.monotonic()
    lost = failed(pages, 400)
    seconds = time.monotonic() - begun
    return lost, seconds, seconds_for(f"http://127.0.0.1:{port}/compare/?role={roles[0]}&role={roles[1]}")


def test_readers_of_kept_pages_do_not_notice_a_slow_database(stack, behind_slow_line):
    line, port = behind_slow_line
    pages = [on(port, page) for page in published(stack)[:40]]
    assert failed(pages, len(pages)) == []

    with line.slow(0.1):
        lost, seconds, new = ask(port, pages, "ehr-developer", "telemedicine-developer")

    assert lost == []
    assert seconds < 10
    assert new[0] == 200
    assert 1 < new[1] < 10  # a tenth of a second for each query


def test_readers_get_last_copies_and_wait_ten_seconds_at_most_for_a_database_that_is_far_too_slow(
    stack, behind_slow_line
):
    line, port = behind_slow_line
    pages = [on(port, page) for page in published(stack)[:40]]
    assert failed(pages, len(pages)) == []
    stack.manage("shell", "-c", "from roles.models import Role; Role.objects.update(makes='edited before it was slow')")

    with line.slow(4):
        time.sleep(4)  # as long as nobody knows that it is slow, one reader waits for each page
        lost, seconds, new = ask(port, pages, "ehr-developer", "medical-imaging-developer")

    assert lost == []
    assert seconds < 15
    assert new[0] == 500
    assert new[1] < 20
    wait_until(lambda: failed(pages, len(pages)) == [], "all to be well again", 30)


# A disk is full


@contextmanager
def disk(folder, size):
    """A disk of its own at `folder`, as large as `size` says."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0777", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert mounted.returncode == 0, f"Only root can make a disk that is full: {mounted.stderr}"
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full_disk(folder):
    """A disk on which there is no room left for one more byte."""
    with disk(folder, "1m"):
        filled = subprocess.run(
            ["cp", "/dev/zero", str(folder / "filler")], capture_output=True, text=True, check=False
        )
        assert "No space left" in filled.stderr
        yield folder


def test_no_reader_notices_that_kept_pages_have_no_room(stack, tmp_path):
    port = free_port()
    with full_disk(tmp_path / "pages") as folder:
        web = stack.web_process(port, CACHE_URL="", PAGES_DIR=str(folder))
        web.start()
        try:
            pages = [on(port, page) for page in published(stack)[:40]]
            lost = failed(pages, 3 * len(pages))
        finally:
            web.stop()

    assert lost == []
    assert "No space left on device" in web.log.read_text()


def test_the_proxy_makes_room_on_its_disk_before_that_is_full(stack, tmp_path):
    """As min_free says: within ten seconds, which is how often nginx looks."""
    pages, asked, free = published(stack), 0, 4 * 2**20
    with disk(tmp_path / "copies", "6m") as folder:
        port = free_port()
        proxy = stack.proxy_on(port, CACHE_DIR=str(folder / "pages"), min_free=str(free))
        proxy.start()
        try:
            for encoding in ("br", "gzip", "identity"):
                asked += sum(len(get(on(port, page), **{"Accept-Encoding": encoding})[2]) for page in pages)
            wait_until(lambda: shutil.disk_usage(folder).free >= free, "room on the disk", 15)
            lost = failed([on(port, page) for page in pages], len(pages))
        finally:
            proxy.stop()

    assert asked > 2 * 2**20  # more than the room for copies
    assert lost == []


# A clock is wrong


# libfaketime breaks the sleep of Python, which waits for a point in time.
GUNICORN = """
import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds)
from gunicorn.app.wsgiapp import run
run()
"""


@pytest.fixture
def clocks(stack, request):
    """Addresses of two web processes: the clock of the first is `request.param` seconds ahead, the other's is right."""
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    wrong = {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"+{request.param}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    ports = free_port(), free_port()
    web = [
        stack.web_process(ports[0], ("-c", GUNICORN), CACHE_URL="", PAGES_DIR=str(stack.folder / "ahead"), **wrong),
        stack.web_process(ports[1], CACHE_URL="", PAGES_DIR=str(stack.folder / "right")),
    ]
    try:
        for part in web:
            part.start()
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        told = [parsedate_to_datetime(get(f"{address}/healthz")[1]["Date"]) for address in addresses]
        assert abs((told[0] - told[1]).total_seconds() - request.param) < 30
        yield addresses
    finally:
        for part in web:
            part.stop()


def send(address, form, **changes):
    """(status, body) of the answer to a form that a page holds, filled in and sent to `address`."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    fields = {name: html.unescape(value) for name, value in fields.items()} | changes
    host = urlsplit(address).netloc
    line = http.client.HTTPConnection(host, timeout=20)
    line.request("POST", "/feedback/", urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = line.getresponse()
    return answer.status, answer.read().decode()


TYPED = {"page": "/roles/ehr-developer/", "text": "The clock of one machine is wrong.", "website": ""}


@pytest.mark.parametrize("clocks", [240], indirect=True)
def test_forms_pass_between_clocks_that_differ_by_minutes(clocks):
    forms = [get(f"{address}/feedback/?page=/roles/ehr-developer/")[2].decode() for address in clocks]
    time.sleep(3.5)  # nobody fills in a form faster

    sent = [send(address, form, **TYPED)[0] for address, form in zip(reversed(clocks), forms, strict=True)]

    assert sent == [302, 302]


@pytest.mark.parametrize("clocks", [3_600], indirect=True)
def test_form_from_a_clock_that_is_an_hour_ahead_comes_back_with_all_that_was_typed(clocks):
    ahead, right = clocks
    form = get(f"{ahead}/feedback/?page=/roles/ehr-developer/")[2].decode()

    status, again = send(right, form, **TYPED)
    time.sleep(3.5)
    later = send(right, again, **TYPED)[0]

    assert (status, TYPED["text"] in again) == (200, True)
    assert later == 302
