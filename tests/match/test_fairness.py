"""Does the questionnaire that ships with the site lean toward a role?"""

import pytest

from match.fairness import TOLERANCE, measure
from match.models import QuestionSet
from match.questions import Questions, Statement, Weight
from match.scoring import rank
from roles.models import Role
from tests.careers.conftest import real_content  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHEETS = 20_000


@pytest.fixture(scope="module")
def roles(real_content, django_db_blocker):  # noqa: F811
    with django_db_blocker.unblock():
        return list(Role.objects.published().values_list("slug", flat=True))


@pytest.fixture(scope="module")
def questions(roles, django_db_blocker):
    with django_db_blocker.unblock():
        return QuestionSet.objects.current().questions


@pytest.fixture(scope="module")
def found(questions, roles):
    return measure(questions, roles, SHEETS, seed=2026)


def test_each_role_comes_first_equally_often_within_two_points(found):
    """100,000 sheets is what check_match takes; a fifth of them doubles what chance adds."""
    allowed = TOLERANCE + found.sampling_error

    assert len(found.shares) == 5
    assert sum(found.shares.values()) == pytest.approx(100)
    assert {role: share for role, share in found.shares.items() if abs(share - 20) > allowed} == {}
    assert found.leaning == {}


def test_readers_who_tend_to_say_yes_change_little(found):
    assert {role: share for role, share in found.agreeable.items() if abs(share - 20) > 3} == {}


def test_each_role_can_be_clearly_first(found):
    assert found.out_of_reach == []
    assert found.unweighted == ()


def test_statements_are_few_short_and_of_both_kinds(questions):
    assert 15 <= len(questions.statements) <= 20
    assert all(len(each.text) <= 90 for each in questions.statements)
    assert {bool(each.skill) for each in questions.statements} == {True, False}


def test_each_statement_speaks_for_one_role_and_against_another_once_balanced(questions, roles):
    for number, each in enumerate(questions.statements):
        best = each.answers[-1].sign
        signs = ["-"] * len(questions.statements)
        signs[number] = best
        scores = [row.score for row in rank(questions.read("".join(signs)), roles).rows]

        assert min(scores) < 0 < max(scores), each.key


def test_reason_reads_as_one_sentence_or_two_of_its_own(questions):
    reasons = [weight.reason for each in questions.statements for weight in each.weights.values()]

    assert len(reasons) == len(set(reasons)) > 50
    assert [reason for reason in reasons if not reason.endswith(".")] == []


def test_measurement_is_the_same_for_the_same_seed(questions, roles):
    assert measure(questions, roles, 500, seed=3) == measure(questions, roles, 500, seed=3)


def test_lean_is_found():
    """Three roles that are alike share what a fourth has alone."""
    alike, other = {"a": 1, "b": 1, "c": 1, "d": -1}, {"a": -2, "b": -2, "c": -2, "d": 2}
    statements = [
        Statement(f"key-{n}", "Text", "doing", "", {role: Weight(value, "Why.") for role, value in row.items()})
        for n, row in enumerate([alike, alike, other])
    ]

    found = measure(Questions(tuple(statements)), list("abcd"), 4_000)

    assert found.shares["d"] > 35
    assert "d" in found.leaning
    assert not found.is_fair


@pytest.mark.parametrize("roles", [[], ["a"], ["a", "b"]])
def test_few_roles_or_none_can_be_measured(roles):
    questions = Questions((Statement("key", "Text", "doing", "", {"a": Weight(1, "Why.")}),))

    found = measure(questions, roles, 100)

    assert set(found.shares) == set(roles) & {"a"}
    assert not [role for role in found.shares if found.clear[role]]
