"""What holds for every answer sheet, every number of roles and any weights that editors enter."""

import statistics
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from match.questions import DamagedAnswers, Questions, Sheet, Statement, Weight
from match.scoring import SPREAD, even_weights, favored, rank, what_if

pytestmark = pytest.mark.once

ROLES = ["anna", "bert", "cleo", "dora", "emil"]


def question(weights, *, skill="", key="key", text="Text"):
    """A Statement with {role: value}; 0 means that nothing was written."""
    written = {role: Weight(value, f"Reason of {role}.") for role, value in weights.items() if value}
    return Statement(key=key, text=text, group="skills" if skill else "doing", skill=skill, weights=written)


weights = st.integers(-2, 2)


@st.composite
def question_sets(draw, fewest=1):
    """(Questions, roles): any weights, of any number of roles, some of them without any weight."""
    names = [f"role-{number}" for number in range(draw(st.integers(fewest, 9)))]
    rows = draw(st.lists(st.lists(weights, min_size=len(names), max_size=len(names)), min_size=1, max_size=12))
    are_skills = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    statements = tuple(
        question(dict(zip(names, row, strict=True)), skill=f"skill-{number}" if is_skill else "", key=f"key-{number}")
        for number, (row, is_skill) in enumerate(zip(rows, are_skills, strict=True))
    )
    return Questions(statements), names


@st.composite
def sheets(draw, **options):
    """(Sheet, roles): any answers to any questions, some skipped."""
    questions, names = draw(question_sets(**options))
    signs = "".join(draw(st.sampled_from(["-", *(a.sign for a in each.answers)])) for each in questions.statements)
    return questions.read(signs), names


# Every role has a place


@given(sheets())
def test_every_role_is_ranked_once_and_places_are_shared_by_those_that_tie(drawn):
    sheet, names = drawn

    rows = rank(sheet, names).rows

    assert sorted(row.role for row in rows) == sorted(names)
    for row in rows:
        if row.score is not None:
            assert row.place == 1 + sum(other.score > row.score for other in rows if other.score is not None)
            assert row.is_tied == (sum(other.score == row.score for other in rows) > 1)


@given(sheets(fewest=2))
def test_role_without_weights_comes_last_and_changes_nothing_for_the_others(drawn):
    sheet, names = drawn

    without, with_it = rank(sheet, names), rank(sheet, [*names, "unheard-of"])

    assert with_it.rows[-1].role == "unheard-of" or with_it.rows[-1].score is None
    judged = {row.role: row.score for row in without.rows if row.score is not None}
    assert judged == {row.role: row.score for row in with_it.rows if row.score is not None}
    (last,) = [row for row in with_it.rows if row.role == "unheard-of"]
    assert (last.score, last.place) == (None, len(judged) + 1)
    assert last.strength == "unknown"


@given(sheets())
def test_same_sheet_gives_the_same_ranking_again(drawn):
    sheet, names = drawn
    again = Questions.from_data(sheet.questions.as_data()).read(sheet.signs)

    assert rank(again, names) == rank(sheet, names)


@given(sheets(), st.randoms())
def test_order_in_which_roles_are_listed_changes_no_score(drawn, random):
    sheet, names = drawn
    shuffled = random.sample(names, len(names))

    assert rank(sheet, shuffled).places == rank(sheet, names).places


# An even scale


@given(question_sets())
def test_every_role_has_the_same_spread_under_random_answers(drawn):
    questions, names = drawn

    for row in even_weights(questions, names).values():
        variance = sum(
            weight**2 * statistics.pvariance([answer.worth for answer in each.answers])
            for weight, each in zip(row, questions.statements, strict=True)
        )
        assert not any(row) or variance**0.5 == pytest.approx(SPREAD, rel=0.005)


def test_mean_and_spread_are_those_of_all_possible_sheets():
    """Counted over every sheet, past all formulas."""
    questions = Questions(
        (
            question({"anna": 2, "bert": -1}),
            question({"bert": 1, "cleo": 1}),
            question({"cleo": -2, "anna": 1}),
            question({"anna": 2, "bert": 1}, skill="skill-a"),
            question({"cleo": 2}, skill="skill-b"),
        )
    )
    all_sheets = [Sheet(questions, answers) for answers in product(*(each.answers for each in questions.statements))]
    even = even_weights(questions, ["anna", "bert", "cleo"])

    scores = {"anna": [], "bert": [], "cleo": []}
    for sheet in all_sheets:
        for row in rank(sheet, list(scores), even).rows:
            scores[row.role].append(row.score)

    assert len(all_sheets) == 5**3 * 3**2
    for found in scores.values():
        assert statistics.fmean(found) == pytest.approx(0, abs=1e-6)
        assert statistics.pstdev(found) == pytest.approx(SPREAD, rel=0.001)


@given(question_sets(), st.data())
def test_answering_everything_alike_tells_no_roles_apart(drawn, data):
    """All preferences alike, and all skills alike: whatever the editors wrote, nothing stands out."""
    questions, names = drawn
    liking = data.draw(st.sampled_from("12345"))
    having = data.draw(st.sampled_from("123"))

    sheet = questions.read("".join(having if each.skill else liking for each in questions.statements))

    ranking = rank(sheet, names)
    assert {row.score for row in ranking.rows} <= {0, None}
    assert not ranking.tells_apart


@given(question_sets())
def test_empty_sheet_tells_no_roles_apart(drawn):
    questions, names = drawn

    ranking = rank(questions.read("-" * len(questions.statements)), names)

    assert not ranking.tells_apart
    assert all(row.place == 1 for row in ranking.rows if row.score is not None)


