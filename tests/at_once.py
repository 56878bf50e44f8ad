"""The real site for many requests at the same moment: several processes with several threads, on a database of its own.

That is a file, and another one on the server of TEST_DATABASE_URL when there is one.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest

from tests.editorial.test_kill import own_database

TOOK_AT_MOST = 60  # seconds for one answer on a busy machine, waiting for its turn included


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.once), "postgresql"])
def environment(request, tmp_path):
    """The environment of a site whose empty database has all its tables."""
    address, drop = own_database(tmp_path, request.param)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": address}
    migrate = [sys.executable, "manage.py", "migrate", "-v", "0", "--settings", "tests.settings"]
    try:
        subprocess.run(migrate, env=environment, check=True, capture_output=True)
        yield environment
    finally:
        drop()


def run(program, environment):
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def port(environment, tmp_path):
    """The site on a port of this machine: two processes with four threads each."""
    log = tmp_path / "gunicorn.log"
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener, log.open("w") as words:
        gunicorn = ["gunicorn", "config.wsgi", "--bind", f"fd://{listener.fileno()}", "--no-control-socket"]
        gunicorn += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120"]
        server = subprocess.Popen(
            [sys.executable, "-m", *gunicorn],
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
            pass_fds=[listener.fileno()],
        )
        port = listener.getsockname()[1]
    try:
        for _ in range(300):
            try:
                if ask(port, "GET", "/healthz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
        assert "Traceback" not in log.read_text()


def ask(port, method, path, **fields):
    """(status, where it leads, body) of one request over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TOOK_AT_MOST)
    try:
        body = urlencode(fields) if fields else None
        connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"], answer.read().decode()
    finally:
        connection.close()
