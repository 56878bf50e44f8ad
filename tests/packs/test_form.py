"""An advisor makes a pack without an account. Nothing typed is ever lost."""

import datetime
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from packs import making, views
from packs.forms import ends
from packs.models import LONGEST_NOTE, MOST_LINES, Pack
from packs.views import FROM_ALL_PER_DAY, FROM_ONE_PLACE
from tests.careers.pages import by_id, tree
from tests.careers.test_strange_input import assert_harmless, each_strange_value
from tests.editorial.editing import cost
from tests.factories import (
    PackFactory,
    PageFactory,
    PassageFactory,
    RoleFactory,
    SkillFactory,
    TrendFactory,
    many_roles,
)
from tests.feedback.sending import stamp
from tests.outlook.factories import EstimateFactory, ReleaseFactory

from .sending import NEW, alerts, filled, make, values

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def roles():
    return [RoleFactory(slug=slug, title=f"{slug} developer", published=True) for slug in ("one", "two", "three")]


@pytest.fixture
def estimate():
    return EstimateFactory(release=ReleaseFactory(program="oews", period_name="May 2025", state="current"))


# The empty form


def test_form_is_filled_in_with_what_the_address_names(client, roles, estimate):
    SkillFactory(slug="security", published=True)
    TrendFactory(slug="ai", published=True)

    response = client.get(
        NEW,
        {
            "role": ["two", "gone", "one", "two"],
            "skill": "security",
            "trend": "ai",
            "compare": "1",
            "pay_area": estimate.area_id,
        },
    )

    found = values(response)
    assert [found[f"role_{number}"] for number in (1, 2, 3)] == ["two", "one", ""]
    assert (found["skill_1"], found["trend_1"], found["pay_area"]) == ("security", "ai", estimate.area_id)
    assert found["with_comparison"] == "on"


def test_drafts_are_not_offered(client):
    RoleFactory(slug="secret", title="A secret title")

    response = client.get(NEW, {"role": "secret"})

    assertNotContains(response, "A secret title")
    assert values(response)["role_1"] == ""


def test_address_writes_no_words_into_the_form(client, roles):
    response = client.get(NEW, {"title": "Win a phone", "note": "Win a phone", "sender": "Win a phone"})

    assertNotContains(response, "Win a phone")


def test_form_is_kept_by_no_cache_and_found_by_search_engines(client):
    assert "no-store" in client.get(NEW)["Cache-Control"]
    assert f"<loc>http://testserver{NEW}</loc>" in client.get("/sitemap.xml").content.decode()


def test_form_costs_the_same_with_few_roles_and_with_500(client):
    many_roles(5)
    with_few = cost(client, NEW)
    many_roles(495)

    assert cost(client, NEW) == with_few
    assert len(by_id(tree(client.get(NEW)), "id_role_5")) == 501


def test_each_choice_of_time_says_its_last_day():
    now = datetime.datetime(2026, 11, 27, 15, 0, tzinfo=datetime.UTC)

    days = {word: (end - datetime.timedelta(seconds=1)).date() for word, end in ends(now).items()}

    assert days == {
        "month": datetime.date(2026, 12, 27),
        "term": datetime.date(2026, 12, 31),
        "year": datetime.date(2027, 11, 27),
    }


@pytest.mark.parametrize(
    ("today", "last"), [("06-09", "06-30"), ("06-10", "12-31"), ("12-10", "12-31"), ("12-11", "06-30")]
)
def test_a_term_that_is_all_but_over_is_not_offered(today, last):
    end = ends(datetime.datetime.fromisoformat(f"2026-{today}T15:00:00+00:00"))["term"]

    assert f"{end - datetime.timedelta(seconds=1):%m-%d}" == last


# Making one


