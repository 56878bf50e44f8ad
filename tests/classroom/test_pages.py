"""An advisor starts a class, students answer, and everyone sees no more than they may."""

import datetime
import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from careers.open_forms import Limit
from classroom import views
from classroom.models import Classroom
from match.models import QuestionSet
from tests.careers.pages import by_id, text, tree
from tests.careers.test_strange_input import ask, assert_harmless, each_strange_value
from tests.editorial.editing import cost
from tests.factories import PageFactory, PassageFactory
from tests.feedback.sending import stamp

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEW, ENTER = "/class/new/", "/class/"


def start(client, **changes):
    fields = {"title": "Friday", "hours": "2", "back": "", "website": "", "stamp": stamp()} | changes
    return client.post(NEW, fields)


def hidden(response, name):
    return next(each.get("value") for each in tree(response).iter("input") if each.get("name") == name)


def answer(client, lesson, **answers):
    """A student opens the page and sends it: answer(client, lesson, s1="5")."""
    address = lesson.classroom.get_absolute_url()
    return client.post(f"{address}send/", {"ticket": hidden(client.get(address), "ticket"), **answers})


def heading(response):
    return text(next(tree(response).iter("h1")))


@pytest.fixture
def pages(lesson):
    """Every address of a class, by who opens it."""
    own, code = f"/class/manage/{lesson.token}/", lesson.classroom.code
    return [NEW, own, f"{own}close/", f"/class/{code}/", f"/class/{code}/picture/", f"/class/{code}/picture/live/"]


# Starting


def test_an_advisor_starts_a_class_and_gets_code_picture_and_an_address_of_their_own(client, asked):
    response = start(client)

    classroom = Classroom.objects.get()
    assert response.status_code == 303
    assert re.fullmatch(r"/class/manage/[\w-]{43}/", response["Location"])
    assert (classroom.title, classroom.ends_at - classroom.started_at) == ("Friday", datetime.timedelta(hours=2))
    page = client.get(response["Location"])
    assert heading(page) == "Friday"
    assertContains(page, classroom.code_in_groups)
    assert by_id(tree(page), "own-link").get("value") == f"http://testserver{response['Location']}"
    assert by_id(tree(page), "share-link").get("value") == f"http://testserver/class/{classroom.code}/"
    assertContains(page, 'role="img" aria-label="QR code that leads to the statements of this class"><svg')


def test_a_form_sent_twice_leads_to_the_class_that_the_first_one_started(client, asked, monkeypatch):
    monkeypatch.setattr(views, "ROOM", replace(views.ROOM, most_a_day=1))
    sent = {"stamp": stamp()}

    first, second = start(client, **sent), start(client, **sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Classroom.objects.count() == 1


@pytest.mark.parametrize("changes", [{"title": "Monday"}, {"hours": "8"}, {}], ids=str)
def test_a_form_with_other_words_and_another_form_with_the_same_start_a_class_of_their_own(client, asked, changes):
    sent = {"stamp": stamp()}

    places = {start(client, **sent)["Location"], start(client, **(sent if changes else {}) | changes)["Location"]}

    assert len(places) == Classroom.objects.count() == 2


@pytest.mark.twice
def test_the_form_of_a_class_that_has_ended_starts_a_new_one(client, asked):
    sent = {"stamp": stamp()}
    start(client, **sent)
    Classroom.objects.get().close()

    response = start(client, **sent)

    assert client.get(response["Location"]).status_code == 200
    assert [each.is_open for each in Classroom.objects.order_by("pk")] == [False, True]


@pytest.mark.twice
def test_a_title_is_one_line_of_what_can_be_seen(client, asked):
    start(client, title="Fri\x1bday\u202e\r\n\x07 9b")

    assert Classroom.objects.get().title == "Friday 9b"


def test_the_page_says_when_data_is_deleted(client, lesson):
    day = f"{lesson.classroom.delete_after:%Y-%m-%d}"

    page = tree(client.get(f"/class/manage/{lesson.token}/"))

    assert day in [each.get("datetime") for each in page.iter("time")]
    assert lesson.classroom.delete_after - lesson.classroom.ends_at == datetime.timedelta(days=14)


def test_a_link_may_bring_a_title_and_the_way_back(client, asked):
    asked_for = client.get(NEW, {"title": "From a pack", "back": "/p/abc/"})
    assert (hidden(asked_for, "title"), hidden(asked_for, "back")) == ("From a pack", "/p/abc/")

    response = start(client, back="/p/abc/")

    assertContains(client.get(response["Location"]), '<a href="/p/abc/">Back to where you came from</a>')


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_leads_to_no_other_site(client, lesson, back):
    assertNotContains(client.get(NEW, {"back": back}), back)
    assertNotContains(client.get(f"/class/manage/{lesson.token}/", {"back": back}), "Back to where")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "a" * 61},
        {"hours": "3"},
        {"hours": ""},
        {"website": "x"},
        {"stamp": "just now"},
        {"stamp": "forged"},
        {"title": "\0"},
    ],
    ids=str,
)
def test_a_start_that_cannot_be_taken_comes_back_with_its_title(client, asked, changes):
    if changes == {"stamp": "just now"}:
        changes = {"stamp": stamp(0)}

    response = start(client, **changes)

    assert response.status_code == 200
    assert not Classroom.objects.exists()
    assert text(tree(response).find(".//title")).startswith("Please check:")
    if "title" not in changes:
        assert hidden(response, "title") == "Friday"


