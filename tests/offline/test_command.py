"""What the operator types, and what comes of it."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from roles.models import Role
from tests import factories

from .files import files_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(folder, *options):
    out = StringIO()
    call_command("export_site", str(folder), *options, stdout=out)
    return out.getvalue()


def test_it_says_what_it_wrote_and_what_is_gone(tmp_path):
    factories.RoleFactory(slug="one", published=True)
    gone = factories.RoleFactory(slug="gone", published=True)
    first = run(tmp_path / "careers", "--verbosity", "2")
    Role.objects.filter(pk=gone.pk).update(status="draft")

    second = run(tmp_path / "careers")

    assert "/roles/gone/ → roles/gone/index.html" in first
    assert "/feedback/: only on the site itself" in first
    assert re.search(r"^\d+ pages in \d+ files, \d+\.\d MB\. \d+ files of the earlier copy are gone\.$", second, re.M)
    assert not (tmp_path / "careers" / "roles" / "gone").exists()
    assert (tmp_path / "careers" / "roles" / "one" / "index.html").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--site-url", "careers.example.org"], "write a whole address"),
        (["--site-url", "javascript:alert(1)"], "write a whole address"),
    ],
)
def test_an_address_that_is_none_is_refused_before_anything_is_written(tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        run(tmp_path / "careers", *options)

    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_else_in_it_is_refused(tmp_path):
    (tmp_path / "holiday.jpg").write_text("mine")

    with pytest.raises(CommandError, match="holds something else"):
        run(tmp_path)

    assert files_in(tmp_path) == {"holiday.jpg": b"mine"}
