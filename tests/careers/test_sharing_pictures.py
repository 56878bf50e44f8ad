"""The pictures beside links: drawn once for each version, never for a page, and of nothing that is not published."""

import io

import pytest
from django.core.cache import caches
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from careers.sharing import previews
from careers.sharing.lettering import SERIF, fit, measure
from careers.sharing.pictures import Line, Picture, draw
from roles.models import Role
from tests.factories import RoleFactory

from .pages import address, tree

pytestmark = pytest.mark.once

SITE = ("Careers in", "Healthcare Software")
MOST_BYTES = 60_000


def meta(client, where):
    """{property: content} of the head of a page."""
    return {each.get("property"): each.get("content") for each in tree(client.get(where)).iter("meta")}


def picture_of(client, where):
    """The local address of the picture of a page."""
    return meta(client, where)["og:image"].removeprefix("http://testserver")


def opened(png):
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    return picture


def a_picture(title="EHR developer", sentence="", count=1):
    lines = [Line("blue", "clipboard", f"Role number {number}") for number in range(count)]
    return Picture(title, sentence, tuple(lines), SITE)


@pytest.fixture(autouse=True)
def pens(monkeypatch):
    """Every drawing that is made, in the real way; pictures and limits of other tests are forgotten."""
    drawn = []
    monkeypatch.setattr(previews, "draw", lambda picture: drawn.append(picture) or draw(picture))
    caches["pictures"].clear()
    caches["default"].clear()
    yield drawn
    caches["default"].clear()


@pytest.fixture
def roles(db):
    return [
        RoleFactory(slug=slug, title=f"Title {slug}", color=color, icon="video", position=number, published=True)
        for number, (slug, color) in enumerate([("one", "blue"), ("two", "plum"), ("three", "rust")])
    ]


# What is drawn


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("length", [1, 80, 200])
def test_picture_has_the_size_that_networks_ask_for_and_is_light(count, length):
    longest = "Wide words make many sharp edges, " * 6

    png = draw(a_picture(longest[:length], longest[:140], count))

    opened(png)
    assert len(png) < MOST_BYTES


def test_role_shows_its_own_color_and_icon():
    blue, plum = (draw(Picture("T", "", (Line(color, "scanner", "T"),), SITE)) for color in ("blue", "plum"))
    other = draw(Picture("T", "", (Line("blue", "video", "T"),), SITE))

    colors = {color for _, color in opened(blue).convert("RGB").getcolors(100)}
    assert (0x1C, 0x5F, 0xB0) in colors
    assert (0x1C, 0x5F, 0xB0) not in {color for _, color in opened(plum).convert("RGB").getcolors(100)}
    assert blue != other


@settings(max_examples=8)
@given(st.text(max_size=80), st.text(max_size=40))
def test_anything_an_editor_writes_can_be_drawn(title, name):
    opened(draw(Picture(title, name, (Line("blue", "video", name), Line("rose", "phone", title)), SITE)))


@pytest.mark.parametrize("title", ["Привет", "שלום", "नमस्ते", "مرحبا", "ไทย", "Ελληνικά", "Łódź", "🩺"])
def test_letters_of_many_scripts_are_drawn_and_not_left_out(title):
    assert measure(title, SERIF) > 0.3 * len(title) / 2
    assert draw(a_picture(title)) != draw(a_picture(""))


def test_sign_that_no_font_has_is_left_out_rather_than_drawn_as_a_box():
    assert draw(a_picture("EHR\U0001171d developer\x01")) == draw(a_picture("EHR developer"))


@given(st.text(st.characters(codec="ascii"), max_size=200))
def test_lines_never_stick_out(text):
    block = fit(text, SERIF, 600, [60, 40], 3)

    assert block.width <= 600
    assert len(block.lines) <= 3


# Who gets it


@pytest.mark.usefixtures("roles")
def test_second_request_draws_nothing_and_the_answer_may_be_kept_for_ever(client, pens):
    where = picture_of(client, address("role", "one"))
    assert pens == [], "a page draws nothing"

    first, second = client.get(where), client.get(where)

    assert first.content == second.content
    assert len(pens) == 1
    assert first["Content-Type"] == "image/png"
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert "cookie" not in first.get("Vary", "").lower()
    opened(first.content)


