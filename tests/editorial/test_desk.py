"""What happens to an item between an editor's typing and a reader's page, on plain data."""

import datetime
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from editorial import desk
from editorial.content.kinds import kind_of
from editorial.models import Citation, FormerSlug, OpenForm, Source, Version
from roles.models import Fit, Role
from skills.models import RoleSkill, Skill
from tests.factories import (
    CitationFactory,
    FormerSlugFactory,
    RoleFactory,
    RoleReasonFactory,
    RoleSkillFactory,
    RoleStandardFactory,
    SkillFactory,
    SourceFactory,
    StandardFactory,
)

pytestmark = pytest.mark.django_db

AN_HOUR = datetime.timedelta(hours=1)


def data_of(item, **changes):
    """The item as the tables have it, with some fields or lists changed."""
    item = type(item).objects.get(pk=item.pk)
    return kind_of(type(item)).as_data(item) | changes


def draft_of(item, by=None, reason="Why", **changes):
    return desk.save_draft(item, data_of(item, **changes), opened=desk.newest(item).number, by=by, reason=reason)


def published(item, by=None, **changes):
    """The item's next version, live."""
    return desk.publish(draft_of(item, by=by, **changes), by=by, reason="Why")


def versions_of(item):
    return Version.objects.filter(kind=kind_of(type(item)).folder, item_id=item.pk).order_by("number")


def states_of(item):
    return list(versions_of(item).values_list("number", "state"))


@pytest.fixture
def role():
    return RoleFactory(published=True, with_parts=True, slug="chart", tagline="Before.")


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name, is_staff=True) for name in ("anna", "ben")]


# Drafts


def test_a_draft_changes_nothing_that_readers_see(role, people):
    before = data_of(role)

    draft = draft_of(role, by=people[0], reason="Clearer", tagline="After.", fits=[{"side": "like", "text": "New."}])

    assert data_of(role) == before
    assert (draft.state, draft.saved_by, draft.reason, draft.published_at) == ("waiting", people[0], "Clearer", None)
    assert (draft.data["tagline"], draft.data["fits"]) == ("After.", [{"side": "like", "text": "New."}])


def test_the_next_draft_sets_the_one_before_aside(role):
    draft_of(role, tagline="One.")
    draft_of(role, tagline="Two.")

    assert states_of(role) == [(1, "live"), (2, "aside"), (3, "waiting")]
    assert [version.data["tagline"] for version in versions_of(role)] == ["Before.", "One.", "Two."]


def test_saving_without_a_change_makes_no_version(role):
    first = desk.current(role)

    assert draft_of(role) == first
    assert states_of(role) == [(1, "live")]


def test_new_words_about_an_unchanged_draft_are_kept(role):
    draft = draft_of(role, reason="", tagline="After.")

    again = desk.save_draft(role, draft.data, opened=draft.number, reason="Clearer", is_news=True)

    assert again == draft
    draft.refresh_from_db()
    assert (draft.reason, draft.is_news) == ("Clearer", True)


def test_asking_for_a_review_of_an_unchanged_draft_is_noted(role):
    draft = draft_of(role, tagline="After.")

    asked = desk.save_draft(role, draft.data, opened=draft.number, for_review=True)

    assert asked.for_review
    assert desk.waiting(role) == asked


def test_a_collision_keeps_both(role, people):
    anna, ben = people
    opened = desk.newest(role).number
    theirs = desk.save_draft(role, data_of(role, tagline="Anna's."), opened=opened, by=anna)

    with pytest.raises(desk.Collision) as error:
        desk.save_draft(role, data_of(role, tagline="Ben's."), opened=opened, by=ben)

    assert error.value.theirs == theirs
    mine = Version.objects.get(pk=error.value.mine.pk)
    assert (mine.state, mine.data["tagline"], mine.saved_by, mine.based_on) == ("aside", "Ben's.", ben, opened)
    assert desk.waiting(role).data["tagline"] == "Anna's."


