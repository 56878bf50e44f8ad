"""Tables as files: what is read, what is refused and in which words, and that no formula gets out."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial import sheets
from editorial.sheets import FORMATS, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, TableError, as_it_was, harmless, read

pytestmark = pytest.mark.once


def xlsx(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Formulas


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "- a list\n- of two"]
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_goes_out_as_a_formula_and_it_comes_back_as_it_was(ending, text):
    data = FORMATS[ending].write(["key"], [{"key": text}, {"key": "plain"}])

    if ending == "csv":
        cell = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))["key"]
    else:
        found = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
        assert found.data_type == "s"
        cell = found.value
    assert cell.startswith("'")
    ((_, row), _) = read(f"x.{ending}", data).rows
    assert sheets.as_text(row["key"]) == sheets.as_text(text)


@given(st.text())
def test_what_is_made_harmless_can_be_taken_back(text):
    assert as_it_was(harmless(text)) == text
    assert not harmless(text).startswith(tuple("=+-@\t\r\n"))


@given(st.text("'=+-@a "))
def test_quote_marks_of_one_s_own_survive(text):
    assert as_it_was(harmless(text)) == text


@settings(max_examples=30)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20), min_size=1))
@pytest.mark.parametrize("ending", FORMATS)
def test_texts_come_back_as_they_went(ending, texts):
    data = FORMATS[ending].write(["key", "text"], [{"key": "k", "text": text} for text in texts])

    assert [sheets.as_text(row["text"]) for _, row in read(f"x.{ending}", data).rows] == texts


def test_a_yaml_file_needs_no_quote_mark():
    data = FORMATS["yaml"].write(["key"], [{"key": "=1+1"}, {"key": "'=1"}])

    assert [row["key"] for _, row in read("x.yaml", data).rows] == ["=1+1", "'=1"]


# What is read


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_common_kind(delimiter):
    data = f'Key{delimiter}Text\r\na{delimiter}"one\ntwo"\r\n\r\nb{delimiter}c\r\n'.encode("utf-8-sig")

    sheet = read("x.CSV", data)

    assert sheet.columns == ["key", "text"]
    assert sheet.rows == [(2, {"key": "a", "text": "one\ntwo"}), (4, {"key": "b", "text": "c"})]


def test_a_spreadsheet_with_empty_edges():
    sheet = read("x.xlsx", xlsx(["key", "hours", None], ["a", 2, None], [None, None, None], ["b", None, None]))

    assert sheet.rows == [(2, {"key": "a", "hours": 2}), (4, {"key": "b", "hours": None})]


def test_entries_of_yaml_may_leave_columns_out():
    sheet = read("x.yml", b"- key: a\n  hours: 2\n- key: b\n")

    assert (sheet.columns, sheet.row_word) == (["key", "hours"], "Entry")
    assert sheet.rows == [(1, {"key": "a", "hours": 2}), (2, {"key": "b"})]


# What is refused


def xlsx_with_a_far_row():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["A1048576"] = "key", "a", "b"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 40_000_000)
    return out.getvalue()


REFUSED = {
    "empty": ("x.csv", b"", "The file is empty."),
    "only blank lines": ("x.csv", b"\n\n,,\n", "The file is empty."),
    "no rows": ("x.csv", b"key,text\n", "The table has no rows."),
    "too large": ("x.csv", b"k\n" + b"a" * MOST_BYTES, "The file is too large"),
    "too many rows": ("x.csv", b"key\n" + b"a\n" * (MOST_ROWS + 1), "more than 2,000 rows"),
    "too many columns": ("x.csv", ",".join(f"c{n}" for n in range(MOST_COLUMNS + 1)).encode(), "40 columns"),
    "another ending": ("x.pdf", b"key", "ends in .csv, .xlsx or .yaml"),
    "no ending": ("table", b"key", "ends in .csv, .xlsx or .yaml"),
    "old Excel": ("x.xls", b"\xd0\xcf\x11\xe0", "the old Excel format"),
    "Windows encoding": ("x.csv", "key\ncafé\n".encode("cp1252"), "not in UTF-8"),
    "UTF-16": ("x.csv", "key\na\n".encode("utf-16"), "not in UTF-8"),
    "binary": ("x.csv", b"key\n\0\n", "binary data"),
    "a spreadsheet called CSV": ("x.csv", xlsx(["key"]), "ends in .xlsx"),
    "an open quote": ("x.csv", b'key\n"a\n', "cannot be read as CSV"),
    "a huge cell": ("x.csv", b'key\n"' + b"a" * 200_000 + b'"\n', "cannot be read as CSV"),
    "a short row": ("x.csv", b"a,b,c\n1,2\n", "Row 2 has 2 cells, but the table has 3 columns."),
    "a long row": ("x.csv", b"a,b\n1,2,3\n", "Row 2 has 3 cells, but the table has 2 columns."),
    "a column twice": ("x.csv", b"a,b,A\n1,2,3\n", "The column “a” stands there twice."),
    "no heading": ("x.csv", b"a,,c\n1,2,3\n", "Column 2 has no heading."),
    "no spreadsheet": ("x.xlsx", b"key\na\n", "no spreadsheet that can be read"),
    "a zip of something else": ("x.xlsx", b"PK\x03\x04 nothing", "no spreadsheet that can be read"),
    "a zip bomb": ("x.xlsx", bomb(), "too large once it is unpacked"),
    "an empty spreadsheet": ("x.xlsx", xlsx(), "The file is empty."),
    "a row at the far end": ("x.xlsx", xlsx_with_a_far_row(), "goes on beyond row 20,000"),
    "YAML that is none": ("x.yaml", b"- a: 'b\n", "cannot be read as YAML. Near line"),
    "YAML with a control character": ("x.yaml", b"- a: \x01\n", "cannot be read as YAML"),
    "YAML that is no list": ("x.yaml", b"a: b\n", "Write a list"),
    "YAML without entries": ("x.yaml", b"- a\n", "Entry 1 holds no"),
    "YAML that is empty": ("x.yaml", b"# nothing\n", "The file is empty."),
    "nested YAML": ("x.yaml", b"- a: [1, 2]\n", "Entry 1 holds something nested"),
    "YAML that says a thing twice": ("x.yaml", b"- a: 1\n  a: 2\n", "Entry 1 has “a” twice."),
    "a date that is none": ("x.yaml", b"- a: 2026-13-45\n", "Entry 1: “2026-13-45” cannot be read."),
    "a Python object": ("x.yaml", b"- a: !!python/object/apply:os.system [ls]\n", "Entry 1"),
    "deep YAML": ("x.yaml", b"[" * 900_000, "Entry 1 holds no"),
    "deep YAML in an entry": ("x.yaml", b"- " + b"{a: " * 150_000, "Entry 1 holds something nested"),
    "YAML without end": ("x.yaml", b"- a: b\n" * 140_000, "more than 2,000 rows"),
    "one endless entry": ("x.yaml", b"".join(b"%s c%d: 1\n" % (b"-" if n == 0 else b" ", n) for n in range(60)), "40"),
    "two documents": ("x.yaml", b"- a: 1\n---\n- a: 2\n", "several documents"),
    "YAML aliases": ("x.yaml", b"- &a {x: y}\n- b: *a\n", "Entry 2 holds something nested"),
}


@pytest.mark.parametrize(("name", "data", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_in_words(name, data, words):
    with pytest.raises(TableError) as refusal:
        read(name, data)

    assert words in str(refusal.value)


@given(st.binary(max_size=300), st.sampled_from(["csv", "xlsx", "yaml"]))
def test_any_bytes_are_read_or_refused(data, ending):
    try:
        rows = read(f"x.{ending}", data).rows
    except TableError as refusal:
        rows = [str(refusal)]

    assert rows
    assert all(rows)


def test_a_text_that_does_not_fit_a_spreadsheet_is_not_cut():
    with pytest.raises(TableError, match="too long for a spreadsheet"):
        FORMATS["xlsx"].write(["key"], [{"key": "a" * 40_000}])


# What the XML inside a spreadsheet may do


def xlsx_that_defines(definitions, word):
    """A spreadsheet whose one cell is an entity, `word`, of its own."""
    whole, changed = io.BytesIO(xlsx(["key"], ["value"])), io.BytesIO()
    with zipfile.ZipFile(whole) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            text = before.read(part).decode()
            if part.filename == "xl/worksheets/sheet1.xml":
                start = f"<!DOCTYPE worksheet [{definitions}]><worksheet"
                text = text.replace(">value<", f">&{word};<").replace("<worksheet", start, 1)
                assert f"&{word};" in text
            after.writestr(part.filename, text)
    return changed.getvalue()


def test_an_entity_of_a_spreadsheet_is_its_words():
    assert read("x.xlsx", xlsx_that_defines('<!ENTITY word "value">', "word")).rows == [(2, {"key": "value"})]


def test_a_spreadsheet_reads_no_other_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the key of the site")

    with pytest.raises(TableError) as refused:
        read("x.xlsx", xlsx_that_defines(f'<!ENTITY secret SYSTEM "{secret.as_uri()}">', "secret"))

    assert "the key of the site" not in str(refused.value)


def test_a_spreadsheet_of_words_within_words_is_refused():
    grown = "".join(f'<!ENTITY x{number} "{f"&x{number - 1};" * 50}">' for number in range(1, 7))

    with pytest.raises(TableError):
        read("x.xlsx", xlsx_that_defines(f'<!ENTITY x0 "lol">{grown}', "x6"))
