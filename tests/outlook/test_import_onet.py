"""O*NET tables as published."""

import gzip
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from outlook.importing.onet import OLDER, TABLES
from outlook.models import Occupation, Rating, Release, Task, Technology

pytestmark = pytest.mark.django_db

ROWS = {
    "Technology Skills": [
        ["15-1252.00", "Python", "43232405", "Object oriented development software", "Y", "Y"],
        ["15-1252.00", "Pascal", "43232405", "Object oriented development software", "N", "N"],
        ["29-1141.00", "Epic Systems", "43232610", "Medical software", "Y", "Y"],
    ],
    "Interests": [
        ["15-1252.00", "1.B.1.b", "Investigative", "OI", "5.86", "11/2023", "Machine Learning"],
        ["15-1252.00", "1.B.1.g", "First Interest High-Point", "IH", "2.00", "11/2023", "Machine Learning"],
    ],
    "Work Styles": [
        ["15-1252.00", "1.D.2.a", "Attention to Detail", "WI", "2.67", "12/2025", "AI/Expert"],
        ["15-1252.00", "1.D.2.a", "Attention to Detail", "DR", "2.00", "12/2025", "AI/Expert"],
    ],
    "Job Zones": [["15-1211.01", "5", "08/2023", "Analyst"]],
    "Task Statements": [["15-1252.00", "100", "Write software.", "Core", "20", "08/2023", "Incumbent"]],
    "Occupation Data": [["15-1211.01", "Health Informatics Specialists", "Apply knowledge."]],
}
HEADERS = {name: layout.header for name, layout in TABLES.items()} | {
    "Occupation Data": ["O*NET-SOC Code", "Title", "Description"]
}


def write(folder, name, rows=None, header=None, packed=False):
    lines = [header or HEADERS[name], *(rows or ROWS[name])]
    data = "".join("\t".join(line) + "\r\n" for line in lines).encode()
    path = folder / f"{name}.txt{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "db_30_2_text"
    folder.mkdir()
    for name in ROWS:
        write(folder, name)
    return folder


def run(folder, **options):
    out = StringIO()
    call_command("import_onet", folder, stdout=out, **options)
    return out.getvalue()


def test_each_table_becomes_a_release(folder):
    run(folder, published="2026-02")

    assert set(Release.objects.current().values_list("part", "period")) == {(name, "30.2") for name in TABLES}
    assert "O*NET 30.2 Database" in Release.objects.first().attribution
    assert "has modified" in Release.objects.first().attribution


def test_the_rows_of_the_occupations_we_keep(folder):
    run(folder)

    python, pascal = Technology.objects.current().of("15-1252").order_by("-in_demand")
    assert (python.name, python.is_hot, python.in_demand, pascal.in_demand) == ("Python", True, True, False)
    assert list(Technology.objects.in_demand()) == [python]
    assert Rating.objects.get(scale=Rating.WORK_STYLES).value == Decimal("2.67")
    assert list(Rating.objects.filter(occupation="15-1252").order_by("scale").values_list("scale", flat=True)) == [
        "OI",
        "WI",
    ]
    assert Rating.objects.get(scale="JZ").occupation.title == "Health Informatics Specialists"
    assert Task.objects.get().text == "Write software."
    assert not Occupation.objects.filter(code="29-1141").exists()


@pytest.mark.parametrize("sentence", [r"Keep C:\new\table and \N as they are.", "“Quoted”, 100%; 𝑥 → y"])
def test_signs_with_a_meaning_for_databases_arrive_as_they_are(tmp_path, sentence):
    write(tmp_path, "Task Statements", rows=[["15-1252.00", "100", sentence, "n/a", "20", "08/2023", "Incumbent"]])

    run(tmp_path, release="30.2")

    assert (Task.objects.get().text, Task.objects.get().kind) == (sentence, "")


def test_the_second_time_nothing_changes(folder):
    run(folder)

    assert run(folder).count("nothing to change") == len(TABLES)


def test_packed_tables_are_read(tmp_path):
    write(tmp_path, "Technology Skills", packed=True)

    run(tmp_path, release="30.2")

    assert Technology.objects.count() == 2


def test_tables_that_are_not_there_stay_as_they_are(folder, tmp_path):
    run(folder)
    newer = tmp_path / "db_30_3_text"
    newer.mkdir()
    write(newer, "Interests")

    run(newer)

    assert Release.objects.current().get(part="Interests").period == "30.3"
    assert Release.objects.current().get(part="Work Styles").period == "30.2"


def test_work_styles_of_the_older_model_are_left_out(tmp_path):
    write(tmp_path, "Interests")
    write(tmp_path, "Work Styles", rows=[["15-1252.00", *["x"] * 11]], header=OLDER["Work Styles"])

    run(tmp_path, release="29.3")

    assert list(Release.objects.values_list("part", flat=True)) == ["Interests"]


def test_a_dry_run_changes_nothing(folder):
    assert "2 added" in run(folder, dry_run=True)
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("Interests", lambda data: data[:-15], r"Interests\.txt:3: .*"),
        ("Interests", lambda data: data + data.split(b"\r\n", 1)[1], r"Interests\.txt:4: This line repeats"),
        ("Interests", lambda data: data.decode().encode("utf-16"), r"Interests\.txt:1: .*UTF-16"),
        ("Interests", lambda data: b"", r"Interests\.txt: The file is empty"),
        ("Interests", lambda data: data.replace(b"Data Value", b"Value"), r"Interests\.txt:1: The columns should be"),
        ("Interests", lambda data: data.replace(b"5.86", b"high"), r"Interests\.txt:2: A value in this line"),
        ("Interests", lambda data: data.replace(b"15-1252.00", b"software"), r"Interests\.txt:2: .*no O\*NET-SOC code"),
        ("Interests", lambda data: data.replace(b"15-1252", b"29-1141"), r"Interests\.txt: There is nothing"),
        ("Technology Skills", lambda data: data.replace(b"\tY\t", b"\tMaybe\t"), r"Skills\.txt:2: A value"),
        ("Job Zones", lambda data: data + b"\xff\xfe\r\n", r"Job Zones\.txt:3: .*not UTF-8"),
    ],
)
def test_a_table_is_refused_in_a_sentence_and_none_is_loaded(folder, name, change, sentence):
    path = folder / f"{name}.txt"
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(CommandError, match=sentence):
        run(folder)

    assert not Release.objects.exists()


def test_a_folder_that_does_not_say_its_release(tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()

    with pytest.raises(CommandError, match=r"add --release|Add --release"):
        run(folder)


def test_a_folder_without_tables(tmp_path):
    with pytest.raises(CommandError, match="None of the tables"):
        run(tmp_path, release="30.2")
