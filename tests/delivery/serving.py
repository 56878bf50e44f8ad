"""Asks the kept pages as a WSGI server does."""

from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.client import FakePayload

from delivery.watch import Watch


class LooksWhenAsked(Watch):
    """Takes its look before each request, where a server looks twice a second."""

    def start(self):
        self.look()

    def look_now(self):
        self.look()  # on the connection that holds the test's transaction


@contextmanager
def connection_kept():
    """As Django's own test client does: a request must not close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(application, where, method="GET", **headers):
    """(status, headers in lower case, body) of what a WSGI server would send."""
    path, _, query = where.partition("?")
    said = {}
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": FakePayload(b""),
        "wsgi.errors": None,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    with connection_kept():
        parts = application(environ, lambda line, sent: said.update(line=line, headers=sent))
        body = b"".join(parts)
        getattr(parts, "close", bool)()
    return int(said["line"][:3]), {name.lower(): value for name, value in said["headers"]}, body
