"""Sheets of paper to write on: which there are, how many roles each is about, and how many lines each question has."""

from dataclasses import dataclass, field

MOST_ASKED = 4


@dataclass(frozen=True)
class Worksheet:
    """One sheet. Its words are those of the page `worksheet-<key>`."""

    key: str
    most_roles: int  # that it can be about
    lines: dict = field(default_factory=dict)  # {key of a passage: lines to write on}

    @property
    def words_key(self):
        return f"worksheet-{self.key}"

    def prompts(self, words):
        """(passage, one entry for each line under it), in the order of the sheet."""
        return [(words.passage(key), range(count)) for key, count in self.lines.items()]


WORKSHEETS = {
    sheet.key: sheet
    for sheet in [
        Worksheet("compare", 2, {"day": 2, "bother": 2, "surprise": 2, "find-out": 2, "choice": 2}),
        Worksheet("project", 1, {"when": 1, "end": 2, "stuck": 3, "show": 2, "liked": 2}),
        Worksheet("questions", 1, {"told": 2, "next": 2}),
        Worksheet("match", 0, dict.fromkeys(["first", "because", "against", "agree", "have", "learn", "read"], 2)),
    ]
}


def questions_for(role):
    """The first question to each type of employer, then the second ones, at most as many as fit on the sheet."""
    asked = [questions for _, _, questions in role.employers]
    in_turn = [group[turn] for turn in range(max(map(len, asked), default=0)) for group in asked if turn < len(group)]
    return in_turn[:MOST_ASKED]


def weekend_project(role):
    """The project for a weekend, or None."""
    return next((each for each in role.projects.all() if each.size == each.Size.WEEKEND), None)
