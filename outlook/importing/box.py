"""The figures that come with the project: compact files in `outlook/data/`, and where each comes from.

`load` gives them to the same code that stores an official release; `dump` writes them from the database, after an
import of a newer one. Of O*NET the box holds names, codes and scores only, and technologies only when in demand.
"""

import csv
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml
from django.db import transaction

from outlook.models import Area, Estimate, Industry, Occupation, Projection, Release
from outlook.models.codes import ALL_INDUSTRIES, NATION
from outlook.models.estimates import VALUES
from outlook.programs import OEWS, ONET, PROGRAMS, PROJECTIONS

from . import oews, onet, projections, scope

BOX = "outlook/data/"
PROVENANCE = "provenance.yaml"
FIELDS = ["program", "part", "period", "period_name", "source_url", "published", "retrieved"]

AREAS, INDUSTRIES = "oews/areas.csv", "oews/industries.csv"
BY_INDUSTRY, BY_AREA = "oews/by_industry.csv", "oews/by_area.csv"
PROJECTED = "projections.csv"
CELL = ["area", "industry", "occupation", *VALUES]


@dataclass
class BoxRelease:
    """One entry of the provenance file: a release, and the files in the box that hold it."""

    entry: dict
    folder: Path

    @property
    def program(self):
        return self.entry["program"]

    @property
    def part(self):
        return self.entry["part"]

    @property
    def key(self):
        return {name: self.entry[name] for name in ("program", "part", "period")}

    @property
    def details(self):
        """What the importers take beside the figures."""
        return {
            "published": self.entry["published"],
            "retrieved": self.entry["retrieved"],
            "source_url": self.entry["source_url"],
            "sha256": self.entry["sha256"] | self.digests(),
        }

    def digests(self):
        """SHA-256 of the box's own files, under names that no official file has."""
        return {
            f"{BOX}{name}": hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
            for name in self.entry["files"]
        }

    def reason_to_leave(self):
        """Why nothing is to be done for this release; empty when it has to be loaded."""
        known = Release.objects.filter(**self.key).first()
        if known is None:
            return ""
        if not any(name.startswith(BOX) for name in known.sha256):
            return f"{known}: loaded from official files, left alone."
        if known.sha256 == self.details["sha256"]:
            return f"{known}: loaded before, the same."
        return ""

    def read(self):
        """The figures, in the shape in which the importer of the program stores them."""
        if self.program == OEWS.key:
            return _read_oews(self.folder, self.entry)
        if self.program == PROJECTIONS.key:
            return projections.read_file(self.folder / PROJECTED)
        return _read_onet(self.folder, self.entry)


def releases(folder=scope.DATA_DIR):
    """Every release in the box."""
    text = (folder / PROVENANCE).read_text(encoding="utf-8")
    return [BoxRelease(entry, folder) for entry in yaml.safe_load(text)["releases"]]


def load(folder=scope.DATA_DIR):
    """Load what the database does not hold yet, all or nothing. Returns lines that say what was done."""
    lines = []
    with transaction.atomic():
        for release in releases(folder):
            reason = release.reason_to_leave()
            if reason:
                lines.append(reason)
                continue
            figures = release.read()
            if release.program == OEWS.key:
                stored = oews.save(figures, **release.details)
            elif release.program == PROJECTIONS.key:
                stored = projections.save(figures, **release.details)
            else:
                (stored,) = onet.save([figures], **release.details)
            lines.append(str(stored))
        scope.renew_names()
    return lines


def _rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read_oews(folder, entry):
    areas = [
        Area(
            code=row["code"],
            kind=row["kind"],
            state_id=row["state"] or None,
            abbreviation=row["abbreviation"],
            name=row["name"],
        )
        for row in _rows(folder / AREAS)
    ]
    industries = {row["code"]: (row["name"], int(row["level"])) for row in _rows(folder / INDUSTRIES)}
    cells = {}
    for name in (BY_INDUSTRY, BY_AREA):
        for row in _rows(folder / name):
            cells[row["area"], row["industry"], row["occupation"]] = _cell_values(row)
    kept, used = scope.kept_occupations(), {key[2] for key in cells}
    return oews.OewsRelease(
        period=entry["period"],
        period_name=entry["period_name"],
        footnotes=entry["footnotes"],
        areas=areas,
        industries=industries,
        occupations={code: kept[code] for code in sorted(used)},
        cells=cells,
        sha256={},
        notes=[],
    )


def _cell_values(row):
    """A line's values, then their marks. A mark stands in the place of its value."""
    texts = [row[name] for name in VALUES]
    marks = [text if text in ("-", "#") else "" for text in texts]
    values = [
        None if mark or not text else Decimal(text) if place in oews.DECIMALS else int(text)
        for place, (text, mark) in enumerate(zip(texts, marks, strict=True))
    ]
    return (*values, *marks)


def _onet_file(part):
    return f"onet/{part.lower().replace(' ', '_')}.csv"


