"""What was typed survives the end of a sign-in and an old token, and nothing is saved that nobody asked for."""

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from roles.models import Role
from skills.models import Skill
from staff.sessions import SEEN_AT
from tests.editorial.editing import address, filled_in
from tests.factories import FitFactory, PackFactory, RoleFactory, SkillFactory
from tests.html import parse
from tests.outlook.factories import ReleaseFactory

from .people import PASSWORD, WRONG, is_in, person, phone_of, sign_in, superuser, where_led

pytestmark = pytest.mark.django_db

NASTY = "\"><script>alert(1)</script> <b> & 'x'\r\nsecond line"


@pytest.fixture
def ada(client):
    user = superuser("ada")
    sign_in(client)
    return user


def typed_into(client, item, **changes):
    """The whole form of `item` as a browser would send it by the button Save, with some boxes changed."""
    return filled_in(client.get(address(item, "change")), **changes) | {"_save": "Save"}


def lose_the_session():
    Session.objects.all().delete()


def boxes(response):
    """All boxes of the page's form, as a browser would send them."""
    document = parse(response.content.decode())
    forms = [each for each in document.iter("form") if each.get("id") in ("login-form", "kept-typing")]
    (form,) = forms
    named = [each for each in form.iter("input") if each.get("name")]
    # A browser sends the line breaks of a hidden box as it sends those of any other.
    return {each.get("name"): each.get("value", "").replace("\n", "\r\n") for each in named}


def send(client, item, data):
    return client.post(address(item, "change"), data)


def sign_in_there(client, item, response, **credentials):
    given = {"username": "ada", "password": PASSWORD, "code": ""} | credentials
    return send(client, item, boxes(response) | {f"_again-{name}": value for name, value in given.items()})


