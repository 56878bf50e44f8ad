"""A signed link shows a draft at the page's real address, and leaves nothing behind."""

import datetime
import time

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from editorial import desk, preview
from editorial.content.kinds import kind_of
from editorial.models import Version
from roles.models import Role
from tests.factories import RoleFactory, SkillFactory, StandardFactory

from .conftest import everything_in_the_database

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DRAFTED = "Only the draft says this."
A_DAY = 24 * 3600


def draft_of(item, **changes):
    data = kind_of(type(item)).as_data(type(item).objects.get(pk=item.pk)) | changes
    return desk.save_draft(item, data, opened=desk.newest(item).number)


def previewed(version, where):
    """The address with the token, whether or not it has parameters of its own."""
    token = preview.link(version, "").removeprefix("?")
    return f"{where}{'&' if '?' in where else '?'}{token}"


@pytest.fixture
def role():
    return RoleFactory(published=True, with_parts=True, slug="chart", title="Chart developer")


def test_whoever_has_the_link_sees_the_draft_and_nobody_else_does(client, role):
    where = role.get_absolute_url()
    link = preview.link(draft_of(role, tagline=DRAFTED), where)

    shown = client.get(link)

    assertContains(shown, DRAFTED)
    assertContains(shown, "<b>Preview.</b> “Chart developer” as version 2 would make it.")
    assertNotContains(client.get(where), DRAFTED)
    assertNotContains(client.get(where), "Preview.")


@pytest.mark.parametrize(
    "where",
    ["/roles/", "/compare/?role=chart&role=other", "/compare/?role=chart&role=other&format=csv", "/plan/chart/", "/"],
)
def test_the_draft_is_shown_in_lists_too(client, role, where):
    RoleFactory(published=True, with_parts=True, slug="other")
    draft = draft_of(role, title="Drafted title")

    assertContains(client.get(previewed(draft, where)), "Drafted title")
    assertNotContains(client.get(where), "Drafted title")


def test_parts_and_links_of_the_draft_are_shown(client, role):
    skill = role.role_skills.get().skill
    draft = draft_of(role, fits=[{"side": "like", "text": DRAFTED}], role_skills=[])

    shown = client.get(previewed(draft, role.get_absolute_url()))

    assertContains(shown, DRAFTED)
    assertNotContains(client.get(previewed(draft, skill.get_absolute_url())), "Chart developer</a>")


def test_a_preview_leaves_no_trace(client, role):
    draft = draft_of(role, slug="renamed", tagline=DRAFTED, fits=[], citations=[])
    before, versions = everything_in_the_database(), list(Version.objects.values())

    assert client.get(previewed(draft, "/roles/renamed/")).status_code == 200

    assert everything_in_the_database() == before
    assert list(Version.objects.values()) == versions


def test_a_preview_is_not_kept_not_listed_and_not_told_to_other_sites(client, role):
    response = client.get(previewed(draft_of(role, tagline=DRAFTED), role.get_absolute_url()))

    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.parametrize(("age", "shown"), [(7 * A_DAY - 60, True), (7 * A_DAY + 60, False)])
def test_a_link_lasts_seven_days(client, role, monkeypatch, age, shown):
    draft = draft_of(role, tagline=DRAFTED)
    with monkeypatch.context() as past:
        past.setattr(TimestampSigner, "timestamp", lambda self: _stamp(time.time() - age))
        link = preview.link(draft, role.get_absolute_url())

    response = client.get(link)

    assert (DRAFTED in response.content.decode()) is shown
    assert ("This preview link has expired." in response.content.decode()) is not shown
    assert response["X-Robots-Tag"] == "noindex"
    assert datetime.timedelta(days=7) == preview.LASTS


def _stamp(seconds):
    return b62_encode(int(seconds))


