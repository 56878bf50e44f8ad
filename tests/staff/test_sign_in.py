"""Signing in to the admin: with a password, with a code where there is one, for twelve hours at the most."""

import datetime
import time

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from careers.open_forms import Limit
from staff import lockout
from staff.lockout import address_of
from staff.sessions import BY_ITSELF, SEEN_AT, SIGNED_IN_AT
from tests.editorial.editing import address
from tests.factories import RoleFactory, StandardFactory

from .people import (
    ACCOUNT,
    PASSWORD,
    SECOND_FACTOR,
    SIGN_IN,
    START,
    WRONG,
    is_in,
    person,
    phone_of,
    sign_in,
    superuser,
    where_led,
)

pytestmark = pytest.mark.django_db


# With a password


def test_the_right_password_lets_in(client):
    person()

    assert where_led(sign_in(client)) == START
    assert is_in(client)


def test_a_wrong_password_does_not(client):
    person()

    assertContains(sign_in(client, password=WRONG), "Please enter the correct username and password")
    assert not is_in(client)


def test_someone_who_is_no_staff_does_not_get_in(client, django_user_model):
    django_user_model.objects.create_user("reader", password=PASSWORD)

    assert sign_in(client, "reader").status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("name", ["\0", "a" * 5000, "ada\0"])
def test_strange_names_are_refused_in_words(client, name):
    assert sign_in(client, name).status_code == 200


@pytest.mark.parametrize("code", ["\0", "9" * 5000, "１２３４５６", "'; --", "  "])
def test_strange_codes_are_refused_in_words(client, code):
    phone_of(person())

    assert sign_in(client, code=code).status_code == 200
    assert not is_in(client)


def test_tools_may_ask_for_a_password_without_a_request():
    user = person()

    assert authenticate(username="ada", password=PASSWORD) == user
    assert authenticate(username="ada", password=WRONG) is None


# With a code


def test_whoever_has_a_second_factor_is_asked_for_its_code(client):
    phone = phone_of(person())

    assertContains(sign_in(client), "the code that your app shows")
    assert not is_in(client)
    sign_in(client, code=phone.code())
    assert is_in(client)


def test_a_code_counts_once(client):
    phone = phone_of(person())
    code = phone.code()
    sign_in(client, code=code)

    assertContains(sign_in(Client(), code=code), "it was used before")


def test_the_code_of_someone_else_does_not_let_in(client):
    phone_of(person())
    others = phone_of(person("bob"))

    sign_in(client, code=others.code())

    assert not is_in(client)


def test_a_code_may_be_typed_with_a_space(client):
    phone = phone_of(person())
    code = phone.code()

    sign_in(client, code=f"{code[:3]} {code[3:]}")

    assert is_in(client)


def test_wrong_codes_make_the_next_one_wait(client):
    phone = phone_of(person())
    sign_in(client, code="000000")

    response = sign_in(client, code=phone.code())

    assertContains(response, "Too many wrong codes. Wait a second")


def test_no_code_is_asked_of_those_without_a_second_factor(client):
    person()

    sign_in(client, code="123456")

    assert is_in(client)


# When everybody needs a second factor


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("address", [START, "/admin/roles/role/", "/admin/audit-log/", "/admin/password_change/"])
def test_without_a_second_factor_only_its_page_opens(client, required, address):
    superuser()
    sign_in(client, "root")

    assert where_led(client.get(address)) == SECOND_FACTOR
    assertContains(client.get(SECOND_FACTOR), "Everybody who edits this site needs a second factor.")


def test_without_a_second_factor_one_can_still_sign_out(client, required):
    person()
    sign_in(client)

    assertContains(client.get(SECOND_FACTOR), 'action="/admin/logout/"')
    client.post("/admin/logout/")

    assert where_led(client.get(SECOND_FACTOR)) == SIGN_IN


def test_with_a_second_factor_everything_opens(client, required):
    phone = phone_of(person())

    sign_in(client, code=phone.code())

    assert is_in(client)


