"""OEWS files as published: what is read, and what is refused."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import uuid
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from outlook.importing.progress import Progress
from outlook.models import Area, Estimate, Occupation, Release
from tests.outlook import official
from tests.outlook.factories import ReleaseFactory

pytestmark = pytest.mark.django_db

CELL = (official.NATION, official.ALL, "151252")


def run(folder, **options):
    out = StringIO()
    call_command("import_oews", folder, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    return official.oews_folder(tmp_path / "release")


@pytest.mark.parametrize("packed", [False, True])
def test_a_release_is_loaded_as_published(tmp_path, packed):
    folder = official.oews_folder(tmp_path / "release", packed=packed)

    said = run(folder, published="2026-05-15")

    assert "8 added" in said
    release = Release.objects.get()
    assert (release.program, release.period, release.period_name) == ("oews", "2025A01", "May 2025")
    assert (release.state, release.published) == ("current", "2026-05-15")
    assert "cannot vouch" in release.attribution
    assert release.footnotes["5"].startswith("This wage is equal to or greater")
    estimate = Estimate.objects.filter(occupation="15-1252", area=official.ABILENE).get()
    assert (estimate.employment, estimate.p10, estimate.p50, estimate.p90) == (1000, 60000, 100000, 150000)
    assert (str(estimate.wage_rse), str(estimate.location_quotient)) == ("0.5", "1.02")
    assert (estimate.area.kind, estimate.area.state.name, estimate.area.state.abbreviation) == ("metro", "Texas", "TX")
    assert Area.objects.get(code=official.RURAL).kind == "nonmetro"
    assert Estimate.objects.national(["15-1252"]).get().location_quotient is None


def test_packed_and_plain_files_have_one_digest(tmp_path):
    run(official.oews_folder(tmp_path / "plain"))
    plain = Release.objects.get().sha256
    (tmp_path / "plain" / "oe.data.0.Current").unlink()
    run(official.oews_folder(tmp_path / "plain", packed=True))

    assert Release.objects.get().sha256 == plain


def test_only_the_occupations_we_keep_are_loaded(folder):
    run(folder)

    assert set(Estimate.objects.values_list("occupation", flat=True)) == {"00-0000", "15-1252"}
    assert not Occupation.objects.filter(code="29-1141").exists()


def test_marks_mean_what_the_footnotes_say(tmp_path):
    changes = {
        (CELL, "p75"): ("-", "5"),
        (CELL, "p90"): ("-", "5"),
        ((official.TEXAS, official.ALL, "151252"), "employment"): ("-", "8"),
    }
    run(official.oews_folder(tmp_path / "release", official.data_lines(changes=changes)))

    nation = Estimate.objects.national(["15-1252"]).get()
    assert (nation.p75, nation.p75_mark, nation.p90_mark) == (None, "#", "#")
    texas = Estimate.objects.filter(occupation="15-1252", area=official.TEXAS).get()
    assert (texas.employment, texas.employment_mark, texas.p50_mark) == (None, "-", "")


def test_the_second_time_nothing_changes(folder):
    run(folder)
    before = list(Estimate.objects.order_by("pk").values())

    assert "nothing to change" in run(folder)
    assert list(Estimate.objects.order_by("pk").values()) == before


def test_the_order_of_lines_does_not_matter(tmp_path, folder):
    run(folder)
    lines = official.data_lines()
    random.Random(3).shuffle(lines)  # noqa: S311

    assert "nothing to change" in run(official.oews_folder(tmp_path / "shuffled", lines))


def test_a_correction_changes_only_its_rows(tmp_path, folder):
    run(folder)
    kept = Estimate.objects.filter(occupation="15-1252", area=official.TEXAS).get().pk
    cells = [cell for cell in official.CELLS if cell != (official.NATION, official.HOSPITALS, "151252")]
    lines = official.data_lines(cells, {(CELL, "p50"): ("101000", "")})

    said = run(official.oews_folder(tmp_path / "corrected", lines))

    assert "1 changed, 1 gone, 6 the same" in said
    assert Estimate.objects.national(["15-1252"]).get().p50 == 101_000
    assert Estimate.objects.filter(occupation="15-1252", area=official.TEXAS).get().pk == kept


def test_a_newer_release_takes_over_and_the_older_is_kept(tmp_path, folder):
    run(folder)

    said = run(official.oews_folder(tmp_path / "next", period=("2026", "A01")))

    assert "compared with Occupational Employment and Wage Statistics, May 2025" in said
    assert list(Release.objects.order_by("period").values_list("period", "state")) == [
        ("2025A01", "superseded"),
        ("2026A01", "current"),
    ]
    assert Estimate.objects.filter(occupation="15-1252", area=official.TEXAS).count() == 2
    assert Estimate.objects.current().filter(occupation="15-1252", area=official.TEXAS).count() == 1


def test_an_older_release_is_kept_behind_the_newer(tmp_path, folder):
    run(folder)

    said = run(official.oews_folder(tmp_path / "older", period=("2024", "A01")))

    assert "A newer release is shown" in said
    assert Release.objects.current().get().period == "2025A01"


def test_a_dry_run_says_what_would_change_and_changes_nothing(folder):
    said = run(folder, dry_run=True)

    assert "8 added" in said
    assert "nothing was changed" in said
    assert not Release.objects.exists()
    assert not Area.objects.exists()


def test_without_a_terminal_no_bar_is_drawn(folder, capfd):
    run(folder)

    assert capfd.readouterr().err == ""


def test_on_a_terminal_a_bar_is_drawn_and_taken_away(monkeypatch, capsys):
    clock = iter(range(1, 100))
    monkeypatch.setattr("outlook.importing.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)

    with Progress("oe.data.0.Current", 200) as progress:
        progress.add(50)
        progress.add(150)

    drawn = capsys.readouterr().err.split("\r")
    assert [line.split("]")[-1].strip() for line in drawn if "[" in line] == ["25%", "100%"]
    assert not drawn[-2].strip()


def edit(name, change):
    def spoil(folder):
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return spoil


def swap(name, old, new):
    """The first place where `old` stands in the file gets `new`."""
    return edit(name, lambda data: data.replace(old.encode(), new.encode(), 1))


def pack(change):
    def spoil(folder):
        path = folder / "oe.data.0.Current"
        packed = change(gzip.compress(path.read_bytes()))
        path.unlink()
        path.with_name(f"{path.name}.gz").write_bytes(packed)

    return spoil


def missing(name):
    return lambda folder: (folder / name).unlink()


def lines(*positions):
    """Keep the lines from one position to another, counted from the header."""
    return lambda data: b"".join(data.splitlines(keepends=True)[slice(*positions)])


DATA = "oe.data.0.Current"

# What is refused: {id: (a change to a whole folder, a part of the sentence)}
SPOILED = {
    "cut within a line": (edit(DATA, lambda data: data[:-20]), r"Current:114: .*cut short"),
    "cut within an occupation": (edit(DATA, lines(-14)), r"Current:100: .*cut short"),
    "cut within one we do not keep": (edit(DATA, lines(-3)), r"Current:111: .*cut short"),
    "a line lost": (
        edit(DATA, lambda data: lines(8)(data) + lines(9, None)(data)),
        r"Current:113: .*lacks datatype 14",
    ),
    "cut between areas": (edit(DATA, lines(81)), r"Current:81: 1 areas have no figures, the first is Texas"),
    "cut to the header": (edit(DATA, lines(1)), r"Current:1: There is nothing"),
    "packed and cut": (pack(lambda data: data[:-30]), "cut short"),
    "packed and damaged": (pack(lambda data: data[:60] + b"\x00\x01\x02" + data[63:]), r"Current\.gz"),
    "not packed at all": (pack(lambda data: b"plain text"), "no gzip file"),
    "given twice": (edit(DATA, lambda data: data + data.split(b"\n", 1)[1]), r"Current:115: .*given before"),
    "ten files in one": (edit(DATA, lambda data: data * 10), r"Current:115: .*no OEWS series"),
    "one line twice": (edit(DATA, lambda data: data + data.splitlines(keepends=True)[1]), r"Current:115: .*before"),
    "UTF-16": (edit(DATA, lambda data: data.decode().encode("utf-16")), r"Current:1: .*UTF-16"),
    "empty": (edit(DATA, lambda data: b""), r"Current: The file is empty"),
    "another header": (swap(DATA, "series_id", "id"), r"Current:1: .*columns should be"),
    "no header": (edit(DATA, lines(1, None)), r"Current:1: .*columns should be"),
    "another table": (edit(DATA, lambda data: b"a,b,c\r\n1,2,3\r\n"), r"Current:1: .*no OEWS data file"),
    "no lines": (edit(DATA, lambda data: b"x" * 9999), r"Current:1: The first line does not end"),
    "another survey": (swap(DATA, "OEUM", "CEUM"), r"Current:2: .*no OEWS series"),
    "another year": (swap(DATA, "2025\tA01", "2024\tA01"), r"Current:2: .*2024 A01"),
    "a word for a value": (swap(DATA, "      100000", "        lots"), r"Current:4: “lots”"),
    "a negative value": (swap(DATA, "      100000", "     -100000"), r"Current:4: “-100000”"),
    "a mark without reason": (swap(DATA, "      100000", "           -"), r"Current:4: .*no footnote"),
    "an unknown area": (swap(DATA, "M0010180", "M0099999"), r"Current:2: Area M0099999 is not in"),
    "an unknown industry": (swap(DATA, "622000", "999999"), r"Current:73: Industry 999999 is not in"),
    "industry detail below the nation": (
        swap(DATA, "S4800000000000151252", "S4800000622000151252"),
        r"Current:93: Figures by industry are national only",
    ),
    "a column too many": (swap(DATA, "\tA01\t", "\tA01\t\t"), r"Current:2: 5 columns"),
    "another datatype list": (swap("oe.datatype", "Annual median", "Weekly"), r"oe\.datatype:\d+: .*should be"),
    "another area list": (swap("oe.area", "area_code", "place"), r"oe\.area:1: The columns"),
    "an area listed twice": (edit("oe.area", lambda data: data + data.splitlines(True)[2]), r"oe\.area:6: .*twice"),
    "a short line in a list": (edit("oe.industry", lambda data: data + b"1\r\n"), r"oe\.industry:4: 5 columns"),
    "a word for a level": (
        edit("oe.industry", lambda data: data.replace(b"\t3\t", b"\thigh\t")),
        r"oe\.industry:3: “high” is no display level",
    ),
    "two releases": (edit("oe.release", lambda data: data + b"2024A01\tMay\r\n"), r"oe\.release:3: More than one"),
    "no list of areas": (missing("oe.area"), "no file “oe.area”"),
    "no data": (missing(DATA), r"no file “oe\.data\.0\.Current”"),
}


@pytest.mark.parametrize(("spoil", "sentence"), SPOILED.values(), ids=SPOILED.keys())
def test_a_folder_is_refused_in_a_sentence_and_nothing_changes(tmp_path, spoil, sentence):
    run(official.oews_folder(tmp_path / "before", period=("2024", "A01")))
    before = list(Estimate.objects.order_by("pk").values()), list(Release.objects.values())
    folder = official.oews_folder(tmp_path / "release")
    spoil(folder)

    with pytest.raises(CommandError, match=sentence) as refusal:
        run(folder)

    assert "Nothing was changed." in str(refusal.value)
    assert (list(Estimate.objects.order_by("pk").values()), list(Release.objects.values())) == before


def test_what_the_database_refuses_is_said_and_changes_nothing(tmp_path, folder):
    run(folder)
    falling = official.data_lines(changes={(CELL, "p25"): ("59999", "")}, period=("2026", "A01"))

    with pytest.raises(CommandError, match="estimate_percentiles_rise") as refusal:
        run(official.oews_folder(tmp_path / "falling", falling, period=("2026", "A01")))

    assert "Nothing was changed." in str(refusal.value)
    assert Release.objects.get().period == "2025A01"


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"no file “oe\.release”"):
        run(tmp_path / "nowhere")


IMPORTER = """
import io, json, os, sys, time
import django
django.setup()
from django.core.management import call_command
from django.db import connections, models
from outlook.importing import storing

