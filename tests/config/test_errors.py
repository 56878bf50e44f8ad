"""Error pages: in the site's look, with ways on, and without a word about the inside."""

import html5lib
import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django.asserts import assertContains

from tests.factories import PassageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WAYS_ON = {"/", "/roles/", "/compare/"}


def parsed(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def text(element):
    return " ".join("".join(element.itertext()).split())


def ask(address, **options):
    return Client(raise_request_exception=False).get(address, **options)


@pytest.mark.urls("tests.config.troubled_urls")
@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "We could not read that request"),
        (403, "You may not see this page"),
        (404, "That page is not here"),
        (500, "Something broke on our side"),
    ],
)
class TestErrorPage:
    def test_has_a_heading_and_a_way_on(self, status, heading):
        response = ask(f"/trouble/{status}/")

        page = parsed(response)
        assert response.status_code == status
        assert [text(each) for each in page.iter("h1")] == [heading]
        assert "/" in {each.get("href") for each in page.find(".//main").iter("a")}

    def test_tells_nothing_about_the_inside(self, status, heading):
        response = ask(f"/trouble/{status}/")

        assert b"secret detail" not in response.content
        assert b"Traceback" not in response.content

    def test_has_the_look_and_the_protection_of_the_site(self, status, heading):
        response = ask(f"/trouble/{status}/")

        page = parsed(response)
        sheets = {each.get("href") for each in page.iter("link") if each.get("rel") == "stylesheet"}
        assert "/static/css/components.css" in sheets
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "noindex" in {each.get("content") for each in page.iter("meta") if each.get("name") == "robots"}

    def test_is_html_without_an_error(self, status, heading):
        html5lib.HTMLParser(strict=True).parse(ask(f"/trouble/{status}/").content.decode())

    def test_sets_no_cookie_and_depends_on_none(self, status, heading):
        response = ask(f"/trouble/{status}/")

        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()

    def test_stands_when_the_database_does_not_answer(self, status, heading):
        def refuse(*args):
            raise OperationalError

        with connection.execute_wrapper(refuse):
            response = ask(f"/trouble/{status}/")

        assert response.status_code == status
        assertContains(response, heading, status_code=status)


@pytest.mark.urls("tests.config.troubled_urls")
def test_error_page_shows_the_words_of_an_editor():
    PassageFactory(page__key="labels", key="error-404-heading", heading="Lost?")

    assertContains(ask("/trouble/404/"), "<h1>Lost?</h1>", status_code=404)


@pytest.mark.urls("tests.config.troubled_urls")
@pytest.mark.parametrize("status", [400, 403, 404])
def test_error_page_offers_the_ways_in(status):
    page = parsed(ask(f"/trouble/{status}/"))

    assert {each.get("href") for each in page.find(".//main").iter("a")} >= WAYS_ON
    assert len(list(page.iter("header"))) == 1


@pytest.mark.parametrize("host", ["evil.example", "not a host", "testserver:80:80"])
def test_host_that_is_not_ours_gets_the_page_for_bad_requests(host):
    response = ask("/", headers={"host": host})

    assert response.status_code == 400
    assert host.encode() not in response.content


def test_form_without_its_token_gets_a_page_that_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})

    page = parsed(response)
    assert response.status_code == 403
    assert [text(each) for each in page.iter("h1")] == ["That form has expired"]
    assert "reload the page and send it again" in text(page.find(".//main"))
    assert {each.get("href") for each in page.find(".//main").iter("a")} >= WAYS_ON
