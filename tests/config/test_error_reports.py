"""A report of an error says where in the code, and nothing of the reader. Read as it arrives, from the real site."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest
from django.conf import settings

from tests.servers import smallest_environment

pytestmark = pytest.mark.once

# Stands in every place of a request that says who asks, or for what.
PRIVATE = "xprivatex"

ASKING = f"""
import json
import logging
import os
import time

from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
settings.ROOT_URLCONF = "tests.config.troubled_urls"
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from config.wsgi import application
from tests.delivery.serving import get

begun = time.monotonic()
headers = dict.fromkeys(["cookie", "user_agent", "referer", "authorization", "x_forwarded_for"], "{PRIVATE}")
_, broken, _ = get(application, "/trouble/500/?q={PRIVATE}&have={PRIVATE}", **headers)
get(application, "/trouble/404/?q={PRIVATE}", **headers)
get(application, "/", host="{PRIVATE}")
logging.getLogger("careers").error("No picture of %s.", "/packs/edit/{PRIVATE}/", extra={{"who": "{PRIVATE}"}})
print(json.dumps([broken["x-request-id"], time.monotonic() - begun]))
"""


class Listener(ThreadingHTTPServer):
    """Takes what is sent to it, as a server for error reports does. `items` are the parts of all envelopes."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.items, self.texts = [], []
        self.dsn = f"http://key@127.0.0.1:{self.server_port}/1"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Encoding"] == "br"
        text = brotli.decompress(body).decode()
        _, *parts = [json.loads(line) for line in text.splitlines() if line]
        self.server.items += zip(parts[::2], parts[1::2], strict=True)
        self.server.texts.append(f"{self.headers}{text}")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=settings.BASE_DIR,
        env=smallest_environment(KEEP_PAGES="off", DATABASE_URL="sqlite://:memory:") | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def reported():
    """(the listener that heard of the troubles, the id of the request that broke)."""
    with Listener() as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        process = run(ASKING, SENTRY_DSN=listener.dsn)
        listener.shutdown()
    assert process.returncode == 0, process.stderr
    name, _ = json.loads(process.stdout)
    return listener, name


def test_error_arrives_with_its_place_in_the_code_and_the_id_of_its_request(reported):
    listener, name = reported

    kinds = [head["type"] for head, _ in listener.items]
    broken, written = (event for _, event in listener.items)

    assert kinds == ["event", "event"]
    (error,) = broken["exception"]["values"]
    assert (error["type"], broken["level"], broken["tags"]) == ("RuntimeError", "error", {"request": name})
    frame = error["stacktrace"]["frames"][-1]
    assert (frame["module"], frame["function"]) == ("tests.config.troubled_urls", "view")
    assert frame["context_line"].strip() == "raise error"
    assert (written["logentry"], written["logger"]) == ({"message": "No picture of %s."}, "careers")


def test_nothing_of_the_reader_arrives(reported):
    listener, _ = reported
    text = "\n".join(listener.texts).lower()

    assert "runtimeerror" in text
    assert PRIVATE not in text
    assert "secret detail" not in text  # what the error says: it may quote a reader
    assert "vars" not in text
    assert {name for _, event in listener.items for name in event} <= {
        "environment", "event_id", "exception", "level", "logentry", "logger", "platform", "release", "sdk",
        "server_name", "tags", "timestamp",
    }  # fmt: skip


def test_words_of_an_error_stand_in_our_own_log():
    assert "RuntimeError: secret detail" in run(ASKING, SENTRY_DSN="").stderr


def test_server_for_reports_that_does_not_answer_holds_nobody_up():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as deaf:  # listens, and never accepts
        process = run(ASKING, SENTRY_DSN=f"http://key@127.0.0.1:{deaf.server_port}/1")

    _, seconds = json.loads(process.stdout)
    assert seconds < 15  # the SDK itself gives up after 30


def test_nothing_is_loaded_that_nobody_asked_for():
    process = run(
        "import sys\nfrom config.wsgi import application\n"
        "print(sorted({'sentry_sdk', 'prometheus_client'} & set(sys.modules)))",
        DJANGO_SETTINGS_MODULE="config.settings",
        SENTRY_DSN="",
        METRICS_TOKEN="",
    )

    assert process.stdout == "[]\n", process.stderr


@pytest.mark.parametrize(
    ("before", "dsn", "words"),
    [
        ("", "nonsense", "SENTRY_DSN cannot be read"),
        ("import sys; sys.modules['sentry_sdk'] = None\n", "http://key@127.0.0.1:1/1", "sentry-sdk is not installed"),
    ],
    ids=["no address", "no package"],
)
def test_site_refuses_to_start_when_it_cannot_report(before, dsn, words):
    process = run(before + "from config import settings", SENTRY_DSN=dsn)

    assert process.returncode == 1
    assert "ImproperlyConfigured" in process.stderr
    assert words in process.stderr
