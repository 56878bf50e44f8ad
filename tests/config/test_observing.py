"""Each request has an id and leaves one line, in which nobody finds a reader or what a reader typed, chose or holds."""

import io
import json
import logging

import pytest
from django.core.wsgi import get_wsgi_application

from config.logs import Json, request_id, write_request
from config.observing import Observed, route_of
from delivery import routes
from tests.delivery.serving import get

pytestmark = pytest.mark.once

# Stands in every place of a request that says who asks, or for what.
PRIVATE = "xprivatex"
TOKEN = f"{PRIVATE:x<43}"
HEADERS = {
    "cookie": f"sessionid={PRIVATE}",
    "referer": f"http://testserver/{PRIVATE}",
    "user_agent": PRIVATE,
    "authorization": f"Basic {PRIVATE}",
    "x_forwarded_for": PRIVATE,
    "x_request_id": f"{PRIVATE:x<32}",
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Tests of their own addresses leave nothing behind, and find nothing."""
    routes._route_at.cache_clear()
    yield
    routes._route_at.cache_clear()


@pytest.fixture
def lines():
    """lines() are all that was logged since, as read from JSON; lines.text() is the log itself."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Json())
    loggers = [logging.getLogger(), logging.getLogger("requests")]
    for each in loggers:
        each.addHandler(handler)

    def read():
        return [json.loads(line) for line in out.getvalue().splitlines()]

    read.text = out.getvalue
    yield read
    for each in loggers:
        each.removeHandler(handler)


@pytest.fixture
def site(db):
    return Observed(get_wsgi_application(), write_request)


def answering(line, headers=(), body=b"", **environ_changes):
    """A WSGI application that always answers this."""

    def application(environ, start_response):
        environ.update(environ_changes)
        start_response(line, list(headers))
        return [body]

    return application


def told(application, *asked, **headers):
    """The one Answered that a listener hears of."""
    heard = []
    get(Observed(application, heard.append), *asked, **headers)
    (answered,) = heard
    return answered


def test_line_of_a_request_says_how_it_went(site, lines):
    _, headers, body = get(site, "/healthz?who=me")

    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert line.pop("milliseconds") > 0
    assert line == {
        "level": "INFO",
        "logger": "requests",
        "request": headers["x-request-id"],
        "method": "GET",
        "route": "/healthz",
        "status": 200,
        "bytes": len(body),
        "page": "",
    }


@pytest.mark.parametrize(
    "where",
    [
        f"/search/?q={PRIVATE}",
        f"/search/suggest/?q={PRIVATE}",
        f"/?have={PRIVATE}",
        f"/roles/?have={PRIVATE}",
        f"/match/?a={PRIVATE}&v={PRIVATE}",
        f"/match/result/?a={PRIVATE}",
        f"/match/picture/{PRIVATE}.png",
        f"/compare/?role={PRIVATE}",
        f"/class/?code={PRIVATE}",
        f"/class/{PRIVATE}/",
        f"/class/{PRIVATE}/picture/live/",
        f"/class/manage/{TOKEN}/",
        f"/class/manage/{TOKEN}/close/",
        f"/class/manage/{PRIVATE}",
        f"/packs/edit/{TOKEN}/",
        f"/packs/edit/{TOKEN}/ready/",
        f"/packs/edit/{PRIVATE}",
        f"/p/{PRIVATE}/",
        f"/admin/login/?next=/{PRIVATE}",
        f"/api/v1/roles?{PRIVATE}=1",
        f"/made-up/?{PRIVATE}",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PEEK"])
def test_nothing_in_the_log_is_personal(site, lines, where, method):
    get(site, where, method, **HEADERS)

    assert [line["route"] for line in lines() if line["logger"] == "requests"] != []
    assert PRIVATE not in lines.text().lower()
    assert "127.0.0.1" not in lines.text()


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/roles/ehr-developer/", "/roles/<slug:slug>/"),
        ("/class/ABCD/", "/class/<str:code>/"),
        ("/static/css/base.css", "/static/"),
        ("/wp-login.php", "other"),
        ("/\xff\xfe/", "other"),
        (f"/roles/{'x' * 600}/", "other"),
    ],
)
def test_route_is_the_pattern_of_the_address(path, route):
    assert route_of(path) == route


def test_method_that_http_does_not_know_is_not_named():
    assert told(answering("200 OK"), "/", "PEEK").method == "other"


@pytest.mark.parametrize(
    ("method", "line", "headers", "expected"),
    [
        ("GET", "200 OK", [("content-length", "1234")], 1234),
        ("HEAD", "200 OK", [("Content-Length", "1234")], 0),
        ("GET", "304 Not Modified", [], 0),
        ("GET", "204 No Content", [], 0),
        ("GET", "200 OK", [], None),
    ],
    ids=["whole", "headers alone", "not changed", "nothing", "nobody knows"],
)
def test_bytes_are_those_of_the_body_that_is_sent(method, line, headers, expected):
    assert told(answering(line, headers), "/", method).bytes == expected


def test_application_that_breaks_is_an_error_of_the_server():
    heard = []

    def broken(environ, start_response):
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - ours
        get(Observed(broken, heard.append), "/")

    assert [answered.status for answered in heard] == [500]
    assert request_id.get() == ""


def test_listener_that_breaks_costs_no_answer(lines):
    def broken(answered):
        raise OSError

    status, _, body = get(Observed(answering("200 OK", body=b"here"), broken), "/")

    assert (status, body) == (200, b"here")
    assert [line["message"] for line in lines()] == ["A request could not be told."]


# The id


@pytest.mark.urls("tests.config.troubled_urls")
def test_error_in_the_log_has_the_id_of_its_request(site, lines):
    _, headers, _ = get(site, "/trouble/500/")

    error, request = lines()
    assert error["request"] == request["request"] == headers["x-request-id"]
    assert (error["level"], error["logger"], error["message"]) == (
        "ERROR",
        "django.request",
        "Internal Server Error: /trouble/500/",
    )
    assert error["traceback"].endswith("RuntimeError: secret detail")


def test_each_request_has_an_id_of_its_own():
    site = Observed(answering("200 OK"))

    assert len({get(site, "/")[1]["x-request-id"] for _ in range(5)}) == 5
    assert request_id.get() == ""


GIVEN = "0123456789abcdef-XYZ"


def test_proxy_names_the_request(settings):
    settings.BEHIND_PROXY = True

    assert get(Observed(answering("200 OK")), "/", x_request_id=GIVEN)[1]["x-request-id"] == GIVEN


@pytest.mark.parametrize(
    ("behind_proxy", "given"),
    [
        (False, GIVEN),
        (True, ""),
        (True, "short"),
        (True, "x" * 65),
        (True, GIVEN + "\n"),
        (True, "me@example.org/12345"),
    ],
    ids=["no proxy", "empty", "short", "long", "new line", "words"],
)
def test_nobody_else_does(settings, behind_proxy, given):
    settings.BEHIND_PROXY = behind_proxy

    name = get(Observed(answering("200 OK")), "/", x_request_id=given)[1]["x-request-id"]

    assert len(name) == 32
    assert name != given
