"""Which occupations of ESCO, the European list, come near to official US occupations.

Nobody official links the two lists one to one. `data/esco.csv` holds what can be shown: pairs that Nesta's crosswalk
of November 2020 gives with its highest confidence, where O*NET calls the occupation today what it called it then or
has merged it into one of that name; and one pair whose names are the same. The source is `nesta-esco-onet-2020`.
What cannot be shown is left out.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BASES = {
    "crosswalk": "Nesta's crosswalk of November 2020, highest confidence",
    "name": "The same name; our reading",
}
FILE = Path(__file__).parent / "data" / "esco.csv"


@dataclass(frozen=True)
class EscoOccupation:
    """An occupation of ESCO, and why it is called near."""

    uri: str
    title: str
    basis: str


@cache
def _by_code():
    found = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            near = EscoOccupation(row["uri"], row["title"], BASES[row["basis"]])
            found.setdefault(row["occupation"], []).append(near)
    return found


def near(code):
    """The EscoOccupations near to the official occupation with that code; often none."""
    return _by_code().get(code, [])
