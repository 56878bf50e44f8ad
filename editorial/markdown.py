"""Editors' texts to safe HTML, in one place.

Texts are CommonMark without raw HTML, cleaned a second time by an allow-list. `[@key]` cites a
source: readers see its number on the page, which leads to the list of sources.
"""

import html
import re
from functools import lru_cache

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

CITATION = re.compile(r"\s?\[@([a-z0-9-]+)\]")
TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "a", "br", "blockquote"}

GUESTS_TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "a", "br"}

_parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "hr"])


class SourceList:
    """The sources of one page, numbered in the order in which the page cites them."""

    def __init__(self, citations, if_cited=()):
        """`citations`: the page's own, all of which it lists. `if_cited`: those of other things that
        lend the page a sentence or two; it lists only those that such a sentence cites.
        """
        self._own = {citation.source.key: citation for citation in citations}
        self._citations = {citation.source.key: citation for citation in if_cited} | self._own
        self._numbers = {}

    def number(self, key):
        """The number of a source on this page, or None when the page does not list it."""
        if key not in self._citations:
            return None
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def __iter__(self):
        """(number, citation, cited) triples: first those the page cites, then the rest of its own."""
        cited = set(self._numbers)
        for key in self._own:
            self.number(key)
        for key, number in self._numbers.items():
            yield number, self._citations[key], key in cited

    def __len__(self):
        return len(self._own.keys() | self._numbers.keys())


@lru_cache(maxsize=4096)
def _clean_html(text):
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="external noopener",
    )


def _guests_parser():
    """What people without an account may write: paragraphs, lists, bold, italic and links that are encrypted."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["image", "heading", "lheading", "hr", "blockquote", "code", "fence", "html_block"])
    parser.validateLink = lambda address: address.lower().startswith("https://")
    return parser


_guests = _guests_parser()


@lru_cache(maxsize=256)
def render_guest(text):
    """The Markdown of someone we do not know as safe HTML blocks: no citations, no headings, no pictures.

    Its links lead to encrypted pages only, and tell search engines and the other page that we do not vouch for them.
    """
    cleaned = nh3.clean(
        _guests.render(text),
        tags=GUESTS_TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"https"},
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned by an allow-list


def _reference(sources, key):
    number = sources.number(key) if sources is not None else None
    if number is None:
        return mark_safe('<sup class="soft">[source needed]</sup>')
    return format_html('<sup><a href="#source-{}"><span class="vh">Source </span>{}</a></sup>', number, number)


def _with_references(safe_html, sources):
    """Put numbers where sources are cited. `safe_html` has been cleaned or escaped by the caller."""
    return mark_safe(CITATION.sub(lambda match: _reference(sources, match[1]), safe_html))  # noqa: S308


def render(text, sources=None):
    """Markdown to safe HTML blocks. `sources` is the page's SourceList."""
    return _with_references(_clean_html(text), sources)


def render_line(text, sources=None):
    """Plain text to one safe line, with its citations as numbers."""
    return _with_references(escape(text), sources)


def plain(text):
    """The words alone: no Markdown marks and no citations, for descriptions, spreadsheets and search."""
    words = nh3.clean(_clean_html(without_citations(text)), tags=set())
    return " ".join(html.unescape(words).split())


def without_citations(text):
    """The same Markdown for a page that shows no sources, and says where they are."""
    return CITATION.sub("", text)


def cited_keys(text):
    """The keys a text cites, in order, each once."""
    return list(dict.fromkeys(CITATION.findall(text)))
