"""What the tests of the copy share: its files, and every link in them."""

import posixpath
import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

ATTRIBUTES = ("href", "src", "srcset", "action", "poster", "data")


def files_in(folder):
    """{name: bytes} of everything in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages_in(files):
    """{name: tree} of the pages among the files."""
    return {name: LexborHTMLParser(body.decode()) for name, body in files.items() if name.endswith(".html")}


def broken_links(files):
    """(file, link) of every address inside the copy at which there is no file, or not the place on the page."""
    pages = pages_in(files)
    places = {name: {each.attributes["id"] for each in page.css("[id]")} for name, page in pages.items()}
    return [(name, link) for name, link in links_in(files, pages) if not _is_there(files, places, name, urlsplit(link))]


def links_in(files, pages):
    """(file, link) for everything that a page or a style sheet points to, other sites left out."""
    for name, page in pages.items():
        for attribute in ATTRIBUTES:
            for each in page.css(f"[{attribute}]"):
                yield from ((name, link) for link in [each.attributes[attribute] or ""] if not _leads_away(link))
    for name, body in files.items():
        if name.endswith(".css"):
            yield from ((name, link) for link in re.findall(r"url\(['\"]?([^'\")]+)", body.decode()))


def _leads_away(link):
    return urlsplit(link).scheme in ("http", "https", "mailto")


def _is_there(files, places, name, link):
    if link.scheme or link.netloc or link.path.startswith("/"):
        return False
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(link.path))) if link.path else name
    return path in files and (not link.fragment or link.fragment in places.get(path, ()))
