"""oEmbed 1.0, line by line of the specification: what programs ask, and what they may rely on.

“Section” and the words in quotation marks are those of https://oembed.com/.
"""

from xml.etree import ElementTree

import html5lib
import pytest

from tests.factories import FormerSlugFactory, RoleFactory

from .pages import address
from .test_strange_input import each_strange_value

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITE = "http://testserver"


@pytest.fixture
def three_roles(db):
    for slug in "abc":
        RoleFactory(slug=slug, title=f"Role {slug}", short_title=slug.upper(), published=True)


@pytest.fixture
def ask(client, three_roles):
    """ask(url, maxwidth=…) is what a program does; a path is one of this site."""

    def ask(url="/roles/a/", **parameters):
        whole = f"{SITE}{url}" if url.startswith("/") else url
        return client.get(address("oembed", url=whole, **parameters))

    return ask


def frame_in(answer):
    """The iframe of an answer, which holds nothing else."""
    (frame,) = html5lib.parseFragment(answer["html"], namespaceHTMLElements=False)
    assert frame.tag == "iframe"
    return frame


# 2.3.4 Response parameters


def test_answer_has_all_that_a_rich_answer_must_have_and_says_whose_it_is(ask):
    answer = ask().json()

    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert (answer["title"], answer["provider_name"]) == ("Role a", "Careers in Healthcare Software")
    assert answer["provider_url"] == f"{SITE}/"
    assert answer["cache_age"] > 0
    assert [type(answer[name]) for name in ("html", "width", "height")] == [str, int, int]


def test_html_is_one_frame_of_the_size_that_the_answer_names_with_a_title(ask):
    answer = ask().json()

    frame = frame_in(answer)

    assert frame.get("src") == f"{SITE}/embed/roles/a/"
    assert frame.get("title") == "Role a"
    assert (frame.get("width"), frame.get("height")) == (str(answer["width"]), str(answer["height"]))
    assert {"allow-scripts", "allow-popups"} <= set(frame.get("sandbox").split())
    assert "allow-same-origin" not in frame.get("sandbox")


@pytest.mark.parametrize(
    ("parameters", "size"),
    [
        ({"maxwidth": 300}, (300, None)),
        ({"maxheight": 400}, (None, 400)),
        ({"maxwidth": 1, "maxheight": 1}, (1, 1)),
        ({"maxwidth": 9_999, "maxheight": "9" * 20}, (None, None)),
    ],
    ids=["narrow", "low", "a dot", "more than it needs"],
)
def test_no_side_is_longer_than_asked(ask, parameters, size):
    usual, answer = ask().json(), ask(**parameters).json()

    assert answer["width"] == (size[0] or usual["width"])
    assert answer["height"] == (size[1] or usual["height"])
    assert frame_in(answer).get("width") == str(answer["width"])


def test_title_of_a_role_stays_inside_the_frames_attribute(ask):
    RoleFactory(slug="odd", title='"><script>alert(1)</script>', published=True)

    assert frame_in(ask("/roles/odd/").json()).get("title") == '"><script>alert(1)</script>'


# 2.2 Consumer request: url, and which addresses we know


@pytest.mark.parametrize(
    ("url", "framed"),
    [
        ("/roles/a/", "/embed/roles/a/"),
        ("/roles/a/?utm=x#pay", "/embed/roles/a/"),
        ("/embed/roles/a/", "/embed/roles/a/"),
        ("/compare/?role=b&role=a", "/embed/compare/?role=b&role=a"),
        ("/compare/?role=a&role=nobody&role=b&only=differences", "/embed/compare/?role=a&role=b"),
        ("/embed/compare/?role=a&role=c", "/embed/compare/?role=a&role=c"),
        ("https://testserver/roles/a/", "/embed/roles/a/"),
    ],
)
def test_address_of_a_role_or_a_comparison_is_known(ask, url, framed):
    assert frame_in(ask(url).json()).get("src") == f"{SITE}{framed}"


