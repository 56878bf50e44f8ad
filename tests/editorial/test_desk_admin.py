"""The editors' desk in the admin, used as a browser does. Standards and roles stand for every page."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from editorial import desk
from editorial.admin.desk import VERSIONS_A_PAGE
from editorial.content.kinds import kind_of
from editorial.models import Version
from roles.models import Role, Standard
from tests.factories import FitFactory, RoleFactory, RoleStandardFactory, SkillFactory, SourceFactory, StandardFactory
from tests.html import parse

from .editing import address, cost, filled_in, messages_of, run_action

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TOO_STRANGE = ["0", "-1", "x", "", "9" * 40, "1\0", "2147483648", "½"]


def at(item, view, **query):
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{view}", args=[item.pk], query=query or None)


def words(response):
    """All words of a page, with single spaces."""
    document = parse(response.content.decode())
    return " ".join("".join(document.itertext()).split())


def send(client, item, button, **changes):
    """Open the form, change some boxes, press a button, and return the page that comes next."""
    where = address(item, "change")
    data = filled_in(client.get(where), **changes)
    return client.post(where, data | {button: "on"}, follow=True)


def person(django_user_model, name, *permissions):
    user = django_user_model.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def author(django_user_model):
    return person(django_user_model, "anna", "change_standard", "change_role")


@pytest.fixture
def editor(django_user_model):
    return person(django_user_model, "ben", "change_standard", "change_role", "publish_version")


@pytest.fixture
def viewer(django_user_model):
    return person(django_user_model, "vera", "view_standard")


@pytest.fixture
def standard():
    standard = StandardFactory(published=True, with_source=True, name="FHIR", slug="fhir", purpose="Before.")
    RoleStandardFactory(standard=standard)
    return standard


def purpose_of(standard):
    standard.refresh_from_db()
    return standard.purpose


# Who may do what


@pytest.mark.twice
def test_an_author_drafts_and_asks_for_a_review(author, standard):
    response = send(author, standard, "_ask", purpose="After.", reason="Clearer")

    assert purpose_of(standard) == "Before."
    draft = desk.waiting(standard)
    assert (draft.data["purpose"], draft.for_review, draft.saved_by) == ("After.", True, author.user)
    assert messages_of(response) == [
        "The draft of “FHIR” is saved. Readers still see the page as it was. An editor will see that it is ready."
    ]
    assertContains(response, "You are editing a draft.")
    assertContains(response, "Changed: Purpose.")
    assertNotContains(response, 'name="_publish"')


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
def test_an_author_who_sends_the_editors_button_gets_a_draft(author, standard, button):
    response = send(author, standard, button, purpose="After.", reason="Mine")

    assert purpose_of(standard) == "Before."
    assert desk.waiting(standard).data["purpose"] == "After."
    assert messages_of(response) == [
        "Saved as a draft, but not published: Only an editor may publish. Ask for a review instead."
    ]


@pytest.mark.parametrize("view", ["undo", "take-down"])
def test_an_author_takes_nothing_from_readers(author, standard, view):
    before = purpose_of(standard), standard.status

    assert author.post(at(standard, view)).status_code == 403
    assert (purpose_of(standard), standard.status) == before


def test_an_author_of_a_page_that_is_not_published_saves_it_and_does_not_publish_it(author):
    standard = StandardFactory(name="FHIR")

    send(author, standard, "_save", purpose="After.")
    send(author, standard, "_publish", purpose="After that.", reason="Mine")

    assert purpose_of(standard) == "After."
    assert standard.status == "draft"


def test_who_may_only_look_changes_nothing(viewer, standard):
    desk.current(standard)
    versions = list(Version.objects.values())

    assert viewer.get(address(standard, "change")).status_code == 200
    assertContains(viewer.get(at(standard, "history")), "First version on record.")
    assertNotContains(viewer.get(at(standard, "history")), "Take it up again")
    for view in ("undo", "take-down", "discard", "restore", "open"):
        assert viewer.post(at(standard, view), {"number": 1}).status_code == 403
    assert viewer.get(at(standard, "merge", mine=1, theirs=1)).status_code == 403
    assert viewer.post(reverse("admin:roles_standard_recover"), {"number": 1}).status_code == 403
    assert list(Version.objects.values()) == versions


def test_who_is_not_staff_meets_the_sign_in(client, standard):
    for view in ("history", "difference", "merge", "preview", "undo"):
        assert client.get(at(standard, view))["Location"].startswith("/admin/login/")


# Publishing


def test_an_editor_publishes_with_a_reason(editor, standard):
    response = send(editor, standard, "_publish", purpose="After.", reason="New release")

    assert purpose_of(standard) == "After."
    version = desk.live(standard)
    assert (version.reason, version.published_by, version.is_self_reviewed) == ("New release", editor.user, True)
    assert "Readers see it now." in messages_of(response)[0]


def test_publishing_needs_a_reason_and_loses_nothing_without(editor, standard):
    response = send(editor, standard, "_publish", purpose="After.", reason=" ")

    assert purpose_of(standard) == "Before."
    assert messages_of(response) == ["Saved as a draft, but not published: Say in a few words why you change it."]
    assert filled_in(response)["purpose"] == "After."


def test_a_reason_given_with_a_draft_is_in_the_form_again(author, standard):
    send(author, standard, "_save", purpose="After.")
    data = filled_in(author.get(address(standard, "change")), reason="Clearer") | {"is_news": "on", "_save": "on"}

    response = author.post(address(standard, "change"), data, follow=True)

    assert filled_in(response)["reason"] == "Clearer"
    assert filled_in(response)["is_news"] == "on"


def test_a_mistake_in_the_form_keeps_every_word_and_the_reason(editor, standard):
    response = send(editor, standard, "_publish", purpose="It cites [@nobody].", reason="New release", name="")

    form = filled_in(response)
    assert (form["purpose"], form["reason"], form["name"]) == ("It cites [@nobody].", "New release", "")
    assert desk.waiting(standard) is None
    assert purpose_of(standard) == "Before."


def test_publishing_what_is_not_reviewed_says_what_is_missing(editor):
    standard = StandardFactory(name="FHIR")

    response = send(editor, standard, "_publish", purpose="After.", reason="New")

    assert "fill in when it was reviewed" in messages_of(response)[0]
    assert filled_in(response)["purpose"] == "After."
    assert not Standard.objects.published().exists()


def test_an_editor_schedules_and_the_form_says_so(editor, standard):
    when = timezone.now() + datetime.timedelta(days=2)

    response = send(editor, standard, "_schedule", purpose="After.", reason="Law", publish_at=f"{when:%Y-%m-%dT%H:%M}")

    draft = desk.waiting(standard)
    assert draft.publish_at == when.replace(second=0, microsecond=0)
    assert purpose_of(standard) == "Before."
    assertContains(response, "It will be published on")
    assertContains(response, f'value="{when:%Y-%m-%dT%H:%M}"')


@pytest.mark.parametrize(
    "when", ["", "soon", "2001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00", "\0", "99999-01-01"]
)
def test_a_time_that_makes_no_sense_keeps_the_draft(editor, standard, settings, when):
    settings.TIME_ZONE = "America/New_York"

    response = send(editor, standard, "_schedule", purpose="After.", reason="Law", publish_at=when)

    assert "Saved as a draft, but not published: Choose" in messages_of(response)[0]
    assert desk.waiting(standard).publish_at is None


def test_a_change_takes_a_draft_off_the_schedule_and_says_so(editor, author, standard):
    when = timezone.now() + datetime.timedelta(days=2)
    send(editor, standard, "_schedule", purpose="After.", reason="Law", publish_at=f"{when:%Y-%m-%dT%H:%M}")

    response = send(author, standard, "_save", purpose="Not reviewed.")

    assert "It is no longer scheduled, because it has changed: schedule it again." in messages_of(response)
    assert desk.waiting(standard).publish_at is None


def test_a_draft_is_published_from_the_list_with_its_words(editor, author, standard):
    author.post(
        address(standard, "change"),
        filled_in(author.get(address(standard, "change")), purpose="After.")
        | {"reason": "Clearer", "is_news": "on", "_ask": "on"},
    )

    assert run_action(editor, "publish", standard) == ["Published: “FHIR”."]

    version = desk.live(standard)
    assert (version.reason, version.is_news, version.saved_by) == ("Clearer", True, author.user)
    assert not version.is_self_reviewed


@pytest.mark.twice
def test_a_page_with_a_gap_is_taken_down_all_the_same(editor, standard):
    Standard.objects.filter(pk=standard.pk).update(purpose="")

    editor.post(at(standard, "take-down"), follow=True)

    assert not Standard.objects.published().exists()


def test_the_draft_is_set_aside_and_kept(author, standard):
    send(author, standard, "_save", purpose="After.")

    response = author.post(at(standard, "discard"), follow=True)

    assert messages_of(response) == ["The draft is set aside. Its words are in the history."]
    assert filled_in(response)["purpose"] == "Before."
    assert Version.objects.get(state="aside").data["purpose"] == "After."


# Two people at once


def collide(author, editor, standard):
    """Both open the form; the editor saves first. Returns the page that the author is led to."""
    where = address(standard, "change")
    opened = filled_in(author.get(where))
    send(editor, standard, "_save", purpose="The editor's.", state="The editor's state.")
    typed = opened | {"purpose": "The author's.", "first_step": "The author's step.", "_save": "on", "reason": "Mine"}
    return author.post(where, typed, follow=True)


@pytest.mark.twice
def test_a_collision_shows_both_sides(author, editor, standard):
    response = collide(author, editor, standard)

    said = words(response)
    for part in ("The editor's.", "The author's.", "Purpose (changed in both)", "Version 2, ben", "Version 3, anna"):
        assert part in said
    assert "Nothing is lost" in messages_of(response)[0]
    assert Version.objects.get(number=3).data["purpose"] == "The author's."


def test_a_collision_is_resolved_field_by_field(author, editor, standard):
    merge = collide(author, editor, standard).redirect_chain[-1][0]

    response = author.post(merge, {"choose-purpose": "theirs"}, follow=True)

    draft = desk.waiting(standard)
    assert [draft.data[name] for name in ("purpose", "state", "first_step")] == [
        "The editor's.", "The editor's state.", "The author's step.",
    ]  # fmt: skip
    assert (draft.saved_by, draft.reason) == (author.user, "Mine")
    assert filled_in(response)["purpose"] == "The editor's."
    assert {version.data["purpose"] for version in Version.objects.all()} == {
        "Before.", "The editor's.", "The author's.",
    }  # fmt: skip


def test_a_choice_nobody_offered_falls_back_to_the_suggested_one(author, editor, standard):
    merge = collide(author, editor, standard).redirect_chain[-1][0]

    author.post(merge, {"choose-purpose": "\0", "choose-nothing": "mine", "choose-state": "9" * 10_000})

    assert desk.waiting(standard).data["purpose"] == "The author's."
    assert desk.waiting(standard).data["state"] == "The editor's state."


@pytest.mark.twice
def test_somebody_saves_once_more_during_the_merge(author, editor, standard):
    merge = collide(author, editor, standard).redirect_chain[-1][0]
    send(editor, standard, "_save", purpose="The editor's second.")

    response = author.post(merge, {"choose-purpose": "mine"}, follow=True)

    assert "Somebody saved it once more" in messages_of(response)[0]
    assert desk.waiting(standard).data["purpose"] == "The editor's second."
    assert "editor's second." in words(response)


def test_an_overtaken_draft_is_brought_together_before_it_is_edited(author, editor, standard):
    send(author, standard, "_save", purpose="Draft.")
    desk.change(standard, by=editor.user, reason="Dates", reviewer="Dr. Example")

    merge = author.get(address(standard, "change"), follow=True)
    author.post(merge.redirect_chain[-1][0])

    draft = desk.waiting(standard)
    assert (draft.data["purpose"], draft.data["reviewer"]) == ("Draft.", "Dr. Example")


def test_choosing_all_of_the_live_page_ends_the_merge(author, editor, standard):
    send(author, standard, "_save", purpose="Draft.")
    desk.change(standard, by=editor.user, reason="Corrected", purpose="Live.")
    merge = author.get(address(standard, "change"), follow=True).redirect_chain[-1][0]

    response = author.post(merge, {"choose-purpose": "theirs"}, follow=True)

    assert response.redirect_chain[-1][0] == address(standard, "change")
    assert filled_in(response)["purpose"] == "Live."
    assert desk.waiting(standard) is None


def test_the_form_says_who_else_has_it_open(author, editor, standard):
    editor.get(address(standard, "change"))

    assertContains(author.get(address(standard, "change")), "Also open now: ben.")
    assert author.post(at(standard, "open")).json() == {"others": "ben", "newest": 1}
    send(editor, standard, "_save", purpose="After.")
    assert author.post(at(standard, "open")).json()["newest"] == 2


def test_a_draft_whose_address_is_taken_opens_with_the_reason_and_is_not_lost(author, standard):
    send(author, standard, "_save", slug="wanted", purpose="Draft.")
    StandardFactory(slug="wanted", name="Other")

    response = author.get(address(standard, "change"))
    assert "already exists" in messages_of(response)[0]
    assert filled_in(response)["slug"] == "fhir"

    merged = author.post(address(standard, "change"), filled_in(response, state="New.") | {"_save": "on"}, follow=True)
    assert "Draft." in words(merged)
    assert author.get(at(standard, "preview"), follow=True).status_code == 200


# The history


def test_the_history_is_one_list_with_parts_and_links(author, editor):
    role = RoleFactory(published=True, with_parts=True, title="Chart developer")
    SkillFactory(slug="triage")
    data = kind_of(Role).as_data(Role.objects.get(pk=role.pk))
    rows = [{"skill": "triage", "importance": "core", "level": "expert", "why": "It saves lives."}]
    changed = data | {"fits": [{"side": "like", "text": "New."}], "role_skills": rows}
    draft = desk.save_draft(role, changed, opened=desk.newest(role).number, by=author.user, reason="For students")
    desk.publish(draft, by=editor.user, reason="For students")
    send(editor, role, "_publish", tagline="Alone.", reason="A typo")

    said = words(editor.get(at(role, "history")))

    assert "anna For students Role skills, Fits" in said or "anna For students Fits, Role skills" in said
    assert "by ben" in said
    assert "ben A typo Tagline" in said
    assert said.count("(who also wrote it)") == 1
    assert "3 live" in said


def test_the_difference_is_in_words(editor, standard):
    send(editor, standard, "_publish", purpose="Before and after.", reason="More")

    response = editor.get(at(standard, "difference", mine=2, theirs=1))

    assertContains(response, "<h2>Purpose</h2>")
    assertContains(response, "<del>Before.</del>")
    assertContains(response, "<ins>Before and after.</ins>")
    assertContains(response, "Why: More")


def test_the_difference_is_escaped(editor, standard):
    send(editor, standard, "_publish", purpose="<script>alert(1)</script>", reason="<b>bold</b>")

    assertNotContains(editor.get(at(standard, "difference", mine=2, theirs=1)), "<script>alert")
    assertNotContains(editor.get(at(standard, "history")), "<b>bold</b>")


def test_a_wrong_publication_is_undone_in_one_click(editor, standard):
    send(editor, standard, "_publish", purpose="Wrong.", reason="Oops")

    response = editor.post(at(standard, "undo"), filled_in_undo(editor, standard), follow=True)

    assert purpose_of(standard) == "Before."
    assert messages_of(response) == ["Version 2 undone: this is version 1 again."]


def filled_in_undo(client, item):
    """What the button on the history sends."""
    document = parse(client.get(at(item, "history")).content.decode())
    form = next(each for each in document.iter("form") if each.get("action") == at(item, "undo"))
    return {each.get("name"): each.get("value") for each in form.iter("input")}


def test_a_double_click_does_not_undo_the_undo(editor, standard):
    send(editor, standard, "_publish", purpose="Wrong.", reason="Oops")
    click = filled_in_undo(editor, standard)

    editor.post(at(standard, "undo"), click)
    response = editor.post(at(standard, "undo"), click, follow=True)

    assert purpose_of(standard) == "Before."
    assert "no longer the live one" in messages_of(response)[-1]


def test_an_old_version_is_taken_up_again(author, editor, standard):
    send(editor, standard, "_publish", purpose="After.", reason="More")

    response = author.post(at(standard, "restore"), {"number": 1}, follow=True)

    assert filled_in(response)["purpose"] == "Before."
    assert purpose_of(standard) == "After."


def test_what_was_deleted_is_listed_and_recovered(admin_client, standard):
    standard.role_standards.all().delete()
    admin_client.post(address(standard, "delete"), {"post": "yes"})
    listed = admin_client.get(reverse("admin:roles_standard_deleted"))
    assertContains(listed, "FHIR")
    (gone,) = Version.objects.deleted()

    response = admin_client.post(reverse("admin:roles_standard_recover"), {"number": gone.pk}, follow=True)

    back = Standard.objects.get(pk=standard.pk)
    assert (back.purpose, back.status, back.citations.count()) == ("Before.", "draft", 1)
    assert "is back" in messages_of(response)[0]
    assertContains(admin_client.get(reverse("admin:roles_standard_deleted")), "Nothing has been deleted.")
    assert admin_client.get(at(back, "history")).status_code == 200


@pytest.mark.twice
def test_deleting_from_the_list_can_be_undone_too(admin_client, standard):
    other = StandardFactory()
    standard.role_standards.all().delete()
    data = {"action": "delete_selected", "_selected_action": [standard.pk, other.pk], "post": "yes"}

    admin_client.post(address(Standard), data)

    assert not Standard.objects.exists()
    assert Version.objects.deleted().count() == 2


@pytest.mark.twice
def test_a_page_whose_address_was_taken_is_not_recovered_and_says_why(admin_client, standard):
    standard.role_standards.all().delete()
    gone = desk.remove(standard, by=None)
    StandardFactory(slug="fhir")

    response = admin_client.post(reverse("admin:roles_standard_recover"), {"number": gone.pk}, follow=True)

    assert "already exists" in messages_of(response)[0]
    assert Standard.objects.count() == 1


# The helpers of the form


def test_typed_markdown_is_shown_and_cannot_carry_html(author):
    where = reverse("admin:roles_standard_markdown")

    response = author.post(where, {"text": "**Bold** <script>alert(1)</script> [x](javascript:alert(1)) [@law]\0"})

    shown = response.content.decode()
    assert "<strong>Bold</strong>" in shown
    assert "<script>" not in shown
    assert 'href="javascript' not in shown
    assert "(source: law)" in shown
    assert author.get(where).status_code == 404
    assert author.post(where, {"text": "x" * 100_000}).status_code == 200


def test_the_form_offers_a_link_for_a_phone(author, client, standard):
    send(author, standard, "_save", purpose="Only in the draft.")

    link = author.get(address(standard, "change")).context["desk"]["preview_link"]

    assertContains(client.get(link), "Only in the draft.")
    assert author.get(at(standard, "preview"))["Location"].startswith("/standards/fhir/?preview=")


def test_a_source_has_history_but_no_page_to_preview(admin_client):
    source = SourceFactory()

    assert admin_client.get(address(source, "change")).context["desk"]["preview_link"] is None
    assert admin_client.get(at(source, "preview"))["Location"] == address(source, "change")
    assert admin_client.get(at(source, "history")).status_code == 200


# Strange addresses


@pytest.mark.twice
@pytest.mark.parametrize("number", TOO_STRANGE)
def test_strange_numbers_are_not_found_and_never_break_a_page(admin_client, standard, number):
    desk.current(standard)

    for view in ("difference", "merge"):
        assert admin_client.get(at(standard, view), {"mine": number, "theirs": 1}).status_code == 404
        assert admin_client.get(at(standard, view), {"mine": 1, "theirs": number}).status_code == 404
    assert admin_client.post(at(standard, "restore"), {"number": number}).status_code == 404
    assert admin_client.post(reverse("admin:roles_standard_recover"), {"number": number}).status_code == 404
    assert admin_client.post(at(standard, "undo"), {"number": number}).status_code == 302
    data = filled_in(admin_client.get(address(standard, "change")), purpose="After.")
    assert admin_client.post(address(standard, "change"), data | {"opened": number, "_save": "on"}).status_code == 302


@pytest.mark.parametrize("pk", ["0", "-1", "x", "9" * 40, "1%00", "_0", "1/2"])
def test_strange_items_are_not_found(admin_client, pk):
    for view in ("history", "difference", "merge", "preview"):
        assert admin_client.get(f"/admin/roles/standard/{pk}/{view}/").status_code == 404
    for view in ("undo", "take-down", "discard", "restore", "open"):
        assert admin_client.post(f"/admin/roles/standard/{pk}/{view}/").status_code == 404


def test_a_deletion_is_no_version_to_compare_with(admin_client, standard):
    standard.role_standards.all().delete()
    back = desk.recover(desk.remove(standard, by=None), by=None)

    assert admin_client.get(at(back, "difference", mine=3, theirs=2)).status_code == 404
    assert admin_client.get(at(back, "merge", mine=3, theirs=2)).status_code == 404
    assert admin_client.post(at(back, "restore"), {"number": 2}).status_code == 404
    assert admin_client.get(at(back, "history")).status_code == 200


# What it costs


def write_versions(standard, count):
    """So many live versions more, each made from the one before."""
    for _ in range(count):
        number = Version.objects.count()
        data = kind_of(Standard).as_data(Standard.objects.get(pk=standard.pk)) | {"purpose": f"{number}."}
        desk.publish(desk.save_draft(standard, data, opened=desk.newest(standard).number), reason="Why")


def test_the_history_costs_the_same_however_many_versions(admin_client, standard):
    write_versions(standard, 3)
    with_few = cost(admin_client, at(standard, "history"))
    write_versions(standard, 30)

    assert cost(admin_client, at(standard, "history")) == with_few
    assert cost(admin_client, f"{at(standard, 'history')}?page=2") == with_few


@pytest.mark.twice
def test_a_long_history_has_pages_and_each_version_says_what_changed(admin_client, standard):
    write_versions(standard, 2 * VERSIONS_A_PAGE)
    shown = []
    for page in ("1", "2", "3"):
        document = parse(admin_client.get(at(standard, "history"), {"page": page}).content.decode())
        rows = document.findall(".//div[@id='content-main']/table/tbody/tr")
        shown.append([int(row.find("th").text) for row in rows])
        changed = ["".join(row.findall("td")[3].itertext()).strip() for row in rows]
        assert all(changed[:-1] if page == "3" else changed)

    numbers = [number for page in shown for number in page]
    assert numbers == sorted(Version.objects.values_list("number", flat=True), reverse=True)
    assert [len(page) for page in shown] == [25, 25, 1]


@pytest.mark.parametrize("page", ["0", "99", "x", ""])
def test_a_page_of_the_history_that_is_not_there_is_the_nearest(admin_client, standard, page):
    assertContains(admin_client.get(at(standard, "history"), {"page": page}), "First version on record.")


def test_the_form_costs_the_same_however_many_rows(admin_client):
    role = RoleFactory(published=True, with_parts=True)
    FitFactory.create_batch(4, role=role)
    with_few = cost(admin_client, address(role, "change"))
    FitFactory.create_batch(45, role=role)

    assert cost(admin_client, address(role, "change")) == with_few


@pytest.mark.twice
def test_a_page_that_is_deleted_while_its_form_is_open_costs_no_typing(admin_client):
    standard = StandardFactory(published=True, purpose="Before.")
    where = address(standard, "change")
    data = filled_in(admin_client.get(where), purpose="Typed for an hour.")
    desk.remove(Standard.objects.get(), by=None)

    response = admin_client.post(where, data | {"_save": "Save draft"}, follow=True)
    assertContains(response, "was deleted while you were writing")
    gone = Version.objects.deleted().get()
    admin_client.post(address(Standard, "recover"), {"number": gone.pk})
    kept = Version.objects.get(state="aside")
    admin_client.post(at(standard, "restore"), {"number": kept.number})

    assert Standard.objects.get().purpose == "Typed for an hour."


def test_a_mistake_in_a_form_of_a_deleted_page_can_still_be_corrected_and_kept(admin_client):
    standard = StandardFactory(published=True)
    where = address(standard, "change")
    data = filled_in(admin_client.get(where), purpose="Typed [@nobody].", reason="x" * 201)
    desk.remove(Standard.objects.get(), by=None)

    refused = admin_client.post(where, data | {"_save": "Save draft"})
    admin_client.post(where, filled_in(refused, purpose="Typed for an hour.") | {"_save": "Save draft"})

    assertContains(refused, "there is no source with the key")
    assert Version.objects.get(state="aside").data["purpose"] == "Typed for an hour."
