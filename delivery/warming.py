"""Draws every page of the sitemap beforehand, so that all of them are there on the day the database is not."""

import io
import re
from urllib.parse import urlsplit

from .compression import ENCODINGS


def warm(pages, site_url):
    """Have `pages` (delivery.pages.Pages) keep each page as readers at `site_url` ask for it. Returns how many.

    Pages that are kept already cost next to nothing. Raises ValueError when the sitemap cannot be read.
    """
    sitemap = _get(pages, site_url, "/sitemap.xml")
    addresses = re.findall(rf"<loc>{re.escape(site_url)}(/[^<]*)</loc>", sitemap.decode())
    if not addresses:
        raise ValueError(f"The sitemap names no page of {site_url}.")
    for address in addresses:
        for encoding in ("", *ENCODINGS):
            _get(pages, site_url, address, encoding)
    return len(addresses)


def _get(pages, site_url, address, encoding=""):
    parts, path, _, query = urlsplit(site_url), *address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": parts.hostname,
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "HTTP_HOST": parts.netloc,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "HTTP_ACCEPT_ENCODING": encoding,
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    return b"".join(pages(environ, lambda line, headers: None))
