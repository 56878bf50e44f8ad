"""A QR code that the site's policy lets through and that says what it is."""

from xml.etree import ElementTree

import pytest

from editorial import qr

pytestmark = pytest.mark.once


def test_code_is_a_picture_without_style_that_speaks_its_title():
    drawn = ElementTree.fromstring(qr.svg_inline("https://careers.example.org/roles/", title="Code of <this> page"))  # noqa: S314

    assert drawn.find("title").text == "Code of <this> page"
    assert all("style" not in each.attrib and "class" not in each.attrib for each in drawn.iter())


def test_code_is_dark_on_light_and_has_the_quiet_zone_that_cameras_need():
    drawn = ElementTree.fromstring(qr.svg_inline("x", scale=4))  # noqa: S314 - the smallest code has 21 modules

    assert drawn.get("width") == str(4 * (21 + 2 * 4))
    assert drawn.find(".//path").get("fill") == "#fff"
