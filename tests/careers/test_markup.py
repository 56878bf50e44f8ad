"""The pages with the real content, as a browser, a search engine and a screen reader take them."""

import struct
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from roles.models import Role

from .pages import address, text, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://testserver"

# Search engines cut longer descriptions, and shorter ones say nothing.
DESCRIPTION_LENGTH = range(50, 201)


@dataclass
class Crawl:
    """Every answer that links lead to, what of it is HTML, and who links where: (address, fragment) pairs."""

    answers: dict = field(default_factory=dict)
    trees: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)

    def visit(self, client, here):
        """Ask for one address; returns the addresses that it links to."""
        answer = self.answers[here] = client.get(here)
        self.links[here] = set()
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            self.trees[here] = tree(answer)
            for link in self.trees[here].iter("a"):
                target = urljoin(f"{SITE}{here}", link.get("href"))
                if target.startswith(f"{SITE}/"):
                    self.links[here].add(tuple(urldefrag(target.removeprefix(SITE))))
        return {address for address, _ in self.links[here]}


@pytest.fixture(scope="module")
def crawl(real_content):
    """A Crawl from the home page, and from a comparison and a search that only forms lead to.

    Comparisons link to one another without end: those that only comparisons lead to are asked for, not read.
    Nor are the hundreds of forms to report a problem, which differ in a few words: one of them is read, and for the
    pages of each folder the form of one page and that of one section are asked for.
    """
    slugs = list(Role.objects.published().values_list("slug", flat=True)[:3])
    found, client = Crawl(), Client()
    waiting = ["/", "/sitemap.xml", "/robots.txt", address("roles", q="images")]
    waiting += [address("compare", role=slugs), address("compare", role=slugs, only="differences")]
    waiting += [f"/feedback/?page={address('role', slugs[0])}&section=skills"]
    while waiting:
        here = waiting.pop()
        if here not in found.answers:
            waiting += [
                each
                for each in found.visit(client, here)
                if not is_report(each) and not (is_comparison(here) and is_comparison(each))
            ]
    asked = {}
    for target in sorted({target for targets in found.links.values() for target, _ in targets} - set(found.answers)):
        alike = folder_of(target) if is_report(target) else target
        if alike not in asked:
            asked[alike] = client.get(target)
        found.answers[target] = asked[alike]
    return found


def is_comparison(where):
    return where.startswith("/compare/?")


def is_report(where):
    return where.startswith("/feedback/?")


def folder_of(report):
    """The folder of the page that a report is about, and whether it is about a section."""
    asked = parse_qs(urlsplit(report).query)
    return urlsplit(asked.get("page", [""])[0]).path.strip("/").partition("/")[0], "section" in asked


@pytest.fixture(scope="module")
def pages(crawl):
    """{address: tree} of every HTML page."""
    return crawl.trees


def metas(page):
    """{name or property: content} of the head."""
    return {each.get("name") or each.get("property"): each.get("content") for each in page.iter("meta")}


def canonical(page):
    return next((each.get("href") for each in page.iter("link") if each.get("rel") == "canonical"), None)


def ids(page):
    return [each.get("id") for each in page.iter() if each.get("id") is not None]


def by_canonical(pages):
    """One tree for each canonical address, without searches: the pages that search engines keep."""
    return {canonical(page): page for page in pages.values() if "?q=" not in canonical(page)}


# Links


def test_crawl_reaches_every_page_of_the_sitemap(crawl):
    listed = [each.split("</loc>")[0] for each in crawl.answers["/sitemap.xml"].content.decode().split("<loc>")[1:]]
    assert len(listed) > 70
    assert [each for each in listed if each.removeprefix(SITE) not in crawl.answers] == []


def test_every_link_leads_to_a_page(crawl):
    broken = [
        (where, target)
        for where, targets in crawl.links.items()
        for target, _ in targets
        if crawl.answers[target].status_code != 200
    ]
    assert broken == []


def test_every_link_to_a_place_on_a_page_finds_it(crawl, pages):
    places = {where: set(ids(page)) for where, page in pages.items()}

    lost = [
        (where, f"{target}#{fragment}")
        for where, targets in crawl.links.items()
        for target, fragment in targets
        if fragment and fragment not in places.get(target, ())
    ]
    assert lost == []


def test_every_link_to_report_a_problem_names_the_page_it_stands_on(crawl):
    astray = [
        (where, target)
        for where, targets in crawl.links.items()
        for target, _ in targets
        if is_report(target) and not is_report(where)
        for page in parse_qs(urlsplit(target).query).get("page", [""])
        if urlsplit(page).path != urlsplit(where).path
    ]
    assert astray == []


def test_every_link_says_where_it_leads(pages):
    silent = [
        (where, link.get("href"))
        for where, page in pages.items()
        for link in page.iter("a")
        if not (text(link) or link.get("aria-label"))
    ]

    assert silent == []


# Head


def test_every_page_has_a_title_of_its_own(pages):
    titles = Counter(text(page.find(".//title")) for page in by_canonical(pages).values())

    assert [title for title, count in titles.items() if count > 1] == []
    assert all(titles)


def test_every_page_has_a_description_of_its_own(pages):
    descriptions = Counter(metas(page)["description"] for page in by_canonical(pages).values())

    assert [description for description, count in descriptions.items() if count > 1] == []


