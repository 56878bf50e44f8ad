"""A kept page is the page: never another reader's, never an old one for longer than it has to be, and never lost."""

import gzip
import threading

import brotli
import pytest
from django.core.cache import caches
from django.db import DatabaseError

from delivery.copies import BESIDES, Copy, Memory
from delivery.pages import CACHE_CONTROL, Pages
from delivery.parameters import canonical_query
from delivery.watch import Watch
from roles.models import Role
from tests.careers.pages import address, one_of_each
from tests.factories import QuestionSetFactory, RoleFactory, SkillFactory

from .serving import LooksWhenAsked, get

pytestmark = pytest.mark.django_db


def test_every_kind_of_page_is_the_same_kept_or_drawn(pages, client):
    kept = [where for where in one_of_each() if canonical_query(*where.partition("?")[::2]) is not None]
    for where in kept:
        drawn = client.get(where)

        first, again = get(pages, where), get(pages, where)

        assert (where, first[0], first[2]) == (where, drawn.status_code, drawn.content)
        assert again[2] == first[2], where
    assert len(kept) > 30


def test_a_kept_page_costs_no_query(pages, django_assert_num_queries):
    where = address("role", RoleFactory(published=True).slug)
    get(pages, where)
    pages.watch.look = lambda: None  # on a server the look is taken beside the requests

    with django_assert_num_queries(0):
        assert get(pages, where)[0] == 200


def test_an_edit_shows_at_the_next_look(pages):
    role = RoleFactory(published=True, title="Before")
    where = address("role", role.slug)
    get(pages, where)

    Role.objects.update(title="Afterwards")

    assert b"Afterwards" in get(pages, where)[2]


def test_a_page_that_is_taken_back_is_gone_at_once(pages):
    role = RoleFactory(published=True)
    where = address("role", role.slug)
    get(pages, where)

    Role.objects.update(status="draft")

    assert get(pages, where)[0] == 404


def test_tag_changes_only_when_the_page_does(pages):
    one, other = RoleFactory(published=True), RoleFactory(published=True)
    where = address("role", one.slug)
    first = get(pages, where)[1]["etag"]

    Role.objects.filter(pk=other.pk).update(week_note="A word that the page of the one does not show.")
    after_other = get(pages, where)[1]["etag"]
    Role.objects.filter(pk=one.pk).update(title="Another")

    assert after_other == first
    assert get(pages, where)[1]["etag"] != first


def test_page_that_an_edit_left_as_it_was_is_not_compressed_again(pages, monkeypatch):
    one, other = RoleFactory(published=True), RoleFactory(published=True)
    where = address("role", one.slug)
    before = get(pages, where, accept_encoding="br")
    Role.objects.filter(pk=other.pk).update(week_note="A word that the page of the one does not show.")
    monkeypatch.setattr("delivery.copies.encode", None)

    assert get(pages, where, accept_encoding="br") == before


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}', "*"])
def test_reader_who_has_the_page_hears_that_nothing_changed(pages, sent):
    etag = get(pages, "/")[1]["etag"]

    status, headers, body = get(pages, "/", if_none_match=sent.format(etag))

    assert (status, body) == (304, b"")
    assert headers["etag"] == etag
    assert "content-length" not in headers


def test_head_says_what_get_would_and_sends_nothing(pages):
    status, headers, body = get(pages, "/")

    assert get(pages, "/", "HEAD") == (status, headers, b"")
    assert headers["content-length"] == str(len(body))


def test_each_encoding_is_kept_by_itself(pages):
    plain = get(pages, "/")[2]

    br, gz = (get(pages, "/", accept_encoding=each) for each in ("gzip, deflate, br;q=1.0", "gzip"))

    assert (br[1]["content-encoding"], brotli.decompress(br[2])) == ("br", plain)
    assert (gz[1]["content-encoding"], gzip.decompress(gz[2])) == ("gzip", plain)
    assert len({answer[1]["etag"] for answer in (br, gz, get(pages, "/"))}) == 3


def test_second_reader_has_a_page_compressed_as_small_as_can_be_made(pages):
    first, second = get(pages, "/", accept_encoding="br"), get(pages, "/", accept_encoding="br")
    pages._finisher.shutdown()

    third = get(pages, "/", accept_encoding="br")

    assert first[2] == second[2] == brotli.compress(brotli.decompress(third[2]), quality=5)
    assert third[2] == brotli.compress(brotli.decompress(third[2]), quality=11)
    # A strong tag stands for the very bytes. Who has the page has it in either size.
    assert first[1]["etag"] == f"W/{third[1]['etag']}"
    assert get(pages, "/", accept_encoding="br", if_none_match=first[1]["etag"])[0] == 304
    assert get(Pages(fails, watch=pages.watch), "/", accept_encoding="br") == third


