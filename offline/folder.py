"""Writes the copy beside its place and puts it there in one go, so that a run that stops half way changes nothing."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .addresses import LONGEST_FILE

# Says that a folder is a copy of this site, and may be replaced by the next one.
MARKER = ".copy-of-careers-in-healthcare-software"
MARKER_WORDS = "Made by manage.py export_site, which replaces this whole folder. Put nothing of your own in it.\n"


class WrongFolder(Exception):
    """The copy cannot be put there; the message says why, and what to do."""


class BadNames(Exception):
    """Two files of one name, or a name too long for some computers."""


@dataclass(frozen=True)
class Written:
    """What came to stand in the folder: its files and bytes, and the files of the former copy that are gone."""

    files: int
    size: int
    gone: list


def check_place(folder):
    """Raises WrongFolder unless `folder` is a place for a copy: new, empty, or a former copy."""
    if folder.is_symlink() or os.path.ismount(folder):
        raise WrongFolder(f"{folder} is a drive or a link. Name a folder on it, such as {folder / 'careers'}.")
    if not folder.parent.is_dir():
        raise WrongFolder(f"There is no folder {folder.parent} to put the copy in.")
    if folder.exists() and not folder.is_dir():
        raise WrongFolder(f"{folder} is a file.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise WrongFolder(f"{folder} holds something else than an earlier copy. Name a new or an empty folder.")


def check_names(names):
    """Raises BadNames when some file system could not hold all of these files."""
    seen = {}
    for name in sorted(names):
        if len(name) > LONGEST_FILE:
            raise BadNames(f"The name {name} is longer than {LONGEST_FILE} signs.")
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise BadNames(f"{other} and {name} differ in capitals only; many drives take them for one file.")


def put(folder, files):
    """Make `folder` hold exactly `files` ({name: bytes}) and the marker; returns what was Written.

    Raises WrongFolder, BadNames and OSError, and then leaves what was there.
    """
    new, old = (folder.with_name(f".{folder.name}.{which}") for which in ("new", "old"))
    _tidy_up_after_a_stop(folder, new, old)
    check_place(folder)
    check_names(files)
    before = _names_in(folder)
    try:
        _write(new, files)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except BaseException:
        _tidy_up_after_a_stop(folder, new, old)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return Written(len(files), sum(map(len, files.values())), sorted(before - files.keys()))


def _tidy_up_after_a_stop(folder, new, old):
    """Put a former copy back that was moved aside, and remove what was only begun."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    for each in (new, old):
        if (each / MARKER).is_file() or (each.is_dir() and not any(each.iterdir())):
            shutil.rmtree(each)


def _write(folder, files):
    folder.mkdir()
    (folder / MARKER).write_text(MARKER_WORDS)
    for name, content in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _names_in(folder):
    """The files of a former copy, by their names relative to it."""
    names = {str(Path(path, name).relative_to(folder)) for path, _, found in os.walk(folder) for name in found}
    return names - {MARKER}
