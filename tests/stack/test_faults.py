"""One part after the other fails. Readers do not notice, and what comes back is used again by itself."""

import itertools
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from .conftest import answers, get, wait_until

READERS = 8


def published(stack):
    """The address of every published page, without the two forms that make something in the database."""
    listed = re.findall("<loc>(.*?)</loc>", get(f"{stack.address}/sitemap.xml")[2].decode())
    return [address for address in listed if not address.endswith(("/packs/new/", "/class/"))]


def failed(addresses, count):
    """Those of `count` GETs, in turns over the addresses and from several readers at once, that got no page."""
    with ThreadPoolExecutor(READERS) as readers:
        asked = itertools.islice(itertools.cycle(addresses), count)
        return [
            (address, status)
            for address, status in readers.map(lambda each: (each, get(each)[0]), asked)
            if status != 200
        ]


@contextmanager
def without(part, stop="stop"):
    getattr(part, stop)()
    try:
        yield
    finally:
        part.start()


def on(port, address):
    """The same page, asked of a web process itself, under the name by which readers know the site."""
    return address.replace(re.match(r"http://[^/]+", address)[0], f"http://127.0.0.1:{port}")


def test_all_is_well_to_begin_with(stack):
    page = published(stack)[0]
    get(page)

    status, headers, body = get(page)
    style = re.search(rb'href="(/static/css/base\.[0-9a-f]+\.css)"', body)[1].decode()

    assert (status, headers["X-Cache"]) == (200, "HIT")
    assert [get(f"http://127.0.0.1:{port}/readyz")[0] for port in stack.web_ports] == [200, 200]
    compressed = get(stack.address + style, **{"Accept-Encoding": "gzip"})
    assert (compressed[0], compressed[1]["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in compressed[1]["Cache-Control"]


@pytest.mark.parametrize("cookie", ["sessionid=x", "other=1; __Host-sessionid=x"])
def test_whoever_is_signed_in_gets_no_copy(stack, cookie):
    page = published(stack)[0]
    get(page)

    _, headers, _ = get(page, Cookie=cookie)

    assert headers["X-Cache"] == "BYPASS"
    assert get(page, Cookie=cookie.replace("sessionid", "my_sessionid"))[1]["X-Cache"] == "HIT"


def test_a_static_file_says_the_same_with_and_without_the_proxy(stack):
    _, _, body = get(published(stack)[0])
    style = re.search(rb'href="(/static/css/base\.[0-9a-f]+\.css)"', body)[1].decode()
    names = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy", "X-Content-Type-Options")

    proxy, site = (get(each + style)[1] for each in (stack.address, f"http://127.0.0.1:{stack.web_ports[0]}"))

    assert [proxy[name] for name in names] == [site[name] for name in names]
    assert proxy["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_no_reader_notices_a_database_that_is_gone(stack):
    pages = published(stack)

    with without(stack.database):
        lost = failed(pages, 10_000)
        ready = [get(f"http://127.0.0.1:{port}/readyz")[0] for port in stack.web_ports]

    assert lost == []
    assert ready == [503, 503]
    wait_until(lambda: answers(f"http://127.0.0.1:{stack.web_ports[0]}/readyz"), "the site to be ready again", 1)


def test_web_processes_answer_without_a_database_and_without_the_proxy(stack):
    """What the proxy cannot keep for them: addresses with parameters, and pages whose time at the proxy is up."""
    pages = [address.replace(stack.address, f"http://127.0.0.1:{stack.web_ports[0]}") for address in published(stack)]
    asked = ["Host", stack.address.removeprefix("http://")]
    addresses = [f"{page}?utm_source=letter" for page in pages]

    with without(stack.database):
        statuses = {get(address, **{asked[0]: asked[1]})[0] for address in addresses}

    assert statuses == {200}


def test_an_edit_shows_within_a_second(stack):
    role = f"http://127.0.0.1:{stack.web_ports[0]}/roles/ehr-developer/"
    host = {"Host": stack.address.removeprefix("http://")}
    get(role, **host)
    words = f"edited at {time.time()}"

    stack.manage(
        "shell",
        "-c",
        f"from roles.models import Role; Role.objects.filter(slug='ehr-developer').update(makes={words!r})",
    )

    wait_until(lambda: words.encode() in get(role, **host)[2], "the edit to show", 1)


def test_a_page_that_is_taken_back_is_gone_at_the_proxy_within_a_minute_and_stays_gone(stack):
    role = f"{stack.address}/roles/telemedicine-developer/"
    assert get(role)[0] == 200
    by_hand = "from roles.models import Role; Role.objects.filter(slug='telemedicine-developer').update(status={!r})"

    stack.manage("shell", "-c", by_hand.format("draft"))
    try:
        wait_until(lambda: get(role)[0] == 404, "the page to be gone", 75)
        assert {get(role)[0] for _ in range(20)} == {404}
    finally:
        stack.manage("shell", "-c", by_hand.format("published"))
    wait_until(lambda: get(role)[0] == 200, "the page to be back", 10)


def test_no_reader_notices_a_database_that_hangs(stack):
    """It is not gone, it does not answer: nobody waits for it who asks for a page that is as the content is."""
    pages = published(stack)
    stack.manage("warm_pages")
    with stack.database.hanging():
        begun = time.monotonic()
        lost = failed(pages, 500)
        seconds = time.monotonic() - begun

    assert lost == []
    assert seconds < 60


def test_no_reader_notices_a_shared_cache_that_is_gone(stack):
    with without(stack.cache, "kill"):
        lost = failed([*published(stack), f"{stack.address}/search/?q=fhir"], 500)

    assert lost == []


def test_no_reader_notices_a_web_process_that_is_killed(stack):
    addresses = [f"{stack.address}/search/?q=word{number}" for number in range(40)]  # the proxy keeps none of these

    with without(stack.web[0], "kill"):
        lost = failed(addresses, 400)

    assert lost == []


def test_made_up_parameters_fill_no_cache(stack):
    port = stack.web_ports[0]
    before = kept(stack)

    lost = failed([f"http://127.0.0.1:{port}/roles/?made_up={number}" for number in range(10_000)], 10_000)

    assert lost == []
    assert kept(stack) - before <= 3  # one copy for each encoding


def kept(stack):
    port = int(stack.environment["CACHE_URL"].rsplit(":", 1)[1].partition("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as cache:
        cache.sendall(b"DBSIZE\r\n")
        return int(cache.recv(100).strip().lstrip(b":"))


@pytest.mark.parametrize("where", ["/" + "a" * 1_000_000, "/roles/?q=" + "a" * 1_000_000])
def test_address_of_a_megabyte_is_refused_and_nothing_falls(stack, where):
    host, port = stack.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as reader:
        try:
            reader.sendall(f"GET {where} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        except OSError:
            pass  # it was refused before all of it was sent
        else:
            assert reader.recv(100).split()[1] in (b"400", b"414")

    assert failed([f"{stack.address}/"], 5) == []


def test_readers_do_not_wait_for_those_who_send_slowly(stack):
    host, port = stack.address.removeprefix("http://").split(":")
    slow = [socket.create_connection((host, int(port)), timeout=10) for _ in range(300)]
    try:
        for each in slow:
            each.sendall(b"GET /search/?q=slow HTTP/1.1\r\nHost: ")
        begun = time.monotonic()
        lost = failed([f"{stack.address}/search/?q=fhir", f"{stack.address}/roles/"], 40)
        seconds = time.monotonic() - begun
    finally:
        for each in slow:
            each.close()

    assert lost == []
    assert seconds < 20
