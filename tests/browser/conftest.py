"""The real site on a free port, and a real Chromium to visit it.

A browser test asks for `page` (an ordinary desktop window), or for `new_page` to say what the reader has:
`new_page(viewport={"width": 320, "height": 640}, color_scheme="dark", java_script_enabled=False)`.
Every page is watched: an error in its console or a request to another host fails the test. A test that expects
them reads `page.troubles` and then clears it.
"""

import fcntl
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import sync_playwright

# Playwright runs an event loop in this thread; Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent

# The first that is there. The headless shell is Chromium without its windows: it does the same for a third of the work.
CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


def environment_of(folder):
    """The environment of the site whose database and static files lie in `folder`."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "BROTLI_QUALITY": "0",
        "PAGES_BROTLI_QUALITY": "0",  # nothing here weighs pages: tests/careers/test_weight.py does
    }


def start(folder, *arguments, settings_too=None, **options):
    """A Python of its own, working for the site in `folder`, with other settings if they are named."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment_of(folder) | (settings_too or {}),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        **options,
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A folder with the database of a site with all of content/, and with its static files.

    All processes of this run share it: the first one fills it while the others wait.
    """
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    folder, done = shared / "site", shared / "site-is-filled"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            fill(folder)
            done.touch()
    return folder


# One Python for three commands of manage.py: each of its own would start Django anew.
FILL = """
import django
from django.core.management import call_command
django.setup()
for command in ("migrate", "load_figures", "load_content"):
    call_command(command, verbosity=0)
"""


def fill(folder):
    collecting = begin(folder, "collectstatic", "--no-input", "-v", "0")  # meanwhile, on another core
    finish(start(folder, "-c", FILL, stdout=subprocess.PIPE, text=True))
    finish(collecting)
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(folder / "copy.sqlite3")])


def manage(folder, *command):
    """Run a command of manage.py for the site in `folder` to its end; returns what it says."""
    return finish(begin(folder, *command))


def begin(folder, *command):
    return start(folder, "manage.py", *command, stdout=subprocess.PIPE, text=True)


def finish(process):
    output, _ = process.communicate()
    if process.returncode:
        _, *command = process.args
        pytest.fail(f"{' '.join(command)} failed for the browser tests:\n{output}", pytrace=False)
    return output


@pytest.fixture
def real_content(filled, transactional_db):
    """All of content/ in the database of this process, for tests that change it. Takes the place of what was there."""
    with closing(sqlite3.connect(filled / "copy.sqlite3")) as database:
        connection.ensure_connection()
        database.backup(connection.connection)


@pytest.fixture(scope="session")
def site(filled, tmp_path_factory):
    """Serve the site as `make run` does, with all of content/, to readers. Yields its address."""
    with serving(filled, tmp_path_factory.mktemp("site")) as address:
        yield address


@contextmanager
def serving(filled, folder, port=0, **settings_too):
    """Serve the site on a port, any free one when it is 0, with other settings if they are named; gives its address.

    `folder` takes what belongs to this server alone.
    """
    log, settings_too = folder / "gunicorn.log", {"PAGES_DIR": str(folder / "pages")} | settings_too
    # gunicorn takes over a port that is ours already, so nobody can take it in between.
    with socket.create_server(("127.0.0.1", port)) as listener, log.open("w") as words:
        number = listener.fileno()
        gunicorn = ["gunicorn", "config.wsgi", "--bind", f"fd://{number}", "--no-control-socket"]
        gunicorn += ["--worker-class", "gthread", "--threads", "4", "--limit-request-line", "8190"]
        server = start(filled, "-m", *gunicorn, stdout=words, pass_fds=[number], settings_too=settings_too)
        address = "http://{}:{}".format(*listener.getsockname())
    try:
        wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(address, server, log):
    """Return when the site answers; fail with the server's own words when it doesn't within 30 seconds."""
    end = time.monotonic() + 30
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The site did not start for the browser tests:\n{log.read_text()}", pytrace=False)


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests. It can look up no host but this machine."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("Chromium is missing: make test installs it.", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",  # it can't be had as root, in CI and containers; only our own pages are opened
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield chromium
        chromium.close()


def open_window(browser, site, **options):
    """A page in a fresh window. What should never happen in it is listed in `page.troubles`."""
    options.setdefault("viewport", {"width": 1280, "height": 800})
    options.setdefault("service_workers", "block")  # test_offline_reading.py has its own windows
    page = browser.new_context(base_url=site, **options).new_page()
    page.troubles = []
    page.on("console", lambda message: message.type == "error" and page.troubles.append(message.text))
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: note_foreign(request.url, site, page.troubles))
    return page


def note_foreign(url, site, troubles):
    if not url.startswith((f"{site}/", "data:", "blob:")):
        troubles.append(f"a request to another host: {url}")


@pytest.fixture
def new_page(browser, site):
    """Open pages in fresh windows; the options are those of Playwright's `browser.new_context`."""
    pages = []

    def new_page(**options):
        pages.append(open_window(browser, site, **options))
        return pages[-1]

    yield new_page
    troubles = [trouble for page in pages for trouble in page.troubles]
    for page in pages:
        page.context.close()
    wait_for_requests()
    assert not troubles


def wait_for_requests():
    """Return when a server of this process has answered what windows asked before they closed.

    Until then the database cannot be emptied for the next test.
    """
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def page(new_page):
    """An ordinary desktop window."""
    return new_page()
