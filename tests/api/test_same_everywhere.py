"""The real content says the same wherever it is read: on pages, as CSV, from the API, and in the dataset."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction

from api.dataset import archive, made
from editorial.content.kinds import all_kinds
from editorial.models import LoadedContent, Version
from match.models import QuestionSet
from roles.models import Role

from .test_dataset import files

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def real_archive(real_content):
    return made()


def test_archive_can_be_loaded_into_an_empty_installation_and_comes_out_the_same(real_archive, tmp_path):
    path = tmp_path / "dataset.zip"
    path.write_bytes(real_archive)
    with transaction.atomic():
        for model in (*(kind.model for kind in reversed(all_kinds())), QuestionSet, LoadedContent, Version):
            model.objects.all().delete()

        call_command("load_content", path, verbosity=0)

        assert Role.objects.published().count() == 5
        assert made() == real_archive
        transaction.set_rollback(True)


def test_same_words_give_the_same_bytes(real_archive):
    assert archive() == archive() == real_archive


def test_tables_hold_what_the_json_holds(real_archive):
    found = files(real_archive)
    described = json.loads(found["datapackage.json"])

    assert {each["path"] for each in described["resources"]} == {name for name in found if name.startswith("csv/")}
    for each in described["resources"]:
        names, *rows = csv.reader(io.StringIO(found[each["path"]]))
        assert names == [field["name"] for field in each["schema"]["fields"]]
        assert rows, each["path"]
    roles = {row["slug"]: row for row in csv.DictReader(io.StringIO(found["csv/roles.csv"]))}
    for slug, row in roles.items():
        assert row["promise"] == json.loads(found[f"content/roles/{slug}.json"])["promise"]


def test_archive_says_who_may_use_it_and_which_version_it_is(real_archive):
    found = files(real_archive)

    version = json.loads(found["datapackage.json"])["version"]
    assert f"Version {version}:" in found["README.md"]
    assert "creativecommons.org/licenses/by/4.0" in found["README.md"]
    assert "O*NET" in found["LICENSE.txt"]
