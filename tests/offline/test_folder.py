"""A folder holds one whole copy: the former one, or the next."""

import pytest

from offline.folder import MARKER, BadNames, WrongFolder, check_names, check_place, put

from .files import files_in

pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path):
    """A folder with a first copy."""
    put(tmp_path / "careers", {"index.html": b"first", "roles/old/index.html": b"old"})
    return tmp_path / "careers"


def contents(folder):
    return {name: body for name, body in files_in(folder).items() if name != MARKER}


def test_the_next_copy_replaces_the_whole_of_the_former(folder):
    written = put(folder, {"index.html": b"second"})

    assert contents(folder) == {"index.html": b"second"}
    assert (written.files, written.size, written.gone) == (1, 6, ["roles/old/index.html"])
    assert [each.name for each in folder.parent.iterdir()] == ["careers"]


def test_a_run_that_fails_half_way_leaves_the_former_copy(folder):
    impossible = {"a": b"a file", "a/b": b"in a file"}

    with pytest.raises(OSError, match="a"):
        put(folder, {"0": b"written before", **impossible})

    assert contents(folder) == {"index.html": b"first", "roles/old/index.html": b"old"}
    assert [each.name for each in folder.parent.iterdir()] == ["careers"]


@pytest.mark.parametrize("between", ["while writing", "between the two moves"])
def test_a_run_that_was_killed_is_tidied_up_by_the_next(folder, between):
    begun = folder.with_name(".careers.new")
    begun.mkdir()
    (begun / MARKER).touch()
    (begun / "half").write_bytes(b"hal")
    if between == "between the two moves":
        folder.rename(folder.with_name(".careers.old"))

    written = put(folder, {"index.html": b"second"})

    assert contents(folder) == {"index.html": b"second"}
    assert written.gone == ["roles/old/index.html"]
    assert [each.name for each in folder.parent.iterdir()] == ["careers"]


def test_a_copy_that_a_killed_run_had_moved_aside_comes_back_when_the_next_run_fails(folder):
    folder.rename(folder.with_name(".careers.old"))

    with pytest.raises(OSError, match="a"):
        put(folder, {"a": b"", "a/b": b""})

    assert contents(folder) == {"index.html": b"first", "roles/old/index.html": b"old"}


def test_only_a_place_for_a_copy_is_taken(tmp_path, folder):
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    (tmp_path / "link").symlink_to(folder)

    for name in ("new", "empty", "careers"):
        check_place(tmp_path / name)
    for name in ("file", "other", "link", "missing/new"):
        with pytest.raises(WrongFolder):
            check_place(tmp_path / name)
    with pytest.raises(WrongFolder, match="Name a folder on it"):
        check_place(tmp_path.__class__("/proc"))  # a drive of its own


@pytest.mark.parametrize(
    "names",
    [["roles/One.html", "roles/one.html"], ["a" * 181], ["con/" * 50]],
    ids=["capitals", "a long name", "a deep folder"],
)
def test_names_that_some_drive_cannot_hold_are_refused(names):
    with pytest.raises(BadNames):
        check_names(names)
