"""What the class picture shows, put together from the tallies of a class. Pure: takes loaded rows."""

from dataclasses import dataclass
from itertools import accumulate, groupby

from match.questions import SKIPPED

from .tallies import FIRST, NONE, SEVERAL, STEP

# How each answer is drawn, strongest first. Skipped comes last in either list.
TONES = {
    5: ("for-2", "for-1", "between", "against-1", "against-2", "skipped"),
    3: ("for-2", "for-1", "against-2", "skipped"),
}


@dataclass(frozen=True)
class First:
    """How often one role came first, or none or several did. `role` is None for these."""

    role: object
    words: str
    count: int


@dataclass(frozen=True)
class Part:
    """How many gave one answer, and where it is drawn: from `x` on, `width` wide, both in percent of the bar."""

    words: str
    count: int
    tone: str
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One statement with what the class answered. `sums` are (words, count) with similar answers taken together."""

    statement: object
    skill: object
    parts: list
    sums: list


@dataclass(frozen=True)
class Group:
    """The statements under one heading; `answers` are the heads of their table."""

    key: str
    rows: list

    @property
    def answers(self):
        return [part.words for part in self.rows[0].parts]


def sums_in_words(label):
    """{group: words for much, in between, little}. `label` gives the words of the editors."""
    between = label("class-between", "in between")
    return {
        "doing": (label("class-like", "would like it"), between, label("class-dislike", "would rather not")),
        "working": (label("class-same", "say “like me”"), between, label("class-other", "say “not like me”")),
        "minding": (label("class-mind", "would mind"), between, label("class-not-mind", "would not mind")),
        "skills": (
            label("class-confident", "confident"),
            label("class-some", "some"),
            label("class-not-yet", "not yet"),
        ),
    }


class Picture:
    """Everything the picture shows.

    `counts` is a list of (about, answer, count, shown), read at one moment, so that it adds up whatever is counted
    meanwhile. `roles` and `skills` are the published ones, by the slug that the questions know. `label` gives the
    words.

    It shows the last full step, also when the class has ended. A smaller one would tell: whoever saw the picture
    before could subtract, and know what those few students answered.
    """

    def __init__(self, questions, counts, roles, skills, label, *, is_open):
        self.is_open, self._label, self._words = is_open, label, sums_in_words(label)
        self.results = sum(count for about, _, count, _ in counts if about == FIRST)
        self.counts = {(about, answer): shown for about, answer, _, shown in counts}
        self.total = sum(count for (about, _), count in self.counts.items() if about == FIRST)
        self.first = self._first(roles)
        self.groups = [
            Group(key, self._in_order(key, [self._row(each, skills) for each in statements]))
            for key, statements in groupby(questions.statements, key=lambda each: each.group)
        ]

    @property
    def step(self):
        return STEP

    @property
    def left_out(self):
        """How many results are counted and not shown."""
        return self.results - self.total

    @property
    def leading(self):
        """The roles that came first most often; none when no role ever did."""
        most = max((each.count for each in self.first if each.role), default=0)
        return [each for each in self.first if each.role and each.count == most] if most else []

    def _first(self, roles):
        answers = {answer: count for (about, answer), count in self.counts.items() if about == FIRST}
        several, none = answers.pop(SEVERAL, 0), answers.pop(NONE, 0)
        found = [First(roles[slug], roles[slug].title, count) for slug, count in answers.items() if slug in roles]
        found.sort(key=lambda each: -each.count)
        gone = sum(count for slug, count in answers.items() if slug not in roles)
        label = self._label
        others = [
            First(None, label("class-several", "Several roles share the first place"), several),
            First(None, label("class-none-first", "The answers hardly tell the roles apart"), none),
            First(None, label("class-gone", "A role that is no longer on this site"), gone),
        ]
        return found + [each for each in others if each.count]

    def _row(self, statement, skills):
        answers = [*((each.sign, each.words) for each in reversed(statement.answers))]
        answers.append((SKIPPED, self._label("class-skipped", "skipped")))
        counts = [self.counts.get((statement.key, sign), 0) for sign, _ in answers]
        widths = [100 * count / self.total if self.total else 0 for count in counts]
        starts = accumulate(widths, initial=0)
        tones = TONES[len(statement.answers)]
        parts = [
            Part(words, count, tone, x, width)
            for (_, words), count, tone, x, width in zip(answers, counts, tones, starts, widths, strict=False)
        ]
        return Row(statement, skills.get(statement.skill), parts, self._sums(statement, counts))

    def _sums(self, statement, counts):
        """Similar answers taken together, with their words, and who skipped it, if anybody did."""
        much, between, little = self._words[statement.group]
        *answers, skipped = counts
        side = len(answers) // 2
        sums = [(much, sum(answers[:side])), (between, answers[side]), (little, sum(answers[side + 1 :]))]
        return sums + ([(self._label("class-skipped", "skipped"), skipped)] if skipped else [])

    @staticmethod
    def _in_order(key, rows):
        """What the class leans to most at the top; of skills, what is missing most."""
        lean = {id(row): row.sums[0][1] - row.sums[2][1] for row in rows}
        return sorted(rows, key=lambda row: lean[id(row)] if key == "skills" else -lean[id(row)])
