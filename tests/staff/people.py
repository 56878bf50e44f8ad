"""What the tests of signing in share: people with a password, and a phone that shows codes."""

import time

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

NAME, PASSWORD, WRONG = "ada", "a long pass phrase for tests", "not that one"
SIGN_IN, START = "/admin/login/", "/admin/"
SECOND_FACTOR, ACCOUNT = "/admin/account/second-factor/", "/admin/account/"


def person(name=NAME, group=None, **fields):
    """A member of staff with PASSWORD; `group` names a ready-made group."""
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def superuser(name="root"):
    return person(name, is_superuser=True)


class Phone:
    """An app with the secret of a device. Each code is newer than the one before, since none is taken twice."""

    def __init__(self, device):
        self.device, self.shown = device, 0

    def code(self):
        app = TOTP(self.device.bin_key)
        app.time = time.time() + 30 * self.shown
        self.shown += 1
        return f"{app.token():06d}"


def phone_of(user):
    """Set up a second factor for `user`, without the page for it. The first code is not yet used."""
    return Phone(TOTPDevice.objects.create(user=user, name="App"))


def sign_in(client, name=NAME, password=PASSWORD, code="", **options):
    """Fill in the real form and send it."""
    return client.post(SIGN_IN, {"username": name, "password": password, "code": code, "next": START}, **options)


def is_in(client):
    """Say whether the admin opens."""
    return client.get(START).status_code == 200


def where_led(response):
    """The address that a redirect leads to, without what it carries along."""
    assert response.status_code == 302
    return response["Location"].partition("?")[0]
