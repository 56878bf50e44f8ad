"""The small words on every page: one query, the editors' words first, the site's own otherwise."""

import re

import pytest
import yaml
from django.conf import settings
from django.db import DatabaseError
from django.template import Template
from django.template.context import Context, RequestContext
from django.test import RequestFactory
from pytest_django.asserts import assertContains, assertNotContains

from careers.admin import PLACES
from careers.models import Passage
from careers.search.index import rebuild
from careers.words import PLACE, Labels, labels_for
from tests.factories import PageFactory, PassageFactory, RoleFactory

from .labels import labels_used
from .pages import address

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEMPLATES = settings.BASE_DIR / "templates"

# The folders of templates that readers meet.
FOR_READERS = ("careers", "partials", "match", "feedback", "classroom", "offline", "packs", "api")
# The page of components is for those who build the site.
WITHOUT_LABELS = {"style.html"}
# Names that nobody should reword: a command that the operator types.
NO_WORDS = re.compile(r"<code>manage\.py \w+</code>")


@pytest.fixture
def write():
    """write(key="words", …) is what an editor does in the form of the labels."""
    page = PageFactory(key="labels")

    def write(labels):
        for key, heading in labels.items():
            PassageFactory(page=page, key=key, heading=heading)

    return write


def render(source, request=None, **values):
    context = RequestContext(request, values) if request else Context(values)
    return Template("{% load careers %}" + source).render(context)


def in_files():
    """{key: words} of content/pages/labels.yaml, in its order."""
    page = yaml.safe_load((settings.CONTENT_DIR / "pages" / "labels.yaml").read_text())
    return {passage["key"]: passage["heading"] for passage in page["passages"]}


# What the site uses and what the file lists


def test_every_label_in_templates_and_code_stands_in_the_file_with_the_same_words():
    used = {key: words for key, (words, *more) in labels_used().items() if not more}

    assert used.keys() == labels_used().keys(), "one key has two wordings"
    assert used == in_files()


def test_labels_would_be_found():
    used = labels_used()

    # A tag, a tag of the menu, one of the way back, a call in code, and a tag inside code.
    for key in ("share-copy", "nav-trends", "nav-standards", "fact-good-day", "compare-add"):
        assert key in used


def test_labels_stand_in_the_order_of_their_keys_so_that_those_of_one_place_stand_together():
    assert list(in_files()) == sorted(in_files())


def test_every_label_says_where_it_stands():
    assert {key.partition("-")[0] for key in in_files()} == PLACES.keys()