def test_a_broken_or_surplus_parameter_changes_nothing(client, role):
    draft = draft_of(role, tagline=DRAFTED)
    where = role.get_absolute_url()
    token = preview.link(draft, "").removeprefix("?preview=")
    plain = client.get(where)
    of_other_salt = TimestampSigner(salt="other").sign_object(draft.pk)
    tampered = [token[:-1], token + "x", token[1:], "x", "\0", "%00", "é", "a:b:c", "a" * 5000, of_other_salt, ":::"]

    for each in tampered:
        response = client.get(where, {"preview": each})

        assert response.content == plain.content
        assert response.get("Cache-Control") == plain.get("Cache-Control")
    assertNotContains(client.get(where, {"preview": [token, "x"]}), DRAFTED)
    assertContains(
        client.get(where, {"preview": ["x", token.replace("%3A", ":")], "q": "\0", "page": "9" * 50}), DRAFTED
    )


def test_only_reading_is_previewed(client, role):
    draft = draft_of(role, tagline=DRAFTED)

    assert client.post(previewed(draft, role.get_absolute_url())).status_code == 405
    assert client.head(previewed(draft, role.get_absolute_url()))["X-Robots-Tag"] == "noindex"


def test_the_admin_never_rehearses_a_link(admin_client, role):
    draft = draft_of(role, tagline=DRAFTED)
    form = reverse("admin:roles_role_history", args=[role.pk])

    assert "X-Robots-Tag" not in admin_client.get(previewed(draft, form))


@pytest.mark.parametrize("reviewed", [True, False])
def test_a_page_that_was_never_published_can_be_shown(client, reviewed):
    dates = {"reviewed_on": "2026-11-01", "review_due": "2027-05-01"} if reviewed else {}
    role = RoleFactory(slug="chart", title="Chart developer", **dates)
    draft = draft_of(role, tagline=DRAFTED)

    assertContains(client.get(previewed(draft, "/roles/chart/")), DRAFTED)
    assertContains(client.get(previewed(draft, "/plan/chart/")), "Chart developer")
    assert client.get("/roles/chart/").status_code == 404
    assert ('href="/roles/chart/"' in client.get(previewed(draft, "/roles/")).content.decode()) is reviewed


def test_a_link_opens_its_own_draft_and_no_other(client, role):
    secret_role, secret_standard, secret_skill = RoleFactory(), StandardFactory(), SkillFactory()
    draft = draft_of(role, tagline=DRAFTED)

    for secret in (secret_role, secret_standard, secret_skill):
        assert client.get(previewed(draft, secret.get_absolute_url())).status_code == 404


def test_a_link_to_another_kind_with_the_same_number_opens_nothing(client):
    standard = StandardFactory(pk=77)
    role = RoleFactory(pk=77)
    draft = draft_of(role, tagline=DRAFTED)

    assert client.get(previewed(draft, standard.get_absolute_url())).status_code == 404


def test_a_changed_address_is_previewed_where_it_will_be(client, role):
    draft = draft_of(role, slug="renamed", tagline=DRAFTED)

    link = previewed(draft, "/roles/chart/")
    new_link = link.replace("chart", "renamed")
    assertContains(client.get(new_link), DRAFTED)
    old = client.get(link)
    assert (old.status_code, old["Location"]) == (301, new_link)
    assert "no-store" in old["Cache-Control"]
    assert client.get("/roles/renamed/").status_code == 404


def test_a_draft_whose_address_is_taken_shows_the_page_as_readers_see_it(client, role):
    draft = draft_of(role, slug="wanted", tagline=DRAFTED)
    RoleFactory(slug="wanted", published=True, tagline="The other page.")

    response = client.get(previewed(draft, "/roles/wanted/"))

    assertContains(response, "The other page.")
    assertNotContains(response, DRAFTED)


def test_a_deleted_page_is_gone_for_link_holders_too(client, role):
    draft = draft_of(role, tagline=DRAFTED)
    desk.remove(Role.objects.get(pk=role.pk), by=None)

    assert client.get(previewed(draft, "/roles/chart/")).status_code == 404


def test_a_page_that_fails_in_a_preview_leaves_no_trace(client, role, monkeypatch):
    draft = draft_of(role, tagline=DRAFTED)
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise RuntimeError("a mistake in the code")

    monkeypatch.setattr("careers.views.words_for", fail)
    assert client.get(previewed(draft, "/roles/chart/")).status_code == 500

    role.refresh_from_db()
    assert role.tagline == "Tagline."
