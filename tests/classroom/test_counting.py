"""Every result counts once, every total adds up, and nothing is kept of the sheet."""

import datetime

import pytest
from django.core import signing
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.words import own_words
from classroom import codes, counting
from classroom.counting import NotCounted, count, new_ticket, read_ticket
from classroom.models import MOST_RESULTS, Classroom, Tally, Ticket
from classroom.picture import Picture
from classroom.tallies import FIRST, NONE, SEVERAL
from match.models import QuestionSet, Weight
from tests.factories import RoleFactory

pytestmark = pytest.mark.django_db


def picture_of(lesson):
    counts = list(lesson.classroom.tallies.values_list("about", "answer", "count", "shown"))
    roles = {"one": lesson.asked.one, "two": lesson.asked.two}
    questions = lesson.asked.kept.questions
    return Picture(questions, counts, roles, {}, own_words, is_open=lesson.classroom.is_open)


def test_a_result_raises_one_counter_for_the_first_place_and_one_for_each_statement(lesson):
    lesson.send("51-3")

    raised = {key for key, count in lesson.counts.items() if count}
    assert raised == {(FIRST, "one"), ("likes", "5"), ("minds", "1"), ("knits", "-"), ("weaves", "3")}
    assert lesson.classroom.results == 1


def test_first_place_is_counted_as_the_heading_of_the_result_says_it(lesson):
    twin = RoleFactory(slug="twin", published=True)
    for weight in Weight.objects.filter(role=lesson.asked.one):
        Weight.objects.create(statement=weight.statement, role=twin, value=weight.value, reason=weight.reason)
    lesson.asked.kept = QuestionSet.objects.keep_current()
    lesson.classroom, _ = Classroom.objects.start(lesson.asked.kept, title="", lasts=datetime.timedelta(hours=1))

    lesson.send("51--", "15--", "----", "3322")

    firsts = {answer: count for (about, answer), count in lesson.counts.items() if about == FIRST}
    assert firsts == {"one": 0, "twin": 0, "two": 1, SEVERAL: 1, NONE: 2}


def test_a_class_keeps_its_statements_and_its_roles_whatever_editors_change(lesson):
    RoleFactory(slug="new", published=True)
    lesson.asked.likes.text = "Another text"
    lesson.asked.likes.save()
    QuestionSet.objects.keep_current()

    lesson.send("51--")

    assert lesson.classroom.question_set.questions.statements[0].text == "Sit by the sea"
    assert (FIRST, "new") not in lesson.counts


def test_a_role_renamed_since_the_questions_were_kept_comes_first_as_it_did(lesson):
    lesson.asked.one.slug = "first"
    lesson.asked.one.save()
    lesson.classroom, _ = Classroom.objects.start(lesson.asked.kept, title="", lasts=datetime.timedelta(hours=1))

    lesson.send("51--")

    assert QuestionSet.objects.current() == lesson.asked.kept
    assert {key for key, count in lesson.counts.items() if count and key[0] == FIRST} == {(FIRST, "one")}


sheets = st.lists(st.tuples(*[st.sampled_from("12345-")] * 2, *[st.sampled_from("123-")] * 2).map("".join), max_size=17)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=sheets, ended=st.booleans())
def test_whatever_is_sent_every_total_adds_up_and_no_step_is_smaller_than_it_may_be(lesson, sent, ended):
    lesson.classroom, _ = Classroom.objects.start(lesson.asked.kept, title="", lasts=datetime.timedelta(hours=1))
    seen = {0}
    for signs in sent:
        lesson.send(signs)
        seen.add(picture_of(lesson).total)
    if ended:
        lesson.classroom.close()
        lesson.classroom.refresh_from_db()

    drawn = picture_of(lesson)

    assert lesson.classroom.results == len(sent) == drawn.results
    assert drawn.total + drawn.left_out == len(sent)
    assert drawn.left_out == len(sent) % 5
    assert all(step % 5 == 0 for step in seen)
    assert sum(each.count for each in drawn.first) == drawn.total
    for group in drawn.groups:
        for row in group.rows:
            assert sum(part.count for part in row.parts) == drawn.total
            assert sum(count for _, count in row.sums) == drawn.total
            assert sum(part.width for part in row.parts) == pytest.approx(100 if drawn.total else 0)


def test_below_five_the_picture_knows_nothing(lesson):
    lesson.send("51--", "51--", "51--", "51--")

    drawn = picture_of(lesson)

    assert (drawn.results, drawn.total) == (4, 0)
    assert set(drawn.counts.values()) == {0}


def test_a_role_that_is_taken_down_leaves_its_count_and_not_its_name(lesson):
    lesson.send(*["51--"] * 5)
    counts = list(lesson.classroom.tallies.values_list("about", "answer", "count", "shown"))

    drawn = Picture(lesson.asked.kept.questions, counts, {"two": lesson.asked.two}, {}, own_words, is_open=True)

    assert [(each.words, each.count) for each in drawn.first] == [
        ("Role two", 0),
        ("A role that is no longer on this site", 5),
    ]