def test_both_sides_of_a_collision_come_together_field_by_field(role):
    opened = desk.newest(role).number
    theirs = desk.save_draft(role, data_of(role, tagline="Theirs.", promise="Theirs."), opened=opened)
    with pytest.raises(desk.Collision) as error:
        desk.save_draft(role, data_of(role, tagline="Mine.", overview="Mine."), opened=opened)
    mine = error.value.mine

    base = desk.common_ancestor(mine, theirs)
    rows = {each.name: each for each in desk.three_ways(base, mine, theirs)}
    chosen = desk.merged(base, mine, theirs, {"tagline": "theirs"})

    assert base.number == opened
    assert {name: (each.is_clash, each.suggested) for name, each in rows.items()} == {
        "tagline": (True, "mine"),
        "promise": (False, "theirs"),
        "overview": (False, "mine"),
    }
    assert (chosen["tagline"], chosen["promise"], chosen["overview"]) == ("Theirs.", "Theirs.", "Mine.")


def test_a_draft_that_is_set_aside_stays_on_record(role):
    draft = draft_of(role, tagline="After.")
    desk.schedule(draft, timezone.now() + AN_HOUR, by=None)

    desk.discard(draft)

    draft.refresh_from_db()
    assert (draft.state, draft.publish_at, draft.data["tagline"]) == ("aside", None, "After.")
    assert desk.newest(role).number == 1


# Publishing


def test_publishing_writes_the_page_with_its_parts_and_links(role, people):
    skill, source = SkillFactory(slug="triage"), SourceFactory(key="study")
    draft = draft_of(
        role,
        by=people[0],
        tagline="After.",
        fits=[{"side": "like", "text": "One."}, {"side": "dislike", "text": "Two."}],
        role_skills=[{"skill": "triage", "importance": "core", "level": "expert", "why": "It saves lives."}],
        citations=[{"source": "study", "supports": "All"}],
    )

    version = desk.publish(draft, by=people[1], reason="Corrected", is_news=True)

    role.refresh_from_db()
    assert role.tagline == "After."
    assert list(role.fits.values_list("side", "text", "position")) == [("like", "One.", 0), ("dislike", "Two.", 1)]
    assert role.role_skills.get().skill == skill
    assert role.citations.get().source == source
    assert (version.state, version.saved_by, version.published_by) == ("live", *people)
    assert (version.reason, version.is_news, version.is_self_reviewed) == ("Corrected", True, False)
    assert desk.live(role) == version
    assert desk.waiting(role) is None


def test_who_publishes_their_own_words_is_on_record(role, people):
    assert published(role, by=people[0], tagline="After.").is_self_reviewed


def test_a_draft_is_published_once(role):
    draft = draft_of(role, tagline="After.")
    desk.publish(Version.objects.get(pk=draft.pk))

    with pytest.raises(desk.Refused, match="published or set aside meanwhile"):
        desk.publish(draft)


def test_what_cannot_be_written_changes_nothing(role):
    draft = draft_of(role, tagline="After.", overview="", role_skills=[])
    before, versions = data_of(role), list(versions_of(role).values())

    with pytest.raises(desk.Refused) as error:
        desk.publish(draft)

    assert error.value.sentences == ["Overview: overview: This field cannot be blank."]
    assert data_of(role) == before
    assert list(versions_of(role).values()) == versions


def test_a_mistake_in_the_last_row_takes_the_first_row_back(role):
    draft = draft_of(role, fits=[{"side": "like", "text": "Good."}, {"side": "like", "text": ""}])
    before = data_of(role)

    with pytest.raises(desk.Refused, match="Fits"):
        desk.publish(draft)

    assert data_of(role) == before


def test_a_page_that_is_not_reviewed_is_not_published():
    role = RoleFactory()
    draft = draft_of(role, tagline="After.")

    with pytest.raises(desk.Refused, match="fill in when it was reviewed"):
        desk.publish(draft)

    assert not Role.objects.published().exists()


def test_keeping_a_draft_does_not_show_the_page():
    role = RoleFactory()

    desk.keep(draft_of(role, tagline="After."))

    role.refresh_from_db()
    assert (role.tagline, role.status) == ("After.", "draft")


