"""Which of the pages found comes first. Pure functions over plain words: the same order on every database.

The weights are judgments, tuned on the sixty searches of tests/careers/judged_queries.py. In short: the page that is
called what you typed comes first, then pages that have your words in their title, their other names, the sentence
under the title, and last those that mention them; rare words count more than common ones.
"""

import math
from dataclasses import dataclass

# What a word is worth where it stands, whole or as the beginning of a longer word.
TITLE, OTHER_NAME, SUMMARY, BODY = 10, 8, 4, 1
BEGINNING = 0.6
MENTION = 0.1  # more for each further mention in the body
MOST_MENTIONS = 10

IS_TITLE, IS_NAME = 14, 12  # the page is called exactly that
PHRASE_IN_NAME, PHRASE_IN_SUMMARY, PHRASE_IN_BODY = 4, 2, 1
TITLE_FOCUS = 3  # for a title that is all about the words

# Where all else is equal, readers rather want a job than a footnote.
PRIOR = {"role": 1.6, "software": 1.2, "skill": 1, "standard": 1, "trend": 0.8, "reason": 0.5, "page": 0.6}

# A page that answers much less of the question than the best one is no answer.
ENOUGH = 0.55


@dataclass(frozen=True)
class Wanted:
    """One way to read a search: the pieces to look for with their weights, and the phrase they came from.

    A piece is a plain word with a space before it: " scan" stands for every word that begins so, " app " with a space
    after it for that word alone.
    """

    weights: dict
    phrase: str
    worth: float = 1.0


def weight_of(pages):
    """What a word counts that `pages` pages hold."""
    return 1 / (1 + math.log(1 + pages))


def score(entry, wanted):
    """(points, share of the question answered) of one entry. `entry` has `kind`, and `text` in four lines."""
    title, others, summary, body = entry.text.split("\n")
    points = answered = 0.0
    for piece, weight in wanted.weights.items():
        best = max(
            TITLE * _standing(title, piece),
            OTHER_NAME * _standing(others, piece),
            SUMMARY * _standing(summary, piece),
            _mentioned(body, piece),
        )
        points += weight * best
        answered += weight if best else 0
    total = sum(wanted.weights.values()) or 1
    share = answered / total
    if not points:
        return 0.0, 0.0
    found = points / total * share**2 + _phrase(title, others, summary, body, wanted.phrase)
    found += TITLE_FOCUS * _focus(title, wanted.weights)
    return (found + PRIOR[entry.kind]) * wanted.worth, share


def _standing(line, piece):
    """1 for the whole word, less for the beginning of one, 0 for neither."""
    if f"{piece.rstrip()} " in line:
        return 1
    return BEGINNING if piece in line else 0


def _mentioned(body, piece):
    standing = _standing(body, piece)
    if not standing:
        return 0
    return BODY * standing + MENTION * min(body.count(piece), MOST_MENTIONS)


def _phrase(title, others, summary, body, phrase):
    """Extra points where the whole phrase stands together."""
    phrase = f" {phrase} "
    names = others.split("|")
    if phrase == title:
        return IS_TITLE
    if phrase in names:
        return IS_NAME
    if phrase in title or any(phrase in name for name in names):
        return PHRASE_IN_NAME
    if phrase in summary:
        return PHRASE_IN_SUMMARY
    return PHRASE_IN_BODY if " " in phrase.strip() and phrase in body else 0


def _focus(title, pieces):
    """How much of the title is what was looked for, 0 to 1."""
    of_title = title.split()
    return sum(holds(pieces, word) for word in of_title) / len(of_title) if of_title else 0


def holds(pieces, word):
    """Is the plain word one that the pieces stand for?"""
    return f" {word} ".startswith(tuple(pieces))


def rank(entries, readings):
    """The entries that answer one of the readings, best first, without those that answer far less than the best."""
    scored = []
    for entry in entries:
        points, share = max(score(entry, wanted) for wanted in readings)
        if points:
            scored.append((points, share, entry))
    if not scored:
        return []
    enough = ENOUGH * max(share for _, share, _ in scored)
    kept = [(points, entry) for points, share, entry in scored if share >= enough]
    kept.sort(key=lambda pair: (-round(pair[0], 6), pair[1].position, pair[1].address))
    return [entry for _, entry in kept]


# Typed errors


def distance(first, second):
    """How many slips lead from one word to the other: a letter wrong, missing, too many, or two swapped."""
    before, last = None, list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        this = [row]
        for column, other in enumerate(second, 1):
            cost = min(last[column] + 1, this[column - 1] + 1, last[column - 1] + (letter != other))
            if before and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        before, last = last, this
    return last[-1]


def most_slips(word):
    """How many slips are forgiven in a word of this length."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2 if len(word) < 12 else 3


def nearest_word(word, known, *, unfinished=False):
    """The word of `known` ({word: pages}) that was most likely meant, or "".

    With `unfinished` the word may be the beginning of a longer one, as while a reader types.
    """
    best = None
    for other, pages in known.items():
        slips = distance(word, other)
        if unfinished and len(word) > 4 and len(other) > len(word):
            slips = min(slips, distance(word, other[: len(word)]) + 0.5)
        if slips <= most_slips(word):
            place = (slips, other[:1] != word[:1], -pages, other)
            best = min(best, place) if best else place
    return best[3] if best else ""


def pieces_of(word):
    """The trigrams of a word, with a space at each end: " di", "dic", "ico", "com", "om "."""
    padded = f" {word} "
    return list(dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2)))
