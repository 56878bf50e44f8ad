"""Keeps what pages look like, in front of Django: most readers cost about as much as a file.

    fresh   the content has not changed since the page was drawn: its bytes go out, without a query
    stale   it has: the first reader waits while the page is drawn again; others get the last copy meanwhile, and so
            does everybody when drawing fails, or when no database answers
    none    the page is drawn; whoever asks for the same one meanwhile waits for it

Only what readers share is kept: answers with status 200 that set no cookie and depend on none. What a page understands
of its address is in parameters.py, and which database it is drawn from in replica.py.
"""

import logging
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus

from django.conf import settings

from .compression import accepted, encode
from .copies import Copy, Key, Memory, Shared
from .parameters import canonical_query, is_for_programs
from .release import release
from .replica import Databases, reading
from .watch import Watch

logger = logging.getLogger(__name__)

# Caches between us and readers may answer for a minute by themselves, for ten seconds more while they fetch the page
# again, and for a week when we are gone. Browsers ask each time, but for those ten seconds: some take them as theirs.
CACHE_CONTROL = "public, max-age=0, s-maxage=60, stale-while-revalidate=10, stale-if-error=604800"
# Seconds for which a second reader waits for a page that nobody has a copy of.
PATIENCE = 10
# Where whoever stands in front of us reads how a page was answered: "kept", "stale" or "drawn".
HOW = "careers.page"
# Who accepts anything, or exactly JSON, gets the copy. Django answers all others, and refuses some.
TAKES_JSON = re.compile(r"$|\*/\*$|application/json$")


class Turn:
    """Somebody is drawing a page; `copy` is there when they are done, if everybody may have it."""

    def __init__(self):
        self.is_over = threading.Event()
        self.copy = None