def test_every_description_has_a_length_that_search_engines_show(pages):
    lengths = {where: len(metas(page)["description"]) for where, page in pages.items()}

    assert {where: length for where, length in lengths.items() if length not in DESCRIPTION_LENGTH} == {}


def test_every_page_names_its_canonical_address_which_names_itself(crawl, pages):
    for where, page in pages.items():
        target = canonical(page)
        assert target
        assert target.startswith(f"{SITE}/")
        own = target.removeprefix(SITE)
        if own in pages:
            assert (where, canonical(pages[own])) == (where, target)
        assert urlsplit(own).path == urlsplit(where).path


def test_every_page_can_be_previewed_where_it_is_shared(pages):
    for where, page in pages.items():
        found = metas(page)
        wanted = [
            "og:type", "og:site_name", "og:title", "og:description", "og:url", "og:image", "og:image:alt",
            "twitter:card",
        ]  # fmt: skip
        assert (where, [name for name in wanted if not found.get(name)]) == (where, [])
        assert found["og:url"] == canonical(page)
        assert found["twitter:card"] == "summary_large_image"
        assert found["og:image"].startswith(f"{SITE}/")


def test_every_picture_beside_a_link_is_there_and_as_large_as_its_page_says(pages):
    said = {}
    for page in pages.values():
        found = metas(page)
        said[found["og:image"]] = [found[f"og:image:{name}"] for name in ("type", "width", "height")]
    assert len(said) > 5  # each role, comparisons, and the one of the site

    for where, (kind, width, height) in said.items():
        local = where.removeprefix(SITE)
        png = read_static(local) if local.startswith("/static/") else Client().get(local).content

        assert (where, kind, png[:8]) == (where, "image/png", b"\x89PNG\r\n\x1a\n")
        assert (where, struct.unpack(">II", png[16:24])) == (where, (int(width), int(height)))


def read_static(path):
    with open(finders.find(path.removeprefix(settings.STATIC_URL)), "rb") as file:
        return file.read()


# Body


def test_every_page_is_html_without_an_error(crawl, pages):
    errors = {}

    for where in pages:
        parser = html5lib.HTMLParser()
        parser.parse(crawl.answers[where].content.decode())
        errors[where] = [(code, *position) for position, code, _ in parser.errors]

    assert len(errors) > 70
    assert {where: found for where, found in errors.items() if found} == {}


def test_every_page_has_one_main_heading_and_skips_no_level(pages):
    wrong = {}

    for where, page in pages.items():
        levels = [int(each.tag[1]) for each in page.iter() if each.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
        skipped = [(before, after) for before, after in pairwise(levels) if after > before + 1]
        if levels.count(1) != 1 or levels[0] != 1 or skipped:
            wrong[where] = levels

    assert wrong == {}


def test_every_heading_says_something(pages):
    empty = [
        (where, each.tag, each.get("id"))
        for where, page in pages.items()
        for each in page.iter()
        if each.tag in ("h1", "h2", "h3", "h4") and not text(each)
    ]

    assert empty == []


def test_every_id_stands_once_on_its_page(pages):
    repeated = {
        where: [name for name, count in Counter(ids(page)).items() if count > 1] for where, page in pages.items()
    }

    assert {where: names for where, names in repeated.items() if names} == {}


def test_everything_that_points_to_an_element_finds_it(pages):
    lost = []

    for where, page in pages.items():
        known = set(ids(page))
        for each in page.iter():
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form", "data-copy"):
                lost += [(where, name, target) for target in each.get(name, "").split() if target not in known]

    assert lost == []


def test_every_field_has_a_label(pages):
    for where, page in pages.items():
        labeled = {each.get("for") for each in page.iter("label")}
        for each in page.iter():
            if each.tag in ("input", "select", "textarea") and each.get("type") not in ("hidden", "submit"):
                assert each.get("id") in labeled, (where, each.attrib)


def heard(element):
    """The elements that a screen reader meets: whatever is hidden from it is left out, with all that is in it."""
    if element.get("aria-hidden") != "true":
        yield element
        for child in element:
            yield from heard(child)


def test_every_picture_is_spoken_or_silent(pages):
    pictures = [(where, each) for where, page in pages.items() for each in heard(page) if each.tag == "svg"]

    assert len(pictures) > 50
    unclear = [
        (where, each.get("class"))
        for where, each in pictures
        if not (each.get("role") == "img" and each.get("aria-label"))
    ]
    assert unclear == []


def test_every_table_has_a_caption(pages):
    bare = [
        (where, each.get("class"))
        for where, page in pages.items()
        for each in page.iter("table")
        if each.find("caption") is None
    ]

    assert bare == []


def test_every_page_says_its_language_and_has_one_main_part(pages):
    for where, page in pages.items():
        assert (where, page.get("lang"), len(list(page.iter("main")))) == (where, "en", 1)


def test_no_published_text_asks_for_a_source_that_is_missing(crawl):
    assert [where for where, answer in crawl.answers.items() if b"[source needed]" in answer.content] == []


def test_no_page_shows_the_marks_of_templates_or_markdown(pages):
    marks = ("{{", "{%", "**", "[@", "](")

    found = [(where, mark) for where, page in pages.items() for mark in marks if mark in text(page.find(".//main"))]
    assert found == []


def test_no_page_shows_a_value_that_is_missing(pages):
    found = [
        (where, each.tag)
        for where, page in pages.items()
        for each in page.find(".//main").iter()
        if text(each) in ("None", "[]", "()")
    ]

    assert found == []
