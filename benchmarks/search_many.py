"""How the search grows: the real content against 20,000 pages, on the empty database of DATABASE_URL.

    DATABASE_URL=sqlite:////tmp/many.sqlite3 .venv/bin/python benchmarks/search_many.py
    bin/with-postgres .venv/bin/python benchmarks/search_many.py

Fills the database (never use one that holds anything). The pages are invented: 140 words each from 30,000, as unevenly
spread as words are. Prints for each search the queries asked and the time by the clock, as the median of some repeats.
"""

import io
import os
import random
import secrets
import statistics
import sys
import time
from itertools import accumulate
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DEBUG": "off", "DJANGO_SETTINGS_MODULE": "config.settings"}  # DEBUG would keep every query
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("ALLOWED_HOSTS", "localhost")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from careers.search.find import find, in_groups, with_words  # noqa: E402
from careers.search.index import rebuild  # noqa: E402
from skills.models import Skill  # noqa: E402

PAGES = 20_000
REPEATS = 9
SEARCHES = {
    "one name": "DICOM",
    "a typed error": "telemedecine",
    "a word on every page": "software",
    "three common words": "software for patient data",
    "a question": "how do I become a telemedicine developer",
    "nothing like it": "qqxzj",
    "two letters, being typed": "te",
}
REST = ["general_tech", "healthcare", "level_1", "level_2", "level_3", "level_4", "trade_off"]
COMMON_WORDS = ["software", "patient", "data", "developer", "health", "system", "record"]


def invented(count):
    """`count` published skills with texts of invented words; a few real words stand on most of them."""
    dice = random.Random(20261122)  # noqa: S311 - texts, not secrets
    syllables = [first + second for first in "bcdfghklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er")]
    vocabulary = ["".join(dice.choices(syllables, k=dice.choice([2, 3, 3, 4]))) for _ in range(30_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))

    def words(how_many):
        return " ".join(
            [*dice.choices(vocabulary, cum_weights=weights, k=how_many), *dice.choices(COMMON_WORDS, k=how_many // 20)]
        )

    for number in range(count):
        yield Skill(
            slug=f"invented-{number}",
            name=f"{words(2).title()} {number}",
            kind=dice.choice(Skill.Kind.values),
            status="published",
            reviewed_on="2026-11-22",
            review_due="2027-05-22",
            position=1_000 + number % 30_000,
            summary=words(15),
            meaning=words(120),
            **dict.fromkeys(REST, "Text."),
        )


def search(q, unfinished):
    found = find(q, unfinished=unfinished)
    with_words([entry for group in in_groups(found.entries) for entry in group.entries])
    return found


def measured():
    """{name: (queries, milliseconds by the clock, results)} of every search."""
    figures = {}
    for name, q in SEARCHES.items():
        unfinished = "being typed" in name
        with CaptureQueriesContext(connection) as asked:
            found = search(q, unfinished)
        took = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            search(q, unfinished)
            took.append(1_000 * (time.perf_counter() - start))
        figures[name] = (len(asked), statistics.median(took), found.count)
    return figures


call_command("migrate", verbosity=0)
call_command("load_figures", verbosity=0, stdout=io.StringIO())
call_command("load_content", verbosity=0, stdout=io.StringIO())
few_pages, few = rebuild(), measured()
start = time.perf_counter()
Skill.objects.bulk_create(invented(PAGES - few_pages), batch_size=500)
print(f"made in {time.perf_counter() - start:.0f} s", flush=True)
start = time.perf_counter()
many_pages = rebuild()
print(f"{connection.vendor}: {many_pages:,} pages indexed in {time.perf_counter() - start:.0f} s")
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
many = measured()
print(f"| search | queries: {few_pages}, {many_pages:,} pages | ms | ms | ratio | results of {many_pages:,} |")
for name in SEARCHES:
    (asked, fast, _), (asked_of_many, slow, results) = few[name], many[name]
    print(f"| {name} | {asked}, {asked_of_many} | {fast:.1f} | {slow:.1f} | {slow / fast:.1f} | {results} |")
