"""Text to the plain words that are stored, and looked for: lower case, no accents, no plural ending.

The same function reads pages and searches, so that "Café-Apps" on a page and "cafe app" in a search meet.
"""

import re
import unicodedata
from functools import lru_cache

# Letters and digits of any script; "c++" and "c#" are words too.
TOKEN = re.compile(r"[^\W_]+(?:\+\+|#)?")
LONGEST_WORD = 40

# Words that say nothing about what a reader looks for.
STOP_WORDS = frozenset(
    word
    for line in (
        "a am an and any are as at be become becoming been by can could did do does for from get had has have how i",
        "if in into is it its job let like many me mean most much my need of on one or our should so some than that",
        "the their there these they this to us want was we what when where which who will with work would you your",
    )
    for word in line.split()
)


@lru_cache(maxsize=50_000)
def plain_word(token):
    """One word in its plain form: "Diagnoses" is "diagnose", "Müller's" second part is "s"."""
    decomposed = unicodedata.normalize("NFKD", token.casefold())
    word = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _without_plural(word)[:LONGEST_WORD]


def _without_plural(word):
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "sis", "tis", "xis", "his")):
        return word[:-1]
    return word


def tokens(text):
    """(start, end, plain word) of every word in a text, for marking what was found."""
    for match in TOKEN.finditer(text):
        yield match.start(), match.end(), plain_word(match[0])


def words_of(text):
    """The plain words of a text, in order."""
    return [word for _, _, word in tokens(unicodedata.normalize("NFC", text)) if word]


def indexed(text):
    """A text as it stands in the index: plain words with single spaces, one before and one after.

    Parts that people also write as one follow once more, joined: "x-ray" gives "x ray xray", and "IEC 62304" gives
    "iec 62304 iec62304".
    """
    found, last_end, last_word = [], None, ""
    text = unicodedata.normalize("NFC", text)
    for start, end, word in tokens(text):
        if not word:
            continue
        found.append(word)
        if last_end is not None and start == last_end + 1 and _written_as_one(text[last_end], last_word, word):
            found.append((last_word + word)[:LONGEST_WORD])
        last_end, last_word = end, word
    return f" {' '.join(found)} " if found else " "


def _written_as_one(between, first, second):
    if between in "-‑/":
        return True
    return between == " " and first.isalpha() and second.isdecimal() and len(second) > 2


def meaningful(words):
    """The words without those that say nothing; all of them when nothing would be left."""
    return [word for word in words if word not in STOP_WORDS] or list(words)
