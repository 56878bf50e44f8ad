"""One version of the questions and a reader's answers to them, as plain data. No database, no request.

A question set is kept whole for every version (models.QuestionSet), so that an address made years ago is read with
the statements and weights of its own day. Answers are never kept: they live in the address alone, one sign for each
statement in the order of that version.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

SKIPPED = "-"


class DamagedAnswers(ValueError):
    """The signs in an address do not fit the statements they should answer."""


@dataclass(frozen=True)
class Answer:
    """One possible answer: its sign in an address, its words, and what it is worth (-2 to 2, the middle 0)."""

    sign: str
    words: str
    worth: int


LIKING = (
    Answer("1", "Not at all", -2),
    Answer("2", "Not much", -1),
    Answer("3", "In between", 0),
    Answer("4", "Quite", 1),
    Answer("5", "Very much", 2),
)
# A skill that someone does not have counts as much as one they are sure of: both say how far the way still is.
HAVING = (
    Answer("1", "Not yet", -2),
    Answer("2", "Some", 0),
    Answer("3", "Confident", 2),
)


@dataclass(frozen=True)
class Weight:
    """What an answer of 2 counts for one role before balancing (-2 to 2), and the fact about the role behind it."""

    value: int
    reason: str


@dataclass(frozen=True)
class Statement:
    """One line that a reader answers. `skill` is a skill's slug; empty for a preference."""

    key: str
    text: str
    group: str
    skill: str
    weights: dict

    @property
    def answers(self):
        return HAVING if self.skill else LIKING

    def answer(self, sign):
        """The answer with that sign; None when skipped. Raises DamagedAnswers for any other sign."""
        if sign == SKIPPED:
            return None
        for each in self.answers:
            if each.sign == sign:
                return each
        raise DamagedAnswers(f"“{sign}” answers nothing.")


@dataclass(frozen=True)
class Questions:
    """Every statement of one version, in order, with the weights of each role by its slug."""

    statements: tuple

    @classmethod
    def from_data(cls, data):
        return cls(
            tuple(
                Statement(**{**each, "weights": {slug: Weight(**weight) for slug, weight in each["weights"].items()}})
                for each in data
            )
        )

    def as_data(self):
        """Plain lists and dicts, the same for the same questions."""
        return [asdict(each) for each in self.statements]

    @property
    def code(self):
        """Eight signs that change whenever a word or a weight does."""
        text = json.dumps(self.as_data(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def read(self, signs):
        """The sheet that the `signs` of an address stand for. Raises DamagedAnswers when they do not fit."""
        if len(signs) != len(self.statements):
            raise DamagedAnswers(f"{len(signs)} signs for {len(self.statements)} statements.")
        return Sheet(self, tuple(each.answer(sign) for each, sign in zip(self.statements, signs, strict=True)))


@dataclass(frozen=True)
class Sheet:
    """The answers of one reader: for each statement an Answer, or None where it was skipped."""

    questions: Questions
    answers: tuple

    @property
    def signs(self):
        """One sign for each statement: what the address holds."""
        return "".join(answer.sign if answer else SKIPPED for answer in self.answers)

    @property
    def worths(self):
        """What each answer is worth. A skipped statement counts like the middle: it neither helps nor hurts."""
        return tuple(answer.worth if answer else 0 for answer in self.answers)

    @property
    def answered(self):
        """How many statements have an answer."""
        return sum(answer is not None for answer in self.answers)

    @property
    def by_key(self):
        """{key of a statement: sign} of what was answered, to fill the form of another version."""
        pairs = zip(self.questions.statements, self.answers, strict=True)
        return {statement.key: answer.sign for statement, answer in pairs if answer}

    def skills_with(self, worth):
        """The slugs of the skills that were answered with that worth, in the order of the statements."""
        pairs = zip(self.questions.statements, self.answers, strict=True)
        return [statement.skill for statement, answer in pairs if statement.skill and answer and answer.worth == worth]

    def having_learned(self, number):
        """The same sheet, with full confidence in the skill of statement `number`."""
        answers = list(self.answers)
        answers[number] = HAVING[-1]
        return Sheet(self.questions, tuple(answers))
