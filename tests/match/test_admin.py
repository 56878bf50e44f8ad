"""Editing statements: each save makes a version and says how even the questions are."""

import re

import pytest
from pytest_django.asserts import assertContains

from match.models import QuestionSet, Statement, Weight
from tests.editorial.editing import PUBLISH, address, cost, filled_in, messages_of, save, with_row
from tests.factories import PageFactory, RoleFactory, StatementFactory, WeightFactory

pytestmark = pytest.mark.django_db


def test_list_and_forms_open(admin_client, asked):
    assertContains(admin_client.get(address(Statement)), asked.likes.text)
    assertContains(admin_client.get(address(asked.likes, "change")), "One is at sea.")
    assert admin_client.get(address(Statement, "add")).status_code == 200


@pytest.mark.once
def test_list_costs_the_same_however_many_rows(admin_client):
    WeightFactory.create_batch(3)
    with_few = cost(admin_client, address(Statement))
    WeightFactory.create_batch(27)

    assert cost(admin_client, address(Statement)) == with_few


@pytest.mark.once
def test_form_costs_the_same_however_many_rows(admin_client):
    statement = StatementFactory()
    WeightFactory.create_batch(3, statement=statement)
    with_few = cost(admin_client, address(statement, "change"))
    WeightFactory.create_batch(27, statement=statement)

    assert cost(admin_client, address(statement, "change")) == with_few


def test_saving_makes_a_version_and_says_how_often_each_role_comes_first(admin_client, asked):
    response = save(admin_client, asked.likes, text="Sit in a tree")

    now = QuestionSet.objects.current()
    assert now.questions.statements[0].text == "Sit in a tree"
    assert now != asked.kept
    said = " ".join(messages_of(response))
    assert "Of 5,000 random answer sheets, this share puts each role first: Role one 50.6% and Role two 49.4%" in said
    assert "The questions lean" not in said


def test_saving_without_a_change_keeps_the_version(admin_client, asked):
    save(admin_client, asked.likes)

    assert list(QuestionSet.objects.all()) == [asked.kept]


def test_a_lean_is_said_with_its_numbers(admin_client, asked):
    twin = RoleFactory(title="Role twin", published=True)
    for weight in Weight.objects.filter(role=asked.one):
        WeightFactory(statement=weight.statement, role=twin, value=weight.value)

    said = " ".join(messages_of(save(admin_client, asked.likes)))

    assert "The questions lean." in said
    assert "“Role one” (26.7%), “Role two” (46.6%) and “Role twin” (26.7%)" in said
    assert "No answers put this clearly first: Role one and Role twin." in said


def test_a_role_without_weights_is_named(admin_client, asked):
    RoleFactory(title="Role new", published=True)

    said = " ".join(messages_of(save(admin_client, asked.likes)))

    assert "Without any weight, and so ranked last: Role new." in said


def test_a_weight_is_added_in_the_form_of_its_statement(admin_client, asked):
    data = filled_in(admin_client.get(address(asked.minds, "change")))
    data = with_row(data, "weights", role=asked.two.pk, value="2", reason="Two stays dry.")

    response = admin_client.post(address(asked.minds, "change"), data | PUBLISH, follow=True)

    assert response.status_code == 200
    assert asked.minds.weights.get(role=asked.two).reason == "Two stays dry."
    assert "two" in QuestionSet.objects.current().questions.statements[1].weights


def test_a_second_weight_for_the_same_role_is_refused_in_words(admin_client, asked):
    data = filled_in(admin_client.get(address(asked.minds, "change")))
    data = with_row(data, "weights", role=asked.one.pk, value="2", reason="Again.")

    refusal = admin_client.post(address(asked.minds, "change"), data).content.decode()
    # Django 5.2 finds it when it compares the rows; from 6.1 on when it asks the database's rule.
    assert re.search("Two rows have the same role|This statement already has a weight for that role", refusal)
    assert asked.minds.weights.filter(role=asked.one).count() == 1


def test_a_row_that_is_there_and_is_sent_as_a_new_one_is_refused_in_words(admin_client, asked):
    data = filled_in(admin_client.get(address(asked.minds, "change")))
    data |= {"weights-INITIAL_FORMS": "0"}

    response = admin_client.post(address(asked.minds, "change"), data | PUBLISH)

    assertContains(response, "Two rows have the same role")
    assert asked.minds.weights.filter(role=asked.one).count() == 1


@pytest.mark.parametrize("sent", ["9" * 25, "nan", "\ufffd", "1.5"], ids=["huge", "a word", "no letter", "a fraction"])
def test_a_choice_that_is_no_row_is_refused_and_the_form_comes_back(admin_client, asked, sent):
    data = filled_in(admin_client.get(address(asked.likes, "change")), skill=sent)
    data |= {"weights-0-role": sent}

    response = admin_client.post(address(asked.likes, "change"), data | PUBLISH)

    assertContains(response, "Select a valid choice.", count=2)


def test_a_preference_with_a_skill_is_refused_in_words(admin_client, asked):
    data = filled_in(admin_client.get(address(asked.knits, "change")), group="doing")

    assertContains(
        admin_client.post(address(asked.knits, "change"), data),
        "A statement in the group of skills names its skill; no other does.",
    )


def test_a_reason_cannot_cite(admin_client, asked):
    weight = asked.minds.weights.get()
    data = filled_in(admin_client.get(address(asked.minds, "change")), **{"weights-0-reason": "Wet [@source]."})

    assertContains(admin_client.post(address(asked.minds, "change"), data), "cannot cite")
    weight.refresh_from_db()
    assert weight.reason == "One gets wet."


def test_changing_positions_in_the_list_makes_one_version(admin_client, asked):
    rows = list(Statement.objects.all())
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-id": row.pk, f"form-{number}-position": 9 - number}

    admin_client.post(address(Statement), data, follow=True)

    in_order = [each.key for each in QuestionSet.objects.current().questions.statements]
    assert in_order == [row.key for row in reversed(rows)]
    assert QuestionSet.objects.count() == 2


def test_deleting_makes_a_version(admin_client, asked):
    admin_client.post(address(asked.minds, "delete"), {"post": "yes"}, follow=True)

    assert [each.key for each in QuestionSet.objects.current().questions.statements] == ["likes", "knits", "weaves"]


def test_deleting_several_makes_one_version(admin_client, asked):
    chosen = [asked.likes.pk, asked.minds.pk]
    sent = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}

    admin_client.post(address(Statement), sent, follow=True)

    assert [each.key for each in QuestionSet.objects.current().questions.statements] == ["knits", "weaves"]
    assert QuestionSet.objects.count() == 2


def test_deleting_the_last_statement_says_what_readers_see(admin_client):
    statement = StatementFactory()
    QuestionSet.objects.keep_current()

    response = admin_client.post(address(statement, "delete"), {"post": "yes"}, follow=True)

    assert "no question is published" in " ".join(messages_of(response))
    assert QuestionSet.objects.current() is None


def test_view_on_site_leads_to_the_questionnaire(admin_client, asked):
    assertContains(admin_client.get(address(asked.likes, "change")), 'href="/match/"')


@pytest.mark.parametrize("key", ["match", "match-result"])
def test_the_words_of_both_pages_lead_to_the_questionnaire(admin_client, key):
    assertContains(admin_client.get(address(PageFactory(key=key), "change")), 'href="/match/"')
