"""Asking addresses, against real servers on this machine."""

import socket
import time

import pytest

from editorial.models import SourceCheck
from editorial.reaching import Asker, is_public, place_of

from .web import certificate_for, serving

pytestmark = pytest.mark.once

Outcome = SourceCheck.Outcome


@pytest.fixture
def web():
    with serving() as web:
        yield web


def asker(**options):
    return Asker(**{"agent": "Test/1", "allow_private": True, "timeout": 2, "pause": 0} | options)


# What comes back


def test_a_page_that_answers_is_asked_with_head_alone(web):
    web.answers("/doc")

    answer = asker().ask(web.url("/doc#part"))

    assert (answer.outcome, answer.status, answer.final_url) == (Outcome.REACHABLE, 200, web.url("/doc"))
    assert web.asked == [("HEAD", "/doc")]


def test_the_program_says_who_it_is(web):
    web.answers("/")

    asker(agent="CareersCheck/1 (+https://example.org)").ask(web.url())

    (headers,) = web.headers
    assert headers["User-Agent"] == "CareersCheck/1 (+https://example.org)"
    assert headers["Host"] == f"127.0.0.1:{web.port}"


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 500, 501])
def test_what_refuses_head_is_asked_with_get(web, refusal):
    web.answers("/doc", 200, head=refusal)

    assert asker().ask(web.url("/doc")).outcome == Outcome.REACHABLE
    assert web.asked == [("HEAD", "/doc"), ("GET", "/doc")]


def test_a_server_that_hangs_up_on_head_is_asked_with_get(web):
    web.answers("/doc")
    page = web.pages["/doc"]
    web.pages["/doc"] = lambda request: page(request) if request.command == "GET" else None

    assert asker().ask(web.url("/doc")).outcome == Outcome.REACHABLE


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.REACHABLE),
        (401, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (418, Outcome.REFUSED),
        (429, Outcome.REFUSED),
        (451, Outcome.REFUSED),
        (500, Outcome.UNREACHABLE),
        (503, Outcome.UNREACHABLE),
        (302, Outcome.UNREACHABLE),
    ],
)
def test_each_status_has_its_outcome(web, status, outcome):
    web.answers("/doc", status)

    answer = asker().ask(web.url("/doc"))

    assert (answer.outcome, answer.status) == (outcome, status)
    assert answer.detail.endswith((".", "see."))


def test_a_host_that_has_enough_of_us_is_not_asked_a_second_time(web):
    web.answers("/doc", 429)

    asker().ask(web.url("/doc"))

    assert web.asked == [("HEAD", "/doc")]


def test_only_the_first_bytes_of_a_huge_page_are_read(web):
    sent = []

    def endless(request):
        request.send_response(200 if request.command == "GET" else 405)
        request.end_headers()
        while request.command == "GET" and not web.stop.is_set():
            request.wfile.write(b"x" * 65_536)
            sent.append(65_536)

    web.pages["/huge"] = endless
    started = time.monotonic()

    assert asker().ask(web.url("/huge")).outcome == Outcome.REACHABLE
    assert time.monotonic() - started < 2
    assert sum(sent) < 50_000_000


def test_a_server_that_says_nothing_is_given_up(web):
    web.pages["/slow"] = lambda request: web.stop.wait(5)

    answer = asker(timeout=0.2).ask(web.url("/slow"))

    assert (answer.outcome, answer.status) == (Outcome.UNREACHABLE, None)
    assert answer.detail == "No answer within 0.2 seconds."


