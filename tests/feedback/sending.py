"""Filling in the form as a reader does, in no time."""

import secrets
import time

from careers.open_forms import stamps
from tests.careers.pages import tree

FORM, THANKS = "/feedback/", "/feedback/thanks/"
TEXT = "The number is out of date."


def stamp(seconds_ago=60):
    """What a form carries which was made so long ago, and which is no other form."""
    return stamps.sign(f"{int(time.time()) - seconds_ago}.{secrets.token_urlsafe(16)}")


def report(**changes):
    """What a browser sends: a good report about a role, with some fields changed. None leaves a field out."""
    fields = {"page": "/roles/one/", "section": "", "text": TEXT, "mail": "", "website": "", "stamp": stamp()} | changes
    return {name: value for name, value in fields.items() if value is not None}


def values(response):
    """{name: value} of what the form in the response holds."""
    form = next(each for each in tree(response).iter("form") if each.get("action") == FORM)
    found = {each.get("name"): each.get("value", "") for each in form.iter("input")}
    found |= {each.get("name"): each.text or "" for each in form.iter("textarea")}
    for each in form.iter("select"):
        chosen = [option.get("value") for option in each.iter("option") if option.get("selected") is not None]
        found[each.get("name")] = chosen[0] if chosen else ""
    return found
