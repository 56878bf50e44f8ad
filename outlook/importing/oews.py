"""OEWS flat files as BLS publishes them: https://download.bls.gov/pub/time.series/oe/

The data file holds one value a line, some six million of them. A series id says what the value is about:
OEU + area type (1) + area (7) + industry (6) + occupation (6) + datatype (2). Only the occupations we keep are
taken apart; every other line is only checked for the shape of its id and its period.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from outlook import figures
from outlook.models import Area, Estimate
from outlook.models.codes import ALL_INDUSTRIES, NATION
from outlook.models.estimates import VALUES
from outlook.places import ABBREVIATIONS
from outlook.programs import OEWS

from . import scope
from .reading import CUT_SHORT, find, opened, tabbed_rows
from .storing import Table, release_details, store

DATA = "oe.data.0.Current"
HEADER = ["series_id", "year", "period", "value", "footnote_codes"]
HEADERS = {
    "oe.release": ["release_date", "description"],
    "oe.area": ["state_code", "area_code", "areatype_code", "area_name"],
    "oe.industry": ["industry_code", "industry_name", "display_level", "selectable", "sort_sequence"],
    "oe.occupation": [
        "occupation_code",
        "occupation_name",
        "occupation_description",
        "display_level",
        "selectable",
        "sort_sequence",
    ],
    "oe.datatype": ["datatype_code", "datatype_name"],
    "oe.footnote": ["footnote_code", "footnote_text"],
}

# Datatype codes of the values we keep, with the names that oe.datatype must give them.
DATATYPES = {
    "employment": ("01", "Employment"),
    "employment_rse": ("02", "Employment percent relative standard error"),
    "mean": ("04", "Annual mean wage"),
    "wage_rse": ("05", "Wage percent relative standard error"),
    "p10": ("11", "Annual 10th percentile wage"),
    "p25": ("12", "Annual 25th percentile wage"),
    "p50": ("13", "Annual median wage"),
    "p75": ("14", "Annual 75th percentile wage"),
    "p90": ("15", "Annual 90th percentile wage"),
    "location_quotient": ("17", "Location Quotient"),
    "jobs_per_1000": ("16", "Employment per 1,000 jobs"),
}
SLOTS = {DATATYPES[name][0].encode(): place for place, name in enumerate(VALUES)}
DECIMALS = {VALUES.index(name) for name in ("employment_rse", "wage_rse", "location_quotient", "jobs_per_1000")}
ONLY_BELOW_THE_NATION = {VALUES.index(name) for name in ("location_quotient", "jobs_per_1000")}

KEY_FIELDS = ["area_id", "industry_id", "occupation_id"]
VALUE_FIELDS = [*VALUES, *[f"{name}_mark" for name in VALUES]]
MARKS = {"-", "*", "**", "#"}


@dataclass
class OewsRelease:
    """A whole release in memory: what we keep of it, some ten thousand cells.

    `cells`: {(area, industry, occupation): values, then marks, in the order of VALUE_FIELDS}.
    """

    period: str
    period_name: str
    footnotes: dict
    areas: list
    industries: dict
    occupations: dict
    cells: dict
    sha256: dict
    notes: list


def import_folder(folder, *, dry_run=False, **said):
    """Read a folder of official files and store the release. Returns a Stored. Raises Refusal."""
    return save(read_folder(folder), dry_run=dry_run, **said)


def save(release, *, dry_run=False, **said):
    """Store a release that was read from official files or from the box. Returns a Stored.

    `said`: see `release_details`.
    """
    details = release_details(OEWS, release, said, footnotes=release.footnotes)

    def before():
        scope.save_areas(release.areas)
        scope.save_industries(release.industries)
        scope.save_occupations(release.occupations)

    table = Table(Estimate, KEY_FIELDS, VALUE_FIELDS, release.cells)
    stored = store(details, [table], before=before, dry_run=dry_run)
    stored.notes += release.notes
    return stored


def read_folder(folder):
    """The release in a folder of official files. Raises Refusal, naming file and line."""
    sha256 = {}

    def rows(name):
        with opened(find(folder, name), progress=False) as file:
            yield from ((file, number, row) for number, row in tabbed_rows(file, HEADERS[name]))
            sha256[file.name] = file.sha256

    period, period_name = _only_release(rows("oe.release"))
    _check_datatypes(rows("oe.datatype"))
    footnotes = {row["footnote_code"]: row["footnote_text"] for _, _, row in rows("oe.footnote")}
    areas = _areas(rows("oe.area"))
    industries = _industries(rows("oe.industry"))
    titles = {_soc(row["occupation_code"]): row["occupation_name"] for _, _, row in rows("oe.occupation")}
    kept = scope.kept_soc_codes()
    occupations = {code: title for code, title in titles.items() if code in kept}
    with opened(find(folder, DATA)) as file:
        reader = _DataReader(file, period, footnotes, areas, industries, occupations)
        cells = reader.read()
        sha256[file.name] = file.sha256
    notes = [f"No figures for {code}: this release does not list it." for code in sorted(kept - set(occupations))]
    used = {key[1] for key in cells}
    industries = {code: value for code, value in industries.items() if code in used}
    return OewsRelease(
        period, period_name, footnotes, list(areas.values()), industries, occupations, cells, sha256, notes
    )


def _only_release(rows):
    (file, number, row), *more = rows
    if more:
        raise file.refuse(more[0][1], "More than one release is named here; one is expected.")
    if len(row["release_date"]) != 7 or not row["release_date"][:4].isdigit():
        raise file.refuse(number, f"“{row['release_date']}” is no release such as 2025A01.")
    return row["release_date"], row["description"]


def _check_datatypes(rows):
    official = dict(DATATYPES.values())
    for file, number, row in rows:
        name = official.pop(row["datatype_code"], None)
        if name and name != row["datatype_name"]:
            raise file.refuse(number, f"This datatype should be “{name}”, and is “{row['datatype_name']}”.")
    if official:
        raise file.refuse(number, f"Datatype {', '.join(sorted(official))} is missing.")


def _industries(rows):
    """{code: (name, level)}."""
    found = {}
    for file, number, row in rows:
        if not row["display_level"].isdigit():
            raise file.refuse(number, f"“{row['display_level']}” is no display level.")
        found[row["industry_code"]] = (row["industry_name"], int(row["display_level"]))
    return found


def _areas(rows):
    """{code: unsaved Area}. A state's code is its two digits and five zeros."""
    areas = {}
    for file, number, row in rows:
        code, state, kind = row["area_code"], f"{row['state_code']}00000", row["areatype_code"]
        if code in areas:
            raise file.refuse(number, f"Area {code} stands here twice.")
        if kind == "N" and code == NATION:
            areas[code] = Area(code=code, name="United States", kind=Area.Kind.NATION)
        elif kind == "S" and code == state:
            areas[code] = Area(
                code=code,
                name=row["area_name"],
                kind=Area.Kind.STATE,
                abbreviation=ABBREVIATIONS.get(row["state_code"], ""),
            )
        elif kind == "M":
            is_rest = "nonmetropolitan" in row["area_name"].lower()
            areas[code] = Area(
                code=code,
                name=row["area_name"],
                kind=Area.Kind.NONMETRO if is_rest else Area.Kind.METRO,
                state_id=state,
            )
        else:
            raise file.refuse(number, f"Area {code} of type “{kind}” fits no kind of area that we know.")
    for area in areas.values():
        if area.state_id and area.state_id not in areas:
            raise file.refuse(0, f"{area.name} lies in state {area.state_id}, which is not listed.")
    if NATION not in areas:
        raise file.refuse(0, "The nation is not listed.")
    return areas