def test_a_live_page_that_changed_meanwhile_is_not_overwritten(role):
    draft = draft_of(role, tagline="Draft.")
    desk.change(role, by=None, reason="Dates", reviewer="Dr. Example")

    with pytest.raises(desk.Collision) as error:
        desk.publish(draft)

    assert error.value.theirs.data["reviewer"] == "Dr. Example"
    role.refresh_from_db()
    assert role.tagline == "Before."


def test_what_a_collision_names_is_on_record_even_when_the_change_came_from_outside(role):
    draft = draft_of(role, tagline="Draft.")
    Role.objects.filter(pk=role.pk).update(tagline="From a script.")

    with pytest.raises(desk.Collision) as error:
        desk.publish(draft)

    assert Version.objects.get(pk=error.value.theirs.pk).data["tagline"] == "From a script."


def test_a_draft_of_a_deleted_page_is_refused(role):
    draft = draft_of(role, tagline="After.")
    Role.objects.filter(pk=role.pk).delete()

    with pytest.raises(desk.Refused, match="deleted"):
        desk.publish(draft)


# At a set time


def due(item):
    """Let the item's draft be due an hour ago."""
    Version.objects.waiting().filter(item_id=item.pk).update(publish_at=timezone.now() - AN_HOUR)


def test_a_draft_is_published_at_its_time_and_not_before(role, people):
    draft = draft_of(role, by=people[0], tagline="After.")
    when = timezone.now() + AN_HOUR
    desk.schedule(draft, when, by=people[1], reason="New law", is_news=True)

    assert desk.publish_due(when - datetime.timedelta(seconds=1)) == []
    assert desk.publish_due(when) == [(draft, "")]

    role.refresh_from_db()
    version = desk.live(role)
    assert role.tagline == "After."
    assert (version.published_by, version.reason, version.is_news) == (people[1], "New law", True)
    assert desk.publish_due(when) == []


@pytest.mark.parametrize("away", [-AN_HOUR, datetime.timedelta(days=5000)], ids=["past", "in 13 years"])
def test_a_time_that_makes_no_sense_is_refused(role, away):
    draft = draft_of(role, tagline="After.")

    with pytest.raises(desk.Refused, match="Choose a time"):
        desk.schedule(draft, timezone.now() + away, by=None)

    assert desk.waiting(role).publish_at is None


def test_only_a_waiting_draft_is_scheduled(role):
    draft = draft_of(role, tagline="After.")
    desk.discard(draft)

    with pytest.raises(desk.Refused):
        desk.schedule(draft, timezone.now() + AN_HOUR, by=None)


def test_a_draft_overtaken_in_other_fields_is_brought_up_to_date(role):
    draft_of(role, tagline="From the draft.")
    due(role)
    desk.change(role, by=None, reason="Meanwhile", reviewer="Dr. Example")

    ((_, trouble),) = desk.publish_due()

    role.refresh_from_db()
    assert trouble == ""
    assert (role.tagline, role.reviewer) == ("From the draft.", "Dr. Example")
    assert desk.waiting(role) is None


def test_a_draft_overtaken_in_the_same_field_stays_a_draft_and_says_why(role):
    draft = draft_of(role, tagline="From the draft.")
    due(role)
    desk.change(role, by=None, reason="Meanwhile", tagline="Meanwhile.")

    ((_, trouble),) = desk.publish_due()

    role.refresh_from_db()
    draft.refresh_from_db()
    assert role.tagline == "Meanwhile."
    assert (draft.state, draft.publish_at) == ("waiting", None)
    assert draft.trouble == trouble
    assert "came in between" in trouble


def test_a_draft_that_says_what_the_live_page_already_says_is_done(role):
    draft_of(role, tagline="The same.")
    due(role)
    desk.change(role, by=None, reason="Meanwhile", tagline="The same.")

    assert [trouble for _, trouble in desk.publish_due()] == [""]
    assert desk.waiting(role) is None


