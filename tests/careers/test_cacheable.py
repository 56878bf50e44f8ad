"""What goes out with every public page: nothing about the reader, and nothing that loads from elsewhere."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from .pages import address, is_data, one_of_each, tree

pytestmark = [pytest.mark.django_db, pytest.mark.once]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "own-page own-worker",
}
# Frames on other sites ask for nothing after they are there.
IN_A_FRAME = {"frame-ancestors": "*", "form-action": "'none'"}
NOT_IN_A_FRAME = {"connect-src", "worker-src", "manifest-src"}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), "
    "display-capture=(), encrypted-media=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), "
    "serial=(), usb=(), xr-spatial-tracking=()",
}
# Made for other sites: frames, and what programs are told of frames.
FOR_EVERY_SITE = ("/embed/", "/oembed/")


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """{address: answer} for every public page, and for one that is not there, drawn once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        answers = {each: Client().get(each) for each in [*one_of_each(), address("role", "missing")]}
        transaction.set_rollback(True)
    return answers


@pytest.fixture(scope="module")
def pages(answers):
    """{address: tree} of those that are HTML."""
    return {where: tree(answer) for where, answer in answers.items() if answer["Content-Type"].startswith("text/html")}


def test_no_page_sets_a_cookie(answers):
    assert [where for where, answer in answers.items() if answer.cookies or "Set-Cookie" in answer] == []


def test_no_page_depends_on_cookies(answers):
    assert [where for where, answer in answers.items() if "cookie" in answer.get("Vary", "").lower()] == []


def without_clock(content):
    """The same but for the second in which a calendar was made."""
    return re.sub(rb"DTSTAMP:\w+", b"", content)


def test_published_page_does_not_depend_on_who_reads_it(staff_client):
    for each in one_of_each():
        anonymous, staff = Client().get(each), staff_client.get(each)

        assert without_clock(anonymous.content) == without_clock(staff.content)
        assert "cookie" not in staff.get("Vary", "").lower()


def test_policy_for_content_is_exactly_this(answers):
    for where, answer in answers.items():
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        expected = POLICY
        if where.startswith("/embed/"):
            expected = {name: POLICY[name] for name in POLICY if name not in NOT_IN_A_FRAME} | IN_A_FRAME

        assert (where, policy) == (where, expected)


def test_every_answer_carries_the_headers_that_protect_readers(answers):
    for where, answer in answers.items():
        sent = {name: answer.get(name) for name in HEADERS}
        expected = dict(HEADERS)
        if where.startswith("/embed/"):
            expected["X-Frame-Options"] = None
        if where.startswith(FOR_EVERY_SITE):
            expected["Cross-Origin-Resource-Policy"] = "cross-origin"

        assert (where, sent) == (where, expected)


def test_no_page_has_code_or_style_inside(pages):
    for where, page in pages.items():
        for each in page.iter():
            inline = [name for name in each.attrib if name.startswith("on") or name == "style"]
            assert (where, each.tag, inline) == (where, each.tag, [])
            assert (where, each.tag) != (where, "style")
            if each.tag == "script" and not is_data(each):
                assert (where, each.text) == (where, None)


def test_no_page_loads_anything_from_another_host(pages):
    for where, page in pages.items():
        for each in page.iter():
            sources = [each.get(name) for name in ("src", "srcset", "data", "poster", "action", "formaction", "ping")]
            if each.tag in ("link", "use", "image", "base"):
                sources.append(each.get("href"))
            hosts = {urlsplit(source).netloc for source in sources if source}
            assert (where, each.tag, hosts - {"", "testserver"}) == (where, each.tag, set())


def test_links_to_other_hosts_tell_them_nothing_of_the_window(pages):
    outward = [
        (where, link.get("href"), link.get("rel", ""))
        for where, page in pages.items()
        for link in page.iter("a")
        if urlsplit(link.get("href", "")).netloc not in ("", "testserver")
    ]

    assert outward
    assert [each for each in outward if "noopener" not in each[2].split()] == []
