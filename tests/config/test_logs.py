"""No secret address in the log."""

import json
import logging
import sys

import pytest

from config.logs import Json, Line

pytestmark = pytest.mark.once


def record(message, *arguments, exc_info=None):
    return logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, exc_info)


@pytest.mark.parametrize(
    ("message", "arguments", "logged"),
    [
        ("%s: %s", ("Conflict", "/packs/edit/se-cret_1/"), "Conflict: /packs/edit/…/"),
        ("Not Found: /packs/edit/se-cret)", (), "Not Found: /packs/edit/…"),
        ("%s: %s", ("Gone", "/class/manage/se-cret/close/"), "Gone: /class/manage/…/close/"),
        ("%s: %s", ("Not Found", "/class/SECR-ET/send/"), "Not Found: /class/…/send/"),
        ("%s: %s", ("Not Found", "/class/new/"), "Not Found: /class/new/"),
        ("%s of 100%%: %s", ("One", "/p/se-cret/"), "One of 100%: /p/…/"),
        ("%s: %s", ("Not Found", "/roles/open/"), "Not Found: /roles/open/"),
    ],
)
def test_secret_part_of_an_address_is_cut_out(message, arguments, logged):
    written = record(message, *arguments)

    assert Line().format(written) == logged
    assert json.loads(Json().format(written))["message"] == logged


@pytest.mark.parametrize("formatter", [Line(), Json()], ids=["text", "JSON"])
def test_no_traceback_holds_one_either(formatter):
    try:
        raise ValueError('"/packs/edit/se-cret" is "odd"')
    except ValueError:
        written = record("Broken", exc_info=sys.exc_info())

    logged = formatter.format(written)

    assert "se-cret" not in logged
    assert "test_no_traceback_holds_one_either" in logged


def test_a_record_is_one_line_of_json():
    logged = Json().format(record("two\nlines and a “%s”", "ü"))

    assert "\n" not in logged
    assert json.loads(logged)["message"] == "two\nlines and a “ü”"


def test_whatever_is_logged_goes_through_it(settings):
    ours = {f"config.logs.{each.__name__}" for each in (Line, Json)}

    assert {each["()"] for each in settings.LOGGING["formatters"].values()} == ours
    assert all(each["formatter"] in settings.LOGGING["formatters"] for each in settings.LOGGING["handlers"].values())
