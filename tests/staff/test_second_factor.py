"""Setting up a second factor oneself, and the ways back when it is lost."""

import io
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import check_password, identify_hasher
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.asserts import assertContains, assertNotContains

from staff.models import RecoveryCode, RecoveryCodes
from tests.editorial.editing import messages_of

from .people import ACCOUNT, SECOND_FACTOR, SIGN_IN, Phone, is_in, person, phone_of, sign_in, superuser, where_led

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    """Someone who is signed in."""
    user = person()
    sign_in(client)
    return user


def begin(client):
    return client.post(SECOND_FACTOR, {"step": "begin"}, follow=True)


def confirm(client, code):
    return client.post(SECOND_FACTOR, {"step": "confirm", "confirm-code": code})


def set_up(client, user):
    """Go all the way. Returns the phone and the recovery codes."""
    begin(client)
    phone = Phone(TOTPDevice.objects.get(user=user))
    return phone, confirm(client, phone.code()).context["codes"]


def test_the_page_shows_a_picture_and_the_same_secret_in_words(client, ada):
    response = begin(client)

    assertContains(response, "<svg")
    assertContains(response, 'role="img"')
    secret = response.context["secret"].replace(" ", "")
    assert f"secret={secret}" in TOTPDevice.objects.get().config_url


def test_looking_at_the_page_changes_nothing(client, ada):
    client.get(SECOND_FACTOR)

    assert not TOTPDevice.objects.exists()


def test_it_counts_only_after_a_code(client, ada):
    begin(client)

    assert where_led(sign_in(Client())) == "/admin/"
    assertContains(confirm(client, "000000"), "That code is not right")
    assert not TOTPDevice.objects.get().confirmed


def test_after_a_code_it_is_asked_at_each_sign_in(client, ada):
    phone, _ = set_up(client, ada)

    assert is_in(client)
    assertContains(sign_in(Client()), "the code that your app shows")
    assert where_led(sign_in(Client(), code=phone.code())) == "/admin/"


def test_it_ends_the_sign_ins_that_were_made_without_it(client, ada):
    other = Client()
    sign_in(other)

    set_up(client, ada)

    assert is_in(client)
    assert not is_in(other)


def test_recovery_codes_are_shown_once_and_let_in_once_each(client, ada):
    _, codes = set_up(client, ada)
    assert len(set(codes)) == 10
    assertNotContains(client.get(SECOND_FACTOR), codes[0])

    first, again = Client(), Client()
    sign_in(first, code=codes[0].upper())
    sign_in(again, code=codes[0])

    assert is_in(first)
    assert not is_in(again)
    assertContains(client.get(ACCOUNT), "9 of 10 recovery codes are left")


def test_of_two_who_send_the_same_recovery_code_at_the_same_moment_one_is_let_in(client, ada, monkeypatch):
    _, codes = set_up(client, ada)
    code = codes[0].replace("-", "")
    device = RecoveryCodes.objects.get(user=ada)

    def while_another_one_uses_it(*args):
        monkeypatch.undo()
        assert RecoveryCodes.objects.get(user=ada).verify_token(code)
        return check_password(*args)

    monkeypatch.setattr("staff.models.check_password", while_another_one_uses_it)

    assert not device.verify_token(code)
    assert device.codes.count() == 9


def test_the_database_holds_no_recovery_code_that_can_be_read(client, ada):
    _, codes = set_up(client, ada)

    kept = list(RecoveryCode.objects.values_list("hash", flat=True))
    assert not StaticToken.objects.exists()
    assert len({identify_hasher(each).decode(each)["salt"] for each in kept}) == 10
    for code in codes:
        assert not any(code in each or code.replace("-", "") in each for each in kept)
    sign_in(thief := Client(), code=kept[0])
    assert not is_in(thief)


def test_a_wrong_recovery_code_makes_the_next_one_wait_but_not_the_app(client, ada):
    phone, codes = set_up(client, ada)
    sign_in(Client(), code="aaaa-bbbb-cccc-dddd")

    assertContains(sign_in(Client(), code=codes[0]), "Too many wrong codes. Wait a second")
    assert where_led(sign_in(Client(), code=phone.code())) == "/admin/"


def test_a_deleted_account_leaves_no_recovery_code_behind(client, ada):
    set_up(client, ada)

    ada.delete()

    assert not RecoveryCode.objects.exists()


