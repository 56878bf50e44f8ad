"""No secret address in the log."""

import logging

import pytest

from config.logs import WithoutSecrets

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("message", "arguments", "logged"),
    [
        ("%s: %s", ("Conflict", "/packs/edit/se-cret_1/"), "Conflict: /packs/edit/…/"),
        ("Not Found: /packs/edit/se-cret)", (), "Not Found: /packs/edit/…"),
        ("%s: %s", ("Gone", "/class/manage/se-cret/close/"), "Gone: /class/manage/…/close/"),
        ("%s of 100%%: %s", ("One", "/p/shared/"), "One of 100%: /p/shared/"),
    ],
)
def test_secret_part_of_an_address_is_cut_out(message, arguments, logged):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)

    assert WithoutSecrets().filter(record)

    assert record.getMessage() == logged


def test_whatever_is_logged_goes_through_it(settings):
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
