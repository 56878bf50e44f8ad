"""The figures that come with the project."""

import csv
import random
import shutil
from decimal import Decimal
from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from outlook.importing import box, scope
from outlook.models import Estimate, Industry, Occupation, Projection, Release, RoleOccupation
from outlook.models.estimates import VALUES
from tests.outlook import official
from tests.real_content import put_real_content

pytestmark = pytest.mark.django_db

SEED = 20_251_122


def load(**options):
    out = StringIO()
    call_command("load_figures", stdout=out, **options)
    return out.getvalue()


def lines_of(name):
    with open(scope.DATA_DIR / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def small_box(tmp_path):
    """A copy of the box with fewer areas and industries, which loads faster."""
    folder = tmp_path / "data"
    shutil.copytree(scope.DATA_DIR, folder)
    for name in (box.BY_AREA, box.BY_INDUSTRY):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:60]), encoding="utf-8")
    return folder


def test_the_box_as_a_whole():
    """Every row is there, and twenty figures drawn at random are those of the files."""
    load()

    cells = lines_of(box.BY_INDUSTRY) + lines_of(box.BY_AREA)
    assert Estimate.objects.current().count() == len(cells)
    assert Release.objects.current().count() == len(box.releases())
    assert Industry.objects.exclude(label="").count() == len(scope.named_industries())
    assert set(scope.kept_occupations()) <= set(Occupation.objects.values_list("code", flat=True))

    drawn = random.Random(SEED).sample([(cell, name) for cell in cells for name in VALUES], 20)  # noqa: S311
    for cell, name in drawn:
        estimate = Estimate.objects.current().get(
            area=cell["area"], industry=cell["industry"], occupation=cell["occupation"]
        )
        value, mark = getattr(estimate, name), getattr(estimate, f"{name}_mark")
        assert cell[name] == (mark or ("" if value is None else str(value))), (cell, name)

    for line in lines_of(box.PROJECTED):
        row = Projection.objects.current().get(occupation=line["Occupation Code"])
        assert row.jobs_now == Decimal(line["Employment 2024"])
        assert row.percent == Decimal(line["Employment Percent Change, 2024-2034"])

    # As published for May 2025.
    developers = Estimate.objects.current().national(["15-1252"]).get()
    assert (developers.employment, developers.p50) == (1_687_890, 135_980)
    hospitals = Estimate.objects.current().get(occupation="15-1252", industry="622000")
    assert (hospitals.p10, hospitals.p50, hospitals.p90) == (82_490, 125_860, 164_360)


def test_the_second_time_takes_a_few_queries(small_box, django_assert_max_num_queries):
    box.load(small_box)

    with django_assert_max_num_queries(25):
        said = "\n".join(box.load(small_box))

    assert said.count("loaded before, the same") == len(box.releases())


def test_if_empty_does_nothing_when_there_are_figures(tmp_path):
    call_command("import_oews", official.oews_folder(tmp_path / "release"), stdout=StringIO())

    assert "nothing was loaded" in load(if_empty=True)
    assert Release.objects.count() == 1


def test_what_an_operator_imported_is_left_alone(tmp_path):
    call_command("import_oews", official.oews_folder(tmp_path / "release"), stdout=StringIO())

    assert "loaded from official files, left alone" in load()
    assert Estimate.objects.filter(occupation="15-1252").count() == 4


def test_a_newer_release_of_an_operator_stays_in_front(tmp_path, small_box):
    newer = official.oews_folder(tmp_path / "release", period=("2026", "A01"))
    call_command("import_oews", newer, stdout=StringIO())

    assert "A newer release is shown to readers" in "\n".join(box.load(small_box))
    assert Release.objects.current().get(program="oews").period == "2026A01"


def test_a_corrected_box_is_loaded_again(small_box):
    box.load(small_box)
    path = small_box / box.PROJECTED
    path.write_text(path.read_text(encoding="utf-8").replace("115.2", "115.3"), encoding="utf-8")

    said = "\n".join(box.load(small_box))

    assert "1 changed, 15 the same" in said
    assert Projection.objects.get(occupation="15-1252").openings == Decimal("115.3")


def test_the_box_written_back_is_the_same(tmp_path):
    load()
    copy = tmp_path / "data"
    shutil.copytree(scope.DATA_DIR, copy)

    box.dump(copy)

    for path in sorted(scope.DATA_DIR.rglob("*.*")):
        assert (copy / path.relative_to(scope.DATA_DIR)).read_bytes() == path.read_bytes(), path.name


def test_every_release_in_the_box_says_where_it_comes_from():
    for release in box.releases():
        assert release.entry["source_url"].startswith("https://")
        assert release.entry["published"]
        assert release.entry["retrieved"]
        assert release.entry["licence"]
        assert release.entry["note"]


def test_no_sentence_of_onet_is_in_the_box():
    text = (scope.DATA_DIR / box.PROVENANCE).read_text(encoding="utf-8")

    assert not any(entry["part"] == "Task Statements" for entry in yaml.safe_load(text)["releases"])
    assert {path.name for path in (scope.DATA_DIR / "onet").iterdir()} == {
        "interests.csv",
        "job_zones.csv",
        "technology_skills.csv",
        "work_styles.csv",
    }


def test_the_occupations_we_keep_are_there_before_any_figure():
    assert dict(Occupation.objects.values_list("code", "title")) == scope.listed_occupations()


@pytest.mark.once
def test_the_content_links_every_role_to_one_nearest_occupation():
    put_real_content()

    primary = RoleOccupation.objects.primary()

    assert {link.occupation_id for link in primary} == {"15-1252"}
    assert len({link.role_id for link in primary}) == len(primary) == 5
    assert not RoleOccupation.objects.exclude(occupation__in=scope.kept_occupations()).exists()
