"""The database refuses what a pack can never be."""

import datetime

import pytest
from django.utils import timezone

from packs.models import LONGEST_NOTE, Pack
from tests.constraints import assert_once, assert_refused, constraint_names, unique_fields
from tests.factories import PackFactory, PackItemFactory

pytestmark = pytest.mark.django_db

BEFORE = timezone.now() - datetime.timedelta(days=400)

PACKS = [
    ("pack_has_a_title", {"title": ""}),
    ("pack_note_has_an_end", {"note": "a" * (LONGEST_NOTE + 1)}),
    ("pack_language_is_known", {"language": "xx"}),
    ("pack_ends_after_it_began", {"expires_at": BEFORE}),
    ("pack_is_saved_after_it_began", {"saved_at": BEFORE}),
    ("pack_revision_counts_from_one", {"revision": 0}),
    ("pack_is_revoked_after_it_began", {"revoked_at": BEFORE}),
    ("pack_taken_down_has_a_reason", {"taken_down_at": timezone.now()}),
    ("pack_taken_down_has_a_reason", {"taken_down_reason": "Because."}),
    ("pack_keeps_a_whole_hash", {"edit_digest": "a" * 63}),
]
ITEMS = [
    ("packitem_has_a_place", {"position": 0}),
    ("packitem_has_a_place", {"position": 6}),
    ("packitem_has_a_place", {"kind": "skills", "position": 5}),
    ("packitem_has_a_place", {"kind": "trends", "position": 4}),
    ("packitem_has_a_place", {"kind": "pages"}),
]


@pytest.mark.parametrize(("name", "changes"), PACKS, ids=[f"{name} {str(changes)[:40]}" for name, changes in PACKS])
def test_pack_that_makes_no_sense_is_refused(name, changes):
    assert_refused(name, PackFactory(), **changes)


@pytest.mark.parametrize(("name", "changes"), ITEMS, ids=[f"{name} {changes}" for name, changes in ITEMS])
def test_item_without_a_place_is_refused(name, changes):
    assert_refused(name, PackItemFactory(), **changes)


def test_nothing_stands_twice_and_no_place_is_taken_twice():
    first = PackItemFactory()
    second = PackItemFactory(pack=first.pack, position=2)

    assert_refused("packitem_once_per_pack", second, item_id=first.item_id)
    assert_refused("packitem_one_at_each_place", second, position=1)


@pytest.mark.parametrize("field", ["token", "edit_digest"])
def test_no_two_packs_share_an_address(field):
    assert_once(PackFactory, field)


def test_every_constraint_is_tried():
    items = {"packitem_once_per_pack", "packitem_one_at_each_place"}

    assert {name for name, _ in [*PACKS, *ITEMS]} | items == constraint_names("packs")
    assert unique_fields("packs") == {("Pack", "token"), ("Pack", "edit_digest")}


@pytest.mark.parametrize("language", Pack.Language)
def test_every_language_of_the_list_is_kept(language):
    assert PackFactory(language=language).language == language
