"""What a search finds: a number of queries that depends on the words typed, never on how many pages there are."""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Value, When

from .models import SearchEntry, SearchWord, Synonym
from .normalize import meaningful, words_of
from .ranking import Wanted, nearest_word, pieces_of, rank, weight_of
from .trigrams import rows

MOST_WORDS = 12
MOST_READINGS = 6
MOST_CORRECTED = 3
CANDIDATES = 200
NEAR_WORDS = 60
MOST_OF_A_KIND = 4
MOST_NEAREST = 5
MOST_PIECES = 40

# The share of a search's trigrams that a name has to hold to be called near.
NEAR_ENOUGH = 0.4

# A word on so many pages tells little; among pages that merely mention it, the first in order will do.
COMMON = 1_000

# What a synonym is worth beside the word itself: a page that is called what was typed comes before its neighbor.
SYNONYM = 0.85


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    `entries`: best first, without their long texts (see `with_words`). `marks`: the pieces to mark in what is shown.
    `corrections`: (typed, taken for) pairs. `unknown`: words that nothing here holds, nor anything like them.
    `shown`: the search without typed errors.
    """

    entries: list = field(default_factory=list)
    marks: tuple = ()
    corrections: tuple = ()
    unknown: tuple = ()
    shown: str = ""
    more: bool = False

    @property
    def count(self):
        return len(self.entries)


def find(q, *, unfinished=False):
    """Everything that answers `q`, best first. With `unfinished`, the last word may be the beginning of one."""
    typed = words_of(q)[:MOST_WORDS]
    if not typed:
        return Found()
    synonyms = all_synonyms()
    aliases = {word for phrase, _ in synonyms for word in phrase}
    known = _pages_by_word({*typed, *(word for _, means in synonyms for phrase in means for word in phrase)})
    words, corrections, unknown = _corrected(typed, known, aliases, unfinished)
    begun = words[-1] if unfinished and words else ""
    readings = _readings(words, synonyms, known, begun)
    if not readings:
        return Found(unknown=tuple(unknown))
    candidates, more = _candidates(readings, known)
    return Found(
        shown=" ".join(words),
        entries=rank(candidates, readings),
        marks=_pieces(readings),
        corrections=tuple(corrections),
        unknown=tuple(unknown),
        more=more,
    )


def with_words(entries):
    """The same entries with the texts that readers see, in one query."""
    full = SearchEntry.objects.defer("names", "text").in_bulk([entry.pk for entry in entries])
    return [full[entry.pk] for entry in entries if entry.pk in full]


def all_synonyms():
    """(words typed, [words meant, …]) for every phrase of every synonym."""
    found = []
    for typed, means in Synonym.objects.values_list("typed", "means"):
        meant = [words_of(line) for line in means.splitlines()]
        found += [(words_of(line), meant) for line in typed.splitlines()]
    return [(phrase, [each for each in means if each]) for phrase, means in found if phrase]


def _pages_by_word(words):
    return dict(SearchWord.objects.filter(word__in=words).values_list("word", "pages"))


def _corrected(typed, known, aliases, unfinished):
    """(words, corrections, unknown). Adds to `known` what it learns: beginnings of words, and what was meant."""
    words, corrections, unknown, asked = [], [], [], 0
    wanted = set(meaningful(typed))
    for place, word in enumerate(typed):
        last = unfinished and place == len(typed) - 1
        if word in known or word in aliases or word not in wanted or (last and len(word) < 3):
            words.append(word)
            continue
        near = {}
        if asked < MOST_CORRECTED and len(word) > 1:
            asked += 1
            near = _near(word)
        begun = [pages for other, pages in near.items() if other.startswith(word)]
        if begun and len(word) > 2:
            known[word] = max(begun)
            words.append(word)
            continue
        meant = nearest_word(word, {**dict.fromkeys(aliases, 0), **near}, unfinished=last)
        if meant:
            corrections.append((word, meant))
            known |= {meant: near[meant]} if meant in near else {}
            words.append(meant)
        else:
            unknown.append(word)
    return words, corrections, unknown


def _near(word):
    """{word: pages} of those that share most trigrams with `word`."""
    pieces = pieces_of(word)
    nearest_first = rows(
        lambda holding: (
            holding(SearchWord.objects, "padded", pieces)
            .annotate(hits=_hits("padded", pieces))
            .order_by("-hits", "-pages", "word")
            .values_list("word", "pages")[:NEAR_WORDS]
        )
    )
    return dict(nearest_first)


def _hits(column, pieces):
    """An expression that counts how many of the pieces stand in a column."""
    total = Value(0)
    for piece in pieces:
        holds = When(**{f"{column}__contains": piece}, then=Value(1))
        total = total + Case(holds, default=Value(0), output_field=IntegerField())
    return total


def _readings(words, synonyms, known, begun):
    """Every way to read the search: as it stands, and with each phrase replaced by what the site calls it."""
    phrases = [(words, 1.0)]
    for typed, means in synonyms:
        for start in range(len(words) - len(typed) + 1):
            if words[start : start + len(typed)] == typed:
                phrases += [([*words[:start], *meant, *words[start + len(typed) :]], SYNONYM) for meant in means]
    different = {}
    for phrase, worth in phrases:
        different.setdefault(" ".join(phrase), (phrase, worth))
    readings = []
    for phrase, worth in list(different.values())[:MOST_READINGS]:
        weights = {_piece(word, known, begun): weight_of(known.get(word, 0)) for word in meaningful(phrase)}
        if weights:
            readings.append(Wanted(weights, " ".join(phrase), worth))
    return readings


def _piece(word, known, begun):
    """What to look for: every word that begins so, but of a short word that is one by itself only that.

    "app" is not the beginning of "approval". Trigrams need three signs, so a single letter is only itself.
    """
    if len(word) > 1 and word == begun:
        return f" {word}"
    return f" {word} " if len(word) < 3 or (len(word) < 4 and word in known) else f" {word}"


def _pieces(readings):
    return tuple(dict.fromkeys(piece for wanted in readings for piece in wanted.weights))


def _candidates(readings, known):
    """At most some hundred entries that may answer, and whether there are more: by their names, then by their text."""
    pieces = _pieces(readings)
    pages = {piece: known.get(piece.strip(), 0) for piece in pieces if len(piece) > 3}
    rare = [piece for piece in pages if pages[piece] < COMMON]
    named = _first_with("names", pieces)
    rarest = sorted(pages, key=pages.get)[:1]
    mentioning = _first_with("text", rare) if rare else _first_with("text", rarest, common=True)
    found = {entry.pk: entry for entry in [*named, *mentioning]}
    return list(found.values()), CANDIDATES in (len(named), len(mentioning))


def _first_with(column, pieces, *, common=False):
    """At most some hundred entries that hold one of the pieces there: those that hold most, the first in order.

    `common`: very many hold the only piece.
    """
    if not pieces:
        return []
    order = ["position", "pk"]
    if len(pieces) > 1:  # all hold an only one: then the database may read in order until there are enough
        order = [_hits(column, pieces).desc(), *order]
    entries = SearchEntry.objects.only("kind", "position", "address", "title", "text")
    return rows(
        lambda holding: entries.filter(  # sorts keys only: the texts are long
            pk__in=holding(SearchEntry.objects.public(), column, pieces, common=common)
            .order_by(*order)
            .values("pk")[:CANDIDATES]
        )
    )


@dataclass(frozen=True)
class Group:
    """The results of one kind, best first, as far as the page shows them; `count` is how many there are."""

    kind: SearchEntry.Kind
    entries: list
    count: int


def in_groups(entries, most=MOST_OF_A_KIND):
    """The entries by kind, at most `most` of each. The kind of the best result comes first."""
    kinds = {}
    for entry in entries:
        kinds.setdefault(SearchEntry.Kind(entry.kind), []).append(entry)
    return [Group(kind, found[:most], len(found)) for kind, found in kinds.items()]


def in_sight(entries):
    """The entries in the order in which the first page of results shows them."""
    return [entry for group in in_groups(entries) for entry in group.entries]


def nearest(q):
    """What comes nearest when nothing answers: names that share pieces with the words, and else the first roles."""
    pieces = [piece for word in meaningful(words_of(q)[:MOST_WORDS]) if len(word) > 2 for piece in pieces_of(word)]
    pieces = list(dict.fromkeys(pieces))[:MOST_PIECES]
    entries = SearchEntry.objects.public().only("pk")
    near = []
    if pieces:
        near = rows(
            lambda holding: (
                holding(entries, "names", pieces)
                .annotate(hits=_hits("names", pieces))
                .filter(hits__gte=max(2, NEAR_ENOUGH * len(pieces)))
                .order_by("-hits", "position", "pk")[:MOST_NEAREST]
            )
        )
    return near or list(entries.filter(kind=SearchEntry.Kind.ROLE)[:MOST_NEAREST])