def test_one_draft_in_trouble_keeps_no_other_from_its_time(role):
    gone, invalid = RoleFactory(published=True), RoleFactory(published=True)
    for item in (gone, invalid):
        draft_of(item, overview="" if item == invalid else "New.")
        due(item)
    draft_of(role, tagline="After.")
    due(role)
    Role.objects.filter(pk=gone.pk).delete()

    troubles = {version.item_id: trouble for version, trouble in desk.publish_due()}

    role.refresh_from_db()
    assert role.tagline == "After."
    assert troubles[role.pk] == ""
    assert "deleted" in troubles[gone.pk]
    assert "blank" in troubles[invalid.pk]
    assert desk.publish_due() == []


def test_the_command_publishes_and_says_so(role, capsys):
    draft_of(role, tagline="After.")
    due(role)

    call_command("publish_due")

    role.refresh_from_db()
    assert role.tagline == "After."
    assert capsys.readouterr().out == f"{role}, version 2: published\n"


# Undo, restore, take down


def test_undo_brings_the_page_back_with_its_parts(role):
    before = data_of(role)
    version = published(role, tagline="Wrong.", fits=[], role_skills=[], citations=[])

    back = desk.undo(role, by=None)

    assert data_of(role) == before
    assert back.reason == f"Version {version.number} undone: this is version 1 again."


def test_undo_of_a_first_publication_hides_the_page():
    role = RoleFactory(reviewed_on="2026-11-01", review_due="2027-05-01")
    desk.current(role)
    published(role, tagline="Too early.")
    assert Role.objects.published().exists()

    desk.undo(role, by=None)

    role.refresh_from_db()
    assert (role.status, role.tagline) == ("draft", "Tagline.")


def test_undo_keeps_the_address_that_readers_may_have_noted(role):
    published(role, slug="wrong")

    desk.undo(role, by=None)

    role.refresh_from_db()
    assert role.slug == "chart"
    assert list(FormerSlug.objects.values_list("slug", "object_id")) == [("wrong", role.pk)]


def test_undo_takes_the_news_back(role):
    desk.publish(draft_of(role, tagline="Wrong."), reason="Told to readers", is_news=True)

    desk.undo(role, by=None)

    assert not Version.objects.news().exists()


def test_there_is_nothing_before_the_first_version(role):
    before = data_of(role)

    with pytest.raises(desk.Refused, match="first version"):
        desk.undo(role, by=None)

    assert data_of(role) == before


def test_an_old_version_is_restored_as_a_draft_with_parts_and_links(role):
    old = desk.current(role)
    published(role, tagline="Newer.", fits=[], role_skills=[], citations=[])

    restored = desk.restore(role, old, by=None)

    role.refresh_from_db()
    assert role.tagline == "Newer."
    assert restored.state == "waiting"
    assert {name: restored.data[name] for name in ("tagline", "fits", "role_skills", "citations")} == {
        name: old.data[name] for name in ("tagline", "fits", "role_skills", "citations")
    }

    desk.publish(restored)
    assert (role.fits.count(), role.role_skills.count(), role.citations.count()) == (1, 1, 1)


def test_restoring_what_is_live_makes_no_draft(role):
    live = desk.current(role)

    assert desk.restore(role, live, by=None) == live
    assert states_of(role) == [(1, "live")]


def test_restoring_does_not_publish_what_was_taken_down(role):
    old = desk.current(role)
    published(role, tagline="Newer.")
    desk.take_down(role, by=None, reason="Wrong")

    assert desk.restore(role, old, by=None).data["status"] == "draft"


def test_a_page_is_taken_down_even_with_a_gap_that_its_form_refuses(role):
    Role.objects.filter(pk=role.pk).update(overview="")

    version = desk.take_down(role, by=None, reason="Wrong")

    role.refresh_from_db()
    assert (role.status, version.data["status"], version.reason) == ("draft", "draft", "Wrong")


def test_change_is_checked_and_recorded(role, people):
    version = desk.change(role, by=people[0], reason="Read by her", reviewer="Dr. Example")

    assert (version.data["reviewer"], version.reason, version.published_by) == ("Dr. Example", "Read by her", people[0])
    with pytest.raises(ValidationError):
        desk.change(role, by=None, reason="No", review_due=datetime.date(2000, 1, 1))
    assert desk.current(role) == version