def test_a_sign_in_without_a_code_does_not_reach_the_page_of_someone_who_has_a_second_factor(client, required):
    user = person()
    phone_of(user)
    client.force_login(user)

    assert where_led(client.get(START)) == SIGN_IN
    assert where_led(client.get(SECOND_FACTOR)) == SIGN_IN


def test_drafts_are_closed_to_those_who_lack_it(client, required):
    draft = StandardFactory()
    superuser()
    sign_in(client, "root")

    assert client.get(draft.get_absolute_url()).status_code == 404


def test_drafts_are_open_to_those_who_have_it(client, required):
    draft = StandardFactory()
    phone = phone_of(person())
    sign_in(client, code=phone.code())

    assert client.get(draft.get_absolute_url()).status_code == 200


# After wrong tries


def fail(client, times, name="ada", **options):
    for _ in range(times):
        response = sign_in(client, name, password=WRONG, **options)
    return response


def test_the_fifth_wrong_try_closes_the_door_and_says_until_when(client):
    person()
    assert fail(client, 4).status_code == 200

    response = fail(client, 1)

    assert response.status_code == 429
    assertContains(response, "Too many wrong tries for this name. Try again at", status_code=429)
    assertContains(response, "in 15 minutes", status_code=429)
    assert 890 <= int(response["Retry-After"]) <= 900
    assert sign_in(client).status_code == 429, "the right password does not help"


def test_the_door_opens_again(client):
    person()
    fail(client, 5)
    AccessAttempt.objects.update(attempt_time="2020-01-01T00:00Z")

    sign_in(client)

    assert is_in(client)


def test_more_tries_do_not_move_the_time(client):
    person()
    fail(client, 5)
    before = AccessAttempt.objects.get().attempt_time

    fail(client, 3)

    assert AccessAttempt.objects.get().attempt_time == before


def test_a_right_sign_in_forgets_the_wrong_ones(client):
    person()
    fail(client, 4)
    sign_in(client)

    assert fail(Client(), 4).status_code == 200


def test_others_and_other_addresses_are_not_kept_out(client):
    person(), person("bob")
    fail(client, 5)

    assert where_led(sign_in(Client(), "bob")) == START
    assert where_led(sign_in(Client(REMOTE_ADDR="192.0.2.7"))) == START


def test_wrong_codes_count_too(client):
    phone_of(person())
    for _ in range(5):
        response = sign_in(client, code="000000")

    assert response.status_code == 429


def test_forgetting_the_code_does_not_count(client):
    phone_of(person())
    for _ in range(6):
        response = sign_in(client)

    assert response.status_code == 200


@pytest.fixture
def two_wrong_tries(monkeypatch):
    monkeypatch.setattr(lockout, "WRONG_TRIES_FROM_ONE_PLACE", Limit("sign-in", per_hour=2, per_day=9))


def test_one_address_has_only_so_many_wrong_tries_whatever_the_names(client, two_wrong_tries):
    person()
    for name in ("eve", "bob"):
        assert fail(client, 1, name).status_code == 200

    response = sign_in(client)

    assert response.status_code == 429
    assertContains(response, "Too many wrong tries from this network address", status_code=429)
    assert int(response["Retry-After"]) <= 3600
    assert not is_in(client), "the right password does not help"
    assert where_led(sign_in(Client(REMOTE_ADDR="192.0.2.7"))) == START


def test_a_try_that_is_refused_unread_keeps_nobody_out_for_longer(client, two_wrong_tries, monkeypatch):
    person()
    fail(client, 2, "eve")
    for _ in range(9):
        assert sign_in(client).status_code == 429

    monkeypatch.setattr(lockout, "WRONG_TRIES_FROM_ONE_PLACE", Limit("sign-in", per_hour=9, per_day=9))

    assert where_led(sign_in(client)) == START


def test_after_the_last_wrong_try_of_a_day_the_page_names_tomorrow(client, monkeypatch):
    monkeypatch.setattr(lockout, "WRONG_TRIES_FROM_ONE_PLACE", Limit("sign-in", per_hour=9, per_day=2))
    fail(client, 2, "eve")

    response = sign_in(client)

    now = datetime.datetime.now(datetime.UTC)
    tomorrow = datetime.datetime.combine(now.date() + datetime.timedelta(days=1), datetime.time(tzinfo=datetime.UTC))
    assert response.status_code == 429
    assert 0 <= int(response["Retry-After"]) - (tomorrow - now).total_seconds() <= 5