def test_after_signing_in_again_the_typing_is_back_and_can_be_saved(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed for an hour.")
    lose_the_session()

    asked = send(client, skill, data)
    again = sign_in_there(client, skill, asked)

    assert asked.status_code == 403
    assertContains(asked, "Nothing that you typed is lost", status_code=403)
    assertContains(again, "You are signed in again. Your typing is here; save it.")
    assert ("summary", "Typed for an hour.") in again.context["changed"]
    skill.refresh_from_db()
    assert skill.summary == "Summary.", "nothing is saved by itself"

    saved = send(client, skill, boxes(again))

    assert where_led(saved) == address(skill, "change")
    skill.refresh_from_db()
    assert skill.summary == "Typed for an hour."


def test_typing_outlives_a_sign_in_that_ended_because_nothing_was_done(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed before lunch.")
    session = client.session
    session[SEEN_AT] -= 61 * 60
    session.save()

    again = sign_in_there(client, skill, send(client, skill, data))
    saved = send(client, skill, boxes(again))

    assert where_led(saved) == address(skill, "change")
    skill.refresh_from_db()
    assert skill.summary == "Typed before lunch."


def test_a_whole_role_with_its_lists_comes_through_unchanged(client, ada):
    role = RoleFactory(published=True, with_parts=True)
    FitFactory.create_batch(40, role=role, text=NASTY.replace("\r\n", " "))
    data = typed_into(client, role, overview=NASTY)
    lose_the_session()

    again = sign_in_there(client, role, send(client, role, data))

    carried = boxes(again)
    carried.pop("csrfmiddlewaretoken")
    data.pop("csrfmiddlewaretoken")
    assert carried == data
    assert again.context["changed"] == [("overview", NASTY)]


def test_a_changed_row_and_a_new_row_are_named(client, ada):
    role = RoleFactory()
    FitFactory(role=role, text="Before.")
    data = typed_into(client, role, **{"fits-0-text": "After."})
    lose_the_session()

    again = sign_in_there(client, role, send(client, role, data | {"fits-7-text": "New."}))

    assert again.context["changed"] == [("fits 1: text", "After."), ("fits 8: text", "New.")]


def test_a_box_of_json_is_compared_as_text(client, ada):
    release = ReleaseFactory(footnotes={"1": "One."})
    # The form shows them without a box, which keeps nobody from sending one.
    data = typed_into(client, release) | {"footnotes": '{"1": "Another."}'}
    lose_the_session()

    again = sign_in_there(client, release, send(client, release, data))

    assert ("footnotes", '{"1": "Another."}') in again.context["changed"]


def test_what_was_typed_is_never_taken_for_markup(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill) | {"meaning": NASTY, NASTY: "the name of a box"}
    lose_the_session()

    asked = send(client, skill, data)
    again = sign_in_there(client, skill, asked)

    for response in (asked, again):
        assert b"<script>alert" not in response.content
        assert boxes(response)["meaning"] == NASTY
    assertContains(again, "&lt;script&gt;alert(1)")


def test_the_second_factor_is_asked_there_too(client, ada):
    phone = phone_of(ada)
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed.")
    lose_the_session()
    asked = send(client, skill, data)

    without = sign_in_there(client, skill, asked)
    again = sign_in_there(client, skill, without, code=phone.code())

    assertContains(without, "the code that your app shows", status_code=403)
    assertContains(again, "You are signed in again.")
    assert boxes(again)["summary"] == "Typed."


def test_a_wrong_password_keeps_the_typing_and_counts(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed.")
    lose_the_session()
    response = send(client, skill, data)

    for _ in range(5):
        response = sign_in_there(client, skill, response, password=WRONG)
        assert boxes(response)["summary"] == "Typed."

    assert response.status_code == 429
    assertContains(response, "Leave this page open: your typing waits here.", status_code=429)
    assert AccessAttempt.objects.get().failures_since_start == 5
    AccessAttempt.objects.update(attempt_time="2020-01-01T00:00Z")
    assert boxes(sign_in_there(client, skill, response))["summary"] == "Typed."


def test_what_is_noted_of_a_wrong_try_holds_nothing_of_the_form(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed.")
    lose_the_session()

    sign_in_there(client, skill, send(client, skill, data), password=WRONG)

    kept = AccessAttempt.objects.get()
    assert kept.post_data == ""
    assert "Typed" not in kept.get_data


def test_the_address_keeps_its_question(client, ada):
    skill = SkillFactory()
    where = f"{address(skill, 'change')}?_changelist_filters=q%3Dx"
    data = typed_into(client, skill)
    lose_the_session()

    asked = client.post(where, data)

    assertContains(asked, f'action="{where}"', status_code=403)


def test_passwords_and_files_are_not_carried_and_the_page_says_so(client, ada):
    lose_the_session()
    data = {"username": "new", "password1": "first secret", "password2": "first secret"}

    asked = client.post("/admin/auth/user/add/", data | {"picture": SimpleUploadedFile("me.png", b"x")})

    assertContains(asked, "Passwords are not kept.", status_code=403)
    assertContains(asked, "The file “me.png” could not be kept.", status_code=403)
    assertNotContains(asked, "first secret", status_code=403)
    assert boxes(asked)["username"] == "new"


def test_a_form_of_passwords_is_asked_again_as_ever(client, ada):
    lose_the_session()

    assert where_led(client.post("/admin/password_change/", {"old_password": PASSWORD})) == "/admin/login/"


def test_a_script_of_a_page_gets_a_status_and_no_page(client, ada):
    lose_the_session()

    response = client.post("/admin/roles/role/", {}, headers={"sec-fetch-mode": "cors"})

    assert (response.status_code, response.content) == (403, b"Sign in again.\n")


def test_a_form_too_long_to_carry_says_what_to_do(client, ada, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    skill = SkillFactory()
    lose_the_session()

    asked = send(client, skill, {f"box-{number}": "x" for number in range(27)})

    assertContains(asked, "this form is too long to be kept here", status_code=403)


def test_a_form_beyond_the_limit_is_refused(client, ada, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    skill = SkillFactory()
    lose_the_session()

    assert send(client, skill, {f"box-{number}": "x" for number in range(31)}).status_code == 400


def test_someone_else_who_signs_in_sees_nothing_of_the_saved_page(client, ada):
    person("bob")
    skill = SkillFactory(summary="Saved and secret.")
    data = typed_into(client, skill, summary="Typed.")
    lose_the_session()

    again = sign_in_there(client, skill, send(client, skill, data), username="bob")

    assertNotContains(again, "Saved and secret.")
    assert send(client, skill, boxes(again)).status_code == 403


def test_without_the_second_factor_that_all_need_the_typing_waits(client, ada, settings):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed.")
    settings.REQUIRE_SECOND_FACTOR = True

    waiting = send(client, skill, data)
    assertContains(waiting, "Set it up in a new window", status_code=403)
    phone = phone_of(ada)
    asked = send(client, skill, boxes(waiting))
    again = sign_in_there(client, skill, asked, code=phone.code())

    assert where_led(send(client, skill, boxes(again))) == address(skill, "change")
    skill.refresh_from_db()
    assert skill.summary == "Typed."


def test_signed_in_meanwhile_in_another_window_nothing_is_saved_by_itself(client, ada):
    skill = SkillFactory()
    data = typed_into(client, skill, summary="Typed.")

    response = send(client, skill, data | {"_sign_in_again": "1"})

    assertContains(response, "Your typing is here; save it.")
    skill.refresh_from_db()
    assert skill.summary == "Summary."


# An old token

HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def browser():
    """A client that has to show its token, as browsers do."""
    superuser("ada")
    client = Client(enforce_csrf_checks=True)
    token = boxes(client.get("/admin/login/"))["csrfmiddlewaretoken"]
    sign_in_with_token(client, token)
    return client


def sign_in_with_token(client, token):
    client.post(
        "/admin/login/",
        {"username": "ada", "password": PASSWORD, "next": "/admin/", "csrfmiddlewaretoken": token},
    )
    assert is_in(client)


def sign_in_in_another_window(client):
    lose_the_session()
    sign_in_with_token(client, boxes(client.get("/admin/login/"))["csrfmiddlewaretoken"])


def test_after_a_sign_in_in_another_window_the_form_can_be_sent_again(browser):
    skill = SkillFactory()
    data = typed_into(browser, skill, summary="Typed.")
    sign_in_in_another_window(browser)

    refused = browser.post(address(skill, "change"), data, headers=HERE)

    assertContains(refused, "This form was open for too long", status_code=403)
    assert ("summary", "Typed.") in refused.context["changed"]
    skill.refresh_from_db()
    assert skill.summary == "Summary."
    saved = browser.post(address(skill, "change"), boxes(refused), headers=HERE)
    assert where_led(saved) == address(skill, "change")
    skill.refresh_from_db()
    assert skill.summary == "Typed."


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"referer": "https://evil.example/admin/"},
        {"referer": "http://[broken"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused_without_another_chance(browser, headers):
    skill = SkillFactory()

    response = browser.post(address(skill, "change"), {"summary": "Typed by a stranger."}, headers=headers)

    assertContains(response, "That form has expired", status_code=403)
    assertNotContains(response, "stranger", status_code=403)


@pytest.mark.parametrize(
    "headers",
    [HERE, {"origin": "http://testserver"}, {"referer": "http://testserver/admin/"}, {"sec-fetch-site": "same-origin"}],
    ids=str,
)
def test_a_form_from_here_gets_another_chance(browser, headers):
    response = browser.post(address(SkillFactory(), "change"), {"summary": "Typed."}, headers=headers)

    assertContains(response, "This form was open for too long", status_code=403)
    assert boxes(response)["summary"] == "Typed."


def test_a_form_whose_list_shows_each_their_own_gets_another_chance_when_the_sign_in_is_over_too(browser):
    lose_the_session()

    response = browser.post(address(PackFactory(), "change"), {"taken_down_reason": "Typed."}, headers=HERE)

    assertContains(response, "This form was open for too long", status_code=403)
    assert boxes(response)["taken_down_reason"] == "Typed."


def test_a_page_from_here_that_carries_a_password_drops_it(browser):
    data = {"summary": "Typed.", "_again-password": "first secret", "_again-username": "ada", "_sign_in_again": "1"}

    response = browser.post(address(SkillFactory(), "change"), data, headers=HERE)

    assertNotContains(response, "first secret", status_code=403)


def test_readers_forms_are_refused_as_ever(browser):
    response = browser.post("/roles/", {"q": "x"}, headers=HERE)

    assertContains(response, "That form has expired", status_code=403)


@pytest.mark.parametrize("where", ["/admin/account/second-factor/", "/admin/password_change/", "/admin/login/"])
def test_a_form_of_codes_or_passwords_gets_no_other_chance(browser, where):
    response = browser.post(where, {"confirm-code": "123456", "old_password": PASSWORD}, headers=HERE)

    assertContains(response, "That form has expired", status_code=403)
    assertNotContains(response, "123456", status_code=403)


def test_an_action_on_a_list_is_named_before_it_is_sent_again(client, ada):
    skill = SkillFactory()
    data = {"action": "delete_selected", "_selected_action": [skill.pk]}
    lose_the_session()

    asked = client.post(address(Skill), data)
    again = client.post(
        address(Skill), boxes(asked) | {"_again-username": "ada", "_again-password": PASSWORD, "_again-code": ""}
    )

    assert again.context["changed"] == [("action", "delete_selected")]
    assertContains(client.post(address(Skill), boxes(again)), "Are you sure")


def test_the_name_of_a_missing_page_gives_no_error(client, ada):
    lose_the_session()

    asked = client.post("/admin/roles/role/4711/change/", {"title": "Typed."})
    again = client.post(
        "/admin/roles/role/4711/change/",
        boxes(asked) | {"_again-username": "ada", "_again-password": PASSWORD, "_again-code": ""},
    )

    assert again.context["changed"] == [("title", "Typed.")]
    assert not Role.objects.exists()
