"""Tables as files: CSV, XLSX and YAML, read with limits and with words for whatever is wrong, and written harmlessly.

Spreadsheet programs run a cell that begins with = + - or @ as a formula. In CSV and XLSX such a text gets a quote
mark in front, and one more when it has some already, so that reading takes off just what writing put on.
"""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass

import openpyxl
import yaml
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 40
# Empty rows count for nothing, but somebody has to walk past them.
FURTHEST_ROW = 20_000
# A spreadsheet is a zip: this is how much may come out of it.
MOST_UNPACKED = 30_000_000
LONGEST_CELL = 32_767

# OWASP's list for CSV injection, with the full-width signs that some programs take for the same.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")

# A column that a row of the file does not have. It is left as it is.
ABSENT = object()


class TableError(Exception):
    """The file as a whole cannot be used. The message says why, and what to do."""


@dataclass
class Sheet:
    """A table as it was read: `rows` are (number in the file, {column: cell}) pairs, `row_word` what one is called."""

    columns: list
    rows: list
    row_word: str = "Row"


def harmless(text):
    """The text, so that no spreadsheet program runs it."""
    return f"'{text}" if FORMULA.match(text) else text


def as_it_was(cell):
    """What `harmless` was given."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and FORMULA.match(cell) else cell


def as_text(cell):
    """A cell as the text that stands for it, whatever type the file gave it: an empty one is ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def read(name, data):
    """The `Sheet` in a file of that name. Raises TableError, in words for the person who chose the file."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not data:
        raise TableError("The file is empty.")
    if len(data) > MOST_BYTES:
        raise TableError(f"The file is too large: at most {MOST_BYTES // 1_000:,} kB. Split it into several.")
    if ending == "xls":
        raise TableError("This is the old Excel format. Save it as .xlsx, or as “CSV UTF-8”.")
    if ending not in READERS:
        raise TableError("Choose a file that ends in .csv, .xlsx or .yaml.")
    sheet = READERS[ending](data)
    if not sheet.rows:
        raise TableError("The table has no rows.")
    if len(sheet.rows) > MOST_ROWS:
        raise TableError(f"The table has more than {MOST_ROWS:,} rows. Split it into several files.")
    return sheet


def _text(data):
    if data.startswith(b"PK\x03\x04"):
        raise TableError("This is an Excel file with another ending. Give it a name that ends in .xlsx.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError("The file is not in UTF-8. In Excel, save it as “CSV UTF-8 (comma delimited)”.") from None
    if "\0" in text:
        raise TableError("The file is no table of text: it holds binary data.")
    return text


def _read_csv(data):
    text = _text(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _with_headings([as_it_was(cell) for cell in line] for line in lines)
    except csv.Error as error:
        raise TableError(f"The file cannot be read as CSV. Near line {lines.line_num}: {error}.") from None


def _read_xlsx(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise TableError("The spreadsheet is too large once it is unpacked.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = book.worksheets[0].iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
        return _with_headings([as_it_was(cell) for cell in line] for line in lines)
    except TableError:
        raise
    except Exception as error:  # a broken file can make the reader fail in any way
        raise TableError("The file is no spreadsheet that can be read. Save it as .xlsx again.") from error


def _with_headings(lines):
    """A `Sheet` of rows of cells, the first of which names the columns. Empty rows count, but are left out."""
    columns, rows = None, []
    for number, line in enumerate(lines, start=1):
        if number > FURTHEST_ROW:
            raise TableError(f"The table goes on beyond row {FURTHEST_ROW:,}. Remove the empty rows.")
        cells = list(line)
        while cells and as_text(cells[-1]).strip() == "" and (columns is None or len(cells) > len(columns)):
            cells.pop()
        if not any(as_text(cell).strip() for cell in cells):
            continue
        if columns is None:
            columns = _checked([as_text(cell).strip().lower() for cell in cells])
            continue
        if len(cells) != len(columns):
            raise TableError(f"Row {number} has {len(cells)} cells, but the table has {len(columns)} columns.")
        if len(rows) > MOST_ROWS:
            break
        rows.append((number, dict(zip(columns, cells, strict=True))))
    if columns is None:
        raise TableError("The file is empty.")
    return Sheet(columns, rows)


def _checked(columns):
    if len(columns) > MOST_COLUMNS:
        raise TableError(f"The table has more than {MOST_COLUMNS} columns.")
    if "" in columns:
        raise TableError(f"Column {columns.index('') + 1} has no heading.")
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise TableError(f"The column “{twice[0]}” stands there twice.")
    return columns


def _read_yaml(data):
    """A list of `column: value` entries.

    Read event by event, up to the first that does not belong there: nothing nested is built, nothing that stands for
    something else is followed, and a file with too much in it is given up as soon as it is too much.
    """
    text, loader = _text(data), None
    try:
        loader = yaml.SafeLoader(text)
        return _entries(loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" Near line {mark.line + 1}: {error.problem}." if mark else ""
        raise TableError(f"The file cannot be read as YAML.{where}") from error
    finally:
        if loader is not None:
            loader.dispose()


def _entries(loader):
    loader.get_event()  # the stream begins
    if loader.check_event(yaml.StreamEndEvent):
        raise TableError("The file is empty.")
    loader.get_event()  # a document begins
    if not loader.check_event(yaml.SequenceStartEvent):
        raise TableError("Write a list: each entry begins with a hyphen and holds `column: value` lines.")
    loader.get_event()
    columns, rows = {}, []
    while not loader.check_event(yaml.SequenceEndEvent):
        row = _entry(loader, len(rows) + 1)
        columns |= dict.fromkeys(row)
        rows.append((len(rows) + 1, row))
        if len(rows) > MOST_ROWS:
            return Sheet(list(columns), rows, "Entry")  # too many: the caller says so
    loader.get_event()
    loader.get_event()  # the document ends
    if not loader.check_event(yaml.StreamEndEvent):
        raise TableError("The file holds several documents. Put everything into one list.")
    return Sheet(_checked(list(columns)), rows, "Entry")


def _entry(loader, number):
    if loader.check_event(yaml.AliasEvent):
        raise TableError(f"Entry {number} stands for another one (*). Write it out.")
    if not loader.check_event(yaml.MappingStartEvent):
        raise TableError(f"Entry {number} holds no `column: value` lines.")
    loader.get_event()
    row = {}
    while not loader.check_event(yaml.MappingEndEvent):
        column, value = _scalar(loader, number), _scalar(loader, number)
        name = column.value.strip().lower()
        if name in row:
            raise TableError(f"Entry {number} has “{name}” twice.")
        if len(row) == MOST_COLUMNS:
            raise TableError(f"Entry {number} has more than {MOST_COLUMNS} columns.")
        try:
            row[name] = loader.construct_object(value)
        except (ValueError, OverflowError):
            raise TableError(f"Entry {number}: “{value.value[:100]}” cannot be read.") from None
    loader.get_event()
    return row


def _scalar(loader, number):
    if not loader.check_event(yaml.ScalarEvent):
        raise TableError(f"Entry {number} holds something nested. Put texts with {{ or [ in quotes.")
    event = loader.get_event()
    tag = event.tag or loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    return yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark)


READERS = {"csv": _read_csv, "xlsx": _read_xlsx, "yaml": _read_yaml, "yml": _read_yaml}


def _write_csv(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(as_text(row[column])) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # the mark at the start tells Excel that it is UTF-8


def _write_xlsx(columns, rows):
    cells = [[_xlsx_value(row[column]) for column in columns] for row in rows]
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Table")
    page.freeze_panes = "A2"
    page.append(columns)
    for row in cells:
        page.append([value if isinstance(value, int) else _xlsx_text(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_value(value):
    """A number or yes/no as it is, everything else as text. Raises TableError for a text that would be cut."""
    if isinstance(value, int):
        return value
    text = harmless(as_text(value))
    if len(text) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(text):
        raise TableError("A text is too long for a spreadsheet, or has a character that cannot stand in one. Take CSV.")
    return text


def _xlsx_text(page, text):
    cell = WriteOnlyCell(page, value=text or None)
    cell.data_type = "s"  # text, whatever it begins with
    return cell


def _write_yaml(columns, rows):
    plain = [{column: row[column] for column in columns} for row in rows]
    return yaml.dump(plain, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110).encode()


@dataclass(frozen=True)
class Format:
    """A kind of file in which a table goes out."""

    ending: str
    label: str
    content_type: str
    write: object


FORMATS = {
    each.ending: each
    for each in (
        Format("csv", "CSV", "text/csv; charset=utf-8", _write_csv),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _write_xlsx,
        ),
        Format("yaml", "YAML", "application/yaml; charset=utf-8", _write_yaml),
    )
}