def test_page_that_is_drawn_once_is_kept_in_every_encoding(pages, django_assert_num_queries):
    get(pages, "/", accept_encoding="br")
    pages.watch.look = lambda: None

    with django_assert_num_queries(0):
        assert b"<h1" in gzip.decompress(get(pages, "/", accept_encoding="gzip")[2])


def test_page_that_is_taken_back_while_it_is_compressed_does_not_come_back(pages):
    role = RoleFactory(published=True)
    where = address("role", role.slug)
    get(pages, where, accept_encoding="br")
    (key,) = pages.memory._copies
    copy = pages.memory.get(key)
    Role.objects.update(status="draft")
    assert get(pages, where)[0] == 404

    pages._with_form(key, copy, "br", thorough=True)

    assert pages.memory.get(key) is pages.shared.get(key) is None


def test_answer_for_programs_is_kept_for_who_takes_json_and_refused_to_who_does_not(pages, django_assert_num_queries):
    RoleFactory.create_batch(2, published=True)
    first = get(pages, "/api/v1/roles/?per_page=1")
    pages.watch.look = lambda: None

    with django_assert_num_queries(0):
        for accepted in ("", "*/*", "application/json"):
            assert get(pages, "/api/v1/roles/?per_page=1", accept=accepted) == first
    assert get(pages, "/api/v1/roles/?per_page=1", accept="text/html")[0] == 406
    assert {each.strip() for each in first[1]["vary"].split(",")} == {"Accept", "Accept-Encoding"}
    unchanged = get(pages, "/api/v1/roles/?per_page=1", if_none_match=first[1]["etag"])
    assert (unchanged[0], unchanged[1]["link"]) == (304, first[1]["link"])


def test_what_is_kept_for_nobody_is_compressed_too(pages):
    status, headers, body = get(pages, "/roles/unknown/", accept_encoding="br")

    assert (status, headers["content-encoding"]) == (404, "br")
    assert b"<h1" in brotli.decompress(body)
    assert headers["content-length"] == str(len(body))


@pytest.mark.parametrize("where", ["/", "/roles/unknown/"])
def test_no_header_is_said_twice(pages, where):
    names = []

    def listening(environ, start_response):
        def start(line, headers):
            names.extend(name.lower() for name, _ in headers)
            start_response(line, headers)

        return pages(environ, start)

    get(listening, where, accept_encoding="br")

    assert "vary" in names
    assert sorted(names) == sorted(set(names))


