"""The command that measures whether the questions lean."""

import pytest
from django.core.management import CommandError, call_command

from match.models import QuestionSet, Weight
from tests.factories import RoleFactory, WeightFactory

pytestmark = pytest.mark.django_db


def test_even_questions_are_reported_with_their_figures(asked, capsys):
    call_command("check_match", sheets=2_000)

    words = capsys.readouterr().out
    assert f"Version {asked.kept.code}: 4 statements, 2,000 sheets." in words
    rows = {line.split()[0]: line.split()[1:] for line in words.splitlines() if line.startswith(("one", "two"))}
    assert set(rows) == {"one", "two"}
    assert all(48 < float(random) < 52 and reachable == "yes" for random, _, reachable in rows.values())


def test_questions_that_lean_fail_after_the_figures(asked, capsys):
    twin = RoleFactory(slug="twin", published=True)
    for weight in Weight.objects.filter(role=asked.one):
        WeightFactory(statement=weight.statement, role=twin, value=weight.value)
    QuestionSet.objects.keep_current()

    with pytest.raises(CommandError, match="lean"):
        call_command("check_match", sheets=2_000)

    assert "twin" in capsys.readouterr().out


def test_role_without_weights_is_named(asked, capsys):
    RoleFactory(slug="new", published=True)

    call_command("check_match", sheets=500)

    assert "new" in capsys.readouterr().out


def test_without_questions_it_says_what_to_do():
    with pytest.raises(CommandError, match="load_content"):
        call_command("check_match")


def test_no_sheet_at_all_is_refused(asked):
    with pytest.raises(CommandError, match="one sheet or more"):
        call_command("check_match", sheets=0)
