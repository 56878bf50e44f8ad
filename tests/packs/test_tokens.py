"""Two secrets that cannot be guessed; one of them can be typed from paper."""

import math
import re

import pytest

from careers import secret_addresses
from packs import tokens
from packs.models import Pack

from .sending import edit_address, pack_of

pytestmark = pytest.mark.once


def test_both_tokens_hold_at_least_128_random_bits():
    assert math.log2(len(set(tokens.ALPHABET)) ** (tokens.GROUPS * tokens.GROUP)) > 128
    assert secret_addresses.BYTES * 8 >= 128
    assert len({tokens.new_share_token() for _ in range(1_000)}) == 1_000
    assert len({secret_addresses.new_token() for _ in range(1_000)}) == 1_000


def test_shared_token_uses_every_sign_and_none_that_is_taken_for_another():
    signs = set("".join(tokens.new_share_token() for _ in range(1_000))) - {"-"}

    assert signs == set(tokens.ALPHABET)
    assert not signs & set("01ilou")


@pytest.mark.parametrize(
    "typed",
    [
        "2345-6789-abcd-efgh-jkmn-pqrs-tvwx",
        "2345-6789-ABCD-EFGH-JKMN-PQRS-TVWX",
        "23456789abcdefghjkmnpqrstvwx",
        "2345 6789 abcd efgh jkmn pqrs tvwx",
        " 2345–6789–abcd–efgh–jkmn–pqrs–tvwx ",
    ],
)
def test_token_is_understood_however_it_is_typed(typed):
    assert tokens.typed_share_token(typed) == "2345-6789-abcd-efgh-jkmn-pqrs-tvwx"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2345",
        "2345-6789-abcd-efgh-jkmn-pqrs-tvw",
        "o345-6789-abcd-efgh-jkmn-pqrs-tvwx",
        "\0",
        "é" * 28,
        "2" * 10_000,
    ],
)
def test_what_can_be_no_token_is_none(typed):
    assert tokens.typed_share_token(typed) == ""


@pytest.mark.django_db
def test_only_the_hash_of_the_edit_token_is_stored():
    pack, edit_token = pack_of()

    row = Pack.objects.filter(pk=pack.pk).values().get()

    assert edit_token not in str(row)
    assert re.fullmatch("[0-9a-f]{64}", row["edit_digest"])


@pytest.mark.django_db
def test_edit_token_is_compared_in_constant_time(client, monkeypatch):
    compared = []
    monkeypatch.setattr(
        tokens, "constant_time_compare", lambda one, other: compared.append((one, other)) or one == other
    )
    pack, edit_token = pack_of()

    assert client.get(edit_address(edit_token, "ready/")).status_code == 200
    assert compared == [(pack.edit_digest, pack.edit_digest)]


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["", "ready/", "take-back/"])
def test_no_other_token_opens_the_address_of_the_maker(client, end):
    pack, edit_token = pack_of()
    last = "A" if edit_token[-1] != "A" else "B"
    guesses = [edit_token[:-1] + last, edit_token[:-1], edit_token + "A", edit_token.swapcase()]

    for guess in [*guesses, f"{guesses[0]})", pack.edit_digest, pack.token, "%00", "é" * 43, "a" * 5_000]:
        assert client.get(edit_address(guess, end)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("added", [")", "/)", "/x/y", "", "/ready", "./", "%0A", "/%0D%0A", "%3E/"])
def test_what_a_mail_program_adds_to_the_makers_address_leads_on_and_tells_nobody(client, added):
    _, edit_token = pack_of()

    response = client.get(f"/packs/edit/{edit_token}{added}")
    unknown = client.get(f"/packs/edit/{'a' * 43}{added}")

    assert (response.status_code, response["Location"]) == (302, edit_address(edit_token))
    assert unknown.status_code == 404
    for each in (response, unknown):
        assert each["Referrer-Policy"] == "strict-origin"
        assert "no-store" in each["Cache-Control"]
        assert each["X-Robots-Tag"] == "noindex"