old, new = sys.argv[1:]
moment = ""

def stop_at(name, function):
    def stopping(*args, **kwargs):
        result = function(*args, **kwargs)
        if name == moment:
            print(os.getpid(), flush=True)
            time.sleep(60)
        return result
    return stopping

def said_by(*command):
    words = io.StringIO()
    call_command(*command, stdout=words)
    return words.getvalue()

models.QuerySet.bulk_create = stop_at("codes", models.QuerySet.bulk_create)
storing._copy = stop_at("rows", storing._copy)
storing._execute_many = stop_at("rows", storing._execute_many)
storing._replace = stop_at("estimates", storing._replace)
storing._show = stop_at("shown", storing._show)

said_by("migrate", "--verbosity", "0")
said_by("import_oews", old)
print(json.dumps(said_by("dumpdata", "outlook")), flush=True)
for line in sys.stdin:
    connections.close_all()
    moment = line.strip()
    child = os.fork()
    if not child:
        said_by("import_oews", new)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.WTERMSIG(status), said_by("dumpdata", "outlook")]), flush=True)
moment = ""
print(json.dumps([said_by("import_oews", new), said_by("dumpdata", "outlook.release")]), flush=True)
"""


@pytest.fixture
def database_address(tmp_path):
    """The address of an empty database that other processes can open too, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return
    server, name = urlsplit(os.environ["TEST_DATABASE_URL"]), f"killed_{uuid.uuid4().hex}"
    # CREATE DATABASE is refused inside a transaction, and a test runs in one.
    outside = connection.copy()
    with outside.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield server._replace(path=f"/{name}").geturl()
    with outside.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    outside.close()


