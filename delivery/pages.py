"""Keeps what pages look like, in front of Django: most readers cost about as much as a file.

    fresh   the content has not changed since the page was drawn: its bytes go out, without a query
    stale   it has: the first reader waits while the page is drawn again; others get the last copy meanwhile, and so
            does everybody when drawing fails, because a database or a disk is gone
    none    the page is drawn; whoever asks for the same one meanwhile waits for it

Only what readers share is kept: answers with status 200 that set no cookie and depend on none. What a page understands
of its address is in parameters.py.
"""

import hashlib
import logging
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches

from .parameters import canonical_query
from .release import release
from .watch import Watch

logger = logging.getLogger(__name__)

# Caches between us and readers may answer for a minute by themselves, for ten seconds more while they fetch the page
# again, and for a week when we are gone. Browsers ask each time, but for those ten seconds: some take them as theirs.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=10, stale-if-error=604800"
# Seconds for which a second reader waits for a page that nobody has a copy of.
PATIENCE = 10
ENCODINGS = ("br", "gzip")
# Where whoever stands in front of us reads how a page was answered: "kept", "stale" or "drawn".
HOW = "careers.page"


@dataclass(frozen=True)
class Copy:
    """One answer, ready to be sent: `headers` are (name, value) pairs, `stamp` the state of the content it shows."""

    stamp: str
    headers: tuple
    body: bytes
    etag: str

    def send(self, environ, start_response):
        wanted = {each.strip().removeprefix("W/") for each in environ.get("HTTP_IF_NONE_MATCH", "").split(",")}
        if self.etag in wanted or "*" in wanted:
            short = [pair for pair in self.headers if pair[0].lower() not in ("content-type", "content-encoding")]
            start_response("304 Not Modified", short)
            return []
        start_response("200 OK", [*self.headers, ("Content-Length", str(len(self.body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


# What a copy costs besides its text: headers, key, and the objects around them. Measured, in bytes.
BESIDES = 2_500


class Memory:
    """The copies of one process, those used last, up to a size in bytes."""

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self.bytes = 0
        self._copies = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        with self._lock:
            copy = self._copies.get(key)
            if copy is not None:
                self._copies.move_to_end(key)
            return copy

    def put(self, key, copy):
        with self._lock:
            self._take_out(key)
            self._copies[key] = copy
            self.bytes += len(copy.body) + BESIDES
            while self.bytes > self.most_bytes and len(self._copies) > 1:
                self._take_out(next(iter(self._copies)))

    def delete(self, key):
        with self._lock:
            self._take_out(key)

    def _take_out(self, key):
        copy = self._copies.pop(key, None)
        if copy is not None:
            self.bytes -= len(copy.body) + BESIDES


class Shared:
    """The copies that all processes share, and that outlive them. A store that fails is as good as empty.

    Only pages without any parameter: there are as many as there are pages. Of the others there could be any number, and
    what somebody searched for is written to no disk.
    """

    def get(self, key):
        return self._ask("get", key)

    def put(self, key, copy):
        self._ask("set", key, copy)

    def delete(self, key):
        self._ask("delete", key)

    @staticmethod
    def _ask(what, key, *more):
        if key.query:
            return None
        try:
            return getattr(caches["pages"], what)(key.name, *more)
        except Exception:
            logger.warning("The pages that all processes share cannot be used.", exc_info=True)
            return None


class Key(NamedTuple):
    """Which copy: nothing else tells two answers apart."""

    release: str
    is_secure: bool
    host: str
    path: str
    query: str
    encoding: str

    @property
    def name(self):
        return hashlib.sha256("\n".join(map(str, self)).encode()).hexdigest()


class Turn:
    """Somebody is drawing a page; `copy` is there when they are done, if everybody may have it."""

    def __init__(self):
        self.is_over = threading.Event()
        self.copy = None


class Pages:
    """The WSGI application that stands in front of Django's. Each process keeps up to `most_bytes` in its memory."""

    def __init__(self, application, *, watch=None, most_bytes=64 * 1024 * 1024):
        self.application = application
        self.release = release()
        self.watch = watch or Watch()
        self.memory, self.shared = Memory(most_bytes), Shared()
        self._drawing = {}
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        query = _query_if_kept(environ)
        if query is None:
            return self.application(environ, start_response)
        self.watch.start()
        if not self.watch.is_counted:
            return self.application(environ, start_response)
        key = self._key(environ, query)
        copy = self._find(key)
        environ[HOW] = "kept"
        if copy is None or not self._is_fresh(copy):
            last = copy
            copy = self._draw_once(key, environ, last)  # or an Answer that nobody may keep
            environ[HOW] = "stale" if copy is last else "drawn"
        return copy.send(environ, start_response)

    def _key(self, environ, query):
        # With a public address of its own the site names no other, and a made-up port makes no copies.
        host = "" if settings.SITE_URL else (environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")).lower()
        return Key(self.release, _is_secure(environ), host, environ["PATH_INFO"], query, _encoding(environ))

    def _find(self, key):
        """The copy at hand, fresh if there is a fresh one."""
        copy = self.memory.get(key)
        if copy is None or not self._is_fresh(copy):
            # Another process may have drawn it since.
            shared = self.shared.get(key)
            if shared is not None and (copy is None or self._is_fresh(shared)):
                self.memory.put(key, shared)
                return shared
        return copy

    def _is_fresh(self, copy):
        # Nobody knows the state of the content: the last copy is all there is, if the database is gone.
        return self.watch.stamp is None or copy.stamp == self.watch.stamp

    def _draw_once(self, key, environ, last):
        """A Copy or an Answer: drawn now, or by whoever has begun already, or the `last` copy meanwhile."""
        with self._lock:
            turn = self._drawing.get(key)
            is_ours = turn is None
            if is_ours:
                turn = self._drawing[key] = Turn()
        if not is_ours:
            if last is None:
                turn.is_over.wait(PATIENCE)
            # What may not be kept may be for one person, such as a draft: everybody asks for that alone.
            return last or turn.copy or self._draw(key, environ, None)
        try:
            drawn = self._draw(key, environ, last)
            turn.copy = drawn if isinstance(drawn, Copy) else None
            return drawn
        finally:
            with self._lock:
                del self._drawing[key]
            turn.is_over.set()

    def _draw(self, key, environ, last):
        stamp = self.watch.stamp  # before drawing: what changes meanwhile makes the copy stale at once
        answer = _ask(self.application, environ, key.query, key.encoding)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and last is not None:
            logger.error("Drawing %s failed; readers see the last copy.", environ["PATH_INFO"])
            return last
        if not answer.may_be_kept or stamp is None:
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR and last is not None:
                # It was taken back, or has moved: no fault of tomorrow brings it back.
                self.memory.delete(key)
                self.shared.delete(key)
            return answer
        copy = answer.as_copy(stamp)
        self.memory.put(key, copy)
        self.shared.put(key, copy)
        return copy


def _query_if_kept(environ):
    """The canonical query of an address whose answer may be kept, or None."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    # WSGI hands over bytes as Latin-1.
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    return canonical_query(path, environ.get("QUERY_STRING", ""))


def _is_secure(environ):
    if settings.BEHIND_PROXY:
        return environ.get("HTTP_X_FORWARDED_PROTO") == "https"
    return environ.get("wsgi.url_scheme") == "https"


def _encoding(environ):
    parts = [part.replace(" ", "").partition(";") for part in environ.get("HTTP_ACCEPT_ENCODING", "").split(",")]
    accepted = {name for name, _, weight in parts if not re.fullmatch(r"q=0(\.0*)?", weight)}
    return next((each for each in ENCODINGS if each in accepted), "")


@dataclass
class Answer:
    """What Django answered, read whole."""

    status: int
    line: str
    headers: list
    body: bytes

    @property
    def may_be_kept(self):
        names = {name.lower(): value.lower() for name, value in self.headers}
        kept_by = names.get("cache-control", "")
        vary = {each.strip() for each in names.get("vary", "").split(",")} - {""}
        return (
            self.status == HTTPStatus.OK
            and "set-cookie" not in names
            and not any(word in kept_by for word in ("no-store", "no-cache", "private"))
            and vary <= {"accept-encoding"}
        )

    def as_copy(self, stamp):
        """The Copy of it. The tag is that of the very bytes: it stays when an edit leaves this page as it was."""
        etag = f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        sent = [(name, value) for name, value in self.headers if name.lower() not in ("etag", "content-length")]
        if not any(name.lower() == "cache-control" for name, _ in sent):
            sent.append(("Cache-Control", CACHE_CONTROL))
        return Copy(stamp, (*sent, ("ETag", etag)), self.body, etag)

    def send(self, environ, start_response):
        start_response(self.line, self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


def _ask(application, environ, query, encoding):
    """The Answer to the canonical address, without what would shorten it."""
    said = {}

    def start_response(line, headers, exc_info=None):
        said.update(line=line, headers=headers)

    asked = {
        key: value for key, value in environ.items() if key not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
    }
    asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": encoding}
    parts = application(asked, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Answer(int(said["line"][:3]), said["line"], said["headers"], body)
