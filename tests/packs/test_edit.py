"""Whoever made a pack changes it or takes it back, with nothing but its second address."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from packs import making
from packs.models import Pack
from tests.careers.pages import tree
from tests.editorial.editing import cost
from tests.factories import RoleFactory, SkillFactory

from .sending import alerts, edit_address, filled, make, pack_of, values

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def roles():
    return [RoleFactory(slug=slug, title=f"{slug} developer", published=True) for slug in ("one", "two", "three")]


@pytest.fixture
def made(client, roles):
    """A pack as its maker has it: (pack, edit token)."""
    return make(client, role_2="two", with_comparison="on", open_until="year")


def test_form_holds_the_pack_as_it_stands(client, made):
    _, edit_token = made

    found = values(client.get(edit_address(edit_token)))

    expected = {
        "title": "Roles for our club",
        "sender": "Ms. Adeyemi",
        "note": "Read **one** tonight.",
        "language": "en",
        "role_1": "one",
        "role_2": "two",
        "role_3": "",
        "with_comparison": "on",
        "open_until": "keep",
        "revision": "1",
    }
    assert expected.items() <= found.items()


def test_what_is_saved_is_what_readers_see_at_the_same_address(client, made):
    pack, edit_token = made
    sent = filled(title="A new title", role_1="three", role_2="one", note="", open_until="keep", revision="1")

    response = client.post(edit_address(edit_token), sent)

    assertRedirects(response, edit_address(edit_token, "ready/"))
    changed = Pack.objects.get()
    assert (changed.token, changed.revision, changed.expires_at) == (pack.token, 2, pack.expires_at)
    assert [item.name for item in changed.items.all()] == ["three developer", "one developer"]
    assertContains(client.get(pack.get_absolute_url()), "A new title")


def test_expired_pack_can_be_opened_again(client, roles):
    pack, edit_token = pack_of(roles[0], expired=True)

    refused = client.post(edit_address(edit_token), filled(revision="1", open_until="keep"))
    assert values(client.get(edit_address(edit_token)))["open_until"] == "term"
    assert any("Choose again." in each for each in alerts(refused))
    client.post(edit_address(edit_token), filled(revision="1", open_until="month"))

    assert client.get(pack.get_absolute_url()).status_code == 200


def test_second_of_two_windows_is_told_and_loses_nothing(client, made):
    _, edit_token = made
    first = filled(title="From the first window", role_1="two", revision="1", open_until="keep")
    second = filled(
        title="From the second window", note="My long note.", role_1="three", revision="1", open_until="keep"
    )
    client.post(edit_address(edit_token), first)

    response = client.post(edit_address(edit_token), second)

    assert response.status_code == 409
    assertContains(response, "From the first window", status_code=409)
    found = values(response)
    assert (found["title"], found["note"], found["role_1"]) == ("From the second window", "My long note.", "three")
    assert Pack.objects.get().title == "From the first window"

    client.post(edit_address(edit_token), found)

    assert Pack.objects.get().title == "From the second window"


@pytest.mark.parametrize("revision", [None, "", "0", "2", "-1", "one", "9" * 30, "１"])
def test_form_of_no_known_revision_overwrites_nothing(client, made, revision):
    _, edit_token = made

    response = client.post(edit_address(edit_token), filled(title="Overwritten", revision=revision, open_until="keep"))

    assert response.status_code == 409
    assert Pack.objects.get().title == "Roles for our club"


def test_mistake_comes_back_with_everything_that_was_typed(client, made):
    _, edit_token = made

    response = client.post(edit_address(edit_token), filled(title="", note="New words.", revision="1"))

    assert response.status_code == 200
    assert any("Give it a title" in each for each in alerts(response))
    assert values(response)["note"] == "New words."
    assert Pack.objects.get().note == "Read **one** tonight."


def test_what_is_gone_from_the_site_leaves_the_pack_when_it_is_saved(client, made, roles):
    _, edit_token = made
    roles[0].delete()

    response = client.get(edit_address(edit_token))

    assertContains(response, "“one developer” is no longer on this site. It leaves the pack when you save it.")
    assert values(response)["role_1"] == "two"
    sent = {name: value for name, value in values(response).items() if name != "with_comparison"}
    client.post(edit_address(edit_token), sent | {"stamp": filled()["stamp"]})
    assert [item.name for item in Pack.objects.get().items.all()] == ["two developer"]


# Taking it back


def test_taking_back_asks_first_and_then_closes_both_addresses_for_good(client, made):
    pack, edit_token = made

    assertContains(client.get(edit_address(edit_token, "take-back/")), "Take it back for good")
    assert client.get(pack.get_absolute_url()).status_code == 200
    assertContains(client.post(edit_address(edit_token, "take-back/")), "Make another pack")

    for where in (pack.get_absolute_url(), edit_address(edit_token), edit_address(edit_token, "ready/")):
        assert client.get(where).status_code == 410
    assert client.post(edit_address(edit_token), filled(revision="2", open_until="year")).status_code == 410


def test_pack_closed_while_its_form_is_sent_stays_closed(client, made, monkeypatch):
    _, edit_token = made
    save = making.save

    def closed_meanwhile(pack, form):
        making.revoke(pack)
        save(pack, form)

    monkeypatch.setattr(making, "save", closed_meanwhile)

    response = client.post(edit_address(edit_token), filled(title="Too late", revision="1", open_until="keep"))

    assert response.status_code == 410
    assert Pack.objects.get().title == "Roles for our club"


@pytest.mark.parametrize("end", ["", "read/", "take-back/"])
def test_form_from_another_site_changes_nothing(client, made, end):
    _, edit_token = made
    before = Pack.objects.values().get()

    client.post(
        edit_address(edit_token, end), filled(title="Forged", revision="1"), headers={"origin": "https://evil.example"}
    )

    assert Pack.objects.values().get() == before


# Who learns the address


@pytest.mark.parametrize("end", ["", "ready/", "take-back/"])
def test_address_of_the_maker_is_kept_from_everyone(client, made, end):
    _, edit_token = made

    response = client.get(edit_address(edit_token, end))

    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    page = tree(response)
    for each in page.iter():
        # Nothing that leads elsewhere carries it along, and no print of the page names it.
        address = each.get("href", "") + each.get("src", "") + each.get("content", "")
        if edit_token in address:
            assert address.startswith(("/packs/edit/", "mailto:?")), address
    assert "printed" not in [each.get("class") for each in page.iter("p")]


def test_page_of_readers_knows_nothing_of_that_address(client, made):
    pack, _ = made

    assertNotContains(client.get(pack.get_absolute_url()), "/packs/edit/")


@pytest.mark.twice
def test_editing_needs_no_cookie_and_no_token(made):
    _, edit_token = made
    client = Client(enforce_csrf_checks=True)

    assert client.post(edit_address(edit_token), filled(revision="1", open_until="keep")).status_code == 302
    assert client.post(edit_address(edit_token, "take-back/")).status_code == 200


@pytest.mark.twice
def test_form_costs_the_same_for_one_role_and_for_many_things(client, roles):
    _, few = pack_of(roles[0], SkillFactory(published=True))
    _, many = pack_of(*roles, *SkillFactory.create_batch(4, published=True))
    client.get(edit_address(few))

    assert cost(client, edit_address(many)) == cost(client, edit_address(few))
