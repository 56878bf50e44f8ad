"""What counts as an address of this site, and whose network address a request comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.addresses import LONGEST_ADDRESS, client_address, local_address

pytestmark = pytest.mark.once

OURS = {"careers.example.org"}


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("/roles/one/", "/roles/one/"),
        ("  /roles/one/\n", "/roles/one/"),
        ("/roles/one/#skills", "/roles/one/"),
        ("/compare/?role=a&role=b", "/compare/?role=a&role=b"),
        ("https://careers.example.org/roles/one/?x=1#top", "/roles/one/?x=1"),
        ("http://CAREERS.example.org/", "/"),
        ("///evil.example/", "/evil.example/"),
        ("/roles/?q=" + "a" * LONGEST_ADDRESS, "/roles/"),
    ],
)
def test_address_of_this_site_is_its_path_and_query(said, address):
    assert local_address(said, OURS) == address


@pytest.mark.parametrize(
    "said",
    [
        "",
        "roles/one/",
        "https://evil.example/roles/one/",
        "https://careers.example.org.evil.example/",
        "https://careers.example.org@evil.example/",
        "//evil.example/",
        "//careers.example.org//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://careers.example.org/",
        "https://careers.example.org",
        "http://[::1",
        "/a\x00b",
        "/a b",
        "/<script>",
        '/"onmouseover="x',
        "/é",
        "/\ud800",
        "/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_anything_else_is_no_address(said):
    assert local_address(said, OURS) == ""


@given(st.text() | st.text().map(lambda text: f"/{text}") | st.text().map(lambda text: f"https://{text}/"))
def test_any_text_gives_a_local_path_or_nothing(said):
    address = local_address(said, OURS)

    assert address == "" or (address.startswith("/") and not address.startswith(("//", "/\\")))
    assert len(address) <= LONGEST_ADDRESS


@pytest.mark.parametrize(
    ("behind_proxy", "remote", "forwarded", "address"),
    [
        (False, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (True, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (True, "10.0.0.1", "", "10.0.0.1"),
        (True, "10.0.0.1", "6.6.6.6, ", "10.0.0.1"),
        (True, "10.0.0.1", "unknown", "unknown"),
        (True, "10.0.0.1", "x" * 5_000, "x" * 100),
        (False, "", "", ""),
        (False, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (False, "::ffff:203.0.113.7", "", "203.0.113.7"),
    ],
)
def test_address_is_the_readers_and_not_what_the_reader_says(rf, settings, behind_proxy, remote, forwarded, address):
    settings.BEHIND_PROXY = behind_proxy

    request = rf.get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})

    assert client_address(request) == address