def test_pack_is_made_and_both_addresses_are_shown(client, roles, estimate):
    skill, trend = SkillFactory(published=True), TrendFactory(published=True)
    sent = filled(
        role_1="two", role_3="one", skill_2=skill.slug, trend_1=trend.slug, with_comparison="on",
        pay_area=estimate.area_id, language="es",
    )  # fmt: skip

    response = client.post(NEW, sent, follow=True)

    pack = Pack.objects.get()
    assert (pack.title, pack.sender, pack.note, pack.language) == (
        "Roles for our club",
        "Ms. Adeyemi",
        "Read **one** tonight.",
        "es",
    )
    assert (pack.with_comparison, pack.pay_area, pack.pay_release, pack.owner) == (
        True,
        estimate.area_id,
        "May 2025",
        None,
    )
    kept = [(item.kind, item.position, item.name, item.version) for item in pack.items.all()]
    assert kept == [
        ("roles", 1, "two developer", 1),
        ("roles", 2, "one developer", 1),
        ("skills", 1, str(skill), 1),
        ("trends", 1, str(trend), 1),
    ]
    assertContains(response, f'value="http://testserver/p/{pack.token}/"')
    (where, _) = response.redirect_chain[-1]
    assertContains(response, f'value="http://testserver{where.removesuffix("ready/")}"')
    assertContains(response, f"/class/new/?title=Roles%20for%20our%20club&amp;back=%2Fp%2F{pack.token}%2F")
    assertContains(response, "mailto:?subject=Roles%20for%20our%20club&amp;body=To%20share")


def test_page_with_the_addresses_can_be_loaded_again_and_makes_no_second_pack(client, roles):
    response = client.post(NEW, filled(), follow=True)

    again = client.get(response.request["PATH_INFO"])

    assert again.content == response.content
    assert Pack.objects.count() == 1