def test_starting_has_a_limit_from_one_place_and_for_all(client, asked, monkeypatch):
    few = Limit("class-start", per_hour=1, per_day=9)
    monkeypatch.setattr(views, "ROOM", replace(views.ROOM, from_one=few))

    assert [start(client).status_code for _ in range(2)] == [303, 429]
    monkeypatch.setattr(views, "ROOM", replace(views.ROOM, most_a_day=1))
    response = client.post(NEW, {"title": "x", "hours": "2", "stamp": stamp()}, REMOTE_ADDR="203.0.113.9")
    assert (response.status_code, response["Retry-After"]) == (429, "3600")


def test_another_site_starts_no_class(client, asked):
    fields = {"title": "x", "hours": "2", "stamp": stamp()}

    assert client.post(NEW, fields, headers={"origin": "https://evil.example"}).status_code == 403
    assert not Classroom.objects.exists()


def test_without_questions_there_is_nothing_to_start(client):
    assertContains(client.get(NEW), "No question is published yet.")
    assert start(client).status_code == 200
    assert not Classroom.objects.exists()


# Entering


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".lower()])
def test_a_code_leads_to_the_statements(client, lesson, typed):
    code = lesson.classroom.code

    response = client.get(ENTER, {"code": typed.format(f"{code[:3].lower()}-{code[3:]}")})

    assert (response.status_code, response["Location"]) == (302, f"/class/{code}/")
    assert client.get(f"/class/{code.lower()}/")["Location"] == f"/class/{code}/"
    assert client.get(f"/class/{code.lower()}/picture/")["Location"] == f"/class/{code}/picture/"


@pytest.mark.parametrize(("typed", "status"), [("222222", 404), ("abc", 200), ("", 200), ("\0", 200), ("2" * 99, 200)])
def test_a_mistyped_code_says_so_and_stays_in_its_box(client, lesson, typed, status):
    response = client.get(ENTER, {"code": typed})

    assert response.status_code == status
    assertContains(response, "Look at the board again.", status_code=status)


@pytest.mark.parametrize("where", ["222222", "nonsense", "222222/picture", "222222/picture/live", "manage/nonsense"])
def test_a_class_that_is_not_there_leads_on(client, lesson, where):
    PassageFactory(page=PageFactory(key="class-missing"), key="unknown", heading="No such class")

    response = client.get(f"/class/{where}/")

    assert response.status_code == 404
    links = {each.get("href") for each in tree(response).find(".//main").iter("a")}
    assert {"/class/", "/match/", "/roles/"} <= links