def test_what_may_keep_a_page_and_how_long_is_said(pages):
    assert get(pages, "/")[1]["cache-control"] == CACHE_CONTROL
    assert get(pages, "/search/suggest/?q=ehr")[1]["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize("accepted", ["GZIP", "gzip;Q=1.0, BR;Q=0", "BR;q=0.000, GZip"])
def test_case_of_letters_says_nothing_about_what_a_browser_takes(pages, accepted):
    assert get(pages, "/", accept_encoding=accepted)[1]["content-encoding"] == "gzip"


@pytest.mark.parametrize("accepted", ["br;q=0", "br; q=0.0, identity", "deflate"])
def test_what_a_browser_refuses_is_not_sent(pages, accepted):
    assert "content-encoding" not in get(pages, "/", accept_encoding=accepted)[1]


def test_made_up_names_of_the_site_make_no_copies(pages, settings):
    settings.SITE_URL = "https://careers.example.org"

    for number in range(1, 10):
        get(pages, "/robots.txt", host=f"testserver:{number}")

    assert len(pages.memory._copies) == 1


def test_made_up_previews_make_no_copies_and_no_work(pages, django_assert_num_queries):
    get(pages, "/")
    pages.watch.look = lambda: None

    with django_assert_num_queries(0):
        assert get(pages, "/?preview=made-up")[0] == 200


def test_made_up_parameters_make_no_copies(pages):
    for number in range(30):
        assert get(pages, f"/roles/?utm_source={number}&x{number}=1")[2] == get(pages, "/roles/")[2]

    assert len(pages.memory._copies) == 1


def test_the_order_of_roles_in_a_comparison_counts(pages):
    one, other = RoleFactory(published=True), RoleFactory(published=True)

    answers = [
        get(pages, address("compare", role=[first.slug, second.slug]))[2]
        for first, second in ((one, other), (other, one))
    ]

    assert answers[0] != answers[1]


def test_a_draft_is_kept_for_nobody(pages, admin_client, settings):
    where = address("role", RoleFactory().slug)
    session = admin_client.cookies[settings.SESSION_COOKIE_NAME].value

    seen = get(pages, where, cookie=f"{settings.SESSION_COOKIE_NAME}={session}")

    assert seen[0] == 200
    assert get(pages, where)[0] == 404
    assert not pages.memory._copies


def test_another_name_of_the_site_is_another_page(pages):
    for more in ({}, {"host": "localhost"}):
        body = get(pages, "/", **more)[2].decode()
        assert f'href="http://{more.get("host", "testserver")}/"' in body


def test_a_page_over_https_is_another_page_however_many_proxies_say_so(pages, settings):
    settings.BEHIND_PROXY, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    for said, scheme in (("https, http", "https"), ("http", "http"), ("https", "https")):
        assert f'href="{scheme}://testserver/"' in get(pages, "/", x_forwarded_proto=said)[2].decode()


def test_what_was_taken_back_stays_gone_whatever_fails_later(pages, monkeypatch):
    where = address("role", RoleFactory(published=True).slug)
    get(pages, where)
    Role.objects.update(status="draft")
    assert get(pages, where)[0] == 404

    monkeypatch.setattr(pages, "application", fails)
    another_process = Pages(fails, watch=pages.watch)

    assert get(pages, where)[0] == 500
    assert get(another_process, where)[0] == 500


def test_what_a_reader_answered_marked_or_searched_for_is_written_nowhere(pages, tmp_path):
    role, skill = RoleFactory(published=True), SkillFactory(published=True)
    answered = address("match:result", v=QuestionSetFactory().code, a="5")
    for where in (answered, address("match:start", v="1", a="5"), address("role", role.slug, have=skill.slug)):
        get(pages, where)
    get(pages, address("search", q="a word of mine"))

    assert list(tmp_path.iterdir()) == []
    assert [key.query for key in pages.memory._copies] == ["q=a+word+of+mine"]


def test_last_copy_is_shown_when_drawing_fails(pages, monkeypatch):
    role = RoleFactory(published=True, title="The last copy")
    where = address("role", role.slug)
    before = get(pages, where)
    Role.objects.update(title="Another")

    monkeypatch.setattr(pages, "application", fails)

    assert get(pages, where) == before


def fails(environ, start_response):
    start_response("500 Internal Server Error", [])
    return [b"broken"]


def test_without_a_copy_the_trouble_is_told(pages, monkeypatch):
    monkeypatch.setattr(pages, "application", fails)

    assert get(pages, "/")[0] == 500


def test_database_that_is_gone_changes_nothing_for_readers(pages, monkeypatch):
    before = get(pages, "/")

    def gone(database):
        raise DatabaseError

    monkeypatch.setattr("delivery.watch.read_stamp", gone)
    monkeypatch.setattr(Watch, "_begin_anew", lambda self: None)
    pages.watch.look = lambda: Watch.look(pages.watch)

    assert get(pages, "/") == before


def test_another_process_finds_what_the_first_has_kept(pages):
    before = get(pages, "/")
    other = Pages(fails, watch=pages.watch)

    assert get(other, "/") == before


def test_store_that_is_full_or_broken_is_as_good_as_empty(pages, monkeypatch):
    def no_space(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(type(caches["pages"]), "set", no_space)
    monkeypatch.setattr(type(caches["pages"]), "get", no_space)

    assert get(pages, "/")[0] == 200
    assert get(pages, "/")[0] == 200


def test_nothing_is_kept_while_nobody_counts_changes(pages, stamp):
    role = RoleFactory(published=True, title="Before")
    where = address("role", role.slug)
    get(pages, where)
    pages.watch.is_counted, pages.watch.look = False, lambda: None

    Role.objects.update(title="Afterwards")

    assert b"Afterwards" in get(pages, where)[2]


@pytest.mark.once
def test_while_a_page_is_drawn_again_others_get_the_last_copy_and_it_is_drawn_once():
    drawn, begun, go_on = [], threading.Event(), threading.Event()

    def slow(environ, start_response):
        drawn.append(environ["PATH_INFO"])
        if len(drawn) == 2:
            begun.set()
            go_on.wait(10)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [f"copy {len(drawn)}".encode()]

    watch = LooksWhenAsked()
    watch.look = lambda: None
    watch.stamp = "1"
    pages = Pages(slow, watch=watch)
    assert get(pages, "/")[2] == b"copy 1"
    watch.stamp = "2"
    first = threading.Thread(target=get, args=[pages, "/"])
    first.start()
    begun.wait(10)

    meanwhile = [get(pages, "/")[2] for _ in range(5)]
    go_on.set()
    first.join(10)

    assert meanwhile == [b"copy 1"] * 5
    assert get(pages, "/")[2] == b"copy 2"
    assert len(drawn) == 2


@pytest.mark.once
def test_memory_keeps_what_was_used_last_up_to_its_size():
    memory = Memory(most_bytes=2 * (BESIDES + 4))
    copy = Copy.of("1", (), b"four", "", thorough=False)

    for key in "abc":
        memory.put(key, copy)
        memory.get("a")

    assert [key for key in "abc" if memory.get(key)] == ["a", "c"]
    memory.delete("a")
    memory.delete("c")
    assert memory.bytes == 0
