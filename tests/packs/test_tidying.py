"""Packs that have been closed for long are deleted, and no other."""

import datetime

import pytest
from django.utils import timezone

from packs.models import Pack, PackItem
from packs.tidying import KEPT, tidy_packs
from tests.factories import PackFactory, PackItemFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.timedelta(days=1)
LONG_AGO = NOW - KEPT - DAY


def pack(**fields):
    return PackItemFactory(pack=PackFactory(created_at=NOW - 300 * DAY, **{"expires_at": NOW + DAY} | fields)).pack


def test_packs_closed_for_long_are_deleted_with_what_is_in_them():
    pack(expires_at=LONG_AGO)
    pack(revoked_at=LONG_AGO)
    pack(taken_down_at=LONG_AGO, taken_down_reason="Advertising.")
    kept = [
        pack(),
        pack(expires_at=LONG_AGO + 2 * DAY),
        pack(revoked_at=LONG_AGO + 2 * DAY),
        pack(taken_down_at=LONG_AGO + 2 * DAY, taken_down_reason="Advertising."),
    ]

    assert tidy_packs(NOW) == 3
    assert set(Pack.objects.all()) == set(kept)
    assert PackItem.objects.count() == 4
    assert tidy_packs(NOW) == 0
