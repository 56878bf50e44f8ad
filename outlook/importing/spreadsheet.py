"""Rows of one sheet of an .xlsx workbook, with the standard library: enough for the tables that BLS publishes."""

import re
import zipfile
from xml.etree import ElementTree

from .reading import Refusal

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The official workbook unpacks to about 10 MB; an expanding bomb stops here.
LARGEST_PART = 50_000_000


class Workbook:
    """An open .xlsx file. Raises Refusal when it is none."""

    def __init__(self, path):
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
            self._sheets = self._named_sheets()
            self._texts = self._shared_texts()
        except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, OSError) as error:
            raise Refusal(path, 0, "This is no Excel workbook, or it was cut short on the way.") from error

    @property
    def sheet_names(self):
        return list(self._sheets)

    def rows(self, sheet):
        """(row number, {column letter: text}) for each row of the sheet."""
        for row in self._xml(self._sheets[sheet]).iter(f"{MAIN}row"):
            cells = {}
            for cell in row.iter(f"{MAIN}c"):
                letter = re.match(r"[A-Z]+", cell.get("r", ""))
                if letter:
                    cells[letter[0]] = self._text(cell)
            yield int(row.get("r", 0)), cells

    def _text(self, cell):
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
        value = cell.find(f"{MAIN}v")
        if value is None:
            return ""
        return self._texts[int(value.text)] if cell.get("t") == "s" else value.text or ""

    def _named_sheets(self):
        targets = {
            each.get("Id"): each.get("Target").lstrip("/").removeprefix("xl/")
            for each in self._xml("xl/_rels/workbook.xml.rels")
        }
        sheets = self._xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {sheet.get("name"): f"xl/{targets[sheet.get(f'{RELATION}id')]}" for sheet in sheets}

    def _shared_texts(self):
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        items = self._xml("xl/sharedStrings.xml").iter(f"{MAIN}si")
        return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]

    def _xml(self, name):
        if self._archive.getinfo(name).file_size > LARGEST_PART:
            raise Refusal(self.path, 0, f"{name} is larger than any table of the official workbook.")
        return ElementTree.fromstring(self._archive.read(name))  # noqa: S314
