"""What a browser is told about keeping pages."""

import json
import re
import struct

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from packs.urls import urlpatterns as packs_urls

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_worker_stands_at_the_root_and_a_browser_asks_for_it_anew(client):
    response = client.get("/sw.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response["Cache-Control"]
    assert "cookie" not in response.get("Vary", "").lower()
    assert 'addEventListener("fetch"' in response.text


def test_the_worker_leaves_alone_what_advisors_editors_and_reports_hold(client):
    worker = client.get("/sw.js").text
    private = [f"/{each.pattern}" for each in packs_urls]
    private += [reverse(name) for name in ("admin:index", "feedback:form", "classroom:enter", "match:result")]

    left_alone = tuple(re.findall('"([^"]+)"', re.search(r"^const NEVER = .*$", worker, re.MULTILINE)[0]))

    assert [address for address in private if not address.startswith(left_alone)] == []
    assert not reverse("careers:plan", args=["one"]).startswith(left_alone)


def test_switched_off_pages_register_no_worker_and_the_worker_removes_itself(client, settings):
    assert "js/keep-pages.js" in client.get("/").text

    settings.OFFLINE_READING = False

    assert "js/keep-pages.js" not in client.get("/").text
    assert "registration.unregister()" in client.get("/sw.js").text
    assert 'addEventListener("fetch"' not in client.get("/sw.js").text


def test_the_manifest_names_the_site_and_pictures_of_the_size_they_say(client):
    response = client.get("/manifest.webmanifest")
    manifest = json.loads(response.content)

    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"]) == ("/", "/")
    assert f'<meta name="theme-color" content="{manifest["theme_color"]}">' in client.get("/").text
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with open(finders.find(icon["src"].removeprefix("/static/")), "rb") as picture:
            width, height = struct.unpack(">II", picture.read(24)[16:])
        assert icon["sizes"] == f"{width}x{height}"


def test_the_list_of_kept_pages_is_the_same_for_everyone_and_no_search_engine_lists_it(
    client, django_assert_num_queries
):
    with django_assert_num_queries(2):
        response = client.get(reverse("offline:kept-pages"))

    assert not response.cookies
    assert '<meta name="robots" content="noindex">' in response.text