# Once


def test_the_same_ticket_counts_once_whatever_comes_with_it(lesson):
    ticket = read_ticket(lesson.classroom, new_ticket(lesson.classroom))
    read = lesson.asked.kept.questions.read

    taken = [count(lesson.classroom, read(signs), ticket) for signs in ("51--", "51--", "15--")]

    assert taken == [True, False, False]
    assert Classroom.objects.get().results == 1
    assert lesson.counts["likes", "5"] == 1


@pytest.mark.parametrize("ticket", ["", "x", "KX47PN.abc", "KX47PN.abc:forged", "\x00", "é" * 50])
def test_a_ticket_that_we_did_not_make_is_refused(lesson, ticket):
    with pytest.raises(signing.BadSignature):
        read_ticket(lesson.classroom, ticket)


def test_a_ticket_of_another_class_is_refused(lesson, asked):
    other, _ = Classroom.objects.start(asked.kept, title="", lasts=datetime.timedelta(hours=1))

    with pytest.raises(signing.BadSignature):
        read_ticket(lesson.classroom, new_ticket(other))


def test_nothing_that_is_kept_leads_to_a_form_or_to_a_sheet(lesson):
    number = new_ticket(lesson.classroom)
    count(lesson.classroom, lesson.asked.kept.questions.read("51-3"), read_ticket(lesson.classroom, number))

    kept = [row for model in (Classroom, Tally, Ticket) for row in model.objects.values_list()]

    assert number.split(":")[0] not in str(kept)
    assert "51-3" not in str(kept)
    assert Ticket._meta.get_fields()[1:] == (Ticket._meta.get_field("classroom"), Ticket._meta.get_field("digest"))


# When it is over


@pytest.mark.parametrize("how", ["closed", "time"])
def test_a_class_that_has_ended_is_frozen(lesson, how):
    lesson.send("51--")
    if how == "closed":
        lesson.classroom.close()
    else:
        Classroom.objects.update(ends_at=timezone.now())
    before = lesson.counts

    with pytest.raises(NotCounted, match="over"):
        lesson.send("15--")

    assert lesson.counts == before
    assert Ticket.objects.count() == 1


def test_closing_is_the_end_and_everything_goes_two_weeks_after_it(lesson):
    Classroom.objects.update(
        ends_at=timezone.now() + datetime.timedelta(days=14), delete_after=timezone.now() + datetime.timedelta(days=28)
    )
    lesson.classroom.close()
    closed = Classroom.objects.get()
    lesson.classroom.close()

    assert closed.closed_at == closed.ends_at == Classroom.objects.get().closed_at
    assert closed.delete_after == closed.closed_at + datetime.timedelta(days=14)


def test_a_class_that_is_full_or_deleted_meanwhile_says_so(lesson):
    Classroom.objects.update(results=MOST_RESULTS)
    with pytest.raises(NotCounted, match="full"):
        lesson.send("51--")

    Classroom.objects.all().delete()
    with pytest.raises(NotCounted, match="missing"):
        lesson.send("51--")


def test_a_result_is_counted_whole_or_not_at_all(lesson, monkeypatch):
    monkeypatch.setattr(counting.Ticket.objects, "create", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        lesson.send("51--")

    assert not any(lesson.counts.values())
    assert Classroom.objects.get().results == 0


# Codes


@pytest.mark.parametrize("typed", ["KX47PN", "kx4 7pn", " kx4-7pn ", "K X 4 – 7 P N", "k.x.4.7.p.n"])
def test_a_code_is_read_with_small_letters_spaces_and_dashes(typed):
    assert codes.read_code(typed) == "KX47PN"


def test_a_sign_that_no_code_holds_is_read_as_the_one_it_looks_like():
    assert codes.read_code("ZSGBCC") == "2568CC"


@pytest.mark.parametrize(
    "typed", ["", "KX47P", "KX47PNN", "manage", "new", "OOOOOO", "ÄÖÜ", "\x00" * 6, "１２３４５６", "9" * 500]
)
def test_what_can_be_no_code_is_none(typed):
    assert codes.read_code(typed) == ""


def test_codes_hold_no_sign_that_can_be_mistaken_and_no_vowel():
    made = "".join(codes.new_code() for _ in range(500))

    assert not set(made) & set("01OILUVAEBSGZ")
    assert all(codes.read_code(made[at : at + 6]) == made[at : at + 6] for at in range(0, 3000, 6))


def test_the_token_is_kept_nowhere(lesson):
    assert len(lesson.token) >= 43
    assert lesson.token not in str(Classroom.objects.values().get())
    assert Classroom.objects.with_token(lesson.token) == lesson.classroom
    for wrong in ("", lesson.token[:-1], lesson.token.swapcase(), lesson.classroom.token_hash, "\x00"):
        assert Classroom.objects.with_token(wrong) is None