@pytest.mark.parametrize("change", [{"title": "Another title"}, {"tagline": "Another."}, {"color": "rose"}])
def test_edit_gives_another_picture_at_another_address_and_the_old_one_leads_there(client, roles, change):
    before = picture_of(client, address("role", "one"))
    seen = client.get(before).content
    Role.objects.filter(pk=roles[0].pk).update(**change)

    after = picture_of(client, address("role", "one"))
    moved = client.get(before)

    assert after != before
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (302, after, "public, max-age=300")
    assert client.get(after).content != seen


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize("query", ["", "?v=", "?v=0000", "?v=%00%ff", "?v=a&x=1", "?" + "a" * 5_000])
def test_any_other_query_leads_to_the_picture_and_draws_nothing(client, pens, query):
    where = picture_of(client, address("role", "one"))

    answer = client.get(f"/preview/roles/one.png{query}")

    assert (answer.status_code, answer["Location"]) == (302, where)
    assert pens == []


@pytest.mark.usefixtures("roles")
def test_set_of_roles_has_one_picture_in_whatever_order_they_are_compared(client):
    found = {
        picture_of(client, address("compare", role=order))
        for order in (["one", "two", "three"], ["three", "two", "one"], ["two", "three", "one"])
    }

    assert len(found) == 1
    opened(client.get(found.pop()).content)
    assert client.get("/preview/compare/three~one.png")["Location"].startswith("/preview/compare/one~three.png?v=")


@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize(
    "path",
    [
        "/preview/roles/draft.png", "/preview/roles/missing.png", "/preview/compare/one.png",
        "/preview/compare/one~one.png", "/preview/compare/one~draft.png", "/preview/compare/one~missing.png",
        "/preview/compare/one~two~three~four~five~six.png", "/preview/compare/~.png", "/preview/compare/one%00~two.png",
        "/preview/compare/%ff~one.png", f"/preview/compare/{'a' * 5_000}.png", "/match/picture/draft.png",
        "/match/picture/one~two~three~four.png", "/match/picture/%00.png",
    ],
)  # fmt: skip
def test_what_is_not_published_has_no_picture(client, staff_client, path):
    RoleFactory(slug="draft")

    assert [each.get(path).status_code for each in (client, staff_client)] == [404, 404]


@pytest.mark.usefixtures("roles")
def test_draft_shows_the_picture_of_the_site(staff_client):
    RoleFactory(slug="draft")

    assert picture_of(staff_client, address("role", "draft")) == "/static/img/preview.png"


@pytest.mark.usefixtures("roles")
def test_whoever_asks_for_too_many_new_pictures_is_shown_the_one_of_the_site(client, monkeypatch, pens):
    monkeypatch.setattr(previews, "DRAWN_FOR_ONE_PLACE", previews.Limit("link-picture", per_hour=1, per_day=1))
    first, second = (picture_of(client, address("role", slug)) for slug in ("one", "two"))

    answers = [client.get(where) for where in (first, second, first)]

    assert [answer.status_code for answer in answers] == [200, 302, 200]
    assert answers[1]["Location"] == "/static/img/preview.png"
    assert len(pens) == 1


@pytest.mark.usefixtures("roles")
def test_picture_that_cannot_be_kept_is_shown_all_the_same(client, settings, tmp_path, caplog):
    (tmp_path / "no-folder").write_text("A file stands where the folder should be.")
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": tmp_path / "no-folder" / "x"}
    settings.CACHES = settings.CACHES | {"pictures": files}

    answer = client.get(picture_of(client, address("role", "one")))

    opened(answer.content)
    assert "could not be kept" in caplog.text


@pytest.mark.usefixtures("roles")
def test_picture_costs_two_queries(client, django_assert_num_queries):
    one, both = picture_of(client, address("role", "one")), picture_of(client, address("compare", role=["one", "two"]))

    for where in (one, both):
        with django_assert_num_queries(2):  # the roles, and the labels that hold the name of the site
            assert client.get(where).status_code == 200
