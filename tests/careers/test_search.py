"""The search page and its suggestions, as readers and scripts meet them."""

import html
import json

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from careers.search.find import MOST_OF_A_KIND, find, in_groups
from careers.search.forms import MOST_SIGNS
from careers.search.index import rebuild
from careers.search.views import RESULTS_A_PAGE, SUGGESTIONS
from roles.models import Role
from tests.factories import PageFactory, PassageFactory, RoleFactory, SkillFactory, StandardFactory, SynonymFactory

from .pages import address, text, tree, with_class

pytestmark = pytest.mark.django_db


def results(response):
    """The titles on the page, in order."""
    return [text(each) for found in with_class(tree(response), "results") for each in found.iter("h4")]


def main(response):
    return text(tree(response).find(".//main"))


@pytest.fixture
def three(db):
    RoleFactory(slug="one", title="Telemedicine developer", tagline="You build video visits.", published=True)
    SkillFactory(slug="two", name="Live media", summary="Video over any network.", published=True)
    StandardFactory(slug="three", name="WebRTC", full_name="Web real-time communication", published=True)
    rebuild()


# The page


@pytest.mark.usefixtures("three")
def test_results_stand_under_their_kind_with_the_words_marked(client):
    response = client.get(address("search", q="video"))

    page = tree(response)
    assert [text(each) for each in page.find(".//main").iter("h3")] == ["Roles", "Skills"]
    assert results(response) == ["Telemedicine developer", "Live media"]
    assert [text(each) for each in page.iter("mark")] == ["video", "Video"]
    assertContains(response, "2 results for “video”")


@pytest.mark.usefixtures("three")
def test_typed_error_is_forgiven_and_said(client):
    response = client.get(address("search", q="telemedecine"))

    assert results(response) == ["Telemedicine developer"]
    assertContains(response, "Showing results for “telemedicine” instead of “telemedecine”")
    assertContains(response, 'value="telemedecine"')


@pytest.mark.usefixtures("three")
def test_word_that_nothing_holds_is_left_out_and_said(client):
    response = client.get(address("search", q="telemedicine zzyzx"))

    assert results(response) == ["Telemedicine developer"]
    assertContains(response, "Nothing here says “zzyzx”")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("q", ["zzyzx", "?!", "🩺", "e", "\u202e"])
def test_search_without_results_is_no_empty_page(client, q):
    page = PageFactory(key="search")
    PassageFactory(page=page, key="nothing", heading="Nothing of that here")
    PassageFactory(page=page, key="nearest", heading="Perhaps these")

    response = client.get(address("search", q=q))

    assertContains(response, "Nothing of that here")
    assertContains(response, "Perhaps these")
    assert results(response) == ["Telemedicine developer"]
    for name in ("roles", "compare", "why-healthcare"):
        assertContains(response, f'<li><a href="{address(name)}">')


@pytest.mark.usefixtures("three")
def test_search_without_results_shows_names_that_come_near(client):
    assert "WebRTC" in results(client.get(address("search", q="webxrtcx")))


def test_search_of_an_empty_site_answers(client):
    assert client.get(address("search", q="anything")).status_code == 200
    assert client.get(address("search-suggest", q="anything")).json() == {"results": []}


def test_page_without_a_search_tells_how_to_ask(client):
    page = PageFactory(key="search", heading="Ask anything")
    PassageFactory(page=page, key="examples", heading="Ways to ask", text="Try [scans](/search/?q=scans).")

    response = client.get(address("search"))

    assertContains(response, "Ways to ask")
    assertContains(response, '<a href="/search/?q=scans"')
    assertNotContains(response, "noindex")


@pytest.mark.usefixtures("three")
def test_results_are_kept_out_of_search_engines_and_have_one_address(client):
    response = client.get(f"{address('search')}?page=1&q=video&utm=x")

    assertContains(response, '<meta name="robots" content="noindex">')
    assertContains(response, '<link rel="canonical" href="http://testserver/search/?q=video">')


@pytest.fixture
def many_skills(db):
    for number in range(RESULTS_A_PAGE + 5):
        SkillFactory(name=f"Zyxomatic skill {number:02}", position=number, published=True)
    RoleFactory(title="Zyxomatic developer", published=True)
    rebuild()


