"""Copies of pages, and where they lie: in the memory of a process, and where all processes find them."""

import hashlib
import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.core.cache import caches

from .compression import decode, encode

logger = logging.getLogger(__name__)

# What a copy costs besides its text: headers, key, and the objects around them. Measured, in bytes.
BESIDES = 2_500


class Key(NamedTuple):
    """Which page: nothing else tells two of them apart."""

    release: str
    is_secure: bool
    host: str
    path: str
    query: str

    @property
    def name(self):
        return hashlib.sha256("\n".join(map(str, self)).encode()).hexdigest()


class Form(NamedTuple):
    """A page in one encoding, ready to be sent: `headers` are (name, value) pairs."""

    body: object
    headers: tuple
    etag: str


@dataclass(frozen=True)
class Copy:
    """A page that was drawn.

    `stamp` is the state of the content it shows, `headers` what all its forms send, `digest` the SHA-256 of the plain
    page in hexadecimal digits, `forms` the Form in each encoding that was asked for.
    """

    stamp: str
    headers: tuple
    digest: str
    forms: dict

    @classmethod
    def of(cls, stamp, headers, content, encoding, *, thorough=False, last=None):
        """The Copy of a plain page, for who asked in `encoding`. What the `last` one had ready is used again."""
        digest = hashlib.sha256(content).hexdigest()
        is_the_same = last is not None and (last.digest, last.headers) == (digest, headers)
        copy = cls(stamp, headers, digest, last.forms if is_the_same else {})
        return copy._with(encoding, content, thorough=thorough) if copy.lacks(encoding, thorough=thorough) else copy

    @property
    def bytes(self):
        return BESIDES + sum(len(form.body.content) for form in self.forms.values())

    def lacks(self, encoding, *, thorough=False):
        """Whether with_form would add something."""
        form = self.forms.get(encoding)
        return form is None or (thorough and not form.body.is_final)

    def with_form(self, encoding, *, thorough=False):
        return self._with(encoding, decode(next(iter(self.forms.values())).body), thorough=thorough)

    def _with(self, encoding, content, *, thorough):
        kind = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        body = encode(content, encoding, kind, thorough=thorough)
        # A strong tag stands for the very bytes: what was compressed in a hurry will have others soon.
        etag = f'{"" if body.is_final else "W/"}"{self.digest[:32]}{body.encoding and "-"}{body.encoding}"'
        headers = [*self.headers, ("ETag", etag), ("Content-Length", str(len(body.content)))]
        if body.encoding:
            headers.append(("Content-Encoding", body.encoding))
        return replace(self, forms=self.forms | {encoding: Form(body, tuple(headers), etag)})

    def send(self, environ, start_response, encoding):
        body, headers, etag = self.forms[encoding]
        if _is_known(etag, environ.get("HTTP_IF_NONE_MATCH")):
            about_the_body = ("content-type", "content-encoding", "content-length")
            start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() not in about_the_body])
            return []
        start_response("200 OK", list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.content]


def _is_known(etag, header):
    if not header:
        return False
    known = {each.strip().removeprefix("W/") for each in header.split(",")}
    return etag.removeprefix("W/") in known or "*" in known


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
            self._put(key, copy)

    def exchange(self, key, old, new):
        """Whether `new` took the place of `old`, because `old` was still there."""
        with self._lock:
            if self._copies.get(key) is not old:
                return False
            self._put(key, new)
            return True

    def delete(self, key):
        with self._lock:
            self._take_out(key)

    def _put(self, key, copy):
        self._take_out(key)
        self._copies[key] = copy
        self.bytes += copy.bytes
        while self.bytes > self.most_bytes and len(self._copies) > 1:
            self._take_out(next(iter(self._copies)))

    def _take_out(self, key):
        copy = self._copies.pop(key, None)
        if copy is not None:
            self.bytes -= copy.bytes


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
