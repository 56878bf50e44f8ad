"""How answers become an order of roles. Pure: whole numbers in, whole numbers out, the same on every machine.

The formula, for statement s and role r:

    worth(s)     -2, -1, 0, 1 or 2: the answer; 0 when skipped. A skill: -2 not yet, 0 some, 2 confident.
    weight(r,s)  -2 to 2: what the editors wrote; 0 when they wrote nothing.
    balanced     weight(r,s) - mean over roles of s - mean over the block of r + mean of the block
                 The blocks are the preferences and the skills.
    even(r,s)    balanced(r,s) * SPREAD / standard deviation of the role's score under random answers,
                 rounded to a whole number
    score(r)     the sum over all statements of even(r,s) * worth(s)

What follows from it, whatever the editors write and however many roles there are:

- Under random answers every role's score has the mean 0 and the standard deviation SPREAD. No role leads because
  more was written about it, or because what was written is friendlier.
- Answering everything alike, "very much" or "not at all", gives every role exactly 0: a reader who likes everything
  has said nothing about the order. The same holds for the middle, and for no answer.
- A statement favors role r when even(r,s) is the largest of all roles (`favored`). Raising its answer then adds at
  least as much to r as to any other role, so the place of r never falls. For a statement that merely has a positive
  weight for r this cannot hold: another role may gain more from the same answer.
- Scores are whole numbers, so a tie is a tie, and roles that tie share a place.

What does not follow: that each role leads equally often. That also depends on how alike the roles are, and is
measured (`fairness`). Two roles with the same weights always tie. Nor does it follow that the order is right: the
weights are the editors' judgment, no one has checked them against people's lives at work, and a short
questionnaire cannot know a person.

A role without any weight cannot be judged. It is ranked behind all others, and the page says why. It changes nothing
for the rest.
"""

from dataclasses import dataclass
from math import sqrt
from operator import mul

# The standard deviation of every score under random answers. Large, so that rounding to whole numbers hides nothing.
SPREAD = 10_000

# The least score, in standard deviations, and the key of its words. By chance alone a role gets "strongly" about one
# time in fifteen.
STRENGTHS = [
    (1.5, "strongly"),
    (0.75, "clearly"),
    (0.25, "a-little"),
    (-0.25, "neither"),
    (-0.75, "a-little-away"),
]
AWAY = "away"
NO_WEIGHTS = "unknown"
# Two neighbors in the order that are nearer than this (in standard deviations) are called nearly level.
NEARLY_LEVEL = 0.25


