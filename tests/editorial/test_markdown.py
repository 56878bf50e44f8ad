"""Editors' texts become safe HTML, and citations become numbers that lead to the list of sources."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.markdown import TAGS, SourceList, cited_keys, plain, render, render_line
from tests.factories import CitationFactory, SourceFactory

pytestmark = pytest.mark.once


def citations(*keys):
    """Citation rows in memory, as a page would have loaded them."""
    return [CitationFactory.build(page=None, source=SourceFactory.build(key=key)) for key in keys]


class Elements(HTMLParser):
    """The elements of a piece of HTML, each with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_comment(self, words):
        self.found.append(("comment", {}))


def assert_harmless(html):
    """Only elements of the guide, and links that lead to the web, to our own pages or to mail."""
    for tag, attributes in Elements(html).found:
        assert tag in TAGS | {"sup"}
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else {"class"} if tag == "sup" else set())
        scheme, colon, _ = attributes.get("href", "").partition(":")
        assert not colon or "/" in scheme or scheme.lower() in ("http", "https", "mailto")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n", id="paragraphs"),
        pytest.param("**bold**", "<p><strong>bold</strong></p>\n", id="bold"),
        pytest.param("*italic*", "<p><em>italic</em></p>\n", id="italic"),
        pytest.param("`code`", "<p><code>code</code></p>\n", id="code"),
        pytest.param("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", id="list"),
        pytest.param("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n", id="numbered list"),
    ],
)
def test_marks_of_the_guide_become_html(text, html):
    assert render(text) == html


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "/roles/ehr/", "mailto:a@example.org"])
def test_links_lead_to_web_pages_to_our_own_and_to_mail(address):
    html = render(f"[words]({address})")

    assert f'href="{address.replace("&", "&amp;")}"' in html
    assert ">words</a>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:alert(1))",
        '[x](https://example.org "onmouseover=alert(1)")',
        '[x](https://example.org "[@law]")',
        "<https://example.org/[@law]>",
        "![picture](https://example.org/a.png)",
        "# Heading",
        "Heading\n=======",
        "a | b\n--|--\n1 | 2",
        "***",
    ],
)
def test_html_scripts_pictures_headings_and_tables_stay_out(text):
    assert_harmless(render(text))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("Use <b> & co.", "<p>Use &lt;b&gt; &amp; co.</p>\n", id="HTML"),
        pytest.param("# 1 bed", "<p># 1 bed</p>\n", id="heading"),
        pytest.param("Sum\n---", "<p>Sum\n---</p>\n", id="underlined heading"),
    ],
)
def test_marks_that_the_guide_leaves_out_are_shown_as_they_were_typed(text, html):
    assert render(text) == html


@given(st.text(alphabet="ab <>\"'&[]()@#!*_`/:=\n-1.", max_size=60))
def test_any_text_becomes_harmless_html(text):
    assert_harmless(render(text))


def test_citation_becomes_a_number_that_leads_to_the_source():
    html = render("Many [@law].", SourceList(citations("law")))

    assert html == '<p>Many<sup><a href="#source-1"><span class="vh">Source </span>1</a></sup>.</p>\n'


def test_line_is_escaped_and_keeps_its_citations():
    html = render_line("a < b & *c* [@law]", SourceList(citations("law")))

    assert html.startswith("a &lt; b &amp; *c*<sup>")


@pytest.mark.parametrize("sources", [None, SourceList([])], ids=["no list", "not listed"])
def test_citation_of_a_source_that_the_page_lacks_says_so(sources):
    html = render("Many [@law].", sources)

    assert "[source needed]" in html
    assert "href" not in html


def test_cited_keys_come_in_order_and_once():
    assert cited_keys("One [@b], two [@a] and three [@b].") == ["b", "a"]


def test_numbers_follow_the_order_of_the_text_and_repeat_for_the_same_source():
    sources = SourceList(citations("a", "b", "c"))

    numbers = [sources.number(key) for key in ["c", "a", "c"]]

    assert numbers == [1, 2, 1]


def test_list_shows_the_cited_sources_first_and_then_the_rest_of_the_page():
    sources = SourceList(citations("a", "b", "c"))
    sources.number("c")

    shown = [(number, citation.source.key, cited) for number, citation, cited in sources]

    assert shown == [(1, "c", True), (2, "a", False), (3, "b", False)]


def test_borrowed_sources_are_listed_only_when_a_borrowed_sentence_cites_them():
    sources = SourceList(citations("own"), if_cited=citations("cited", "silent"))
    sources.number("cited")

    shown = [(number, citation.source.key) for number, citation, _ in sources]

    assert shown == [(1, "cited"), (2, "own")]
    assert len(sources) == 2


def test_own_citation_wins_over_a_borrowed_one_of_the_same_source():
    (own,), borrowed = citations("law"), citations("law")

    ((number, citation, _),) = SourceList([own], if_cited=borrowed)

    assert number == 1
    assert citation is own


def test_plain_words_have_no_marks_and_no_citations():
    text = "**Bold** and [a link](https://example.org) [@law].\n\n- 1 < 2 & `code`"

    assert plain(text) == "Bold and a link. 1 < 2 & code"
