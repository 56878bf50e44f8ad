"""“Changed since this was shared”: what differs from the day the pack was saved, in plain words, and when."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from editorial import desk
from packs.models import Pack
from tests.careers.pages import text, tree, with_class
from tests.factories import RoleFactory, RoleSkillFactory, SkillFactory, TrendFactory
from tests.outlook.factories import EstimateFactory, ReleaseFactory

from .sending import edit_address, filled, pack_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    role = RoleFactory(slug="one", title="One developer", published=True)
    RoleSkillFactory(role=role, skill__name="Patience", skill__published=True)
    return role


def said(client, pack):
    """The notes on what changed, on the page that readers see."""
    return [text(each) for each in with_class(tree(client.get(pack.get_absolute_url())), "changed")]


def said_to_the_maker(client, edit_token):
    return [text(each) for each in with_class(tree(client.get(edit_address(edit_token))), "changed")]


def today():
    return f"{timezone.localtime():%B} {timezone.localtime().day}, {timezone.localtime().year}"


def test_nothing_is_said_when_nothing_changed(client, role):
    pack, edit_token = pack_of(role)

    assert said(client, pack) == []
    assertNotContains(client.get(edit_address(edit_token)), "I have read the changes")


def test_changed_text_is_named_by_its_part_with_its_day(client, role):
    pack, edit_token = pack_of(role)
    desk.change(role, by=None, reason="New words.", tagline="Another line.", good_day="Another day.")

    cover, sheet = said(client, pack)

    assert cover.startswith(f"Some of this has changed since it was shared on {today()}.")
    assert sheet == f"Changed on {today()}, after this was shared."  # more would not fit on paper
    assert said_to_the_maker(client, edit_token) == [
        f"Changed on {today()}, after this was shared: text (Tagline, Good day)."
    ]


def test_skills_that_came_went_or_weigh_another_amount_are_named(client, role):
    _, edit_token = pack_of(role)
    kept = RoleSkillFactory(role=role, skill=SkillFactory(name="Courage", published=True))
    role.role_skills.exclude(pk=kept.pk).delete()
    desk.record(role, reason="Other skills.")

    (note,) = said_to_the_maker(client, edit_token)
    assert note.endswith("skills added (Courage); skills taken out (Patience).")

    _, again = pack_of(role)
    kept.importance = kept.importance % 4 + 1
    kept.save()
    desk.record(role, reason="Another weight.")
    assert said_to_the_maker(client, again)[0].endswith("after this was shared: how much some skills count.")


def test_new_review_of_the_same_words_is_no_change(client, role):
    pack, _ = pack_of(role)
    desk.change(role, by=None, reason="Checked again.", reviewer="Someone")

    assert said(client, pack) == []


def test_renamed_role_is_shown_under_its_new_name_with_the_old_one_beside(client, role):
    pack, _ = pack_of(role)
    desk.change(role, by=None, reason="A better name.", title="First developer", slug="first")

    response = client.get(pack.get_absolute_url())

    assertContains(response, "Called “One developer” when this was shared.")
    assertContains(response, 'id="first"')


def test_change_of_a_skill_or_a_trend_stands_beside_it(client, role):
    skill, trend = SkillFactory(published=True), TrendFactory(published=True)
    pack, edit_token = pack_of(role, skill, trend)
    desk.change(skill, by=None, reason="r", summary="Other words.")
    desk.change(trend, by=None, reason="r", summary="Other words.")

    assert [each.endswith("text (Summary).") for each in said_to_the_maker(client, edit_token)] == [True, True]
    assert len(said(client, pack)) == 3


def test_new_pay_figures_are_named(client, role):
    old = ReleaseFactory(program="oews", period="2025A01", period_name="May 2025", state="current")
    EstimateFactory(release=old)
    pack, _ = pack_of(role, pay_release="May 2025")
    assert said(client, pack) == []

    old.state = "superseded"
    old.save()
    ReleaseFactory(program="oews", period="2026A01", period_name="May 2026", state="current")

    assert "New pay figures: May 2026 instead of May 2025." in said(client, pack)[0]


def test_place_without_figures_is_said_plainly(client, role):
    pack, _ = pack_of(role, pay_area="9999999")

    assertContains(client.get(pack.get_absolute_url()), "There are no pay figures for the chosen place any more.")


def accept(client, edit_token):
    page = tree(client.get(edit_address(edit_token)))
    form = next(each for each in page.iter("form") if each.get("action", "").endswith("/read/"))
    sent = {each.get("name"): each.get("value") for each in form.iter("input")}
    return lambda: client.post(edit_address(edit_token, "read/"), sent)


def test_advisor_who_has_read_the_changes_makes_the_notes_go_away(client, role):
    pack, edit_token = pack_of(role)
    desk.change(role, by=None, reason="r", tagline="Another line.")

    response = accept(client, edit_token)()

    assert response.url == edit_address(edit_token, "ready/")
    assert said(client, pack) == []
    assert Pack.objects.get().revision == 2


def test_what_came_after_the_advisor_looked_is_not_accepted_unread(client, role):
    _, edit_token = pack_of(role)
    desk.change(role, by=None, reason="r", tagline="Another line.")
    send = accept(client, edit_token)
    desk.change(role, by=None, reason="r", good_day="Unread.")

    response = send()

    assert response.url == edit_address(edit_token)
    assert said_to_the_maker(client, edit_token)[0].endswith("text (Tagline, Good day).")


@pytest.mark.parametrize(
    "sent", [{}, {"revision": "1"}, {"revision": "9" * 30, "seen": "x"}, {"revision": "a\0", "seen": "\0"}]
)
def test_accepting_without_having_looked_changes_nothing(client, role, sent):
    pack, edit_token = pack_of(role)
    desk.change(role, by=None, reason="r", tagline="Another line.")

    assert client.post(edit_address(edit_token, "read/"), sent).status_code == 302
    assert len(said(client, pack)) == 2


def test_saving_the_pack_takes_the_content_as_it_is(client, role):
    pack, edit_token = pack_of(role)
    desk.change(role, by=None, reason="r", tagline="Another line.")

    client.post(edit_address(edit_token), filled(revision="1", open_until="keep"))

    assert said(client, pack) == []
