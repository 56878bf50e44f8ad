"""The dataset: all that is published and nothing else, the same bytes for the same words, and loadable again."""

import csv
import io
import json
import time
import zipfile

import pytest
from django.core.management import CommandError, call_command

from api.dataset import NAME, archive, made
from editorial.models import Source
from roles.models import Role
from skills.models import RoleSkill, Skill
from tests.factories import CitationFactory, RoleFactory, RoleSkillFactory, SkillFactory, SourceFactory

pytestmark = pytest.mark.django_db


def files(body):
    """{name: text} of an archive."""
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        assert opened.testzip() is None
        return {each.removeprefix(f"{NAME}/"): opened.read(each).decode() for each in opened.namelist()}


def test_only_what_is_published_is_in_it():
    role = RoleFactory(slug="open", published=True)
    secret = SkillFactory(slug="secret-skill", summary="Secret.")
    RoleSkillFactory(role=role, skill=secret, why="Secret why.")
    RoleFactory(slug="secret-role")
    SourceFactory(key="secret-source")

    found = files(made())

    assert "content/roles/open.json" in found
    assert [name for name, text in found.items() if "secret" in f"{name} {text}".lower()] == []


def test_archive_follows_every_change_within_a_minute(monkeypatch):
    """Also one that is written past the editors' desk and leaves no day behind."""
    link = RoleSkillFactory(role=RoleFactory(slug="one", published=True), skill__published=True, why="First.")
    source = SourceFactory(title="Old title.", url="https://example.org/cited")
    CitationFactory(page=link.role, source=source)
    assert "First." in files(archive())["content/roles/one.json"]

    RoleSkill.objects.update(why="Second.")
    Source.objects.update(title="New title.")
    a_minute_later = time.time() + 60
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: a_minute_later)

    found = files(archive())
    assert "Second." in found["content/roles/one.json"]
    assert "New title." in found["csv/sources.csv"]
    Role.objects.update(status="draft")
    a_minute_later += 60
    assert "content/roles/one.json" not in files(archive())


@pytest.mark.once
def test_no_cell_of_a_table_is_a_formula():
    SkillFactory(slug="odd", published=True, summary="=cmd|'/C calc'!A0")

    found = files(made())

    row = next(csv.DictReader(io.StringIO(found["csv/skills.csv"])))
    assert row["summary"] == "'=cmd|'/C calc'!A0"
    assert json.loads(found["content/skills/odd.json"])["summary"] == "=cmd|'/C calc'!A0"


@pytest.mark.once
@pytest.mark.parametrize("body", [b"", b"no archive", b"PK\x03\x04"])
def test_what_is_no_archive_is_refused_with_a_sentence(tmp_path, body):
    path = tmp_path / "dataset.zip"
    path.write_bytes(body)

    with pytest.raises(CommandError, match="Not readable as a ZIP archive"):
        call_command("load_content", path)


@pytest.mark.once
def test_archive_with_a_damaged_file_is_refused_whole(tmp_path):
    path = tmp_path / "dataset.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("content/skills/odd.json", '{"slug": "odd",')
        opened.writestr("content/skills/list.json", "[]")

    with pytest.raises(CommandError) as error:
        call_command("load_content", path)

    assert "Not readable as JSON" in str(error.value)
    assert "An object belongs here" in str(error.value)
    assert not Skill.objects.exists()
