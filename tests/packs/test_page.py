"""The page that is shared: what the advisor chose, as the site has it today, and nothing else."""

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from editorial.markdown import render_guest
from packs.models import Pack
from tests.careers.pages import by_id, is_data, text, tree, with_class
from tests.careers.test_cacheable import POLICY
from tests.editorial.editing import cost
from tests.factories import RoleFactory, SkillFactory, TrendFactory, WeekActivityFactory

from .sending import edit_address, filled, make, pack_of

pytestmark = pytest.mark.django_db

# Each would do something if it reached a page as it is.
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'\"--></style></script><script>alert(1)</script>",
    "<a href=javascript:alert(1)>a</a>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x) [b](file:///etc) [c](//evil.example) [d](http://plain.example)",
    '[a](https://e.example/"onmouseover=alert(1)) [b](https://e.example \'x" onclick="y\')',
    "![a](https://evil.example/pixel.png)",
    "<https://e.example/> <javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "{{ request.user }} {% load careers %}",
    "\u202egnp.exe \u2066 \u200b",
    "# Heading\n\n<h1>Heading</h1>\n\n> quote\n\n```\ncode\n```",
    "</textarea><script>alert(1)</script>",
]


def active(page):
    """What a page would run, or load from elsewhere, beyond what every page of this site does."""
    found = []
    for each in page.iter():
        found += [name for name in each.attrib if name.startswith("on") or name in ("style", "srcdoc")]
        address = each.get("href", "") if each.tag == "a" else each.get("src", "")
        address = address.removeprefix("http://testserver")
        if address.split(":")[0].lower() in ("javascript", "data", "vbscript", "file", "http"):
            found.append(address)
        is_code = each.tag == "script" and each.get("type") != "module" and not is_data(each)
        if is_code or each.tag in ("iframe", "object", "embed", "base"):
            found.append(each.tag)
    return found


@pytest.fixture
def roles():
    return [
        RoleFactory(slug=slug, title=f"{slug} developer", published=True, with_parts=True) for slug in ("one", "two")
    ]


# What it shows


def test_page_shows_what_was_chosen_in_its_order(client, roles):
    one, two = roles
    WeekActivityFactory(role=one, kind="build", hours=5)
    pack, _ = pack_of(
        two, one, SkillFactory(name="Patience", published=True), TrendFactory(name="Robots", published=True),
        with_comparison=True, sender="Ms. Adeyemi", note="Read **one** [here](https://club.example/).",
    )  # fmt: skip

    response = client.get(pack.get_absolute_url())

    page = tree(response)
    sheets = [text(each.find(".//h2")) for each in with_class(page, "role-sheet")]
    assert sheets == ["two developer", "one developer"]
    (note,) = with_class(page, "guest")
    assert "A note from Ms. Adeyemi. These are their words, not those of this site." in text(note)
    assert note.find(".//blockquote").get("lang") == "en"
    assertContains(response, '<a href="https://club.example/" rel="nofollow noopener ugc">here</a>')
    for words in ("Patience", "Robots", one.trade_off, one.projects.get().title):
        assertContains(response, words)
    assert len(with_class(page, "short-compare")) == 1


def test_every_sheet_has_a_code_and_the_short_address(client, roles):
    pack, _ = pack_of(*roles)

    page = tree(client.get(pack.get_absolute_url()))

    scans = with_class(page, "scan")
    assert [text(title) for each in scans for title in each.iter("title")] == [
        f"QR code for http://testserver/p/{pack.token}/",
        f"QR code for http://testserver/p/{pack.token}/#one",
        f"QR code for http://testserver/p/{pack.token}/#two",
    ]
    assert {text(each) for each in with_class(page, "typed")} == {f"testserver/p/{pack.token}"}
    assert by_id(page, "one") is not None


def test_picture_beside_a_link_is_that_of_the_roles_and_holds_no_word_of_the_advisor(client, roles):
    addresses = []
    for chosen in (roles, roles[:1], []):
        pack, _ = pack_of(*chosen, title="Between us")
        head = tree(client.get(pack.get_absolute_url()))
        shown = {each.get("property"): each.get("content") for each in head.iter("meta")}
        addresses.append(shown["og:image"].removeprefix("http://testserver"))
        assert shown["og:title"] == "Between us"

    assert addresses[0].startswith("/preview/compare/one~two.png?v=")
    assert addresses[1].startswith("/preview/roles/one.png?v=")
    assert addresses[2] == "/static/img/preview.png"


def test_report_of_abuse_goes_to_the_editors(client, roles):
    pack, _ = pack_of(*roles)

    assertContains(client.get(pack.get_absolute_url()), f'href="/feedback/?page=/p/{pack.token}/"')
    assertContains(client.get("/feedback/", {"page": pack.get_absolute_url()}), pack.get_absolute_url())


def test_page_says_plainly_when_its_roles_are_gone(client, roles):
    pack, _ = pack_of(*roles, with_comparison=True)
    one, two = roles
    one.delete()
    two.status = "draft"
    two.save()

    response = client.get(pack.get_absolute_url())

    assertContains(response, "“one developer” is no longer on this site.")
    assertContains(response, "“two developer” is no longer on this site.")
    assertContains(response, "None of the roles of this pack is on this site any more.")
    assert with_class(tree(response), "role-sheet") == []