@pytest.mark.usefixtures("many_skills")
def test_kind_with_many_results_shows_the_first_and_leads_to_all(client):
    response = client.get(address("search", q="zyxomatic"))

    assert results(response) == [
        "Zyxomatic developer",
        *(f"Zyxomatic skill {number:02}" for number in range(MOST_OF_A_KIND)),
    ]
    assert address("search", q="zyxomatic", kind="skill") in {
        f"/search/{each.get('href')}" for each in tree(response).iter("a")
    }


@pytest.mark.usefixtures("many_skills")
def test_one_kind_has_pages(client):
    first = client.get(address("search", q="zyxomatic", kind="skill"))
    second = client.get(address("search", q="zyxomatic", kind="skill", page=2))

    assert (len(results(first)), len(results(second))) == (RESULTS_A_PAGE, 5)
    assert not set(results(first)) & set(results(second))
    assertContains(first, '<a class="btn" href="?q=zyxomatic&amp;kind=skill&amp;page=2" rel="next">')
    assertContains(second, 'href="http://testserver/search/?q=zyxomatic&amp;kind=skill&amp;page=2"')


@pytest.mark.usefixtures("many_skills")
@pytest.mark.parametrize("kind", ["trend", "recipe", "\x00"])
def test_kind_without_results_shows_everything(client, kind):
    response = client.get(address("search", q="zyxomatic", kind=kind))

    assert results(response)[0] == "Zyxomatic developer"


def test_groups_hold_every_result_once():
    RoleFactory.create_batch(9, published=True)
    SkillFactory.create_batch(2, published=True)
    rebuild()
    entries = find("title name").entries

    groups = in_groups(entries, most=100)

    assert sorted(entry.pk for group in groups for entry in group.entries) == sorted(entry.pk for entry in entries)


def test_too_long_a_search_says_so(client):
    response = client.get(address("search", q="word " * 2_000))

    assertContains(response, f"Please use at most {MOST_SIGNS} characters")


def test_what_was_searched_is_shown_as_words(client):
    RoleFactory(title="<script>x</script> & co", tagline="<img src=x onerror=y>", published=True)
    rebuild()

    response = client.get(address("search", q="<script>x</script> img"))

    assertNotContains(response, "<script>x")
    assertNotContains(response, "<img src=x")
    assertContains(response, html.escape("<script>x</script> img"))
    assertContains(response, "&lt;<mark>script</mark>&gt;")


def test_draft_is_never_found_suggested_or_named_as_a_correction(client, staff_client):
    role = RoleFactory(title="Zyxomatic developer", published=True)
    rebuild()
    Role.objects.filter(pk=role.pk).update(status="draft")

    for visitor in (client, staff_client):
        for q in ("zyxomatic", "zyxomatc", "developer"):
            assert "Zyxomatic" not in visitor.get(address("search", q=q)).content.decode()
            assert visitor.get(address("search-suggest", q=q)).json() == {"results": []}


@pytest.mark.usefixtures("three")
def test_box_on_other_pages_leads_to_the_search(client):
    for page in (address("home"), address("role", "missing")):
        forms = [each for each in tree(client.get(page)).iter("form") if each.get("role") == "search"]

        assert [(each.get("method"), each.get("action")) for each in forms] == [("get", address("search"))]


# Suggestions


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("q", ["te", "telem", "telemedicine dev", "telemedec"])
def test_suggestions_complete_what_is_being_typed(client, q):
    response = client.get(address("search-suggest", q=q))

    assert response.json() == {
        "results": [{"title": "Telemedicine developer", "kind": "Roles", "url": address("role", "one")}]
    }
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Content-Type"] == "application/json"


@pytest.mark.usefixtures("many_skills")
def test_suggestions_are_few(client):
    response = client.get(address("search-suggest", q="zyx"))

    assert len(response.json()["results"]) == SUGGESTIONS
    assert len(response.content) < 2_000


@pytest.mark.parametrize("q", ["", " ", "?", "\x00", "x" * 10_000, "\u202e", "🩺"])
def test_suggestions_for_nothing_sensible_are_none(client, q):
    RoleFactory(published=True)
    rebuild()

    assert json.loads(client.get(address("search-suggest"), {"q": q}).content) == {"results": []}


def test_many_synonyms_of_one_word_do_not_multiply_the_search(django_assert_num_queries):
    RoleFactory(title="EHR developer", published=True)
    for number in range(30):
        SynonymFactory(typed="EMR", means=f"thing {number}\nEHR")
    SynonymFactory(typed="EMR", means="EHR")
    rebuild()

    with django_assert_num_queries(4):
        assert [entry.title for entry in find("EMR").entries] == ["EHR developer"]
