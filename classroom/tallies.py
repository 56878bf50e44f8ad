"""What is counted of an answer sheet. Pure: no database, no request.

A key is (about, answer). Of every sheet exactly one key about the first place is counted, and one about each
statement. So what is counted about any one thing adds up to the number of sheets.
"""

from match.questions import SKIPPED
from match.scoring import rank

# The picture is drawn from so many results on, and grows by as many at once: no step shows one student.
STEP = 5

# What a key about the first place is about: no statement has an empty key.
FIRST = ""
# Answers about the first place besides the slugs of roles, which hold neither sign.
SEVERAL, NONE = "*", "?"


def first_place(ranking):
    """What came first, just as the heading of the student's own result says it.

    The slug of a role; SEVERAL when roles share the place; NONE when the answers don't tell the roles apart, or
    hardly do.
    """
    if not ranking.rows or not ranking.tells_apart or ranking.hardly:
        return NONE
    return ranking.first[0] if len(ranking.first) == 1 else SEVERAL


def keys_of(sheet, roles):
    """The key about the first place among these roles (slugs), then one about each statement."""
    answers = zip(sheet.questions.statements, sheet.signs, strict=True)
    return [(FIRST, first_place(rank(sheet, roles))), *((statement.key, sign) for statement, sign in answers)]


def every_key(questions, roles):
    """Every key that a sheet can have, in the order in which they are shown."""
    yield from ((FIRST, answer) for answer in (*roles, SEVERAL, NONE))
    for statement in questions.statements:
        yield from ((statement.key, answer.sign) for answer in reversed(statement.answers))
        yield (statement.key, SKIPPED)