class Pages:
    """The WSGI application that stands in front of Django's. Each process keeps up to `most_bytes` in its memory.

    A page is compressed quickly for the first reader, and as small as can be beside the requests once a second one asks
    for it. `thorough` pages are that small from the start.
    """

    def __init__(self, application, *, watch=None, most_bytes=64 * 1024 * 1024, thorough=False):
        self.application = application
        self.release = release()
        self.watch = watch or Watch()
        self.databases = Databases(self.watch)
        self.thorough = thorough
        self.memory, self.shared = Memory(most_bytes), Shared()
        self._drawing = {}
        self._lock = threading.Lock()
        self._finishing = set()
        # Its one thread begins with the first page, so that a server which forks has one in each child.
        self._finisher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="finish pages")

    def __call__(self, environ, start_response):
        query = _query_if_kept(environ)
        if query is None:
            return self.application(environ, start_response)
        self.databases.start()
        if not self.watch.is_counted:
            return self.application(environ, start_response)
        may_be_staff = _may_be_staff(environ)
        if may_be_staff and self.watch.answers:
            self.watch.look_now()  # an editor finds the edit on the page at once
        key, encoding = self._key(environ, query), accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        copy = self._find(key)
        environ[HOW] = "kept"
        if copy is None or not self._is_fresh(copy):
            last = copy
            draw = self._draw if may_be_staff else self._draw_once  # staff see nothing from before
            copy = draw(key, environ, last, encoding)  # or an Answer that nobody may keep
            environ[HOW] = "stale" if copy is last else "drawn"
        elif not copy.lacks(encoding) and copy.lacks(encoding, thorough=True):
            self._finish_soon(key, encoding)
        if isinstance(copy, Copy) and copy.lacks(encoding):
            copy = self._with_form(key, copy, encoding, self.thorough)
        return copy.send(environ, start_response, encoding)

    def _key(self, environ, query):
        # With a public address of its own the site names no other, and a made-up port makes no copies.
        host = "" if settings.SITE_URL else (environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")).lower()
        return Key(self.release, _is_secure(environ), host, environ["PATH_INFO"], query)

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
        newest = self.databases.newest
        # Nobody knows the state of the content: the last copy is all there is, if the database is gone.
        return newest is None or copy.stamp == newest

    def _with_form(self, key, copy, encoding, thorough):
        """The copy with that form too, kept if it is still the page."""
        fuller = copy.with_form(encoding, thorough=thorough)
        if self.memory.exchange(key, copy, fuller):
            self.shared.put(key, fuller)
            if self.memory.get(key) is None:
                self.shared.delete(key)  # it was taken back meanwhile
        return fuller

    def _finish_soon(self, key, encoding):
        with self._lock:
            if (key, encoding) in self._finishing:
                return
            self._finishing.add((key, encoding))
        self._finisher.submit(self._finish, key, encoding)

    def _finish(self, key, encoding):
        try:
            copy = self.memory.get(key)
            if copy is not None and copy.lacks(encoding, thorough=True):
                self._with_form(key, copy, encoding, thorough=True)
        except Exception:
            logger.exception("Compressing %s failed; readers get what there is.", key.path)
        finally:
            with self._lock:
                self._finishing.discard((key, encoding))

    def _draw_once(self, key, environ, last, encoding):
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
            return last or turn.copy or self._draw(key, environ, None, encoding)
        try:
            drawn = self._draw(key, environ, last, encoding)
            turn.copy = drawn if isinstance(drawn, Copy) else None
            return drawn
        finally:
            with self._lock:
                del self._drawing[key]
            turn.is_over.set()

    def _draw(self, key, environ, last, encoding):
        sources = self.databases.sources(last, primary_first=_may_be_staff(environ))
        if not sources:
            return last  # no database answers: drawing would only keep a reader waiting
        for source in sources:
            with reading(source.database):
                answer = _ask(self.application, environ, key.query)
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        stamp = source.stamp  # from before drawing: what changes meanwhile makes the copy stale at once
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and last is not None:
            logger.error("Drawing %s failed; readers see the last copy.", environ["PATH_INFO"])
            return last
        if not answer.may_be_kept or stamp is None:
            if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR and last is not None:
                # It was taken back, or has moved: no fault of tomorrow brings it back.
                self.memory.delete(key)
                self.shared.delete(key)
            return answer
        copy = answer.as_copy(stamp, encoding, thorough=self.thorough, last=last)
        self.memory.put(key, copy)
        self.shared.put(key, copy)
        return copy


def _query_if_kept(environ):
    """The canonical query of an address whose answer may be kept, or None."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    # WSGI hands over bytes as Latin-1.
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    if is_for_programs(path) and not TAKES_JSON.match(environ.get("HTTP_ACCEPT", "")):
        return None
    return canonical_query(path, environ.get("QUERY_STRING", ""))


def _may_be_staff(environ):
    """Does the request carry a session? Readers have none."""
    return f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "")


def _is_secure(environ):
    if settings.BEHIND_PROXY:
        # As Django reads it: the first of those that stand there, when several proxies wrote one.
        return environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https"
    return environ.get("wsgi.url_scheme") == "https"


@dataclass
class Answer:
    """What Django answered, read whole."""

    status: int
    line: str
    headers: list
    body: bytes

    @cached_property
    def named(self):
        """The value of each header, by its name in lower case."""
        return {name.lower(): value for name, value in self.headers}

    @property
    def missing_vary(self):
        """The header that says that bytes depend on Accept-Encoding, where Django did not say so."""
        says_so = "accept-encoding" in self.named.get("vary", "").lower()
        return [] if says_so else [("Vary", "Accept-Encoding")]

    @property
    def may_be_kept(self):
        names = {name: value.lower() for name, value in self.named.items()}
        kept_by = names.get("cache-control", "")
        vary = {each.strip() for each in names.get("vary", "").split(",")} - {""}
        return (
            self.status == HTTPStatus.OK
            and "set-cookie" not in names
            and not any(word in kept_by for word in ("no-store", "no-cache", "private"))
            and vary <= {"accept", "accept-encoding"}
        )

    def as_copy(self, stamp, encoding, **how):
        """The Copy of it (Copy.of says `how`). Its tag stays when an edit leaves this page as it was."""
        sent = [(name, value) for name, value in self.headers if name.lower() not in ("etag", "content-length")]
        if "cache-control" not in self.named:
            sent.append(("Cache-Control", CACHE_CONTROL))
        return Copy.of(stamp, (*sent, *self.missing_vary), self.body, encoding, **how)

    def send(self, environ, start_response, encoding):
        headers, body = self.headers, self.body
        encoded = encode(body, encoding, self.named.get("content-type", ""))
        if encoded.encoding:
            body = encoded.content
            headers = [pair for pair in headers if pair[0].lower() != "content-length"]
            headers += [("Content-Encoding", encoding), ("Content-Length", str(len(body))), *self.missing_vary]
        start_response(self.line, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _ask(application, environ, query):
    """The Answer to the canonical address, without what would shorten it."""
    said = {}

    def start_response(line, headers, exc_info=None):
        said.update(line=line, headers=headers)

    asked = {
        key: value for key, value in environ.items() if key not in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
    }
    asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": ""}
    parts = application(asked, start_response)
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return Answer(int(said["line"][:3]), said["line"], said["headers"], body)
