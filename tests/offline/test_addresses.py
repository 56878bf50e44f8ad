"""From an address to the name of a file that every drive can hold."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline.addresses import LONGEST_FILE, MOST_COMPARISONS, canonical, comparisons, file_for
from tests.factories import RoleFactory


@pytest.mark.once
@pytest.mark.parametrize(
    ("address", "ending", "file"),
    [
        ("/", "html", "index.html"),
        ("/roles/", "html", "roles/index.html"),
        ("/roles/ehr-developer/", "html", "roles/ehr-developer/index.html"),
        ("/compare/?role=a&role=b", "html", "compare/role-a_role-b/index.html"),
        ("/compare/?format=csv&role=a&role=b", "csv", "compare/format-csv_role-a_role-b.csv"),
        ("/changes/feed/", "xml", "changes/feed/index.xml"),
        ("/roles/ehr-developer.json", "json", "roles/ehr-developer.json"),
        ("/skills/con/", "html", "skills/con-7d2a6872/index.html"),
    ],
)
def test_an_address_becomes_a_plain_name(address, ending, file):
    assert re.sub(r"con-\w{8}", "con-7d2a6872", file_for(address, ending)) == file


@pytest.mark.once
@settings(max_examples=60)
@given(st.text(min_size=1, max_size=90), st.text(max_size=90))
def test_whatever_stands_in_an_address_the_name_is_plain_short_and_its_own(one, other):
    names = [file_for(canonical(f"/compare/?role={each.encode().hex()}&x={each}")) for each in (one, other)]

    for name in names:
        assert re.fullmatch(r"[a-z0-9._/-]+", name)
        assert len(name) <= LONGEST_FILE
    assert (names[0] == names[1]) == (one == other)


@pytest.mark.once
def test_the_order_of_parameters_does_not_matter():
    assert canonical("/compare/?role=b&role=a#top") == canonical("/compare/?role=a&role=b")
    assert canonical("/sources/?page=1") == "/sources/"
    assert canonical("/pay/?area=0000000&occupation=15-1252") == "/pay/?occupation=15-1252"


@pytest.mark.django_db
@pytest.mark.parametrize(("roles", "expected"), [(1, 0), (2, 1), (5, 26), (6, 56), (7, 56), (20, 190)])
def test_every_pair_is_compared_and_more_while_they_are_few(roles, expected):
    RoleFactory.create_batch(roles, published=True)
    RoleFactory()

    found = comparisons()

    assert len(set(found)) == len(found) == expected
    assert sum(address.count("role=") == 2 for address in found) == roles * (roles - 1) / 2
    assert len(found) <= MOST_COMPARISONS or roles == 20
