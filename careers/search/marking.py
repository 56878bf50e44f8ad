"""What a result shows of a page: the words found, marked, and the lines around them. Pure functions."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from .normalize import tokens
from .ranking import holds

# In signs: how long an excerpt is, and how much of that stands before the first word found.
EXCERPT, BEFORE = 170, 40


def found_in(text, pieces):
    """(start, end) of every word in `text` that the pieces stand for."""
    return [(start, end) for start, end, word in tokens(text) if holds(pieces, word)]


def marked(text, pieces):
    """The text as safe HTML, with <mark> around the words found."""
    parts, last = [], 0
    for start, end in found_in(text, pieces):
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308 - every part is escaped


def excerpt(text, pieces):
    """The line of a text that holds most of what was looked for, cut between words; "" when none holds any."""
    line, found = max(
        ((line, found_in(line, pieces)) for line in text.split("\n")),
        key=lambda each: _different(*each),
    )
    if not found:
        return ""
    start = max((start for start, _ in found), key=lambda start: (_different(line, found, start), -start))
    start = line.rfind(" ", 0, start - BEFORE) + 1 if start > BEFORE else 0
    end = len(line) if len(line) <= start + EXCERPT else line.rfind(" ", start, start + EXCERPT)
    end = end if end > start else start + EXCERPT
    return f"{'… ' if start else ''}{line[start:end].strip()}{' …' if end < len(line) else ''}"


def _different(line, found, start=0):
    """How many different words were found within an excerpt's length from `start`."""
    return len({line[first:last].casefold() for first, last in found if start <= first < start + EXCERPT - BEFORE})