def test_wrong_codes_have_a_limit(client, lesson, monkeypatch):
    monkeypatch.setattr(views, "WRONG_CODES_FROM_ONE_PLACE", Limit("class-code", per_hour=2, per_day=9))
    right = lesson.classroom.get_absolute_url()

    wrong = [client.get("/class/222222/").status_code, client.get(ENTER, {"code": "333333"}).status_code]

    assert wrong == [404, 404]
    assert [client.get(each).status_code for each in (right, "/class/444444/")] == [429, 429]
    assert client.get(ENTER, {"code": lesson.classroom.code}).status_code == 429
    assert client.get(right, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_whoever_has_the_statements_open_is_counted_although_others_mistype_the_code(client, lesson, monkeypatch):
    address = lesson.classroom.get_absolute_url()
    ticket = hidden(client.get(address), "ticket")
    monkeypatch.setattr(views, "WRONG_CODES_FROM_ONE_PLACE", Limit("class-code", per_hour=0, per_day=0))

    counted = client.post(f"{address}send/", {"ticket": ticket, "s1": "5"})
    tried = [client.post(f"/class/{code}/send/", {"ticket": "x"}) for code in (lesson.classroom.code, "222222")]

    assert (counted.status_code, Classroom.objects.get().results) == (303, 1)
    assert [each.status_code for each in tried] == [429, 429]
    assertContains(tried[0], f'data-uncounted="{lesson.classroom.code}"', status_code=429)


# Answering


def test_a_student_is_counted_and_led_to_their_own_result_which_names_no_class(client, lesson):
    response = answer(client, lesson, s1="5", s2="1", s4="3")

    assert (response.status_code, response["Location"]) == (303, f"/match/result/?v={lesson.asked.kept.code}&a=51-3")
    assert Classroom.objects.get().results == 1
    result = client.get(response["Location"])
    assert result.status_code == 200
    assertNotContains(result, lesson.classroom.code)


def test_a_double_click_or_going_back_counts_once_and_leads_to_the_result(client, lesson):
    address = lesson.classroom.get_absolute_url()
    form = {"ticket": hidden(client.get(address), "ticket"), "s1": "5"}

    answers = [
        client.post(f"{address}send/", form),
        client.post(f"{address}send/", form),
        client.post(f"{address}send/", form | {"s1": "1"}),
    ]

    assert [each.status_code for each in answers] == [303] * 3
    assert answers[0]["Location"] == answers[1]["Location"] != answers[2]["Location"]
    assert lesson.counts["likes", "5"] == Classroom.objects.get().results == 1


def test_all_answer_the_version_that_the_class_was_started_with(client, lesson):
    lesson.asked.likes.text = "Another text"
    lesson.asked.likes.save()
    QuestionSet.objects.keep_current()

    assertContains(client.get(lesson.classroom.get_absolute_url()), "Sit by the sea")
    assert f"v={lesson.asked.kept.code}" in answer(client, lesson, s1="5")["Location"]


@pytest.mark.parametrize(
    ("changes", "headers", "status"),
    [
        ({"ticket": ""}, {}, 400),
        ({"ticket": "forged"}, {}, 400),
        ({"ticket": "\0"}, {}, 400),
        ({"s1": "9"}, {}, 400),
        ({}, {"origin": "https://evil.example"}, 403),
    ],
    ids=["no ticket", "forged ticket", "NUL", "no answer", "another site"],
)
def test_a_form_that_cannot_be_taken_comes_back_with_its_answers_and_a_new_ticket(
    client, lesson, changes, headers, status
):
    address = lesson.classroom.get_absolute_url()
    form = {"ticket": hidden(client.get(address), "ticket"), "s1": "5", "s3": "2"} | changes

    response = client.post(f"{address}send/", form, headers=headers)

    assert response.status_code == status
    assert not Classroom.objects.get().results
    checked = [(e.get("name"), e.get("value")) for e in tree(response).iter("input") if "checked" in e.attrib]
    assert checked == ([] if "s1" in changes else [("s1", "5"), ("s3", "2")])
    assert client.post(f"{address}send/", form | {"ticket": hidden(response, "ticket"), "s1": "5"}).status_code == 303


@pytest.mark.twice
@pytest.mark.parametrize("how", ["closed", "time"])
def test_a_class_that_ended_meanwhile_says_so_and_shows_the_own_result(client, lesson, how):
    address = lesson.classroom.get_absolute_url()
    ticket = hidden(client.get(address), "ticket")
    Classroom.objects.update(**({"closed_at": timezone.now()} if how == "closed" else {"ends_at": timezone.now()}))

    late, opened = client.post(f"{address}send/", {"ticket": ticket, "s1": "5"}), client.get(address)

    assert (late.status_code, opened.status_code) == (410, 410)
    assertContains(late, f'data-uncounted="{lesson.classroom.code}"', status_code=410)  # the browser forgets it again
    assertNotContains(opened, "data-uncounted", status_code=410)
    links = {each.get("href") for each in tree(late).find(".//main").iter("a")}
    assert f"/match/result/?v={lesson.asked.kept.code}&a=5---" in links
    assert f"{address}picture/" in links


# Closing


def test_closing_asks_once_more_and_then_freezes(client, lesson):
    own = f"/class/manage/{lesson.token}/"
    lesson.send("51--", "51--", "15--", "15--", "----", "51--", "15--")
    before = client.get(own)

    assert client.get(f"{own}close/").status_code == 200
    assert Classroom.objects.get().is_open
    closed = client.post(f"{own}close/")

    assert (closed.status_code, closed["Location"]) == (303, own)
    assert not Classroom.objects.get().is_open
    assertContains(before, "Close the class")
    assertNotContains(client.get(own), "Close the class")
    assertContains(client.get(own), "The picture holds 5 results.")
    assertContains(client.get(own), "Left out, because so few could be told apart: 2.")
    assert client.get(f"{own}close/").status_code == 303


# The advisor's address


@pytest.mark.parametrize("added", [")", "/)", "/x/y", "", "/close", "%0A", "/%0D%0A"])
def test_what_a_mail_program_adds_to_the_advisors_address_leads_on_and_tells_nobody(client, lesson, added):
    response = client.get(f"/class/manage/{lesson.token}{added}")
    unknown = client.get(f"/class/manage/{'a' * 43}{added}")

    assert (response.status_code, response["Location"]) == (302, f"/class/manage/{lesson.token}/")
    assert unknown.status_code == 404
    for each in (response, unknown):
        assert each["Referrer-Policy"] == "strict-origin"
        assert "no-store" in each["Cache-Control"]
        assert each["X-Robots-Tag"] == "noindex"


# Every page


def test_no_page_of_a_class_is_kept_by_caches_or_search_engines_or_depends_on_cookies(pages):
    client = Client(enforce_csrf_checks=True)
    for where in pages:
        answer = client.get(where)

        assert (where, answer.status_code) == (where, 200)
        assert (where, answer.cookies, "cookie" in answer.get("Vary", "").lower()) == (where, {}, False)
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex"
        kept_by_the_browser = where in (pages[3], pages[5])
        assert ("private, no-cache" if kept_by_the_browser else "no-store") in answer["Cache-Control"]
        assert "form-action 'self'" in answer["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>", answer.content.decode())


@pytest.mark.twice
def test_a_title_is_shown_as_words_wherever_it_stands(client, lesson, pages):
    Classroom.objects.update(title="</title><script>alert(1)</script>")

    for where in pages:
        assert_harmless(client.get(where))


def test_every_page_costs_as_many_queries_whatever_was_counted(client, lesson, pages):
    [client.get(where) for where in pages]  # Django looks up content types once for each process
    costs = []
    for results in (0, 7):
        lesson.send(*["51--"] * results)
        costs.append([cost(client, where) for where in pages])

    assert costs == [[3, 8, 3, 4, 8, 7]] * 2


@pytest.mark.twice
@each_strange_value
def test_strange_values_get_a_harmless_page(client, lesson, value, monkeypatch):
    monkeypatch.setattr("careers.open_forms.Limit.is_reached", lambda limit, request: False)
    address = lesson.classroom.get_absolute_url()
    form_type = "application/x-www-form-urlencoded"
    for where, query in [
        (ENTER, f"code={value}&code={value}&unheard-of={value}"),
        (NEW, f"title={value}&back={value}&hours={value}"),
        (f"/class/manage/{lesson.token}/", f"back={value}&preview={value}"),
        (address, f"s1={value}&ticket={value}"),
    ]:
        response = ask(client, where, query)
        assert response.status_code in (200, 404)
        assert_harmless(response)
    for where, body in [
        (NEW, f"title={value}&hours=2&stamp={stamp()}&back={value}"),
        (NEW, f"title=x&hours={value}&stamp={value}&website={value}"),
        (f"{address}send/", f"ticket={value}&s1=5"),
        (f"{address}send/", f"ticket=x&s1={value}&s99={value}"),
        (f"/class/manage/{lesson.token}/close/", f"x={value}"),
    ]:
        response = client.post(where, body, form_type)
        assert response.status_code in (200, 303, 400, 410)
        assert_harmless(response)


@pytest.mark.parametrize("name", ["nonsense%00", "%ff%fe", "9" * 5_000, "..%2f..%2fetc", "%D9%A3" * 6, "<b>"])
def test_strange_codes_and_tokens_are_not_found(client, lesson, name):
    for where in (
        f"/class/{name}/",
        f"/class/{name}/picture/",
        f"/class/manage/{name}/",
        f"/class/manage/{name}/close/",
    ):
        response = client.get(where)
        assert response.status_code == 404
        assert_harmless(response)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, pages, method):
    assert {getattr(client, method)(where).status_code for where in pages} == {405}
    assert [client.post(pages[number]).status_code for number in (1, 3, 4, 5)] == [405] * 4


def test_the_address_that_takes_answers_leads_to_the_statements(client, lesson):
    assert client.get(f"{lesson.classroom.get_absolute_url()}send/")["Location"] == lesson.classroom.get_absolute_url()
