"""Making a pack as an advisor does, in no time."""

from django.urls import resolve

from careers.secret_addresses import digest, new_token
from packs.models import Pack
from tests.careers.pages import tree
from tests.factories import PackFactory, PackItemFactory
from tests.feedback.sending import stamp

NEW = "/packs/new/"


def filled(**changes):
    """What a browser sends: a good pack of the role “one”, with some fields changed. None leaves a field out."""
    fields = {
        "role_1": "one",
        "title": "Roles for our club",
        "sender": "Ms. Adeyemi",
        "note": "Read **one** tonight.",
        "language": "en",
        "open_until": "month",
        "website": "",
        "stamp": stamp(),
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def make(client, **changes):
    """Send the form; the pack it made, and its edit token."""
    response = client.post(NEW, filled(**changes))
    assert response.status_code == 302, alerts(response)
    edit_token = resolve(response.url).kwargs["edit_token"]
    return Pack.objects.get(edit_digest=digest(edit_token)), edit_token


def pack_of(*things, **fields):
    """A pack with these things in it, and its edit token."""
    edit_token = new_token()
    pack = PackFactory(edit_digest=digest(edit_token), **fields)
    places = {}
    for thing in things:
        places[type(thing)] = places.get(type(thing), 0) + 1
        PackItemFactory(pack=pack, thing=thing, position=places[type(thing)])
    return pack, edit_token


def edit_address(edit_token, end=""):
    return f"/packs/edit/{edit_token}/{end}"


def alerts(response):
    """Every complaint of the form, at a field or above it."""
    marked = ("alert-danger", "invalid-feedback")
    return [
        " ".join("".join(each.itertext()).split())
        for each in tree(response).iter()
        if set(marked) & set(each.get("class", "").split())
    ]


def values(response):
    """{name: value} of what the form of a pack in the response holds."""
    form = next(each for each in tree(response).iter("form") if "pack-form" in each.get("class", ""))
    found = {}
    for each in form.iter("input"):
        if each.get("type") != "checkbox" or each.get("checked") is not None:
            found[each.get("name")] = each.get("value", "on" if each.get("type") == "checkbox" else "")
    found |= {each.get("name"): each.text or "" for each in form.iter("textarea")}
    for each in form.iter("select"):
        chosen = [option.get("value") for option in each.iter("option") if option.get("selected") is not None]
        found[each.get("name")] = chosen[0] if chosen else ""
    return found