def test_change_does_not_write_back_what_was_loaded_long_ago(role):
    loaded_early = Role.objects.get(pk=role.pk)
    published(role, tagline="By somebody else.")

    desk.change(loaded_early, by=None, reason="Dates", reviewer="Dr. Example")

    role.refresh_from_db()
    assert (role.tagline, role.reviewer) == ("By somebody else.", "Dr. Example")


# Remove and recover


def test_a_removed_page_is_recovered_with_parts_links_and_number(role, people):
    FormerSlugFactory(page=role, slug="once")
    before, pk = data_of(role), role.pk

    gone = desk.remove(role, by=people[0])

    assert not Role.objects.exists()
    assert (Fit.objects.count(), RoleSkill.objects.count(), Citation.objects.filter(object_id=pk).count()) == (0, 0, 0)
    assert gone.is_deletion
    assert list(Version.objects.deleted()) == [gone]

    back = desk.recover(gone, by=people[1])

    assert back.pk == pk
    assert data_of(back) == before | {"status": "draft"}
    assert not Version.objects.deleted().exists()


def test_a_page_that_others_rest_on_is_not_removed():
    source = CitationFactory().source

    with pytest.raises(ProtectedError):
        desk.remove(source, by=None)

    assert Source.objects.filter(pk=source.pk).exists()
    assert not Version.objects.deleted().exists()


def test_nothing_is_recovered_over_a_page_that_took_its_address(role):
    gone = desk.remove(role, by=None)
    RoleFactory(slug="chart")

    with pytest.raises(desk.Refused, match="already exists"):
        desk.recover(gone, by=None)

    assert Role.objects.count() == 1
    assert desk.waiting(role) is None


def test_a_page_is_recovered_once(role):
    gone = desk.remove(role, by=None)
    desk.recover(gone, by=None)

    with pytest.raises(desk.Refused, match="there already"):
        desk.recover(gone, by=None)


def test_undo_does_not_publish_a_recovered_page_behind_its_back(role):
    back = desk.recover(desk.remove(role, by=None), by=None)

    with pytest.raises(desk.Refused):
        desk.undo(back, by=None)

    assert not Role.objects.published().exists()


# What happens outside the desk, and in time


def test_a_change_made_outside_is_on_record(role):
    desk.current(role)
    Role.objects.filter(pk=role.pk).update(tagline="From a script.")
    role.fits.all().delete()

    version = desk.current(role)

    assert (version.number, version.reason) == (2, "Changed outside the editors' desk.")
    assert (version.data["tagline"], version.data["fits"]) == ("From a script.", [])
    assert desk.current(role) == version


def test_an_import_is_on_record_with_its_person(role, people):
    desk.current(role)
    Role.objects.filter(pk=role.pk).update(tagline="Imported.")

    desk.record_outside_change([role], people[0], "Imported from roles.csv")

    version = desk.live(role)
    assert (version.data["tagline"], version.saved_by) == ("Imported.", people[0])
    assert version.reason == "Imported from roles.csv"


def test_old_data_without_a_field_that_has_come_since_is_completed(role):
    draft = draft_of(role, tagline="After.")
    del draft.data["week_note"], draft.data["employer_notes"], draft.data["citations"][0]["supports"]
    draft.data["gone_since"] = "An old field."
    draft.save()

    with desk.rehearsal(draft) as (shown, missing):
        assert (shown.tagline, shown.week_note, missing) == ("After.", "", [])
        assert shown.employer_notes.count() == 0

    assert "week_note" in {each.name for each in desk.differences(desk.live(role), draft)}


def test_a_draft_whose_row_names_something_gone_is_shown_without_it(role):
    skill = SkillFactory(slug="triage")
    RoleSkillFactory(role=role, skill=skill)
    draft = draft_of(role, tagline="After.")
    role.role_skills.filter(skill=skill).delete()
    skill.delete()

    with desk.rehearsal(draft) as (shown, missing):
        assert shown.tagline == "After."
        assert missing == ["“triage” is gone, so its row among the role skills is left out."]

    with pytest.raises((desk.Refused, desk.Collision)):
        desk.publish(draft)


