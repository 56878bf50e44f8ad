"""BLS Employment Projections, in any of the three shapes in which BLS hands them out.

- the workbook occupation.xlsx (https://www.bls.gov/emp/tables.htm), sheet “Table 1.2”
- that sheet saved as CSV
- the CSV that https://data.bls.gov/projections/occupationProj exports

All name the years in their column headings, which is where the period is read.
"""

import csv
import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from outlook.models import Projection
from outlook.programs import PROJECTIONS

from . import scope
from .reading import Refusal, opened, text_of
from .spreadsheet import Workbook
from .storing import Table, release_details, store

SHEET = "Table 1.2"
VALUE_FIELDS = ["period", "jobs_now", "jobs_then", "change", "percent", "openings", "education"]

# What each column is called, first in the export, then in Table 1.2; both after `_plain`.
COLUMNS = {
    "title": r"occupation title|\d{4} national employment matrix title",
    "code": r"occupation code|\d{4} national employment matrix code",
    "jobs": r"employment,? (\d{4})",
    "change": r"employment change, (?:numeric, )?(\d{4})-(\d{2,4})",
    "percent": r"employment (?:percent change|change, percent), (\d{4})-(\d{2,4})",
    "openings": r"occupational openings, (\d{4})-(\d{2,4}) annual average",
    "education": r"typical entry-level education|typical education needed for entry",
}
NO_VALUE = {"", "—", "–", "-", "N/A", "n/a"}


@dataclass
class ProjectionRelease:
    """What we keep of a set of projections. `rows`: {(occupation,): values in the order of VALUE_FIELDS}."""

    period: str
    period_name: str
    occupations: dict
    rows: dict
    sha256: dict
    notes: list


def import_file(path, *, dry_run=False, **said):
    """Read one official file and store the release. Returns a Stored. Raises Refusal."""
    return save(read_file(path), dry_run=dry_run, **said)


def save(release, *, dry_run=False, **said):
    """Store a release that was read from an official file or from the box. Returns a Stored.

    `said`: see `release_details`.
    """
    details = release_details(PROJECTIONS, release, said)
    table = Table(Projection, ["occupation_id"], VALUE_FIELDS, release.rows)
    stored = store(details, [table], before=lambda: scope.save_occupations(release.occupations), dry_run=dry_run)
    stored.notes += release.notes
    return stored


def read_file(path):
    """The release in one official file. Raises Refusal, naming file and line."""
    if path.suffix.lower() == ".xlsx":
        lines, sha256 = _sheet_lines(path)
    else:
        lines, sha256 = _csv_lines(path)
    header_line, columns, years = _find_header(path, lines)
    kept, rows, titles = scope.kept_occupations(), {}, {}
    first, last = years
    for number, cells in lines:
        if number <= header_line or not any(cells):
            continue
        code = _code(_cell(cells, columns["code"]))
        if code not in kept:
            continue
        if (code,) in rows:
            raise Refusal(path, number, f"Occupation {code} stands here twice.")
        if len(cells) <= max(columns.values()):
            raise Refusal(path, number, "The line is shorter than the header: it was cut short on the way.")
        rows[code,] = (f"{first}-{last}", *_values(path, number, cells, columns))
        titles[code] = kept[code]
    counted = {code for code in kept if len(code) == 7}
    missing = sorted(counted - {code for (code,) in rows})
    if not rows:
        raise Refusal(path, 0, "There is nothing in this file for the occupations we keep.")
    notes = [f"No projection for {code}: this file does not list it." for code in missing]
    name = f"{first}–{last[2:]}"
    return ProjectionRelease(f"{first}-{last[2:]}", name, titles, rows, sha256, notes)


def _csv_lines(path):
    with opened(path) as file:
        texts = [text_of(file, number, line) for number, line in file.lines()]
        digest = file.sha256
    reader = csv.reader(texts, strict=True)
    try:
        return [(reader.line_num, row) for row in reader], {path.name.removesuffix(".gz"): digest}
    except csv.Error as error:
        raise Refusal(path, reader.line_num, f"Not readable as CSV: {error}.") from error


def _sheet_lines(path):
    book = Workbook(path)
    if SHEET not in book.sheet_names:
        raise Refusal(path, 0, f"There is no sheet “{SHEET}” in this workbook.")
    rows = [
        (number, {_column_number(letter): text for letter, text in cells.items()}) for number, cells in book.rows(SHEET)
    ]
    # Excel writes no cell where there is nothing: a short row is whole.
    width = 1 + max((place for _, cells in rows for place in cells), default=-1)
    lines = [(number, [cells.get(place, "") for place in range(width)]) for number, cells in rows]
    return lines, {path.name: hashlib.sha256(path.read_bytes()).hexdigest()}


def _column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _plain(heading):
    """A heading without footnote marks, line breaks and typographic dashes, in lower case."""
    text = re.sub(r"\[\d+\]", "", heading.replace("–", "-").replace("—", "-"))
    return " ".join(text.split()).lower()


def _find_header(path, lines):
    """(line, {name: column}, (first year, last year)). The header stands in one of the first lines."""
    for number, cells in lines[:10]:
        found = {}
        for place, heading in enumerate(cells):
            for name, pattern in COLUMNS.items():
                match = re.fullmatch(pattern, _plain(heading))
                if match:
                    found.setdefault(name, []).append((place, match))
        if set(found) == set(COLUMNS) and len(found["jobs"]) == 2:
            (now, first), (then, last) = found.pop("jobs")
            columns = {name: places[0][0] for name, places in found.items()} | {"now": now, "then": then}
            years = first[1], last[1]
            span = found["change"][0][1]
            if span[1] != years[0] or span[2][-2:] != years[1][-2:]:
                raise Refusal(path, number, "The years in the headings do not agree.")
            return number, columns, years
    raise Refusal(
        path, 1, "These are no employment projections: the columns of Table 1.2 or of the export are missing."
    )


def _cell(cells, place):
    return cells[place].strip() if place < len(cells) else ""


def _code(text):
    """15-1252, which the export writes as =\"15-1252\" so that Excel does not take it for a date."""
    return text.strip('="')


def _values(path, number, cells, columns):
    """The row's numbers and the education, in the order of VALUE_FIELDS after the period."""
    numbers = []
    for name in ("now", "then", "change", "percent", "openings"):
        text = _cell(cells, columns[name])
        if text in NO_VALUE and name == "openings":
            numbers.append(None)
            continue
        try:
            # Excel stores 15.8 as 15.800000000000001; all these columns are published with one decimal.
            numbers.append(Decimal(text.replace(",", "")).quantize(Decimal("0.1")))
        except InvalidOperation as error:
            raise Refusal(path, number, f"“{text}” is no number ({name}).") from error
    if abs(numbers[1] - numbers[0] - numbers[2]) > Decimal("0.2"):
        raise Refusal(path, number, "The change is not the difference of the two years: the columns are mixed up.")
    education = _cell(cells, columns["education"])
    return (*numbers, "" if education in NO_VALUE else education)
