"""Employment projections in the shapes in which BLS hands them out."""

import zipfile
from decimal import Decimal
from io import StringIO
from xml.sax.saxutils import escape

import pytest
from django.core.management import CommandError, call_command

from outlook.models import Projection, Release

pytestmark = pytest.mark.django_db

EXPORT = """\
Occupation Title,Occupation Code,Employment 2024,Employment 2034,"Employment Change, 2024-2034",\
"Employment Percent Change, 2024-2034","Occupational Openings, 2024-2034 Annual Average",Median Annual Wage 2024,\
Typical Entry-Level Education,Education Code
Software developers,="15-1252","1,693.8","1,961.4",267.7,15.8,115.2,133080,Bachelor's degree,3
"Computer occupations, all other",="15-1299",472.0,510.5,38.5,8.2,31.3,N/A,—,0
Registered nurses,="29-1141",3000.0,3100.0,100.0,3.3,190.0,90000,Bachelor's degree,3
"""

# Sheet and headings word for word as in the workbook of August 2025; of its 1,113 rows, two.
TABLE = [
    ["Table 1.2 Occupational projections, 2024–2034, and worker characteristics, 2024 (Employment in thousands)"],
    [
        "2024 National Employment Matrix title",
        "2024 National Employment Matrix code",
        "Occupation type",
        "Employment, 2024",
        "Employment, 2034",
        "Employment distribution, percent, 2024",
        "Employment distribution, percent, 2034",
        "Employment change, numeric, 2024–34",
        "Employment change, percent, 2024–34",
        "Percent self employed, 2024",
        "Occupational openings, 2024–34 annual average",
        "Median annual wage, dollars, 2024[1]",
        "Typical education needed for entry",
        "Work experience in a related occupation",
        "Typical on-the-job training needed to attain competency in the occupation",
        "Related Occupational Outlook Handbook (OOH) content xlsx",
    ],
    [
        "Total, all occupations",
        "00-0000",
        "Summary",
        "169956.1",
        "175167.9",
        "100",
        "100",
        "5211.8",
        "3.1",
        "5.8",
        "18863.3",
        "49500",
        "—",
        "—",
        "—",
        "—",
    ],
    [
        "        Software developers",
        "15-1252",
        "Line item",
        "1693.8",
        "1961.4",
        "1",
        "1.1000000000000001",
        "267.7",
        "15.800000000000001",
        "1.6",
        "115.2",
        "133080",
        "Bachelor's degree",
        "None",
        "None",
        "OOH Content",
    ],
    ["Footnotes:"],
]


def run(path, **options):
    out = StringIO()
    call_command("import_projections", path, stdout=out, **options)
    return out.getvalue()


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def workbook(path, rows, sheet="Table 1.2"):
    """A small .xlsx: texts as shared strings, numbers as numbers, as Excel writes them."""
    texts, lines = [], []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, text in enumerate(row):
            where = f"{chr(65 + place)}{number}"
            if text.replace(".", "").isdigit():
                cells.append(f'<c r="{where}"><v>{text}</v></c>')
            else:
                cells.append(f'<c r="{where}" t="s"><v>{len(texts)}</v></c>')
                texts.append(f"<si><t>{escape(text)}</t></si>")
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{relations}"><sheets><sheet name="{sheet}" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/sharedStrings.xml", f"<sst {main}>{''.join(texts)}</sst>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        )
    return path


def as_csv(rows):
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("shape", ["export", "table", "workbook"])
def test_every_official_shape_is_read(tmp_path, shape):
    path = {
        "export": lambda: write(tmp_path / "Employment Projections.csv", EXPORT),
        "table": lambda: write(tmp_path / "occupation.csv", as_csv(TABLE)),
        "workbook": lambda: workbook(tmp_path / "occupation.xlsx", TABLE),
    }[shape]()

    run(path, published="2025-08-28")

    row = Projection.objects.current().of("15-1252").get()
    assert (row.jobs_now, row.jobs_then, row.change) == (Decimal("1693.8"), Decimal("1961.4"), Decimal("267.7"))
    assert (row.percent, row.openings, row.education) == (Decimal("15.8"), Decimal("115.2"), "Bachelor's degree")
    assert (row.period, row.years) == ("2024-2034", ("2024", "2034"))
    release = Release.objects.get()
    assert (release.period, release.period_name, release.published) == ("2024-34", "2024–34", "2025-08-28")
    assert not Projection.objects.filter(occupation="29-1141").exists()


def test_what_is_not_given_is_empty(tmp_path):
    run(write(tmp_path / "projections.csv", EXPORT))

    assert Projection.objects.get(occupation="15-1299").education == ""


def test_the_second_time_nothing_changes(tmp_path):
    path = write(tmp_path / "projections.csv", EXPORT)
    run(path)

    assert "nothing to change" in run(path)


def test_the_next_set_is_compared_with_the_last(tmp_path):
    run(write(tmp_path / "projections.csv", EXPORT))
    later = EXPORT.replace("2024", "2025").replace("2034", "2035").replace('"1,961.4",267.7', '"1,960.4",266.7')

    said = run(write(tmp_path / "next.csv", later))

    assert "compared with Employment Projections, 2024–34" in said
    assert "2 changed" in said
    assert list(Release.objects.order_by("period").values_list("state", flat=True)) == ["superseded", "current"]


def test_a_dry_run_changes_nothing(tmp_path):
    assert "2 added" in run(write(tmp_path / "projections.csv", EXPORT), dry_run=True)
    assert not Release.objects.exists()


BROKEN = {
    "empty": ("", r"file is empty"),
    "cut short": (EXPORT[:-30], r"csv:4: .*cut short"),
    "another table": ("a,b\n1,2\n", r"csv:1: These are no employment projections"),
    "a column lost": (EXPORT.replace("Occupation Code", "Code"), r"csv:1: These are no employment projections"),
    "years that do not agree": (EXPORT.replace("Change, 2024-2034", "Change, 2023-2033"), r"csv:1: The years"),
    "columns mixed up": (EXPORT.replace("267.7,15.8", "15.8,267.7"), r"csv:2: The change is not the difference"),
    "a word for a number": (EXPORT.replace("267.7", "many"), r"csv:2: “many” is no number"),
    "an occupation twice": (EXPORT.replace("15-1299", "15-1252"), r"csv:3: Occupation 15-1252 stands here twice"),
    "a short line": (EXPORT.replace(",—,0", ""), r"csv:3: .*cut short"),
    "none of ours": (EXPORT.replace('"15-', '"16-'), r"nothing in this file"),
}


@pytest.mark.parametrize(("text", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_is_refused_in_a_sentence(tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(write(tmp_path / "projections.csv", text))

    assert not Release.objects.exists()


def test_a_utf_16_file_is_refused(tmp_path):
    path = tmp_path / "projections.csv"
    path.write_bytes(EXPORT.encode("utf-16"))

    with pytest.raises(CommandError, match="UTF-16"):
        run(path)


def test_a_workbook_without_the_table_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"no sheet “Table 1\.2”"):
        run(workbook(tmp_path / "occupation.xlsx", TABLE, sheet="Table 1.7"))


def test_a_workbook_leaves_out_empty_cells_at_the_end_of_a_row(tmp_path):
    rows = [*TABLE[:2], TABLE[3][:12]]

    run(workbook(tmp_path / "occupation.xlsx", rows))

    assert Projection.objects.get().education == ""


def test_a_cut_workbook_is_refused(tmp_path):
    path = workbook(tmp_path / "occupation.xlsx", TABLE)
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(CommandError, match="no Excel workbook"):
        run(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Cannot be opened"):
        run(tmp_path / "nothing.csv")