def test_no_template_of_the_portal_holds_words_of_its_own():
    """Whatever a reader can read there comes from a label, a passage or a thing."""
    left = {}
    for path in sorted(path for folder in FOR_READERS for path in (TEMPLATES / folder).glob("*.html")):
        bare = NO_WORDS.sub("", path.read_text())
        bare = re.sub(r"{% block (main_attributes|\w+_query) %}.*?{% endblock %}", "", bare)
        bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", bare, flags=re.S)
        words = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*[A-Za-z]{2}[^"]*)"', bare)
        words += re.findall(r"[^<>]*[A-Za-z]{2}[^<>]*", re.sub(r"<[^>]*>", "<>", bare))
        if words and path.name not in WITHOUT_LABELS:
            left[path.name] = [each.strip() for each in words]

    assert left == {}


def test_no_template_hands_words_of_its_own_to_a_partial():
    """with caption="The nation" would be such; a size or the name of a class is none."""
    left = {
        path.name: found
        for folder in FOR_READERS
        for path in (TEMPLATES / folder).glob("*.html")
        if path.name not in WITHOUT_LABELS
        for tag in re.findall(r"{% include [^%]*%}", path.read_text())
        if (found := re.findall(r'\w+="([^"]*[A-Z ][^"]*)"', tag))
    }

    assert left == {}


# The tag


def test_a_label_nobody_wrote_shows_the_words_of_the_site():
    assert render('{% label "compare-add" "Add" %}', RequestFactory().get("/")) == "Add"


def test_a_label_shows_the_words_of_an_editor_also_inside_partials(write):
    write({"share-copy": "Take the link"})

    html = render('{% include "partials/share.html" with address="a" subject="s" only %}', RequestFactory().get("/"))

    assert "<span>Take the link</span>" in html
    assert "Copy link" not in html


def test_an_emptied_label_shows_the_words_of_the_site_again(write):
    write({"compare-add": ""})

    assert render('{% label "compare-add" "Add" %}', RequestFactory().get("/")) == "Add"


def test_without_a_request_no_database_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert render('{% label "compare-add" "Add" %}') == "Add"


def test_all_labels_of_a_page_cost_one_query(django_assert_num_queries):
    request = RequestFactory().get("/")

    with django_assert_num_queries(1):
        render('{% label "compare-add" "Add" %}{% label "share-copy" "Copy link" %}', request)
        labels_for(request)("nav-home", "Home")


def test_places_are_filled_and_what_nobody_fills_stays(write):
    write({"pager-here": "{number}/{count} {odd}"})

    html = render('{% label "pager-here" "Page" number=2 count=7 %}', RequestFactory().get("/"))

    assert html == "2/7 {odd}"


def test_a_value_that_holds_braces_is_not_filled_again():
    assert render('{% label "nav-name" "{name}" name="{other}" other="x" %}') == "{other}"


@pytest.mark.parametrize("written", [True, False], ids=["an editor's words", "the site's own words"])
def test_words_and_values_are_escaped_wherever_they_stand(write, written):
    if written:
        write({"nav-name": '<b>"{name}'})

    html = render("""{% label "nav-name" '<b>"{name}' name=name %}""", RequestFactory().get("/"), name="<i>")

    assert html == "&lt;b&gt;&quot;&lt;i&gt;"


def test_a_page_that_reports_a_trouble_makes_no_other(monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Passage.objects, "filter", broken)

    assert Labels()("error-404-heading", "That page is not here") == "That page is not here"


# Where they are shown


def test_words_of_an_editor_reach_buttons_facts_forms_and_spreadsheets(client, write):
    RoleFactory(slug="one", published=True, with_parts=True), RoleFactory(slug="other", published=True, with_parts=True)
    write(
        {
            "compare-add": "Put beside",
            "compare-add-role": "One more <role>",
            "fact-makes": "What you build",
            "level-none": "No need",
            "nav-roles": "Jobs",
            "roles-search": "Find a job",
            "roles-search-button": "Go",
            "roles-by-software": "By software",
            "compare-tick": "Tick <two>.",
        }
    )
    RoleFactory(published=True)

    compared, picker = client.get(address("compare", role=["one", "other"])), client.get(address("compare"))
    listed = client.get(address("roles"))
    sheet = client.get(address("compare", role=["one", "other"], format="csv")).content.decode()

    for words in ("Put beside", "One more &lt;role&gt;", "What you build", "No need", ">Jobs<"):
        assertContains(compared, words)
    assertNotContains(compared, "You make")
    for words in ("Find a job", "<span>Go</span>", "By software", "What you build"):
        assertContains(listed, words)
    assertContains(picker, "Tick &lt;two&gt;.")
    assert "\r\nWhat you build," in sheet
    assert "No need" in sheet


def test_a_percent_sign_in_the_words_of_an_error_is_only_a_sign(client, write):
    write({"roles-search-long": "100% too long: {most}", "roles-search-strange": "0% known"})

    assertContains(client.get(address("roles", q="a" * 101)), "100% too long: 100")
    assertContains(client.get(address("roles", q="\0")), "0% known")


def test_words_of_an_editor_reach_the_search_and_every_box_that_leads_there(client, write):
    write({"search-site": "Look <here>", "search-hint": 'Try "X-rays"', "search-long": "100% too long: {most}"})

    home, missing, search = client.get("/"), client.get("/no-such-page/"), client.get(address("search"))

    for page, status in ((home, 200), (missing, 404), (search, 200)):
        assertContains(page, "Look &lt;here&gt;", status_code=status)
        assertContains(page, 'placeholder="Try &quot;X-rays&quot;"', status_code=status)
    assertContains(client.get(address("search", q="a" * 201)), "100% too long: 200")


def test_what_was_searched_is_escaped_in_the_words_around_it(client, write):
    write({"search-one": "{count} hit: <{said}>"})
    RoleFactory(title="Alpha", published=True)
    rebuild()

    assertContains(client.get(address("search", q="alpha \"'&")), "1 hit: &lt;alpha &quot;&#x27;&amp;&gt;")


def test_every_place_in_braces_is_filled_on_real_pages(client, real_content):
    for name in ("home", "roles", "compare", "skills", "trends", "sources", "why-healthcare", "pay"):
        # Scripts fill in what stands in these attributes.
        shown = re.sub(r'data-[a-z]+="[^"]*"', "", client.get(address(name)).content.decode())
        assert PLACE.findall(shown) == []
