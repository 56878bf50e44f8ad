"""Does the questionnaire prefer a role? Measured on made-up answer sheets, since no formula can promise it.

Nothing here is about people: the sheets are drawn by chance, to see whether the questions lean by themselves.
"""

from dataclasses import dataclass
from itertools import combinations
from random import Random

from .scoring import NEARLY_LEVEL, SPREAD, even_weights, score

# How far a role's share of first places may be from an equal share, in percentage points.
TOLERANCE = 2.0


@dataclass(frozen=True)
class Fairness:
    """What was measured.

    shares: {role: how often it comes first under random answers, in percent; ties shared}
    agreeable: the same for readers who tend to say yes
    clear: {role: whether some sheet puts it first alone and clearly ahead}
    likeness: the lowest and the highest correlation between two roles' scores
    """

    sheets: int
    shares: dict
    agreeable: dict
    clear: dict
    likeness: tuple
    unweighted: tuple

    @property
    def equal_share(self):
        return 100 / len(self.shares) if self.shares else 0.0

    @property
    def sampling_error(self):
        """Two standard errors of a share, in percentage points: what chance alone adds at this number of sheets."""
        share = self.equal_share / 100
        return 200 * (share * (1 - share) / self.sheets) ** 0.5

    @property
    def leaning(self):
        """{role: share} of the roles whose share is off by more than the tolerance and what chance adds."""
        allowed = TOLERANCE + self.sampling_error
        return {role: share for role, share in self.shares.items() if abs(share - self.equal_share) > allowed}

    @property
    def out_of_reach(self):
        return [role for role, can in self.clear.items() if not can]

    @property
    def is_fair(self):
        return not self.leaning and not self.out_of_reach


def measure(questions, roles, sheets=100_000, seed=1):
    """A Fairness from that many random sheets. The same seed gives the same figures."""
    even = even_weights(questions, roles)
    worths = [[answer.worth for answer in each.answers] for each in questions.statements]
    return Fairness(
        sheets=sheets,
        shares=_shares(even, worths, sheets, Random(seed)),  # noqa: S311 - chance, not secrecy
        agreeable=_shares(even, [_saying_yes(each) for each in worths], sheets, Random(seed)),  # noqa: S311
        clear={role: _can_be_clear_first(role, even, worths) for role in even},
        likeness=_likeness(even, worths),
        unweighted=tuple(role for role in roles if role not in even),
    )


def _shares(even, worths, sheets, random):
    first = dict.fromkeys(even, 0.0)
    if not even:
        return first
    columns = [random.choices(each, k=sheets) for each in worths]
    rows = list(even.items())
    for sheet in zip(*columns, strict=True):
        scores = [score(row, sheet) for _, row in rows]
        most = max(scores)
        leaders = [role for (role, _), own in zip(rows, scores, strict=True) if own == most]
        for role in leaders:
            first[role] += 1 / len(leaders)
    return {role: 100 * count / sheets for role, count in first.items()}


def _saying_yes(worths):
    """The same answers, the second twice as likely as the lowest, the third three times, and so on."""
    return [worth for step, worth in enumerate(worths, 1) for _ in range(step)]


def _can_be_clear_first(role, even, worths):
    """Try the sheet that says of each statement what speaks most for this role and least for the others."""
    others = [row for other, row in even.items() if other != role]
    if not others or not any(even[role]):
        return False
    for against in (max, lambda values: sum(values) / len(values)):
        gains = [even[role][number] - against([row[number] for row in others]) for number in range(len(worths))]
        for sign in (1, 0):  # with the answers that another role gains most from, or leaving them in the middle
            sheet = [max(each) if gain > 0 else sign * min(each) for gain, each in zip(gains, worths, strict=True)]
            own = score(even[role], sheet)
            if own - max(score(row, sheet) for row in others) >= NEARLY_LEVEL * SPREAD:
                return True
    return False


def _likeness(even, worths):
    spreads = [sum(worth**2 for worth in each) / len(each) for each in worths]
    pairs = [
        sum(spread * a * b for spread, a, b in zip(spreads, one, other, strict=True)) / SPREAD**2
        for one, other in combinations(even.values(), 2)
    ]
    return (min(pairs), max(pairs)) if pairs else (0.0, 0.0)
