"""Editors look at packs and take them down; everybody on the staff has a list of their own."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from packs.models import Pack
from tests.careers.pages import text, tree
from tests.editorial.editing import address, cost, filled_in
from tests.factories import PackFactory, RoleFactory
from tests.staff.people import person, sign_in

from .sending import edit_address, filled, pack_of

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/packs/pack/", "/admin/packs/pack/add/"


def titles(response):
    table = next((each for each in tree(response).iter("table") if each.get("id") == "result_list"), None)
    return [] if table is None else sorted(text(row.find("th")) for row in table.find("tbody").iter("tr"))


def save(client, pack, **changes):
    data = {name: value for name, value in (filled_in(client.get(address(pack, "change"))) | changes).items() if value}
    return client.post(address(pack, "change"), data, follow=True)


@pytest.fixture
def enter(client):
    def as_one_of(group):
        found = person(group=group)
        sign_in(client)
        return found

    return as_one_of


def test_list_finds_a_pack_by_its_words_and_by_its_address_in_any_spelling(admin_client):
    pack, _ = pack_of(title="Roles for our club", sender="Ms. Adeyemi", note="Room 14")
    PackFactory(title="Another")

    assert titles(admin_client.get(LIST)) == ["Another", "Roles for our club"]
    for words in (
        "club",
        "Adeyemi",
        "Room 14",
        pack.token,
        pack.token.upper().replace("-", ""),
        f"https://x.example/p/{pack.token}/",
    ):
        assert titles(admin_client.get(LIST, {"q": words})) == ["Roles for our club"]


def test_list_says_the_state_and_filters_by_it(admin_client):
    states = {"open": {}, "expired": {"expired": True}, "revoked": {"revoked": True}, "down": {"taken_down": True}}
    for title, traits in states.items():
        PackFactory(title=title, **traits)

    response = admin_client.get(LIST)

    for words in ("Open", "Its time is over", "Taken back by its maker", "Taken down by us"):
        assertContains(response, words)
    assert titles(admin_client.get(LIST, {"open": "yes"})) == ["open"]
    assert titles(admin_client.get(LIST, {"open": "no"})) == ["down", "expired", "revoked"]


def test_list_costs_the_same_however_many_rows(admin_client, admin_user):
    PackFactory.create_batch(3, owner=admin_user)
    with_few = cost(admin_client, LIST)
    PackFactory.create_batch(30)

    assert cost(admin_client, LIST) == with_few


def test_no_page_of_the_admin_shows_how_a_pack_is_edited(admin_client):
    pack, edit_token = pack_of(RoleFactory(published=True))

    for where in (LIST, address(pack, "change")):
        assertNotContains(admin_client.get(where), edit_token)
        assertNotContains(admin_client.get(where), pack.edit_digest)


def test_editor_takes_a_pack_down_with_a_reason_and_opens_it_again(client, enter):
    editor = enter("Editor")
    pack, edit_token = pack_of(RoleFactory(slug="one", published=True))

    refused = save(client, pack, is_taken_down="on")
    assertContains(refused, "Say why")
    assert client.get(pack.get_absolute_url()).status_code == 200

    save(client, pack, is_taken_down="on", taken_down_reason="Advertising.")
    pack.refresh_from_db()
    assert (pack.state, pack.taken_down_by, pack.taken_down_reason) == ("taken-down", editor, "Advertising.")
    for where in (pack.get_absolute_url(), edit_address(edit_token)):
        assertNotContains(client.get(where), "Advertising", status_code=410)
    assert client.post(edit_address(edit_token), filled(revision="1", open_until="keep")).status_code == 410

    save(client, pack, is_taken_down="")
    pack.refresh_from_db()
    assert (pack.state, pack.taken_down_by, pack.taken_down_reason) == ("open", None, "")


def test_saving_without_a_change_keeps_who_took_it_down_and_when(admin_client, django_user_model):
    other = django_user_model.objects.create_user("other")
    pack = PackFactory(taken_down=True, taken_down_by=other)

    save(admin_client, pack, taken_down_reason="Advertising for phones.")

    again = Pack.objects.get()
    assert (again.taken_down_by, again.taken_down_at) == (other, pack.taken_down_at)
    assert again.taken_down_reason == "Advertising for phones."


@pytest.mark.parametrize("group", ["Author", "Data steward"])
def test_staff_see_their_own_packs_in_one_list_and_no_others(client, enter, group):
    owner = enter(group)
    mine, theirs = PackFactory(title="Mine", owner=owner), PackFactory(title="Theirs")

    assert titles(client.get(LIST)) == ["Mine"]
    assertContains(client.get(address(mine, "change")), "Mine")
    assert client.get(address(theirs, "change")).status_code == 302
    client.post(address(mine, "change"), {"is_taken_down": "on", "taken_down_reason": "x"})
    assert Pack.objects.get(title="Mine").state == "open"


def test_pack_made_in_the_admin_belongs_to_whoever_is_signed_in(client, enter):
    owner = enter("Author")
    RoleFactory(slug="one", published=True)
    PackFactory(title="Somebody else's")

    empty = client.get(ADD, {"role": "one"})
    form = next(each for each in tree(empty).iter("form") if "pack-form" in each.get("class", ""))
    assert form.get("action") == ADD
    assert [each for each in form.iter("input") if each.get("name") == "csrfmiddlewaretoken"]
    response = client.post(ADD, filled(title="For my class"), follow=True)

    assertContains(response, "Mail it to yourself")
    assert Pack.objects.get(title="For my class").owner == owner
    assert titles(client.get(LIST, {"mine": "yes"})) == ["For my class"]


def test_owner_gets_a_new_address_to_change_it_and_the_old_one_ends(client, enter):
    owner = enter("Author")
    pack, old = pack_of(RoleFactory(published=True), owner=owner)
    where = f"{LIST}{pack.pk}/address/"
    assertContains(client.get(address(pack, "change")), f'href="{where}"')
    assert client.get(where).status_code == 200
    assert client.get(edit_address(old)).status_code == 200

    response = client.post(where, follow=True)

    assertContains(response, "Mail it to yourself")
    assert client.get(response.request["PATH_INFO"].removesuffix("ready/")).status_code == 200
    assert client.get(edit_address(old)).status_code == 404


def test_nobody_else_gets_that_address_not_even_an_editor(client, enter):
    enter("Administrator")
    pack, old = pack_of(RoleFactory(published=True))

    assertNotContains(client.get(address(pack, "change")), "/address/")
    assert client.post(f"{LIST}{pack.pk}/address/").status_code == 404
    assert client.get(edit_address(old)).status_code == 200


def test_readers_get_no_list(client):
    assert client.get(LIST).status_code == 302
    assert client.get(ADD).status_code == 302