def test_former_slugs_are_known_by_todays_names(ask):
    role = RoleFactory(slug="now", published=True)
    FormerSlugFactory(page=role, slug="before")

    assert frame_in(ask("/roles/before/").json()).get("src") == f"{SITE}/embed/roles/now/"
    assert frame_in(ask("/compare/?role=before&role=a").json()).get("src") == (f"{SITE}/embed/compare/?role=now&role=a")


def test_comparison_of_the_longest_slugs_is_known(ask):
    slugs = [RoleFactory(slug=f"{number}" * 80, title=f"{number}", published=True).slug for number in range(5)]

    assert ask(address("compare", role=slugs)).json()["html"].count("role=") == 5


@pytest.mark.parametrize(
    "url",
    [
        "/", "/roles/", "/roles/missing/", "/roles/draft/", "/skills/x/", "/plan/a/", "/compare/", "/compare/?role=a",
        "/compare/?role=a&role=draft", "/admin/", "/no-such-page/", "https://evil.example/roles/a/",
        "https://testserver.evil.example/roles/a/", "https://testserver@evil.example/roles/a/", "javascript:alert(1)",
        "roles/a/", "http://[", "x",
    ],
)  # fmt: skip
def test_anything_else_is_not_found(ask, url):
    """“404 Not Found: The provider has no response for the requested url parameter.”"""
    RoleFactory(slug="draft")

    assert ask(url).status_code == 404


# 2.3.2, 2.3.3 JSON and XML


def test_xml_says_the_same_as_json(ask):
    as_json, response = ask(format="json").json(), ask(format="xml")

    assert response["Content-Type"].startswith("text/xml")
    assert response.text.startswith('<?xml version="1.0" encoding="utf-8" standalone="yes"?>')
    root = ElementTree.fromstring(response.content)  # noqa: S314 - ours
    assert root.tag == "oembed"
    assert {each.tag: each.text for each in root} == {name: str(value) for name, value in as_json.items()}


def test_format_may_be_left_out_or_empty_and_is_json_then(ask):
    assert ask()["Content-Type"] == ask(format="")["Content-Type"] == "application/json"


def test_another_format_is_not_implemented(ask):
    """“501 Not Implemented: The provider cannot return a response in the requested format.”"""
    assert [ask(format=each).status_code for each in ("yaml", "JSON ", "\0", "x" * 5_000)] == [501] * 4


# What is wrong with a question


@pytest.mark.parametrize("parameter", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("value", ["0", "-1", "wide", "1e3", "\0", "9" * 5_000], ids=lambda value: value[:6])
def test_a_side_that_is_no_number_of_pixels_is_refused_by_name(ask, parameter, value):
    response = ask(**{parameter: value})

    assert response.status_code == 400
    assert response.text.startswith(f"{parameter}: ")


def test_a_question_without_an_address_is_refused(client):
    response = client.get(address("oembed"))

    assert (response.status_code, response.text) == (400, "url: This field is required.\n")


@each_strange_value
def test_strange_values_get_a_plain_answer(client, three_roles, value):
    for query in (f"url={value}", f"url={SITE}/compare/%3Frole={value}", f"url={SITE}/roles/a/&format={value}"):
        response = client.generic("GET", "/oembed/", QUERY_STRING=query)

        assert response.status_code in (200, 400, 404, 501)
        assert not response["Content-Type"].startswith("text/html")


# For scripts of other sites


def test_scripts_of_any_site_may_ask_and_read_the_refusals_too(ask):
    for response in (ask(), ask(format="xml"), ask("/nothing/"), ask(maxwidth=0), ask(format="yaml")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response


def test_only_oembed_may_be_asked_by_scripts_of_other_sites(client, three_roles):
    for each in ("/", "/roles/a/", "/embed/roles/a/", "/search/suggest/?q=a"):
        assert "Access-Control-Allow-Origin" not in client.get(each)