def test_form_sent_twice_leads_to_the_pack_that_the_first_one_made(client, roles, monkeypatch):
    monkeypatch.setattr(views, "ROOM", replace(views.ROOM, most_a_day=1))
    sent = filled()

    first, second = client.post(NEW, sent), client.post(NEW, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Pack.objects.count() == 1


@pytest.mark.parametrize("changes", [{"title": "Another title"}, {"open_until": "year"}, {}], ids=str)
def test_form_with_other_words_and_another_form_with_the_same_make_a_pack_of_their_own(client, roles, changes):
    sent = filled()

    places = {client.post(NEW, sent).url, client.post(NEW, (sent if changes else filled()) | changes).url}

    assert len(places) == Pack.objects.count() == 2


@pytest.mark.twice
def test_form_of_a_pack_that_was_taken_back_makes_a_new_one(client, roles):
    sent = filled()
    making.revoke(make(client, **sent)[0])

    response = client.post(NEW, sent, follow=True)

    assert response.status_code == 200
    assert Pack.objects.open().count() == 1


def test_making_one_needs_no_cookie_and_no_token_and_sets_none(roles):
    client = Client(enforce_csrf_checks=True)

    for response in (client.get(NEW), client.post(NEW, filled())):
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
    assert Pack.objects.count() == 1


@pytest.mark.twice
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"role_1": ""}, "Choose at least one role."),
        ({"role_1": "no-such-role"}, "This is not offered any more."),
        ({"role_2": "one"}, "This one is chosen already."),
        ({"with_comparison": "on"}, "A comparison needs a second role."),
        ({"title": " "}, "Give it a title"),
        ({"title": "a" * 71}, "Please use at most 70 characters."),
        ({"sender": "a" * 51}, "Please use at most 50 characters."),
        ({"note": "a" * (LONGEST_NOTE + 1)}, "Please use at most 800 characters."),
        ({"note": "a\n\n" * (MOST_LINES // 2) + "a\nb"}, "Please use at most 10 lines"),
        ({"language": "xx"}, "This is not offered any more."),
        ({"open_until": "forever"}, "This is not offered any more."),
        ({"website": "https://casino.example/"}, "A field that should stay empty was filled in."),
        ({"stamp": "1:forged"}, "This form was open for more than a day."),
    ],
    ids=str,
)
def test_form_that_cannot_be_taken_comes_back_with_everything_that_was_typed(client, roles, changes, complaint):
    sent = filled() | changes

    response = client.post(NEW, sent)

    assert response.status_code == 200
    assert not Pack.objects.exists()
    assert any(complaint in each for each in alerts(response))
    offered = {"role_1": "no-such-role", "language": "xx", "open_until": "forever"}
    typed = {
        name: value for name, value in sent.items() if name not in ("website", "stamp") and offered.get(name) != value
    }
    assert typed.items() <= values(response).items()


@pytest.mark.twice
@pytest.mark.parametrize("note", ["a" * LONGEST_NOTE, "a\r\n" * MOST_LINES, "", "é" * LONGEST_NOTE])
def test_notes_up_to_the_longest_are_kept(client, roles, note):
    pack, _ = make(client, note=note)

    assert pack.note == note.replace("\r\n", "\n").strip()


def test_words_hold_nothing_that_cannot_be_seen(client, roles):
    pack, _ = make(
        client, title="Our\x1b\u202e  club\n\x07", sender="A\u2066\tB", note="- one\x1b\u202e\r\n\r\n-\ttwo\u200d"
    )

    assert (pack.title, pack.sender, pack.note) == ("Our club", "A B", "- one\n\n- two\u200d")


def test_form_from_another_site_is_refused_with_its_words(client, roles):
    response = client.post(NEW, filled(), headers={"origin": "https://evil.example"})

    assert response.status_code == 403
    assert values(response)["note"] == "Read **one** tonight."
    assert not Pack.objects.exists()


def test_so_many_packs_are_taken_from_one_place_and_the_words_are_kept(client, roles):
    answers = [client.post(NEW, filled()).status_code for _ in range(FROM_ONE_PLACE.per_hour)]

    refused = client.post(NEW, filled())

    assert set(answers) == {302}
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert values(refused)["title"] == "Roles for our club"
    assert client.post(NEW, filled(), REMOTE_ADDR="203.0.113.8").status_code == 302


@pytest.mark.twice
def test_so_many_packs_are_taken_a_day_from_everyone(client, roles):
    Pack.objects.bulk_create(PackFactory.build_batch(FROM_ALL_PER_DAY))

    assert client.post(NEW, filled()).status_code == 429
    Pack.objects.update(created_at=timezone.now() - datetime.timedelta(days=1))
    assert client.post(NEW, filled()).status_code == 302


@each_strange_value
def test_strange_value_of_any_field_is_refused_in_words_or_kept_as_text(client, roles, value, monkeypatch):
    monkeypatch.setattr("careers.open_forms.Limit.is_reached", lambda limit, request: False)
    good = {"role_1": "one", "title": "A", "language": "en", "open_until": "month", "stamp": stamp()}
    choices = ["role_1", "skill_1", "language", "pay_area", "open_until"]
    # Together, as far as the one that is refused hides nothing that another would have led to.
    for names in (["title"], ["with_comparison"], ["sender", "note", "revision"], [*choices, "website"], ["stamp"]):
        fields = good | dict.fromkeys(names, value)

        response = client.post(
            NEW, "&".join(f"{key}={each}" for key, each in fields.items()), "application/x-www-form-urlencoded"
        )

        assert response.status_code in (200, 302), names
        assert_harmless(response)
    asked = "&".join(f"{name}={value}&{name}=" for name in ("role", "skill", "trend", "pay_area", "compare"))
    assert client.get(f"{NEW}?{asked}").status_code == 200
    for pack in Pack.objects.all():
        pack.full_clean()
        assert client.get(pack.get_absolute_url()).status_code == 200


def test_words_of_an_editor_reach_the_form(client, roles):
    labels = PageFactory(key="labels")
    for key, words in {
        "pack-title": "Name <it>",
        "pack-long": "100% too long: {most}",
        "pack-part-roles": "{% Roles %} <first>",
        "pack-create": "Off it goes",
    }.items():
        PassageFactory(page=labels, key=key, heading=words)

    response = client.post(NEW, filled(sender="a" * 51))

    for words in ("Name &lt;it&gt;", "100% too long: 50", "{% Roles %} &lt;first&gt;", ">Off it goes</button>"):
        assertContains(response, words)
