"""All that is published, in one archive: as JSON that can be loaded again, and as CSV for spreadsheets.

The same content gives the same bytes, wherever it was loaded: nothing in it tells of a day, a machine or a person.
"""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.serializers.json import DjangoJSONEncoder

from careers.spreadsheet import harmless
from editorial.content.kinds import all_kinds
from editorial.models import Publishable, Source
from outlook import esco
from outlook.figures import HEADINGS, pay, top_bound
from outlook.models import Estimate, Occupation, Projection
from outlook.models.estimates import VALUES

from .shapes import schema_of
from .things import former_slugs, visible, with_lists

NAME = "careers-in-healthcare-software"
ZIP = "application/zip"
KEPT = 60  # seconds: as long as other caches may keep a page (CACHE_CONTROL in delivery/pages.py)
TITLE = "Careers in Healthcare Software"
LICENCE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "CC BY 4.0"}
# Every file gets the first day that an archive can name.
NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Table:
    """One CSV file: its name, what it holds, and its rows. `fields`: name, type and description of each column."""

    name: str
    says: str
    fields: list
    rows: list

    @property
    def as_csv(self):
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow([each["name"] for each in self.fields])
        writer.writerows([[_cell(value) for value in row] for row in self.rows])
        return out.getvalue()


def _cell(value):
    """As spreadsheets take it: no formula, and nothing where there is nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else value


def archive():
    """The whole archive as bytes, at most a minute old: making it takes a second of one core."""
    return cache.get_or_set("dataset", made, KEPT)


def made():
    """The whole archive, made anew in a fixed number of queries."""
    content = {kind: _published(kind) for kind in all_kinds()}
    tables = [*(table for kind, items in content.items() for table in _tables(kind, items)), *_official()]
    files = {
        f"content/{kind.folder}/{item[kind.key_name]}.json": _json(item) for kind in content for item in content[kind]
    }
    files |= {f"csv/{table.name}.csv": table.as_csv for table in tables}
    version = hashlib.sha256(_json(sorted(files.items())).encode()).hexdigest()[:12]
    files["LICENSE.txt"] = (settings.CONTENT_DIR / "LICENSE").read_text(encoding="utf-8")
    files["README.md"] = README.format(title=TITLE, version=version, licence=LICENCE["path"])
    files["datapackage.json"] = _json(_package(version, tables))
    return _zipped(files)


def _published(kind):
    """Every public item of one kind in the form of its content file, without what readers may not see.

    Sorted here: databases disagree on the order of texts, and on that of links that have none.
    """
    if issubclass(kind.model, Publishable):
        rows = kind.model.objects.published()
    else:
        rows = Source.objects.cited_on_published_pages() if kind.model is Source else kind.model.objects.all()
    rows = sorted(with_lists(visible(rows, kind.columns), kind.parts), key=kind.key_of)
    former = former_slugs(kind.model, rows)
    return [kind.comparable(_as_file(kind, row, former[row.pk])) for row in rows]


def _as_file(kind, row, former):
    data = {column.name: column.of(row) for column in kind.columns}
    if former:
        data["former_slugs"] = former
    return data | {part_list.name: part_list.as_data(getattr(row, part_list.name).all()) for part_list in kind.parts}


def _tables(kind, items):
    """One table of the items, and one of each of their lists, whose first column says whose row it is."""
    what = str(kind.model._meta.verbose_name_plural).capitalize()
    names = [column.name for column in kind.columns]
    rows = [[item[name] for name in names] for item in items]
    yield Table(kind.folder, f"{what}.", [_field(column) for column in kind.columns], rows)
    for part_list in kind.parts:
        names = [column.name for column in part_list.columns]
        rows = [[item[kind.key_name], *(row[name] for name in names)] for item in items for row in item[part_list.name]]
        owner = {"name": kind.folder, "type": "string", "description": "To which it belongs."}
        fields = [owner, *(_field(column) for column in part_list.columns)]
        name = f"{kind.folder}-{part_list.name.replace('_', '-')}"
        yield Table(name, f"{part_list.label.capitalize()} of {what.lower()}.", fields, rows)


def _field(column):
    """A column as data packages describe it, from its JSON Schema."""
    schema = schema_of(column)
    kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    kind = "date" if schema.get("format") == "date" else kind
    return {"name": column.name, "type": kind, "description": schema["description"]}


def _fields(kind, names):
    return [{"name": name, "type": kind} for name in names]


def _official():
    """The official figures that the pages show, as published and in the words of the pages."""
    found = Estimate.objects.current().select_related("occupation", "area", "industry", "release")
    found = sorted(found, key=lambda each: (each.occupation_id, each.area_id, each.industry_id))
    bounds = {}
    rows = []
    for each in found:
        bound = bounds.setdefault(each.release_id, top_bound(each.release.footnotes))
        place = [each.release.period, each.occupation_id, each.occupation.title, each.area_id, each.area.name]
        figures = [getattr(each, name) for name in VALUES]
        rows.append([*place, each.industry_id, str(each.industry), *figures, *pay(each, bound).cells])
    place = ["release", "occupation", "occupation_title", "area", "area_name", "industry", "industry_name"]
    fields = [*_fields("string", place), *_fields("number", VALUES), *_fields("string", HEADINGS)]
    yield Table("official-pay", "U.S. official pay and jobs, as published and in the words of the pages.", fields, rows)
    names = ["period", "jobs_now", "jobs_then", "change", "percent", "openings", "education"]
    projections = sorted(Projection.objects.current().select_related("occupation"), key=lambda each: each.occupation_id)
    yield Table(
        "official-projections",
        "Jobs to come, in thousands.",
        _fields("string", ["occupation", "occupation_title", *names]),
        [[each.occupation_id, each.occupation.title, *(getattr(each, name) for name in names)] for each in projections],
    )
    yield Table(
        "official-occupations",
        "The codes of the official occupations.",
        _fields("string", ["occupation", "title", "soc", "onet_soc", "esco"]),
        [
            [each.code, each.title, each.soc, each.onet_soc, " ".join(near.uri for near in esco.near(each.code))]
            for each in sorted(Occupation.objects.all(), key=lambda each: each.code)
        ],
    )


def _package(version, tables):
    """The description of the archive for programs (a Frictionless data package)."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "version": version,
        "licenses": [LICENCE],
        "resources": [
            {
                "name": table.name,
                "path": f"csv/{table.name}.csv",
                "description": table.says,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": table.fields},
            }
            for table in tables
        ],
    }


def _json(data):
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"


def _zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, text)
    return out.getvalue()


README = """# {title}

Version {version}: the start of the SHA-256 of all files below, so that the same version holds the same content.

Texts: Creative Commons Attribution 4.0, {licence}. Name “{title}” as the source and say what you changed.
U.S. federal statistics are in the public domain. Names and scores from O*NET are used under CC BY 4.0; the credit
lines stand with the figures on the site.

- `content/`: everything that is published, one JSON file for each thing, in the form of the site's content files.
  `[@key]` in a text cites the source with that key. Texts are Markdown.
- `csv/`: the same as tables, and the official figures. In a cell, a text that a spreadsheet program would take for a
  formula begins with a '. The JSON files hold it as it is.
- `datapackage.json`: the tables, for programs (https://datapackage.org/).

To load it into an empty installation of the site: `manage.py migrate`, `manage.py load_figures`, and
`manage.py load_content` with the path of this archive.
"""