def even_weights(questions, roles):
    """{role slug: a whole number for each statement}, of those `roles` (slugs) that have any weight at all."""
    statements = questions.statements
    rows = {}
    for role in roles:
        row = [each.weights[role].value if role in each.weights else 0 for each in statements]
        if any(row):
            rows[role] = row
    blocks = [
        [number for number, each in enumerate(statements) if bool(each.skill) is is_skill] for is_skill in (False, True)
    ]
    spreads = [3 * sum(a.worth**2 for a in each.answers) // len(each.answers) for each in statements]
    even = {role: [0] * len(statements) for role in rows}
    balanced = {role: [0] * len(statements) for role in rows}
    for block, other in zip(blocks, reversed(blocks), strict=True):
        _balance(rows, block, max(1, len(other)), balanced)
    for role, row in balanced.items():
        # `spreads` holds three times the variance of a random answer, so that it is whole: 6, and 8 for a skill.
        deviation = sqrt(sum(spread * value**2 for spread, value in zip(spreads, row, strict=True)) / 3)
        if deviation:
            even[role] = [round(SPREAD * value / deviation) for value in row]
            for block in blocks:
                _take_back_rounding(even[role], block)
    return even


def _balance(rows, block, factor, balanced):
    """Fill in `balanced` for one block: times the roles, its statements and `factor`, so that it is whole.

    The factor is the length of the other block, so that both blocks keep the same measure.
    """
    count, length = len(rows), len(block)
    of_statement = {number: sum(row[number] for row in rows.values()) for number in block}
    of_all = sum(of_statement.values())
    for role, row in rows.items():
        of_role = sum(row[number] for number in block)
        for number in block:
            balanced[role][number] = factor * (
                count * length * row[number] - length * of_statement[number] - count * of_role + of_all
            )


def _take_back_rounding(row, block):
    """Let the block add up to nothing again, at its largest number, where it shows least."""
    if block:
        largest = max(block, key=lambda number: (abs(row[number]), -number))
        row[largest] -= sum(row[number] for number in block)


def score(row, worths):
    """The score of a role with these even weights."""
    return sum(map(mul, row, worths))


def favored(even, number):
    """The roles that statement `number` favors: none gains more when its answer is raised."""
    most = max(row[number] for row in even.values())
    return [role for role, row in even.items() if row[number] == most]


@dataclass(frozen=True)
class Because:
    """One answer that counted for or against a role, with the fact about the role behind it."""

    statement: object
    answer: object
    reason: str
    counted: int


@dataclass(frozen=True)
class Ranked:
    """One role in the order. `place` is shared by roles that tie; `score` is None without any weight."""

    role: str
    place: int
    is_tied: bool
    score: int | None
    is_nearly_level: bool

    @property
    def deviations(self):
        """The score in standard deviations of random answers; 0 without any weight."""
        return (self.score or 0) / SPREAD

    @property
    def strength(self):
        """The key of the words for how strongly the answers point to the role."""
        if self.score is None:
            return NO_WEIGHTS
        return next((key for least, key in STRENGTHS if self.deviations >= least), AWAY)

    @property
    def width(self):
        """The bar in percent: 50 is neither for nor against; 2.5 standard deviations fill or empty it."""
        return round(max(0.0, min(100.0, 50 + 20 * self.deviations)), 1)


@dataclass(frozen=True)
class Ranking:
    """All roles in order, best first; ties in the order in which the roles were given."""

    sheet: object
    even: dict
    rows: tuple

    @property
    def tells_apart(self):
        """Whether any two roles with weights got different scores."""
        return len({each.score for each in self.rows if each.score is not None}) > 1

    @property
    def hardly(self):
        """Whether even the first role is hardly more than what chance gives."""
        return self.rows[0].deviations < STRENGTHS[2][0]

    @property
    def first(self):
        """The roles that share the first place."""
        return [each.role for each in self.rows if each.place == 1]

    @property
    def places(self):
        return {each.role: each.place for each in self.rows}

    def because(self, role):
        """(for, against): what counted, largest first. Only answers whose reason reads in the direction it counted.

        Balancing can turn a small weight around, because other roles have a larger one: then no honest "because"
        can be written from the editors' sentence, and none is.
        """
        found = []
        answered = zip(self.sheet.questions.statements, self.sheet.answers, self.even.get(role, ()), strict=False)
        for statement, answer, even in answered:
            weight = statement.weights.get(role)
            if answer and weight and even * answer.worth and (even > 0) == (weight.value > 0):
                found.append(Because(statement, answer, weight.reason, even * answer.worth))
        found.sort(key=lambda each: -abs(each.counted))
        return [each for each in found if each.counted > 0], [each for each in found if each.counted < 0]


def rank(sheet, roles, even=None):
    """A Ranking of the `roles` (slugs, in the order in which ties are listed). Takes `even_weights` if at hand."""
    even = even_weights(sheet.questions, roles) if even is None else even
    worths = sheet.worths
    scores = {role: score(row, worths) for role, row in even.items()}
    judged = sorted((role for role in roles if role in scores), key=lambda role: -scores[role])
    found = []
    for number, role in enumerate(judged):
        own = scores[role]
        above = scores[judged[number - 1]] if number else None
        below = scores[judged[number + 1]] if number + 1 < len(judged) else None
        found.append(
            Ranked(
                role=role,
                place=found[-1].place if own == above else number + 1,
                is_tied=own in (above, below),
                score=own,
                is_nearly_level=above is not None and 0 < above - own < NEARLY_LEVEL * SPREAD,
            )
        )
    rest = [role for role in roles if role not in scores]
    found += [Ranked(role, len(judged) + 1, len(rest) > 1, None, False) for role in rest]
    return Ranking(sheet, even, tuple(found))


@dataclass(frozen=True)
class WhatIf:
    """What learning one skill would do to the order.

    `risen`: (role, place before, Ranked after), highest first.
    """

    skill: str
    risen: tuple
    order: tuple


def _is_for(statement, role):
    return role in statement.weights and statement.weights[role].value > 0


def what_if(ranking, roles):
    """The skill that would change the order most if it were learned; None when no skill would.

    Looked at are the skills that we ask about and that were not answered with full confidence. A role is said to rise
    only when the skill itself speaks for it, not when others fall. A change at the very top counts most, then how
    many places roles rise.
    """
    best, best_size = None, (False, 0)
    before = ranking.places
    for number, statement in enumerate(ranking.sheet.questions.statements):
        answer = ranking.sheet.answers[number]
        if not statement.skill or (answer and answer.worth == statement.answers[-1].worth):
            continue
        after = rank(ranking.sheet.having_learned(number), roles, ranking.even)
        risen = [
            (row.role, before[row.role], row)
            for row in after.rows
            if row.place < before[row.role] and ranking.even[row.role][number] > 0 and _is_for(statement, row.role)
        ]
        size = (any(row.place == 1 for _, _, row in risen), sum(old - row.place for _, old, row in risen))
        if risen and size > best_size:
            best = WhatIf(statement.skill, tuple(risen), tuple(each.role for each in after.rows))
            best_size = size
    return best