def test_a_killed_import_leaves_the_old_release_as_it_was(tmp_path, database_address):
    """A real process, killed at four moments in the middle of its transaction, on a database of its own."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": database_address}
    old, new = official.oews_folder(tmp_path / "old"), official.oews_folder(tmp_path / "new", period=("2026", "A01"))
    importer = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(old), str(new)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    before = json.loads(importer.stdout.readline())

    for moment in ("codes", "rows", "estimates", "shown"):
        importer.stdin.write(f"{moment}\n")
        importer.stdin.flush()
        os.kill(int(importer.stdout.readline()), signal.SIGKILL)

        assert json.loads(importer.stdout.readline()) == [signal.SIGKILL, before], moment
    said, releases = json.loads(importer.communicate()[0])
    assert "A newer" not in said
    assert '"2026A01"' in releases


def test_a_failure_while_writing_leaves_everything_as_it_was(tmp_path, folder, monkeypatch):
    run(folder)
    before = list(Estimate.objects.order_by("pk").values())

    def fail(release, current):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("outlook.importing.storing._show", fail)
    with pytest.raises(RuntimeError):
        run(official.oews_folder(tmp_path / "next", period=("2026", "A01")))

    assert list(Estimate.objects.order_by("pk").values()) == before
    assert Release.objects.count() == 1


def test_figures_of_other_programs_stay(folder):
    other = ReleaseFactory(program="projections", period="2024-34")

    run(folder)

    assert set(Release.objects.current().values_list("program", flat=True)) == {"oews", other.program}
