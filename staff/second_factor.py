"""The second factor: an app that shows a new code every 30 seconds, and recovery codes for the day it is lost.

A member of staff has at most one app, and with it ten recovery codes, each good for one sign-in.
"""

import re
from base64 import b32encode
from secrets import token_bytes

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from editorial import qr

from .models import RecoveryCode, RecoveryCodes

RECOVERY_CODES = 10


class WrongCode(Exception):
    """The code is not right, or no code is taken for now. Its text says what to do."""


def device_of(user):
    """The app that `user` has set up, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def begun_device_of(user):
    """The app that `user` is setting up and has not yet shown a code of, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def recovery_codes_left(user):
    return RecoveryCode.objects.filter(device__user=user).count()


def begin(user):
    """Make a new secret for `user`, which counts once a code proves that the app has it."""
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)  # one after the other, from two windows
        if device_of(user):
            return
        TOTPDevice.objects.filter(user=user).delete()
        TOTPDevice.objects.create(user=user, name="App", confirmed=False)


def confirm(user, code):
    """Take the app into use. Returns it and the recovery codes. Raises WrongCode."""
    device = begun_device_of(user)
    if device is None:
        raise WrongCode("There is nothing to confirm. Start again.")
    device = _verified(user, device, code)
    with transaction.atomic():
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        codes = _new_codes(user)
    _note(user, user, "Set up a second factor.")
    return device, codes


def verify(user, code):
    """The device of `user` that shows this code: the app, or the recovery codes, one of which is then used up.

    Raises WrongCode. A wrong code makes only the kind of device wait that it was meant for.
    """
    code = _plain(code)
    if re.fullmatch("[0-9]{6}", code):
        device = device_of(user)
    else:
        device = RecoveryCodes.objects.filter(user=user, confirmed=True).first()
    if device is None:
        raise WrongCode("That code is not right.")
    return _verified(user, device, code)


def new_recovery_codes(user, code):
    """Ten new recovery codes in place of the old. Raises WrongCode."""
    verify(user, code)
    codes = _new_codes(user)
    _note(user, user, "Made new recovery codes.")
    return codes


def remove(user, code):
    """Take the second factor away, for someone who has it. Raises WrongCode."""
    verify(user, code)
    _remove(user)
    _note(user, user, "Removed the second factor.")


def take_away(user, *, by=None):
    """Take the second factor of `user` away without a code, for someone who lost everything. Says whether
    there was one. `by` is who decided that; None is the operator at the command line."""
    had_one = _remove(user)
    if had_one:
        _note(user, by or user, "The second factor was removed" + ("." if by else " from the command line."))
    return had_one


def picture(device):
    """The QR code of an app's secret."""
    return qr.svg_inline(device.config_url, scale=5)


def secret(device):
    """The secret in groups of four, to be typed into an app that has no camera."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _plain(code):
    """The code without the spaces and hyphens that people copy or type."""
    return re.sub(r"[\s-]", "", code).lower()


def _verified(user, device, code):
    allowed, state = device.verify_is_allowed()
    if not allowed:
        until = state.get("locked_until")
        seconds = max(1, round((until - timezone.now()).total_seconds())) if until else 30
        wait = "a second" if seconds == 1 else f"{seconds} seconds"
        raise WrongCode(f"Too many wrong codes. Wait {wait}, then take the newest code.")
    if not verify_token(user, device.persistent_id, _plain(code)):
        raise WrongCode("That code is not right, or it was used before. Wait for the next one.")
    device.refresh_from_db()
    return device


def _new_codes(user):
    """Ten codes of 80 random bits, in place of those that `user` had. Nobody can read them again: hashes are kept."""
    codes = [b32encode(token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    hashes = [make_password(code) for code in codes]
    with transaction.atomic():
        RecoveryCodes.objects.filter(user=user).delete()
        device = RecoveryCodes.objects.create(user=user, name="Recovery codes")
        RecoveryCode.objects.bulk_create(RecoveryCode(device=device, hash=each) for each in hashes)
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def _remove(user):
    with transaction.atomic():
        apps, _ = TOTPDevice.objects.filter(user=user).delete()
        codes, _ = RecoveryCodes.objects.filter(user=user).delete()
    return bool(apps or codes)


def _note(user, by, words):
    LogEntry.objects.log_actions(by.pk, [user], CHANGE, words, single_object=True)