def _soc(code):
    """151252 in the files is 15-1252 everywhere else."""
    return f"{code[:2]}-{code[2:]}"


class _DataReader:
    """Reads the data file once, in any order of its lines, and checks that it is whole."""

    def __init__(self, file, period, footnotes, areas, industries, occupations):
        self.file = file
        self.year, self.term = period[:4].encode(), period[4:].encode()
        self.marks = _footnote_marks(footnotes)
        self.areas, self.industries, self.occupations = areas, industries, occupations
        self.wanted = {code.replace("-", "").encode() for code in occupations}
        self.types = {
            code.encode(): {"nation": b"N", "state": b"S"}.get(area.kind, b"M") for code, area in areas.items()
        }
        self.found = {}
        self.last_series, self.in_order, self.last_datatype = b"", True, {}

    def read(self):
        # The shape of an official line: the id padded to 30 characters, then year and period.
        stamp = b"\t" + self.year + b"\t" + self.term + b"\t"
        end, wanted, lines = 30 + len(stamp), self.wanted, self.file.lines()
        self._check_header(*next(lines))
        number, line = 1, b""
        for number, line in lines:
            if line[17:23] not in wanted and line[30:end] == stamp and line[:3] == b"OEU":
                continue
            self._take(number, line)
        self._check_whole(number, line)
        return {key: self._row(values) for key, values in self._named_cells()}

    def _check_header(self, number, line):
        names = [name.strip() for name in line.decode("latin-1").split("\t")]
        if names != HEADER:
            raise self.file.refuse(1, f"This is no OEWS data file: its columns should be {', '.join(HEADER)}.")

    def _take(self, number, line):
        refuse = self.file.refuse
        if not line.endswith(b"\n"):
            raise refuse(number, CUT_SHORT)
        fields = [field.strip() for field in line.split(b"\t")]
        if len(fields) != 5:
            raise refuse(number, f"5 columns are expected here, and {len(fields)} found.")
        series, year, term, value, notes = fields
        if len(series) != 25 or series[:3] != b"OEU":
            raise refuse(number, f"“{_shown(series)}” is no OEWS series.")
        if (year, term) != (self.year, self.term):
            raise refuse(
                number,
                f"This line is of {_shown(year)} {_shown(term)}, and oe.release says {_shown(self.year + self.term)}.",
            )
        if series[17:23] not in self.wanted:
            return
        self.in_order = self.in_order and series > self.last_series
        self.last_series = series
        self.last_datatype[series[3:4]] = max(series[23:], self.last_datatype.get(series[3:4], b""))
        place = SLOTS.get(series[23:])
        if place is None:
            return
        cell = self.found.get(series[3:23])
        if cell is None:
            self._check_cell(number, series)
            cell = self.found[series[3:23]] = [None] * len(VALUES)
        if cell[place] is not None:
            raise refuse(number, f"Series {_shown(series)} was given before: the file repeats itself.")
        cell[place] = self._value(number, place, value, notes)

    def _check_cell(self, number, series):
        area, industry = series[4:11], series[11:17].decode("latin-1")
        if self.types.get(area) != series[3:4]:
            raise self.file.refuse(number, f"Area {_shown(series[3:11])} is not in oe.area.")
        if industry not in self.industries:
            raise self.file.refuse(number, f"Industry {industry} is not in oe.industry.")
        if industry != ALL_INDUSTRIES and area.decode() != NATION:
            raise self.file.refuse(number, "Figures by industry are national only; this one is for an area.")

    def _value(self, number, place, value, notes):
        text = value.decode("latin-1")
        if text in MARKS:
            return self._mark(number, text, notes.decode("latin-1"))
        try:
            found = Decimal(text) if place in DECIMALS else int(text)
        except (InvalidOperation, ValueError):
            found = None
        if found is None or not 0 <= found < 1_000_000_000:
            raise self.file.refuse(number, f"“{text}” is no value: a number is expected, or - with a footnote.")
        return found

    def _mark(self, number, text, notes):
        """The mark of a missing value. In flat files `-` means what its footnote says."""
        if text == "#":
            return figures.TOP_CODED
        codes = [code for code in notes.replace(",", " ").split() if code in self.marks]
        if text == "-" and not codes:
            raise self.file.refuse(number, f"The value is “-”, and no footnote says why (“{notes}”).")
        return self.marks[codes[0]] if codes else figures.UNRELEASED

    def _check_whole(self, last_line, line):
        """Every cell has all its values and every area its rows, or the file was cut short.

        A cut after the last cell that we keep is seen when it falls within a cell; at the end of one it loses
        nothing of ours, and nothing in the official files could tell.
        """
        if not self.found:
            raise self.file.refuse(last_line, "There is nothing in this file for the occupations we keep.")
        if self.in_order and line[23:25] != self.last_datatype.get(line[3:4], line[23:25]):
            raise self.file.refuse(last_line, CUT_SHORT)
        for cell, values in self.found.items():
            missing = [place for place, value in enumerate(values) if value is None]
            allowed = ONLY_BELOW_THE_NATION if cell[:1] == b"N" else set()
            if set(missing) - allowed:
                names = ", ".join(DATATYPES[VALUES[place]][0] for place in missing)
                raise self.file.refuse(last_line, f"Series OEU{_shown(cell)} lacks datatype {names}. {CUT_SHORT}")
        seen = {cell[1:8].decode() for cell in self.found}
        absent = [area.name for code, area in sorted(self.areas.items()) if code not in seen]
        if absent:
            raise self.file.refuse(
                last_line, f"{len(absent)} areas have no figures, the first is {absent[0]}. {CUT_SHORT}"
            )
        nationally = {cell[14:] for cell in self.found if cell[:14] == b"N" + (NATION + ALL_INDUSTRIES).encode()}
        if self.wanted - nationally:
            code = _shown(sorted(self.wanted - nationally)[0])
            raise self.file.refuse(last_line, f"Occupation {code} has no national figure. {CUT_SHORT}")

    def _named_cells(self):
        for cell, values in self.found.items():
            text = cell.decode()
            yield (text[1:8], text[8:14], _soc(text[14:])), values

    @staticmethod
    def _row(values):
        numbers = [None if isinstance(value, str) else value for value in values]
        return (*numbers, *[value if isinstance(value, str) else "" for value in values])


def _footnote_marks(footnotes):
    """{footnote code: the mark it gives to a value that is not there}."""
    marks = {}
    for code, text in footnotes.items():
        if figures.is_top_code(text):
            marks[code] = figures.TOP_CODED
        elif figures.is_unreleased(text):
            marks[code] = figures.UNRELEASED
    return marks


def _shown(data):
    return data.decode("latin-1")
