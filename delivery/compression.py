"""How pages are compressed: quickly for who asks first, as small as can be for those after."""

import gzip
import re
from typing import NamedTuple

import brotli
from django.conf import settings

ENCODINGS = ("br", "gzip")
# A role's page in one millisecond; the most Brotli can do takes fifty, and leaves 2 KB of 16 out.
QUICK = 5
# Django's own measure: less is not worth the work.
SHORTEST = 200
COMPRESSES = re.compile(r"text/|application/([\w.]+\+)?(json|xml|javascript)|image/svg")


class Body(NamedTuple):
    """What is sent of a page: `encoding` is "" for a plain one, `is_final` when nothing makes it smaller."""

    encoding: str
    content: bytes
    is_final: bool


def encode(content, encoding, content_type, *, thorough=False):
    """`content` as a Body in `encoding`, or plain when that would not make it smaller."""
    if not encoding or len(content) < SHORTEST or not COMPRESSES.match(content_type):
        return Body("", content, True)
    if encoding == "gzip":
        body = Body(encoding, gzip.compress(content, 6, mtime=0), True)
    else:
        most = settings.PAGES_BROTLI_QUALITY
        quality = most if thorough else min(QUICK, most)
        body = Body(encoding, brotli.compress(content, quality=quality), quality == most)
    return body if len(body.content) < len(content) else Body("", content, True)


def decode(body):
    """The plain content of a Body."""
    return {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[body.encoding](body.content)


def accepted(header):
    """The encoding that suits an Accept-Encoding header best, or "" when it is none of ours."""
    parts = [part.replace(" ", "").partition(";") for part in header.lower().split(",")]
    names = {name for name, _, weight in parts if not re.fullmatch(r"q=0(\.0*)?", weight)}
    return next((each for each in ENCODINGS if each in names), "")