def test_page_costs_the_same_for_one_role_and_for_five(client, roles):
    few, _ = pack_of(roles[0], SkillFactory(published=True), with_comparison=True)
    more = [RoleFactory(published=True, with_parts=True) for _ in range(3)]
    many, _ = pack_of(*roles, *more, *SkillFactory.create_batch(4, published=True), with_comparison=True)
    ContentType.objects.clear_cache()
    client.get(few.get_absolute_url())

    assert cost(client, many.get_absolute_url()) == cost(client, few.get_absolute_url())


# Who may keep it, and who learns of it


def test_page_is_private_unlisted_and_framed_by_nobody(client, roles):
    pack, _ = pack_of(*roles)

    response = client.get(pack.get_absolute_url())

    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["X-Frame-Options"] == "DENY"
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    robots = [each.get("content") for each in tree(response).iter("meta") if each.get("name") == "robots"]
    assert robots == ["noindex"]
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert pack.token not in client.get("/sitemap.xml").content.decode()


def test_staff_see_the_same_page_as_everyone(client, admin_client, roles):
    pack, _ = pack_of(*roles)

    response = admin_client.get(pack.get_absolute_url())

    assert response.content == client.get(pack.get_absolute_url()).content
    assert "cookie" not in response.get("Vary", "").lower()


# Closed, mistyped and guessed


@pytest.mark.parametrize("how", ["expired", "revoked", "taken_down"])
def test_closed_pack_says_so_kindly_and_nothing_more(client, roles, how):
    pack, _ = pack_of(*roles, title="A secret title", note="A secret note", **{how: True})
    other, _ = pack_of(revoked=True)

    response = client.get(pack.get_absolute_url())

    assert response.status_code == 410
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "private, no-cache")
    assertNotContains(response, "secret", status_code=410)
    assertContains(response, 'href="/roles/"', status_code=410)
    # Why it is closed cannot be told from the answer.
    said = response.content.decode().replace(pack.token, "")
    assert said == client.get(other.get_absolute_url()).content.decode().replace(other.token, "")


def test_pack_closes_at_the_moment_it_says(client, roles, monkeypatch):
    pack, _ = pack_of(*roles)
    assert client.get(pack.get_absolute_url()).status_code == 200

    Pack.objects.update(created_at=timezone.now() - datetime.timedelta(days=2), expires_at=timezone.now())

    assert client.get(pack.get_absolute_url()).status_code == 410


@pytest.mark.parametrize(
    "typed",
    [
        "2345-6789-abcd-efgh-jkmn-pqrs-tvwx",
        "nonsense",
        "2345",
        "%00",
        "%ff",
        "..",
        "a" * 3_000,
        "'; DROP TABLE packs_pack;--",
    ],
)
def test_address_of_no_pack_is_answered_kindly(client, typed):
    response = client.get(f"/p/{typed}/")

    assert response.status_code == 404
    assert response["X-Robots-Tag"] == "noindex"
    assertContains(response, 'href="/roles/"', status_code=404)


def test_address_typed_in_capitals_leads_to_the_pack_and_a_guess_to_nothing(client, roles):
    pack, _ = pack_of(*roles)

    found = client.get(f"/p/{pack.token.replace('-', '').upper()}/")
    guess = client.get("/p/23456789ABCDEFGHJKMNPQRSTVWX/")

    # Both are led to the usual spelling, so that the way there tells nothing.
    assert (found.status_code, found.url) == (302, f"/p/{pack.token}/")
    assert guess.status_code == 302
    assert client.get(guess.url).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(client, roles, method):
    pack, _ = pack_of(*roles)

    assert getattr(client, method)(pack.get_absolute_url()).status_code == 405


# What an advisor writes


@pytest.mark.once
@pytest.mark.parametrize("attack", ATTACKS)
def test_words_of_an_advisor_are_only_words_wherever_they_stand(client, admin_client, roles, attack):
    line = " ".join(attack.split())
    pack, edit_token = make(client, title=line[:70], sender=line[:50], note=attack)

    answers = [client.get(pack.get_absolute_url())]
    answers += [client.get(edit_address(edit_token, end)) for end in ("", "ready/", "take-back/")]
    answers.append(client.post("/packs/new/", filled(title=line[:70], note=attack, role_1="")))
    answers += [admin_client.get("/admin/packs/pack/"), admin_client.get(f"/admin/packs/pack/{pack.pk}/change/")]

    for response in answers:
        assert response.status_code == 200
        page = tree(response)
        in_admin = response.request["PATH_INFO"].startswith("/admin/")
        assert [each for each in active(page) if not (in_admin and each == "script")] == []
        assert "<script>alert" not in response.content.decode()
        for link in page.iter("a"):
            if link.get("href", "").startswith("mailto:"):
                assert "\n" not in link.get("href")
                assert link.get("href").count("?") == 1
                assert set(link.get("href").partition("?")[2].replace("&", "=").split("=")[::2]) == {"subject", "body"}


@pytest.mark.once
@pytest.mark.parametrize("attack", ATTACKS)
def test_note_holds_nothing_but_paragraphs_lists_bold_italic_and_encrypted_links(attack):
    page = tree(type("Answer", (), {"content": render_guest(attack).encode()}))

    body = page.find("body")
    assert {each.tag for each in body.iter()} <= {"body", "p", "ul", "ol", "li", "strong", "em", "code", "a", "br"}
    for link in body.iter("a"):
        assert link.get("href").lower().startswith("https://")
        assert link.get("rel") == "nofollow noopener ugc"
        assert set(link.attrib) == {"href", "rel"}
