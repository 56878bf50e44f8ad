"""How good the search is: the mean reciprocal rank of the sixty judged searches, on the database of DATABASE_URL.

    .venv/bin/python benchmarks/judge_search.py

Reads the database only; `manage.py load_content` fills it. With -v it also shows what came first instead. The
results count in the order in which the page shows them.
"""

import os
import secrets
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DEBUG": "off", "DJANGO_SETTINGS_MODULE": "config.settings"}  # DEBUG would keep every query
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("ALLOWED_HOSTS", "localhost")
django.setup()

from django.db import connection  # noqa: E402

from careers.search.find import find, in_sight  # noqa: E402
from tests.careers.judged_queries import HELD_OUT, JUDGED, mean_reciprocal_rank, places  # noqa: E402


def show(name, judged):
    """Print what was not found at once, and the measure."""
    found = places(lambda query: in_sight(find(query).entries), judged)
    for query, place in found.items():
        if place != 1:
            print(f"{query!r}: {'nothing acceptable' if place is None else f'acceptable at place {place}'}")
            if "-v" in sys.argv:
                print("   ", ", ".join(f"{entry.kind}/{entry.key}" for entry in in_sight(find(query).entries)[:6]))
    first = sum(place == 1 for place in found.values())
    print(f"{connection.vendor}, {name}: {len(judged)} searches, {first} with an acceptable result at the top.")
    print(f"Mean reciprocal rank: {mean_reciprocal_rank(found):.3f}\n")


show("judged", JUDGED)
show("held out", HELD_OUT)
