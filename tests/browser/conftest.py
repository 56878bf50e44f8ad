"""The real site on a free port, and a real Chromium to visit it.

A browser test asks for `page` (an ordinary desktop window), or for `new_page` to say what the reader has:
`new_page(viewport={"width": 320, "height": 640}, color_scheme="dark", java_script_enabled=False)`.
Every page is watched: an error in its console or a request to another host fails the test. A test that expects
them reads `page.troubles` and then clears it.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

# Playwright runs an event loop in this thread; Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    """Starts our own programs as `make run` does, on a database of its own: `run("manage.py", "check")`."""
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
    }

    def run(*arguments, settings_too=None, **options):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=settings.BASE_DIR,
            env=environment | (settings_too or {}),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            **options,
        )

    return run


@pytest.fixture(scope="session")
def manage(run):
    """Runs a command of manage.py to its end; returns what it says."""

    def manage(*command):
        process = run("manage.py", *command, stdout=subprocess.PIPE, text=True)
        output, _ = process.communicate()
        if process.returncode:
            pytest.fail(f"manage.py {command[0]} failed for the browser tests:\n{output}", pytrace=False)
        return output

    return manage


@pytest.fixture(scope="session")
def site(run, manage, tmp_path_factory):
    """Serve the site with all of content/. Yields its address."""
    for command in (["migrate", "--no-input"], ["load_figures"], ["load_content"], ["collectstatic", "--no-input"]):
        manage(*command, "-v", "0")
    with serving(run, tmp_path_factory.mktemp("log")) as address:
        yield address


@contextmanager
def serving(run, folder, port=0, **settings_too):
    """Serve the site on a port, any free one when it is 0, with other settings if they are named; gives its address."""
    log = folder / "gunicorn.log"
    # gunicorn takes over a port that is ours already, so nobody can take it in between.
    with socket.create_server(("127.0.0.1", port)) as listener, log.open("w") as words:
        number = listener.fileno()
        gunicorn = ["gunicorn", "config.wsgi", "--bind", f"fd://{number}", "--no-control-socket"]
        gunicorn += ["--worker-class", "gthread", "--threads", "4", "--limit-request-line", "8190"]
        server = run("-m", *gunicorn, stdout=words, pass_fds=[number], settings_too=settings_too)
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
    found = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
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


@pytest.fixture
def new_page(browser, site):
    """Open pages in fresh windows; the options are those of Playwright's `browser.new_context`."""
    pages = []

    def open_window(**options):
        options.setdefault("viewport", {"width": 1280, "height": 800})
        options.setdefault("service_workers", "block")  # test_offline_reading.py has its own windows
        page = browser.new_context(base_url=site, **options).new_page()
        page.troubles = []
        page.on("console", lambda message: message.type == "error" and page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("request", lambda request: note_foreign(request.url, page.troubles))
        pages.append(page)
        return page

    def note_foreign(url, troubles):
        if not url.startswith((f"{site}/", "data:", "blob:")):
            troubles.append(f"a request to another host: {url}")

    yield open_window
    troubles = [trouble for page in pages for trouble in page.troubles]
    for page in pages:
        page.context.close()
    assert not troubles


@pytest.fixture
def page(new_page):
    """An ordinary desktop window."""
    return new_page()