def _read_onet(folder, entry):
    layout = onet.TABLES[entry["part"]]
    names = ["occupation_id", *layout.key_fields, *layout.value_fields]
    fields = [layout.model._meta.get_field(name) for name in names]
    width, rows = 1 + len(layout.key_fields), {}
    for row in _rows(folder / _onet_file(entry["part"])):
        values = tuple(_typed(field, row[field.name]) for field in fields)
        rows[values[:width]] = values[width:]
    kept = scope.kept_occupations()
    occupations = {code: kept[code] for code in sorted({key[0] for key in rows})}
    return onet.OnetTable(entry["part"], entry["period"], occupations, rows, {})


def _typed(field, text):
    return text == "yes" if field.get_internal_type() == "BooleanField" else field.to_python(text)


def dump(folder=scope.DATA_DIR):
    """Write the releases that readers see to the box. Returns the provenance entries written."""
    notes = {tuple(each.key.values()): each.entry.get("note", "") for each in releases(folder)}
    entries = []
    for release in Release.objects.current().exclude(part="Task Statements"):
        files = _WRITERS[release.program](folder, release)
        entry = {name: getattr(release, name) for name in FIELDS}
        entry["licence"] = PROGRAMS[release.program].licence
        entry["note"] = notes.get(release.natural_key(), "")
        # In a fixed order: PostgreSQL does not keep the order of names.
        digests = sorted(release.sha256.items())
        entry["sha256"] = {name: value for name, value in digests if not name.startswith(BOX)}
        entry["footnotes"] = dict(sorted(release.footnotes.items()))
        entry["files"] = files
        entries.append(entry)
    text = yaml.safe_dump({"releases": entries}, sort_keys=False, allow_unicode=True, width=110)
    (folder / PROVENANCE).write_text(text, encoding="utf-8")
    return entries


def _write(path, header, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _dump_oews(folder, release):
    """Sorted here and not by the database: databases disagree on the order of texts, and files must not."""
    header = ["code", "kind", "state", "abbreviation", "name"]
    areas = Area.objects.filter(estimates__release=release).distinct()
    _write(folder / AREAS, header, sorted(areas.values_list("code", "kind", "state_id", "abbreviation", "name")))
    industries = Industry.objects.filter(estimates__release=release).distinct()
    _write(folder / INDUSTRIES, ["code", "level", "name"], sorted(industries.values_list("code", "level", "name")))
    rows = Estimate.objects.filter(release=release).order_by()
    detail = rows.filter(area=NATION).exclude(industry=ALL_INDUSTRIES)
    for name, those in ((BY_INDUSTRY, detail), (BY_AREA, rows.filter(industry=ALL_INDUSTRIES))):
        _write(folder / name, CELL, sorted((_cell_line(row) for row in those.iterator()), key=_cell))
    return [AREAS, INDUSTRIES, BY_INDUSTRY, BY_AREA]


def _cell_line(row):
    values = [getattr(row, f"{name}_mark") or getattr(row, name) for name in VALUES]
    return [row.area_id, row.industry_id, row.occupation_id, *values]


def _cell(line):
    area, industry, occupation, *_ = line
    return area, industry, occupation


def _dump_projections(folder, release):
    rows = sorted(Projection.objects.filter(release=release), key=lambda row: row.occupation_id)
    first, last = rows[0].years
    titles = dict(Occupation.objects.values_list("code", "title"))
    header = [
        "Occupation Title",
        "Occupation Code",
        f"Employment {first}",
        f"Employment {last}",
        f"Employment Change, {first}-{last}",
        f"Employment Percent Change, {first}-{last}",
        f"Occupational Openings, {first}-{last} Annual Average",
        "Typical Entry-Level Education",
    ]
    lines = (
        [
            titles[row.occupation_id],
            row.occupation_id,
            row.jobs_now,
            row.jobs_then,
            row.change,
            row.percent,
            "—" if row.openings is None else row.openings,
            row.education or "—",
        ]
        for row in rows
    )
    _write(folder / PROJECTED, header, lines)
    return [PROJECTED]


def _dump_onet(folder, release):
    layout = onet.TABLES[release.part]
    names = ["occupation_id", *layout.key_fields, *layout.value_fields]
    rows = layout.model.objects.filter(release=release).order_by()
    if release.part == "Technology Skills":
        rows = rows.in_demand()
    words = {"True": "yes", "False": "no"}
    keys = 1 + len(layout.key_fields)
    in_order = sorted(rows.values_list(*names), key=lambda row: row[:keys])
    lines = ([words.get(str(value), value) for value in row] for row in in_order)
    _write(folder / _onet_file(release.part), ["occupation", *names[1:]], lines)
    return [_onet_file(release.part)]


_WRITERS = {OEWS.key: _dump_oews, PROJECTIONS.key: _dump_projections, ONET.key: _dump_onet}