@given(sheets())
def test_skipped_statement_counts_like_the_middle(drawn):
    sheet, names = drawn
    middle = {True: "2", False: "3"}
    signs = "".join(
        middle[bool(each.skill)] if sign == "-" else sign
        for each, sign in zip(sheet.questions.statements, sheet.signs, strict=True)
    )

    assert rank(sheet.questions.read(signs), names).places == rank(sheet, names).places


def test_roles_with_the_same_weights_always_tie():
    questions = Questions((question({"anna": 2, "bert": 2, "cleo": -1}), question({"anna": 1, "bert": 1, "cleo": 2})))

    rows = rank(questions.read("51"), ["anna", "bert", "cleo"]).rows

    assert [(row.role, row.place, row.is_tied) for row in rows] == [
        ("anna", 1, True),
        ("bert", 1, True),
        ("cleo", 3, False),
    ]


def test_single_role_is_ranked_and_nothing_breaks():
    ranking = rank(Questions((question({"anna": 2}),)).read("5"), ["anna"])

    assert (ranking.rows[0].place, ranking.tells_apart) == (1, False)


# Raising an answer


@given(sheets(fewest=2), st.data())
def test_raising_an_answer_never_lowers_a_role_that_the_statement_favors(drawn, data):
    sheet, names = drawn
    even = even_weights(sheet.questions, names)
    number = data.draw(st.integers(0, len(sheet.answers) - 1))
    answers = sheet.questions.statements[number].answers
    now = sheet.worths[number]
    higher = [answer for answer in answers if answer.worth > now]
    if not higher or not even:
        return
    raised = list(sheet.answers)
    raised[number] = data.draw(st.sampled_from(higher))

    before = rank(sheet, names).places
    after = rank(Sheet(sheet.questions, tuple(raised)), names).places

    for role in favored(even, number):
        assert after[role] <= before[role]


# Reasons


@given(sheets())
def test_reasons_agree_with_what_the_editors_wrote_and_with_what_was_counted(drawn):
    sheet, names = drawn
    ranking = rank(sheet, names)

    for role in names:
        speaks_for, speaks_against = ranking.because(role)
        for each, sign in [*((each, 1) for each in speaks_for), *((each, -1) for each in speaks_against)]:
            weight = each.statement.weights[role]
            assert each.reason == weight.reason
            assert each.counted * sign > 0
            assert each.answer.worth * weight.value * sign > 0


def test_strongest_reason_comes_first():
    weak, strong = question({"anna": 1, "bert": -1}, key="weak"), question({"anna": 2, "bert": -2}, key="strong")
    other = question({"anna": -1, "bert": 1}, key="other")
    sheet = Questions((weak, strong, other)).read("555")

    speaks_for, speaks_against = rank(sheet, ["anna", "bert"]).because("anna")

    assert speaks_for[0].statement.key == "strong"
    assert [each.statement.key for each in speaks_against] == ["other"]


# What a skill would change


@given(sheets(fewest=2))
def test_what_if_is_what_the_sheet_with_that_skill_gives(drawn):
    sheet, names = drawn
    ranking = rank(sheet, names)

    found = what_if(ranking, names)

    if found is None:
        return
    (number,) = [n for n, each in enumerate(sheet.questions.statements) if each.skill == found.skill]
    after = rank(sheet.having_learned(number), names)
    assert found.order == tuple(row.role for row in after.rows)
    assert found.risen
    for role, old, new in found.risen:
        assert (ranking.places[role], after.places[role]) == (old, new.place)
        assert new.place < old
        assert sheet.questions.statements[number].weights[role].value > 0


def test_skill_that_brings_a_role_to_the_top_is_named():
    likes = question({"anna": 1, "bert": -1}, key="likes")
    useful = question({"bert": 2, "anna": -2}, skill="useful", key="useful")
    other = question({"anna": 1, "bert": -1}, skill="other", key="other")
    sheet = Questions((likes, question({"anna": -1, "bert": 1}, key="dislikes"), useful, other)).read("42--")

    found = what_if(rank(sheet, ["anna", "bert"]), ["anna", "bert"])

    assert found.skill == "useful"
    assert [(role, before, after.place) for role, before, after in found.risen] == [("bert", 2, 1)]


def test_who_is_confident_in_every_skill_can_change_nothing_by_learning():
    questions = Questions((question({"anna": 1, "bert": -1}), question({"bert": 2}, skill="a", key="a")))

    assert what_if(rank(questions.read("53"), ["anna", "bert"]), ["anna", "bert"]) is None


# Signs in an address


@given(sheets())
def test_signs_are_read_as_they_were_written(drawn):
    sheet, _ = drawn

    assert sheet.questions.read(sheet.signs) == sheet


@pytest.mark.parametrize("signs", ["", "5", "555", "5 ", "50", "56", "5-\n", "٣٣", "5x", "5" * 5000, "55"])
def test_signs_that_do_not_fit_are_refused(signs):
    questions = Questions((question({"anna": 1}), question({"anna": 1}, skill="skill")))

    with pytest.raises(DamagedAnswers):
        questions.read(signs)


def test_code_changes_with_every_word_and_weight():
    def code(**changes):
        fields = {"key": "key", "text": "Text", "group": "doing", "skill": "", "weights": {"anna": Weight(1, "Why.")}}
        return Questions((Statement(**fields | changes),)).code

    codes = {
        code(), code(text="Other"), code(key="other"), code(group="working"),
        code(weights={"anna": Weight(2, "Why.")}), code(weights={"anna": Weight(1, "Other.")}),
        code(weights={"bert": Weight(1, "Why.")}),
    }  # fmt: skip

    assert len(codes) == 7
    assert code() == code()
