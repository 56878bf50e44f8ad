"""load_content and dump_content say what they did, in words for editors."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from editorial.content.load import is_empty
from roles.models import Role
from tests.factories import PageFactory, RoleFactory

from .conftest import everything_in_the_database

pytestmark = pytest.mark.django_db


def says(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def test_load_reports_each_change_and_the_totals(folder):
    assert says("load_content", folder.root) == (
        "sources/law: added\nstandards/hipaa: added\nroles/ehr: added\n3 added.\n"
    )
    assert says("load_content", folder.root) == "3 the same.\n"


def test_dry_run_says_so_and_changes_nothing(folder):
    words = says("load_content", folder.root, "--dry-run")

    assert words.endswith("3 added.\nA dry run: nothing was changed.\n")
    assert is_empty()


def test_load_without_a_folder_takes_the_content_of_the_site(folder, settings):
    settings.CONTENT_DIR = folder.root

    says("load_content")

    assert Role.objects.get().slug == "ehr"


def test_overwrite_takes_the_files_words(folder):
    says("load_content", folder.root)
    Role.objects.update(tagline="From the editor.")

    kept = says("load_content", folder.root)
    assert "left alone, since an editor changed it" in kept
    assert Role.objects.get().tagline == "From the editor."

    taken = says("load_content", folder.root, "--overwrite")
    assert "roles/ehr: changed (tagline)" in taken
    assert Role.objects.get().tagline == "Tagline."


def test_if_empty_loads_into_an_empty_database(folder):
    words = says("load_content", folder.root, "--if-empty")

    assert words.endswith("3 added.\n")
    assert Role.objects.exists()


@pytest.mark.parametrize("make", [RoleFactory, PageFactory], ids=["a draft", "a page's words"])
def test_if_empty_does_nothing_when_there_is_content_already(folder, make):
    make()
    before = everything_in_the_database()

    words = says("load_content", folder.root, "--if-empty")

    assert words == "The database holds content already; nothing was loaded.\n"
    assert everything_in_the_database() == before


@pytest.mark.parametrize("options", [[], ["--dry-run"], ["--overwrite"], ["--if-empty"]], ids=str)
def test_mistakes_are_named_with_file_and_line_and_nothing_is_changed(folder, options):
    folder.replace("roles/ehr", "color: slate", "color: pink")
    folder.replace("standards/hipaa", "region: world", "region: moon")

    with pytest.raises(CommandError) as error:
        says("load_content", folder.root, *options)

    lines = str(error.value).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f"{folder.path('standards/hipaa')}:{folder.line_of('standards/hipaa', 'moon')}: ")
    assert lines[1].startswith(f"{folder.path('roles/ehr')}:{folder.line_of('roles/ehr', 'pink')}: ")
    assert lines[-1] == "Nothing was changed."
    assert is_empty()


def test_unknown_folder_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere:1: There is no such folder\.\nNothing was changed\.$"):
        says("load_content", tmp_path / "nowhere")


def test_dump_says_how_many_files_it_wrote_and_where(tmp_path):
    RoleFactory(slug="ehr")
    PageFactory(key="home")

    words = says("dump_content", tmp_path)

    assert words == f"2 files written to {tmp_path}.\n"
    assert sorted(path.name for path in tmp_path.rglob("*.yaml")) == ["ehr.yaml", "home.yaml"]


def test_dump_without_a_folder_writes_to_the_content_of_the_site(tmp_path, settings):
    settings.CONTENT_DIR = tmp_path
    RoleFactory(slug="ehr")

    says("dump_content")

    assert (tmp_path / "roles" / "ehr.yaml").exists()
