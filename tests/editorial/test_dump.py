"""Dumping writes the database back to files, and loading them again changes nothing."""

import pytest
from django.conf import settings

from editorial.content.dump import dump
from editorial.content.files import read
from editorial.content.load import load
from editorial.models import FormerSlug
from roles.models import Role
from tests.factories import ReasonFactory, ReasonFigureFactory, RoleFactory, SkillFactory, TrendFactory
from tests.real_content import put_real_content

from .conftest import empty_the_database

pytestmark = pytest.mark.django_db


def files_below(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_real_content_is_the_same_after_load_dump_and_load_here_and_in_a_fresh_database(tmp_path):
    put_real_content()
    count = dump(tmp_path / "first")
    report = load(tmp_path / "first")
    assert report.lines == []
    assert report.counts == {"the same": count}
    empty_the_database()
    load(tmp_path / "first")

    dump(tmp_path / "second")

    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")
    assert set(files_below(tmp_path / "first")) == set(files_below(settings.CONTENT_DIR))


def test_rows_of_editors_survive_dump_and_load_into_a_fresh_database(tmp_path):
    RoleFactory(published=True, with_parts=True)
    SkillFactory(published=True, with_parts=True)
    ReasonFactory(published=True, with_parts=True)
    TrendFactory(published=True, with_parts=True)
    count = dump(tmp_path / "first")
    empty_the_database()
    load(tmp_path / "first")

    dump(tmp_path / "second")

    assert files_below(tmp_path / "second") == files_below(tmp_path / "first")
    assert len(files_below(tmp_path / "first")) == count


def test_file_is_named_after_the_slug_and_opens_with_it(tmp_path):
    RoleFactory(slug="ehr", title="EHR developer")

    count = dump(tmp_path)

    assert count == 1
    assert list(files_below(tmp_path)) == [(tmp_path / "roles" / "ehr.yaml").relative_to(tmp_path)]
    text = (tmp_path / "roles" / "ehr.yaml").read_text(encoding="utf-8")
    assert text.startswith("slug: ehr\nstatus: draft\n")
    assert "updated_at" not in text


def test_numbers_with_choices_are_written_as_words(tmp_path):
    RoleFactory(slug="ehr", with_parts=True)

    dump(tmp_path)

    data = read(tmp_path / "roles" / "ehr.yaml").data
    assert data["week_activities"][0]["day"] == "monday"
    assert data["role_standards"][0]["when"] == "before-you-apply"


@pytest.mark.parametrize(("value", "written"), [("5.00", b"value: 5\n"), ("71.40", b"value: 71.4\n")])
def test_figures_are_written_without_empty_digits(tmp_path, value, written):
    ReasonFigureFactory(value=value, reason__slug="demand")

    dump(tmp_path)

    assert written in (tmp_path / "reasons" / "demand.yaml").read_bytes()


def test_file_of_what_is_gone_is_removed_and_other_files_stay(tmp_path):
    RoleFactory(slug="ehr")
    dump(tmp_path)
    (tmp_path / "roles" / "README.md").write_text("Notes.")
    Role.objects.all().delete()

    dump(tmp_path)

    assert [path.name for path in (tmp_path / "roles").iterdir()] == ["README.md"]


def test_changed_slug_moves_the_file_and_keeps_the_old_address(tmp_path):
    role = RoleFactory(slug="ehr")
    dump(tmp_path)
    role.slug = "records"
    role.save()
    dump(tmp_path)
    empty_the_database()

    load(tmp_path)

    assert list(files_below(tmp_path / "roles")) == [(tmp_path / "records.yaml").relative_to(tmp_path)]
    assert FormerSlug.objects.get().slug == "ehr"
    assert Role.objects.formerly("ehr").get().slug == "records"


def test_dump_of_an_edit_settles_the_clash_with_the_files(folder):
    load(folder.root)
    Role.objects.update(tagline="From the editor.")
    dump(folder.root)

    report = load(folder.root)

    assert report.counts == {"the same": 3}
    assert Role.objects.get().tagline == "From the editor."
