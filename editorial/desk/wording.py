"""A difference between two versions, in words an editor reads: what was taken out and what was put in."""

import difflib
import re

# A word with the white space after it, so that texts come together again as they were.
WORD = re.compile(r"\S+\s*|\s+")
SAME, TAKEN_OUT, PUT_IN = "same", "out", "in"
WORDS_AROUND = 12


def as_text(value):
    """A field or a list as lines of text: each row of a list on a line of its own."""
    if isinstance(value, list):
        return "".join(f"{_row(row)}\n" for row in value)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _row(row):
    if not isinstance(row, dict):
        return str(row)
    return " · ".join(as_text(value) for value in row.values() if value not in ("", None))


def word_changes(before, after):
    """The way from one value to the other, as a list of (SAME, TAKEN_OUT or PUT_IN, text).

    Long stretches that are the same are shortened to the words around a change, or to their beginning.
    """
    old, new = WORD.findall(as_text(before)), WORD.findall(as_text(after))
    steps = []
    for step, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            steps.append((SAME, "".join(old[i:j])))
            continue
        if i < j:
            steps.append((TAKEN_OUT, "".join(old[i:j])))
        if k < m:
            steps.append((PUT_IN, "".join(new[k:m])))
    return [_shortened(place, step, len(steps)) for place, step in enumerate(steps)]


def _shortened(place, step, how_many):
    name, text = step
    words = WORD.findall(text)
    if name != SAME or len(words) <= 2 * WORDS_AROUND + 5:
        return step
    before = "".join(words[:WORDS_AROUND]) if place or how_many == 1 else ""
    after = "".join(words[-WORDS_AROUND:]) if place < how_many - 1 else ""
    return SAME, f"{before}… {after}"