def test_the_operator_opens_a_name_at_once_and_leaves_the_limit_of_an_address(client, two_wrong_tries, monkeypatch):
    person()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    fail(client, 2, "eve")
    with monkeypatch.context() as generous:
        generous.setattr(lockout, "WRONG_TRIES_FROM_ONE_PLACE", Limit("sign-in", per_hour=60, per_day=300))
        fail(client, 5), fail(client, 5, **elsewhere)
        assert sign_in(client).status_code == 429

        call_command("axes_reset_username", "ada")

        assert where_led(sign_in(Client())) == where_led(sign_in(Client(), **elsewhere)) == START

    assert sign_in(client).status_code == 429


def test_over_that_limit_no_password_is_even_looked_at(client, two_wrong_tries, monkeypatch):
    person()
    fail(client, 2, "eve")
    looked = []
    monkeypatch.setattr("django.contrib.auth.backends.ModelBackend.authenticate", lambda *a, **k: looked.append(1))

    sign_in(client)

    assert looked == []


def test_right_sign_ins_count_for_nothing(client, two_wrong_tries):
    person()

    assert [where_led(sign_in(Client())) for _ in range(4)] == [START] * 4


def test_readers_pages_are_never_closed(client):
    role = RoleFactory(published=True)
    fail(client, 6)

    response = client.get(role.get_absolute_url())

    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_what_a_wrong_try_leaves_behind_holds_no_secret(client):
    phone_of(person())

    client.post(SIGN_IN, {"username": "ada", "password": "my secret word", "code": "aaaa-bbbb-cccc-dddd", "next": "x"})

    kept = AccessAttempt.objects.get()
    assert "secret word" not in kept.post_data
    assert "bbbb" not in kept.post_data


# From which address


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("6.6.6.6,198.51.100.1:4711", "198.51.100.1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("unknown", "192.0.2.1"),
        ("", "192.0.2.1"),
        ("198.51.100.1, \0", "192.0.2.1"),
    ],
)
def test_behind_a_proxy_the_last_entry_counts(settings, forwarded, address):
    settings.BEHIND_PROXY = True
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)

    assert address_of(request) == address


def test_without_a_proxy_nobody_can_claim_an_address():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert address_of(request) == "192.0.2.1"


def test_a_socket_without_an_address_has_none():
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_new_claims_do_not_open_a_closed_door(client, settings):
    settings.BEHIND_PROXY = True
    person()

    for number in range(5):
        response = fail(client, 1, headers={"x-forwarded-for": f"203.0.113.{number}, 198.51.100.1"})

    assert response.status_code == 429


# For how long


def test_a_sign_in_ends_with_the_browser(client):
    person()

    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]

    assert cookie["max-age"] == cookie["expires"] == ""


def test_a_sign_in_ends_after_twelve_hours_however_busy(client):
    person()
    sign_in(client)
    session = client.session
    session[SIGNED_IN_AT] = int(time.time()) - 12 * 3600 + 60
    session.save()
    assert is_in(client)

    session[SIGNED_IN_AT] -= 61
    session.save()

    assert not is_in(client)


def last_used(client, *, minutes):
    """Leave the sign-in of `client` unused for so many minutes."""
    session = client.session
    session[SEEN_AT] = int(time.time()) - 60 * minutes
    session.save()


def test_a_sign_in_ends_after_an_hour_in_which_nothing_is_done(client):
    superuser("ada")
    draft = StandardFactory()
    sign_in(client)
    last_used(client, minutes=60)

    assert where_led(client.get(START)) == SIGN_IN
    assert where_led(client.get(ACCOUNT)) == SIGN_IN
    assert client.get(draft.get_absolute_url()).status_code == 404
    sign_in(client)
    assert is_in(client)


