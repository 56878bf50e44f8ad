"""What answers tell browsers, on a site that is served over HTTPS: scored by the rules of MDN's HTTP Observatory."""

import json
import os
import subprocess
import sys
from http.cookies import SimpleCookie

import pytest
from django.conf import settings as today
from django.test import Client

from tests.careers.pages import address, one_of_each

from .observatory import A_PLUS, Seen, score

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOST = "careers.example.org"
ELSEWHERE = "https://elsewhere.example.org"

SHOW = """
import json
from config import settings
plain = {name: value for name, value in vars(settings).items() if name.isupper()}
print(json.dumps(plain, default=lambda value: None))
"""


def settings_with(**environment):
    """The settings in an environment that says little else; what is no plain data is None."""
    process = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=today.BASE_DIR,
        env=os.environ | {"SITE_URL": ""} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(process.stdout)


@pytest.fixture(scope="module")
def what_https_changes():
    """{name: value} of each setting that HTTPS=on makes another."""
    on, off = settings_with(HTTPS="on"), settings_with(HTTPS="off")
    return {name: value for name, value in on.items() if value != off[name]}


@pytest.fixture
def https(what_https_changes, settings, tmp_path):
    """The site as HTTPS=on serves it, with one static file."""
    for name, value in what_https_changes.items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [HOST]
    settings.STATIC_ROOT = str(tmp_path)
    (tmp_path / "page.css").write_text("p { margin: 0 }")


def ask(where):
    """What a scanner sees at an address."""
    client = Client(headers={"host": HOST, "origin": ELSEWHERE})
    answer, plain = client.get(where, secure=True), client.get(where)
    body = b"".join(answer).decode() if answer["Content-Type"].startswith("text/") else ""
    headers = {name.lower(): value for name, value in answer.items()}
    return Seen(HOST, headers, SimpleCookie(answer.cookies.output(header="")), body, plain.get("Location", ""))


PAGES = {
    "home": lambda: "/",
    "role": lambda: address("role", "one"),
    "comparison": lambda: address("compare", role=["one", "other"]),
    "search": lambda: address("search", q="title"),
    "form": lambda: "/feedback/",
    "API": lambda: "/api/v1/roles/",
    "its description": lambda: "/api/v1/",
    "sign-in": lambda: "/admin/login/",
    "missing page": lambda: address("role", "missing"),
    "missing page of the API": lambda: "/api/v1/roles/missing/",
    "static file": lambda: "/static/page.css",
    # Made to be framed by every site: the rules ask who may frame it, not for “nobody”.
    "frame": lambda: address("embed-role", "one"),
}


@pytest.mark.parametrize("name", PAGES)
def test_answer_is_worth_an_a_plus(https, name):
    one_of_each()

    points, given = score(ask(PAGES[name]()))

    assert points >= A_PLUS, given
    assert [rule for rule, each in given.items() if each < 0] == []


def test_https_changes_what_it_should(what_https_changes):
    assert {
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CONTENT_SECURITY_POLICY",
        "ADMIN_CONTENT_SECURITY_POLICY",
    } <= what_https_changes.keys()


# Each rule takes points from what breaks it


GOOD = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
}
GOOD_COOKIE = "sessionid=x; Secure; HttpOnly; SameSite=Lax"


def seen(headers=None, cookie=GOOD_COOKIE, body="", leads_to=f"https://{HOST}/"):
    headers = {name: value for name, value in (GOOD | (headers or {})).items() if value is not None}
    return Seen(HOST, headers, SimpleCookie(cookie), body, leads_to)


def test_a_good_answer_gets_what_the_rules_promise():
    points, given = score(seen())

    # 10 for the policy, 5 for the cookie, 10 and 10 for opener and resource, 5 for the referrer, 5 for frames
    assert points == 145
    assert given["cross_origin_embedder_policy"] == 0


@pytest.mark.parametrize(
    ("worse", "points"),
    [
        ({"headers": {"content-security-policy": None}}, 55),
        ({"headers": {"content-security-policy": "default-src 'none'; script-src 'self' 'unsafe-inline'"}}, 60),
        ({"headers": {"content-security-policy": "default-src 'none'; script-src 'self'; script-src 'self'"}}, 55),
        ({"headers": {"content-security-policy": "default-src 'none'; img-src http:; frame-ancestors 'none'"}}, 80),
        ({"headers": {"content-security-policy": "script-src 'self'; frame-ancestors 'none'"}}, 80),
        ({"headers": {"strict-transport-security": None}}, 80),
        ({"headers": {"strict-transport-security": "max-age=60"}}, 135),
        ({"headers": {"x-content-type-options": None}}, 140),
        ({"headers": {"referrer-policy": "unsafe-url"}}, 135),
        ({"headers": {"cross-origin-opener-policy": "yes"}}, 130),
        (
            {"headers": {"access-control-allow-origin": ELSEWHERE, "access-control-allow-credentials": "true"}},
            50,
        ),
        ({"cookie": "sessionid=x; HttpOnly; SameSite=Lax"}, 60),
        ({"cookie": "sessionid=x; Secure; SameSite=Lax"}, 70),
        ({"cookie": "csrftoken=x; Secure"}, 80),
        ({"leads_to": ""}, 80),
        ({"leads_to": "https://www.example.org/"}, 140),
        ({"body": '<script src="https://elsewhere.example.org/x.js"></script>'}, 50),
    ],
)
def test_what_is_worse_scores_less(worse, points):
    assert score(seen(**worse))[0] == points


# The admin's own policy for content, and who may load what


def policy(answer):
    return {name: sources for name, *sources in map(str.split, answer["Content-Security-Policy"].split(";"))}


@pytest.mark.parametrize("where", ["/admin/login/", "/admin/", "/admin/roles/role/", "/admin/no/such/page/"])
def test_admin_has_a_policy_of_its_own(client, where):
    assert policy(client.get(where)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("where", ["/", "/admin/login/"])
def test_over_https_nothing_is_asked_for_in_the_clear(https, where):
    assert "upgrade-insecure-requests" in policy(Client(headers={"host": HOST}).get(where, secure=True))


def test_only_what_is_made_for_other_sites_may_be_loaded_by_them(https):
    one_of_each()
    own = ["/", "/admin/login/", "/search/suggest/?q=title", address("changes-feed"), "/healthz", "/sw.js"]
    open_to_all = ["/api/v1/roles/", address("role-picture", "one"), "/static/page.css", address("embed-role", "one")]

    found = {where: ask(where).header("cross-origin-resource-policy") for where in [*own, *open_to_all]}

    assert found == dict.fromkeys(own, "same-origin") | dict.fromkeys(open_to_all, "cross-origin")