def test_a_rehearsal_leaves_no_trace(role):
    draft = draft_of(role, slug="new-address", fits=[], citations=[])
    before = data_of(role)

    with desk.rehearsal(draft) as (shown, _):
        assert (shown.slug, shown.fits.count()) == ("new-address", 0)

    assert data_of(role) == before
    assert not FormerSlug.objects.exists()


def test_a_rehearsal_of_an_address_that_another_page_has_taken_is_refused_in_words(role):
    draft = draft_of(role, slug="wanted")
    RoleFactory(slug="wanted")

    with pytest.raises(desk.Refused, match="already exists"), desk.rehearsal(draft):
        pytest.fail("The block must not begin.")


def test_links_from_both_sides_stay_in_step(role):
    """A skill's own versions don't hold the roles that need it: those rows are the role's."""
    skill = role.role_skills.get().skill
    first = desk.current(skill)

    published(role, role_skills=[])

    assert desk.current(skill) == first
    assert isinstance(skill, Skill)


def test_the_history_of_a_page_counts_on_after_it_was_gone(role):
    desk.recover(desk.remove(role, by=None), by=None)

    assert [version.number for version in versions_of(role)] == [1, 2, 3]


def test_every_kind_of_item_can_be_drafted_and_published():
    items = [
        (StandardFactory(published=True), {"purpose": "New."}),
        (SkillFactory(published=True, with_parts=True), {"meaning": "New."}),
        (SourceFactory(), {"note": "New."}),
        (RoleReasonFactory().reason, {"claim": "New."}),
        (RoleStandardFactory().role, {"tagline": "New."}),
    ]
    for item, changes in items:
        draft = draft_of(item, **changes)
        (desk.publish if getattr(item, "is_published", True) else desk.keep)(draft)
        item.refresh_from_db()
        (name,) = changes
        assert getattr(item, name) == "New."
        assert desk.waiting(item) is None


# Who has it open


def test_others_with_the_form_open_are_named_for_a_while(role, people):
    anna, ben = people
    desk.seen(role, anna), desk.seen(role, anna), desk.seen(role, ben)

    assert desk.others_at(role, ben) == [anna]

    OpenForm.objects.update(seen_at=timezone.now() - AN_HOUR)
    assert desk.others_at(role, ben) == []


# Any sequence


STEPS = st.lists(
    st.sampled_from(["draft", "late draft", "publish", "undo", "discard", "restore", "change", "outside", "take down"]),
    max_size=12,
)


class AnySequence(TestCase):
    """Whatever is done in whatever order."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS)
    def test_the_page_is_the_newest_live_version_and_no_text_is_lost(self, steps):
        role, numbers, texts = RoleFactory(published=True, with_parts=True), itertools.count(), {"Tagline."}
        first = desk.current(role).number
        for step in steps:
            text = f"Text {next(numbers)}."
            role = Role.objects.get(pk=role.pk)
            try:
                if step in ("draft", "late draft"):
                    opened = desk.newest(role).number if step == "draft" else first
                    texts.add(text)
                    row = {"side": "like", "text": text}
                    desk.save_draft(role, data_of(role, tagline=text, fits=[row]), opened=opened)
                elif step == "publish" and desk.waiting(role):
                    desk.publish(desk.waiting(role), reason="Why")
                elif step == "discard" and desk.waiting(role):
                    desk.discard(desk.waiting(role))
                elif step == "undo":
                    desk.undo(role, by=None)
                elif step == "restore":
                    desk.restore(role, versions_of(role).first(), by=None)
                elif step == "change":
                    texts.add(text)
                    desk.change(role, by=None, reason="Why", tagline=text)
                elif step == "outside":
                    desk.current(role)
                    texts.add(text)
                    Role.objects.filter(pk=role.pk).update(tagline=text)
                    desk.current(role)
                elif step == "take down":
                    desk.take_down(role, by=None, reason="Why")
            except (desk.Collision, desk.Refused):
                pass

            newest = desk.live(role)
            assert (
                kind_of(Role).digest(newest.data)
                == newest.digest
                == kind_of(Role).digest(desk.versions._plain(data_of(role)))
            )
            assert versions_of(role).filter(state="waiting").count() <= 1

        assert texts <= {version.data["tagline"] for version in versions_of(role)}