def test_whoever_does_something_stays_signed_in(client):
    superuser("ada")
    draft = StandardFactory()
    sign_in(client)

    for where in (START, ACCOUNT, draft.get_absolute_url(), address(draft, "change"), START):
        last_used(client, minutes=59)
        assert client.get(where).status_code == 200


def test_a_form_that_is_only_left_open_keeps_nobody_signed_in(client):
    superuser("ada")
    standard = StandardFactory()
    sign_in(client)
    last_used(client, minutes=59)
    before = client.session[SEEN_AT]

    assert client.post(address(standard, "open"), headers={BY_ITSELF: "1"}).status_code == 200
    assert client.session[SEEN_AT] == before
    assert client.post(address(standard, "open")).status_code == 200
    assert client.session[SEEN_AT] > before


def test_the_session_is_written_once_a_minute_at_most(client):
    person()
    sign_in(client)
    with CaptureQueriesContext(connection) as quick:
        client.get(ACCOUNT)
    last_used(client, minutes=1)
    with CaptureQueriesContext(connection) as later:
        client.get(ACCOUNT)

    assert writes(quick) == []
    assert len(writes(later)) == 1


def writes(queries):
    return [each["sql"] for each in queries if each["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_the_account_page_says_how_long_a_sign_in_holds(client, settings):
    settings.SESSION_IDLE_AGE = 30 * 60
    person()
    sign_in(client)

    assertContains(client.get(ACCOUNT), "after 30 minutes in which you open, type and save nothing")
    last_used(client, minutes=30)
    assert not is_in(client)


def test_a_new_password_signs_out_everywhere_else(client):
    person()
    other = Client()
    sign_in(client), sign_in(other)
    new = "another long pass phrase"

    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert is_in(client)
    assert not is_in(other)


def test_sign_out_everywhere_ends_every_sign_in_of_one_person(client):
    person(), person("bob")
    other, bob = Client(), Client()
    sign_in(client), sign_in(other), sign_in(bob, "bob")
    assertContains(client.get(ACCOUNT), 'action="/admin/account/sign-out-everywhere/"')

    response = client.post("/admin/account/sign-out-everywhere/", follow=True)

    assertContains(response, "You are signed out everywhere.")
    assert [is_in(each) for each in (client, other, bob)] == [False, False, True]
    assert Session.objects.count() >= 1


def test_sign_out_everywhere_is_no_link(client):
    person()
    sign_in(client)

    assert client.get("/admin/account/sign-out-everywhere/").status_code == 405
    assert is_in(client)


# The policy of the site holds here too


@pytest.mark.parametrize("address", [SIGN_IN, START, ACCOUNT, SECOND_FACTOR, "/admin/audit-log/"])
def test_no_page_needs_inline_script_or_style(client, address):
    superuser()
    if address != SIGN_IN:
        sign_in(client, "root")
        client.post(SECOND_FACTOR, {"step": "begin"})

    response = client.get(address)

    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    for words in ("style=", "<style", "<script>", "onclick"):
        assertNotContains(response, words)


# The session


def test_signing_in_gives_the_session_another_key(client):
    person()
    client.get(SIGN_IN)
    session = client.session
    session["kept"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    sign_in(client)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_signing_out_ends_the_session_also_for_who_kept_its_key(client):
    person()
    sign_in(client)
    copied = client.cookies[settings.SESSION_COOKIE_NAME].value

    response = client.post("/admin/logout/")

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = copied
    assert not is_in(thief)
    assert response["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    "end", [{"is_active": False}, {"is_staff": False}, None], ids=["closed", "no staff", "deleted"]
)
def test_an_account_that_is_closed_is_out_at_once(client, end):
    user = person()
    sign_in(client)

    if end:
        get_user_model().objects.filter(pk=user.pk).update(**end)
    else:
        user.delete()

    assert not is_in(client)


def test_no_page_of_the_admin_is_kept_by_the_browser(client):
    superuser()
    answers = [client.get(SIGN_IN)]
    sign_in(client, "root")
    answers += [client.get(each) for each in (START, ACCOUNT, SECOND_FACTOR, "/admin/audit-log/", "/admin/auth/user/")]

    assert [answer.status_code for answer in answers] == [200] * 6
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
