"""Around the whole site, kept pages too: gives each request an id, and tells what became of it."""

import logging
import re
import time
import uuid
from http import HTTPMethod, HTTPStatus
from typing import NamedTuple

from django.conf import settings

from delivery.pages import HOW
from delivery.routes import route_at

from .logs import request_id

logger = logging.getLogger(__name__)

# What a proxy calls a request: letters and digits that say nothing, such as nginx's $request_id or a UUID.
WELL_FORMED = re.compile(r"[0-9A-Za-z-]{16,64}")
METHODS = frozenset(HTTPMethod)
OTHER = "other"


class Answered(NamedTuple):
    """What may be told of a request. Nothing says who asked, what somebody typed or chose, or a key."""

    method: str  # "other" for one that HTTP does not know
    route: str  # the pattern of the address, such as /roles/<slug:slug>/; "other" when there is none
    status: int
    seconds: float  # until the answer was ready to be sent
    bytes: int | None  # of the body that is sent; None when its length is not known beforehand
    page: str  # "kept", "stale" or "drawn"; empty where pages are not kept


class Observed:
    """The WSGI application around all others. Each of `listeners` is called with every Answered."""

    def __init__(self, application, *listeners):
        self.application, self.listeners = application, listeners

    def __call__(self, environ, start_response):
        begun = time.perf_counter()
        name = _name_of(environ)
        token = request_id.set(name)
        status, headers = HTTPStatus.INTERNAL_SERVER_ERROR, []  # the server's answer, when the site gives none

        def start(line, sent, *error):
            nonlocal status, headers
            status, headers = int(line[:3]), sent
            # Not among the headers of a copy: many readers get that one.
            return start_response(line, [*sent, ("X-Request-ID", name)], *error)

        try:
            return self.application(environ, start)
        finally:
            if self.listeners:
                self._tell(environ, status, headers, time.perf_counter() - begun)
            request_id.reset(token)

    def _tell(self, environ, status, headers, seconds):
        method = environ["REQUEST_METHOD"]
        answered = Answered(
            method if method in METHODS else OTHER,
            route_of(environ["PATH_INFO"]),
            int(status),
            seconds,
            _length(method, status, headers),
            environ.get(HOW, ""),
        )
        for listen in self.listeners:
            try:
                listen(answered)
            except Exception:
                logger.exception("A request could not be told.")  # and its reader does not notice


def route_of(path):
    """The pattern of the address at a path as WSGI hands it over: never the path, which can hold a key or a code."""
    path = path.encode("latin-1").decode("utf-8", "replace")
    if path.startswith(settings.STATIC_URL):
        return settings.STATIC_URL
    route = route_at(path)
    return f"/{route.pattern}" if route else OTHER


def _name_of(environ):
    """The proxy's own id of the request, so that its log and ours can be read side by side; else a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "") if settings.BEHIND_PROXY else ""
    return given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def _length(method, status, headers):
    if method == "HEAD" or status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        return 0
    length = next((value for name, value in headers if name.lower() == "content-length"), None)
    return None if length is None else int(length)