def test_codes_from_before_they_were_hashed_let_in_once_each(client):
    user = person()
    phone_of(user)
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    StaticToken.objects.bulk_create(StaticToken(device=device, token=token) for token in ("a" * 16, "b" * 16))

    migration = import_module("staff.migrations.0006_hash_the_recovery_codes")
    migration.hash_the_codes(apps, SimpleNamespace(connection=connection))

    assert not StaticToken.objects.exists()
    first, again, other = Client(), Client(), Client()
    sign_in(first, code="aaaa-aaaa-aaaa-aaaa")
    sign_in(other, code="bbbb-bbbb-bbbb-bbbb")
    sign_in(again, code="aaaa-aaaa-aaaa-aaaa")
    assert [is_in(each) for each in (first, other, again)] == [True, True, False]


def test_new_recovery_codes_take_the_place_of_the_old(client, ada):
    phone, old = set_up(client, ada)

    response = client.post(SECOND_FACTOR, {"step": "renew", "renew-code": phone.code()})

    new = response.context["codes"]
    assert not set(new) & set(old)
    assert RecoveryCode.objects.count() == 10
    sign_in(other := Client(), code=old[0])
    assert not is_in(other)


@pytest.mark.parametrize("step", ["remove", "renew"])
def test_nothing_changes_without_a_code(client, ada, step):
    set_up(client, ada)

    response = client.post(SECOND_FACTOR, {"step": step, f"{step}-code": "000000"})

    assertContains(response, "That code is not right")
    assert TOTPDevice.objects.get().confirmed
    assert RecoveryCode.objects.count() == 10


def test_removing_it_takes_a_code(client, ada):
    phone, _ = set_up(client, ada)

    response = client.post(SECOND_FACTOR, {"step": "remove", "remove-code": phone.code()}, follow=True)

    assert messages_of(response) == ["The second factor is removed."]
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert where_led(sign_in(Client())) == "/admin/"


def test_starting_again_does_not_replace_one_that_counts(client, ada):
    set_up(client, ada)
    key = TOTPDevice.objects.get().key

    begin(client)

    assert TOTPDevice.objects.get().key == key


def test_starting_twice_leaves_one_secret(client, ada):
    begin(client), begin(client)

    assert TOTPDevice.objects.count() == 1


@pytest.mark.parametrize(
    "data", [{}, {"step": "no such"}, {"step": "confirm"}, {"step": "remove", "remove-code": "\0"}]
)
def test_strange_requests_show_the_page(client, ada, data):
    assert client.post(SECOND_FACTOR, data).status_code == 200


def test_strangers_are_asked_to_sign_in(client):
    assert where_led(client.get(SECOND_FACTOR)) == SIGN_IN
    assert where_led(client.post(SECOND_FACTOR, {"step": "begin"})) == SIGN_IN
    assert not TOTPDevice.objects.exists()


def test_each_step_is_in_the_log(client, ada):
    phone, _ = set_up(client, ada)
    client.post(SECOND_FACTOR, {"step": "remove", "remove-code": phone.code()})

    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")] == [
        "Set up a second factor.",
        "Removed the second factor.",
    ]


def test_no_form_of_the_admin_shows_a_secret(client):
    superuser()
    sign_in(client, "root")

    for address in ("/admin/otp_totp/totpdevice/", "/admin/otp_static/staticdevice/"):
        assert client.get(address).status_code == 404


def test_the_operator_can_let_someone_in_again(client):
    phone_of(person())
    said = io.StringIO()

    call_command("remove_second_factor", "ada", stdout=said)

    assert said.getvalue() == "ada signs in with the password alone now.\n"
    assert where_led(sign_in(client)) == "/admin/"
    for name in ("ada", "nobody"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", name)


def test_an_administrator_can_let_a_colleague_in_again(client):
    ada, bob = person(), person("bob")
    phone_of(ada)
    person("boss", "Administrator")
    sign_in(client, "boss")

    response = client.post(
        "/admin/auth/user/",
        {"action": "take_second_factor_away", "_selected_action": [ada.pk, bob.pk]},
        follow=True,
    )

    assert messages_of(response) == ["Without a second factor now: ada.", "Had none: bob."]
    assert LogEntry.objects.get().user.username == "boss"


def test_an_administrator_cannot_do_that_to_a_superuser(client):
    root = superuser()
    phone_of(root)
    person("boss", "Administrator")
    sign_in(client, "boss")

    client.post("/admin/auth/user/", {"action": "take_second_factor_away", "_selected_action": [root.pk]})

    assert TOTPDevice.objects.filter(user=root).exists()


def test_every_form_of_the_page_brings_its_token(client, ada):
    pages = [client.get(SECOND_FACTOR), begin(client)]
    confirm(client, Phone(TOTPDevice.objects.get()).code())
    pages.append(client.get(SECOND_FACTOR))

    for page in pages:
        forms = page.content.count(b'method="post"')
        assertContains(page, 'name="csrfmiddlewaretoken"', count=forms)
