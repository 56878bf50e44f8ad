"""Asks the site itself for its pages, as a reader who is not signed in, and follows their links."""

import mimetypes
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from .addresses import canonical, chooses_roles, file_for, is_followed, without

MOST_ANSWERS = 20_000


class TooMany(Exception):
    """The links lead on and on."""


@dataclass(frozen=True)
class Answer:
    """What the site gave at one address, and the file it becomes. `tree` for pages only."""

    address: str
    file: str
    content: bytes
    tree: LexborHTMLParser | None = None

    @property
    def title(self):
        """What the page is called in a browser, without the name of the site."""
        return self.tree.css_first("title").text().rpartition(" – ")[0]


@dataclass
class Harvest:
    """Every page and file that belongs into a copy. `moved`: {address: where it leads}; `refused`: the rest."""

    answers: dict = field(default_factory=dict)
    moved: dict = field(default_factory=dict)
    refused: set = field(default_factory=set)

    def knows(self, address):
        """Has the site been asked for this canonical address?"""
        return address in self.answers or address in self.moved or address in self.refused

    def of(self, address):
        """The answer for any address, canonical or not; None when it is not in the copy."""
        address = canonical(address)
        return self.answers.get(self.moved.get(address, address))


def gather(starting_points):
    """A Harvest of the starting points and of what their pages link to.

    Only what anyone may see and keep is taken: pages that search engines shall leave alone, such as forms for
    reports, and whatever caches may not keep, stay behind. Raises TooMany.
    """
    harvest, beginning = Harvest(), set(starting_points)
    ask, waiting = _reader(), sorted(beginning, reverse=True)
    while waiting:
        address = waiting.pop()
        if harvest.knows(address):
            continue
        bare = urlsplit(address).path
        if not harvest.knows(bare) and bare != address:
            waiting += [address, bare]  # what the page is without parameters decides
            continue
        if bare in harvest.refused or not _is_wanted(address, beginning):
            harvest.refused.add(address)
            continue
        if len(harvest.answers) >= MOST_ANSWERS:
            raise TooMany(f"More than {MOST_ANSWERS} addresses, the last of them {address}")
        waiting += sorted(_take(harvest, address, ask(address)), reverse=True)
    return harvest


def _reader():
    """Asks for an address as a stranger would, over an encrypted connection when the site insists on one."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    client = Client(SERVER_NAME=host)

    def ask(address):
        # A session is never begun, but two pages shall not even be able to know of each other.
        client.cookies.clear()
        return client.get(address, secure=True)

    return ask


def _is_wanted(address, beginning):
    if not is_followed(address):
        return False
    return not chooses_roles(address) or without(address, "only", "format") in beginning


def _take(harvest, address, response):
    """Put the answer where it belongs; returns the addresses that its page links to."""
    if response.status_code in (301, 302, 307, 308):
        target = canonical(urljoin(address, response["Location"]))
        if not target.startswith("/"):
            harvest.refused.add(address)
            return []
        harvest.moved[address] = target
        return [target]
    body = response.getvalue()
    type_, _, _ = response.get("Content-Type", "").partition(";")
    tree = LexborHTMLParser(body.decode()) if type_ == "text/html" else None
    if response.status_code != 200 or _is_private(response) or (tree and _is_unlisted(tree)):
        harvest.refused.add(address)
        return []
    ending = (mimetypes.guess_extension(type_) or ".bin").lstrip(".")
    harvest.answers[address] = Answer(address, file_for(address, ending), body, tree)
    return links_of(tree, address) if tree else []


def _is_private(response):
    kept = response.get("Cache-Control", "")
    return "no-store" in kept or "private" in kept or "noindex" in response.get("X-Robots-Tag", "")


def _is_unlisted(tree):
    return any("noindex" in (each.attributes.get("content") or "") for each in tree.css('meta[name="robots"]'))


def links_of(tree, address):
    """The canonical addresses of this site that a page links to."""
    hrefs = {each.attributes.get("href") or "" for each in tree.css("a[href]")}
    targets = {urljoin(address, href) for href in hrefs if not href.startswith("#")}
    return {canonical(each) for each in targets if is_ours(each)}


def is_ours(target):
    """Is it a page of this site, by its path, rather than a static file?"""
    return target.startswith("/") and not target.startswith(("//", settings.STATIC_URL))