def test_a_server_that_trickles_its_answer_is_cut_off(web):
    def trickle(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            request.wfile.write(f"X-{number}: slow\r\n".encode())
            if web.stop.wait(0.1):
                return

    web.pages["/slow"] = trickle
    started = time.monotonic()

    answer = asker(timeout=0.4).ask(web.url("/slow"))

    assert (answer.outcome, answer.detail) == (Outcome.UNREACHABLE, "No answer within 0.4 seconds.")
    assert time.monotonic() - started < 3


def test_what_is_no_http_is_said_to_be_so(web):
    web.pages["/odd"] = lambda request: request.wfile.write(b"220 mail.example.org ready\r\n")

    answer = asker().ask(web.url("/odd"))

    assert answer.outcome == Outcome.UNREACHABLE
    assert answer.detail == "What the server sends is no answer that a browser would understand."


def test_a_closed_door():
    with serving() as web:
        closed = web.url()

    answer = asker().ask(closed)

    assert (answer.outcome, answer.detail) == (Outcome.UNREACHABLE, "The host refuses the connection.")


def test_a_host_that_nobody_knows():
    def unknown(host, port):
        raise OSError("no such host")

    answer = asker(look_up=unknown).ask("https://gone.example/doc")

    assert (answer.outcome, answer.detail) == (Outcome.UNREACHABLE, "There is no host gone.example.")


# Redirects


def test_a_move_for_good_names_the_new_address(web):
    web.redirects("/old", "/new", 301)
    web.answers("/new")

    answer = asker().ask(web.url("/old"))

    assert (answer.outcome, answer.final_url) == (Outcome.MOVED, web.url("/new"))
    assert answer.detail == f"It has moved for good, to {web.url('/new')}."


def test_a_move_to_the_first_page_of_a_site_raises_a_doubt(web):
    web.redirects("/old", "/", 308)
    web.answers("/")

    assert "the document itself may be gone" in asker().ask(web.url("/old")).detail


def test_a_passing_redirect_is_reachable(web):
    web.redirects("/doc", "/doc/en", 302)
    web.answers("/doc/en")

    answer = asker().ask(web.url("/doc"))

    assert (answer.outcome, answer.final_url) == (Outcome.REACHABLE, web.url("/doc/en"))


@pytest.mark.parametrize(("hops", "outcome"), [(5, Outcome.REACHABLE), (6, Outcome.UNREACHABLE)])
def test_five_redirects_are_followed_and_no_more(web, hops, outcome):
    for number in range(hops):
        web.redirects(f"/{number}", f"/{number + 1}")
    web.answers(f"/{hops}")

    assert asker().ask(web.url("/0")).outcome == outcome
    assert len(web.asked) == 6


def test_a_circle_is_noticed(web):
    web.redirects("/a", "/b")
    web.redirects("/b", "/a")

    answer = asker().ask(web.url("/a"))

    assert (answer.outcome, answer.detail) == (Outcome.UNREACHABLE, "It redirects in a circle.")
    assert len(web.asked) == 2


def test_a_redirect_that_ends_nowhere_says_where_it_led(web):
    web.redirects("/old", "/new", 301)
    web.answers("/new", 404)

    answer = asker().ask(web.url("/old"))

    assert answer.outcome == Outcome.GONE
    assert answer.detail.startswith(f"It redirects to {web.url('/new')}.")


@pytest.mark.parametrize(
    "to", ["ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd", "http://[nonsense", "https://"]
)
def test_a_redirect_out_of_the_web_is_not_followed(web, to):
    web.redirects("/doc", to)

    assert asker().ask(web.url("/doc")).outcome in (Outcome.NOT_ALLOWED, Outcome.UNREACHABLE)
    assert len(web.asked) == 1


def test_a_redirect_with_strange_characters_is_followed_as_a_browser_would(web):
    web.redirects("/doc", "/caf\xc3\xa9 1\x01")
    web.answers("/caf%C3%A9%201%01")

    answer = asker().ask(web.url("/doc"))

    assert (answer.outcome, answer.final_url) == (Outcome.REACHABLE, web.url("/caf%C3%A9%201%01"))


# Private networks


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "not an address",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
    ],
)
def test_this_machine_is_not_asked_however_it_is_spelled(url):
    """The system reads 127.1 and 0x7f000001 as 127.0.0.1; the tests' guard lets nobody ask it."""

    def look_up(host, port):
        plain = host.replace("localhost", "127.0.0.1")
        return [plain] if ":" in plain else [socket.inet_ntoa(socket.inet_aton(plain))]

    answer = asker(allow_private=False, look_up=look_up).ask(url)

    assert answer.outcome == Outcome.NOT_ALLOWED
    assert "not on the public internet" in answer.detail


@pytest.mark.parametrize(
    "url", ["https://user:secret@example.org/", "https://user@example.org/", "gopher://example.org/", "https:///doc"]
)
def test_addresses_that_are_no_plain_web_address_are_not_asked(url):
    assert asker(allow_private=False).ask(url).outcome == Outcome.NOT_ALLOWED


