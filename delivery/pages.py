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
import threading
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.cache import caches

from .parameters import canonical_query
from .release import release
from .watch import Watch

logger = logging.getLogger(__name__)

# Browsers ask each time, and mostly hear that nothing changed. Caches between us and them may answer for a minute by
# themselves, while they fetch the page again for five, and for a week when we are gone.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=300, stale-if-error=604800"
# Seconds for which a second reader waits for a page that nobody has a copy of.
PATIENCE = 10
ENCODINGS = ("br", "gzip")


@dataclass(frozen=True)
class Copy:
    """One answer, ready to be sent: `headers` are (name, value) pairs, `stamp` the state of the content it shows."""

    stamp: str
    headers: tuple
    body: bytes
    etag: str


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
            before = self._copies.pop(key, None)
            self.bytes += len(copy.body) - (len(before.body) if before else 0)
            self._copies[key] = copy
            while self.bytes > self.most_bytes and len(self._copies) > 1:
                _, oldest = self._copies.popitem(last=False)
                self.bytes -= len(oldest.body)


class Shared:
    """The copies that all processes share, and that outlive them. A store that fails is as good as empty."""

    def __init__(self, alias="pages"):
        self.alias = alias

    def get(self, key):
        try:
            return caches[self.alias].get(self._name(key))
        except Exception:
            logger.warning("A kept page could not be read.", exc_info=True)
            return None

    def put(self, key, copy):
        try:
            caches[self.alias].set(self._name(key), copy)
        except Exception:
            logger.warning("A page could not be kept.", exc_info=True)

    @staticmethod
    def _name(key):
        return hashlib.sha256("\n".join(key).encode()).hexdigest()


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
        if copy is None or not self._is_fresh(copy):
            copy, refused = self._draw_once(key, environ, query, copy)
            if copy is None:
                return refused(start_response)
        return _send(copy, environ, start_response)

    def _key(self, environ, query):
        host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
        is_secure = _is_secure(environ)
        return (self.release, str(is_secure), host, environ["PATH_INFO"], query, _encoding(environ))

    def _find(self, key):
        copy = self.memory.get(key)
        if copy is None or not self._is_fresh(copy):
            # Another process may have drawn it since.
            shared = self.shared.get(key)
            if shared is not None and (copy is None or shared.stamp != copy.stamp):
                self.memory.put(key, shared)
                return shared
        return copy

    def _is_fresh(self, copy):
        # Nobody knows the state of the content: the last copy is all there is, if the database is gone.
        return self.watch.stamp is None or copy.stamp == self.watch.stamp

    def _draw_once(self, key, environ, query, last):
        """(copy, None), or (None, what sends the answer that cannot be kept)."""
        with self._lock:
            turn = self._drawing.get(key)
            is_ours = turn is None
            if is_ours:
                turn = self._drawing[key] = threading.Event()
        if not is_ours:
            if last is not None:
                return last, None
            turn.wait(PATIENCE)
            copy = self.memory.get(key)
            return (copy, None) if copy is not None else self._draw(key, environ, query, None)
        try:
            return self._draw(key, environ, query, last)
        finally:
            with self._lock:
                del self._drawing[key]
            turn.set()

    def _draw(self, key, environ, query, last):
        stamp = self.watch.stamp  # before drawing: what changes meanwhile makes the copy stale at once
        answer = _ask(self.application, environ, query, key[-1])
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and last is not None:
            logger.error("Drawing %s failed; readers see the last copy.", environ["PATH_INFO"])
            return last, None
        if not answer.may_be_kept or stamp is None:
            return None, answer.send
        copy = answer.as_copy(stamp)
        self.memory.put(key, copy)
        self.shared.put(key, copy)
        return copy, None


def _query_if_kept(environ):
    """The canonical query of an address whose answer may be kept, or None."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    # WSGI hands over bytes as Latin-1.
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    return canonical_query(path, environ.get("QUERY_STRING", ""))


def _is_secure(environ):
    if settings.BEHIND_PROXY:
        return environ.get("HTTP_X_FORWARDED_PROTO") == "https"
    return environ.get("wsgi.url_scheme") == "https"


def _encoding(environ):
    accepted = {part.partition(";")[0].strip() for part in environ.get("HTTP_ACCEPT_ENCODING", "").split(",")}
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

    def send(self, start_response):
        start_response(self.line, self.headers)
        return [self.body]


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


def _send(copy, environ, start_response):
    wanted = {each.strip().removeprefix("W/") for each in environ.get("HTTP_IF_NONE_MATCH", "").split(",")}
    if copy.etag in wanted or "*" in wanted:
        short = [pair for pair in copy.headers if pair[0].lower() not in ("content-type", "content-encoding")]
        start_response("304 Not Modified", short)
        return []
    start_response("200 OK", [*copy.headers, ("Content-Length", str(len(copy.body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [copy.body]
