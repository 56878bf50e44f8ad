"""Which new passwords are taken: long ones that nobody guesses, of whatever signs."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from pytest_django.asserts import assertContains

from .people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db

CHANGE = "/admin/password_change/"
GOOD = "violet otter ladder"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("otter-lader", "at least 12 characters"),
        ("password12345", "too common"),
        ("healthcare2026!", "easy to guess"),
        ("CareersAdmin1234", "easy to guess"),
        ("qwertyuiop!QAZ", "easy to guess"),
        ("monkeymonkeymonkey", "easy to guess"),
        ("aaaaaaaaaaaaaaaa", "easy to guess"),
        ("918273645519283", "entirely numeric"),
    ],
)
def test_password_that_is_easy_to_guess_is_refused(password, words):
    with pytest.raises(ValidationError, match=words):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [GOOD, "Ж" + "ё∑ 🦦 ladder otter", "tr0ub4dor&3xtr4", "x" * 3 + " y-z! 9" * 40, "healthcare violet otter"],
)
def test_password_of_whatever_signs_is_taken(password):
    validate_password(password)


def test_a_new_password_needs_the_old_one(client):
    user = person()
    sign_in(client)

    refused = client.post(CHANGE, {"old_password": "not that one", "new_password1": GOOD, "new_password2": GOOD})
    assertContains(refused, "Your old password was entered incorrectly")
    client.post(CHANGE, {"old_password": PASSWORD, "new_password1": GOOD, "new_password2": GOOD})

    user.refresh_from_db()
    assert user.check_password(GOOD)


def test_a_password_counts_as_it_was_typed(client, django_user_model):
    typed = " Violet Otter Ladder " + "x" * 60
    django_user_model.objects.create_user("eve", password=typed, is_staff=True)

    for other in (typed.strip(), typed.lower(), typed[:-1]):
        assert sign_in(client, "eve", password=other).status_code == 200
    assert sign_in(client, "eve", password=typed).status_code == 302


def test_boxes_for_passwords_hide_them_and_let_a_manager_fill_them_in(client):
    person()

    assertContains(client.get("/admin/login/"), 'type="password" name="password" autocomplete="current-password"')
    sign_in(client)
    page = client.get(CHANGE)
    assertContains(page, 'type="password" name="old_password" autocomplete="current-password"')
    assertContains(page, 'type="password" name="new_password1" autocomplete="new-password"')