def test_unusual_ports_are_not_asked(web):
    web.answers("/")

    answer = asker(allow_private=False, look_up=lambda *_: ["8.8.8.8"]).ask(f"http://example.org:{web.port}/")

    assert answer.outcome == Outcome.NOT_ALLOWED
    assert f"port {web.port}" in answer.detail


def test_one_private_address_among_public_ones_is_enough_to_stay_away():
    mixed = asker(allow_private=False, look_up=lambda *_: ["8.8.8.8", "10.0.0.1"])

    answer = mixed.ask("http://example.org/")

    assert answer.outcome == Outcome.NOT_ALLOWED
    assert "10.0.0.1" in answer.detail


def test_a_redirect_to_a_private_address_is_not_followed(web, monkeypatch):
    """The first hop is let through as if its server were public; the second is looked at like any other."""
    web.redirects("/doc", "http://internal.example/secret")
    web.answers("/secret")
    names = {"public.example": ["127.0.0.1"], "internal.example": ["10.0.0.7"]}
    monkeypatch.setattr("editorial.reaching.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr("editorial.reaching.PORTS", {"http": web.port})

    answer = asker(allow_private=False, look_up=lambda host, port: names[host]).ask("http://public.example/doc")

    assert answer.outcome == Outcome.NOT_ALLOWED
    assert answer.detail == (
        "It redirects to http://internal.example/secret. "
        "Its host internal.example is at 10.0.0.7, which is not on the public internet."
    )
    assert web.asked == [("HEAD", "/doc")]


def test_a_name_that_changes_its_mind_reaches_only_the_address_that_was_checked():
    """The tests' guard refuses to leave this machine, and names the address that was tried."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]])
    rebound = asker(allow_private=False, look_up=lambda *_: next(answers))

    with pytest.raises(RuntimeError, match=r"reached for 93\.184\.215\.14"):
        rebound.ask("http://example.org/")


def test_the_host_is_named_although_the_connection_goes_to_its_number(web):
    web.answers("/doc")
    looked_up = []

    def look_up(host, port):
        looked_up.append(host)
        return ["127.0.0.1"]

    asker(look_up=look_up).ask(web.url("/doc", host="sources.example"))

    assert looked_up == ["sources.example"]
    assert web.headers[0]["Host"] == f"sources.example:{web.port}"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_a_proxy_from_the_environment_is_not_used(web, monkeypatch, name):
    web.answers("/doc")
    with serving() as proxy:
        monkeypatch.setenv(name, proxy.url())

        answer = asker().ask(web.url("/doc"))

    assert answer.outcome == Outcome.REACHABLE
    assert proxy.asked == []


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return certificate_for("sources.example", tmp_path_factory.mktemp("certificate"))


def here(host, port):
    return ["127.0.0.1"]


def test_a_safe_connection_is_made_for_the_name(certificate):
    with serving(certificate) as web:
        web.answers("/doc")

        answer = asker(look_up=here, certificates=str(certificate)).ask(web.url("/doc", host="sources.example"))

    assert answer.outcome == Outcome.REACHABLE


def test_a_certificate_that_nobody_vouches_for_is_no_answer(certificate):
    with serving(certificate) as web:
        web.answers("/doc")

        answer = asker(look_up=here).ask(web.url("/doc", host="sources.example"))

    assert answer.outcome == Outcome.UNREACHABLE
    assert answer.detail.startswith("Its certificate cannot be trusted: ")
    assert web.asked == []


def test_a_certificate_for_another_name_is_no_answer(certificate):
    with serving(certificate) as web:
        web.answers("/doc")

        answer = asker(look_up=here, certificates=str(certificate)).ask(web.url("/doc", host="other.example"))

    assert answer.outcome == Outcome.UNREACHABLE
    assert web.asked == []


# Manners


def test_a_host_is_left_alone_between_two_questions(web):
    web.answers("/doc", 200, head=405)
    started = time.monotonic()

    asker(pause=0.3).ask(web.url("/doc"))

    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org", "/"),
        ("https://example.org/a b?q=1 2&x=[y]", "/a%20b?q=1%202&x=[y]"),
        ("https://example.org/caf%C3%A9/é", "/caf%C3%A9/%C3%A9"),
        ("https://example.org/?", "/"),
    ],
)
def test_what_is_asked_for(url, target):
    assert place_of(url).target == target


def test_a_name_in_another_script_is_asked_by_its_plain_form():
    assert place_of("https://bücher.example/").host == "xn--bcher-kva.example"
