"""The O*NET Database as text files (“Text”, tab-separated): https://www.onetcenter.org/database.html

Each table in the folder becomes a release of its own, since O*NET renews tables at different times. Tables that
are not there are left as they are.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction

from outlook.models import Rating, Task, Technology
from outlook.programs import ONET

from . import scope
from .reading import Refusal, opened, tabbed_rows, text_of
from .storing import Table, release_details, store

CODE = "O*NET-SOC Code"
TITLES = ("Occupation Data", [CODE, "Title", "Description"])


@dataclass(frozen=True)
class Layout:
    """One official table: its columns, the model it fills, and how a row becomes key and values."""

    model: type
    header: list
    key_fields: list
    value_fields: list
    take: object
    scales: tuple = ()


def _technology(row):
    flags = {"Y": True, "N": False}
    key = (row["Example"], row["Commodity Code"])
    return key, (row["Commodity Title"], flags[row["Hot Technology"]], flags[row["In Demand"]])


def _rating(row):
    value = Decimal(row["Data Value"]).quantize(Decimal("0.01"))
    return (row["Scale ID"], row["Element ID"]), (row["Element Name"], value, row["Domain Source"])


def _job_zone(row):
    value = Decimal(row["Job Zone"]).quantize(Decimal("0.01"))
    return (Rating.JOB_ZONE, ""), ("Job Zone", value, row["Domain Source"])


def _task(row):
    kind = "" if row["Task Type"] == "n/a" else row["Task Type"]
    return (int(row["Task ID"]),), (row["Task"], kind)


RATING_FIELDS = {
    "model": Rating,
    "key_fields": ["scale", "element_id"],
    "value_fields": ["element", "value", "made_by"],
}
SCORES = [CODE, "Element ID", "Element Name", "Scale ID", "Data Value", "Date", "Domain Source"]
TABLES = {
    "Technology Skills": Layout(
        model=Technology,
        header=[CODE, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"],
        key_fields=["name", "commodity"],
        value_fields=["category", "is_hot", "in_demand"],
        take=_technology,
    ),
    "Interests": Layout(header=SCORES, take=_rating, scales=(Rating.INTERESTS,), **RATING_FIELDS),
    # Release 30.1 brought a new model of work styles; a table of the older one is left out.
    "Work Styles": Layout(header=SCORES, take=_rating, scales=(Rating.WORK_STYLES,), **RATING_FIELDS),
    "Job Zones": Layout(header=[CODE, "Job Zone", "Date", "Domain Source"], take=_job_zone, **RATING_FIELDS),
    "Task Statements": Layout(
        model=Task,
        header=[CODE, "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source"],
        key_fields=["task_id"],
        value_fields=["text", "kind"],
        take=_task,
    ),
}

OLDER = {
    "Work Styles": [
        *SCORES[:5],
        "N",
        "Standard Error",
        "Lower CI Bound",
        "Upper CI Bound",
        "Recommend Suppress",
        *SCORES[5:],
    ]
}


@dataclass
class OnetTable:
    """What we keep of one table. `rows`: {(occupation, *key): values}, in the order of its Layout."""

    name: str
    period: str
    occupations: dict
    rows: dict
    sha256: dict

    @property
    def period_name(self):
        return f"O*NET {self.period}"


def import_folder(folder, *, period="", dry_run=False, **said):
    """Read every table we use in a folder and store each as a release. Returns a list of Stored. Raises Refusal."""
    period = period or period_in(folder)
    titles = _titles(folder)
    found = [name for name in TABLES if _path(folder, name) and not _is_older(_path(folder, name), name)]
    if not found:
        raise Refusal(folder, 0, f"None of the tables we use is here: {', '.join(TABLES)} (each with .txt).")
    tables = [read_table(_path(folder, name), name, period, titles) for name in found]
    return save(tables, dry_run=dry_run, **said)


def save(tables, *, dry_run=False, **said):
    """Store tables that were read from official files or from the box, all or none. Returns a list of Stored.

    `said`: see `release_details`.
    """
    with transaction.atomic():
        done = [_save_table(table, said) for table in tables]
        transaction.set_rollback(dry_run)
    return done


def _save_table(table, said):
    layout = TABLES[table.name]
    details = release_details(ONET, table, said, part=table.name)
    rows = Table(layout.model, ["occupation_id", *layout.key_fields], layout.value_fields, table.rows)
    return store(details, [rows], before=lambda: scope.save_occupations(table.occupations))


def period_in(folder):
    """The release number in a folder's name, such as db_30_2_text or 30.2. Raises Refusal when it has none."""
    match = re.search(r"(?<!\d)(\d{2})[._](\d{1,2})(?!\d)", folder.resolve().name)
    if not match:
        raise Refusal(
            folder, 0, "The folder's name does not say the release (as db_30_2_text does): add --release 30.2."
        )
    return f"{match[1]}.{match[2]}"


def code_of(onet_code):
    """15-1252.00 is the SOC occupation itself; other endings are O*NET's own."""
    return onet_code.removesuffix(".00")


def _path(folder, name):
    paths = (folder / f"{name}.txt", folder / f"{name}.txt.gz")
    return next((path for path in paths if path.is_file()), None)


def _is_older(path, name):
    """Is this a table that O*NET has since made anew, on another model?"""
    with opened(path, progress=False) as file:
        number, line = next(file.lines())
        return text_of(file, number, line).split("\t") == OLDER.get(name)


def _titles(folder):
    """Official titles of the occupations we keep: from Occupation Data when it is here, or else from our own list."""
    kept = scope.kept_occupations()
    name, header = TITLES
    path = _path(folder, name)
    if not path:
        return kept
    with opened(path, progress=False) as file:
        rows = [row for _, row in tabbed_rows(file, header)]
    # A SOC occupation keeps the title that the pay figures give it.
    return kept | {row[CODE]: row["Title"] for row in rows if row[CODE] in kept and not row[CODE].endswith(".00")}


def read_table(path, name, period, titles):
    """One official table, cut to the occupations in `titles`. Raises Refusal, naming file and line."""
    layout, rows = TABLES[name], {}
    with opened(path) as file:
        for number, row in tabbed_rows(file, layout.header):
            if not re.fullmatch(r"\d{2}-\d{4}\.\d{2}", row[CODE]):
                raise file.refuse(number, f"“{row[CODE]}” is no O*NET-SOC code.")
            code = code_of(row[CODE])
            if code not in titles or (layout.scales and row["Scale ID"] not in layout.scales):
                continue
            try:
                key, values = layout.take(row)
            except (KeyError, ValueError, InvalidOperation) as error:
                raise file.refuse(number, f"A value in this line is not what the table holds ({error}).") from error
            if (code, *key) in rows:
                raise file.refuse(number, "This line repeats an earlier one.")
            rows[code, *key] = values
        if not rows:
            raise file.refuse(0, "There is nothing in this file for the occupations we keep.")
        sha256 = {file.name: file.sha256}
    found = {key[0] for key in rows}
    return OnetTable(name, period, {code: titles[code] for code in sorted(found)}, rows, sha256)
