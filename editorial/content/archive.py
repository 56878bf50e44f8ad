"""Content files that came in one archive, such as the dataset that the site gives out."""

import zipfile
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .files import ContentError, Problem

FOLDER = "content"


@contextmanager
def unpacked(path):
    """The folder with the content files of `path`, itself a folder or a .zip archive.

    Raises ContentError for an archive that cannot be read or holds no folder `content`.
    """
    if path.suffix != ".zip":
        yield path
        return
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)  # keeps every file inside the folder, whatever it is called
        except (OSError, zipfile.BadZipFile) as error:
            raise ContentError([Problem(path, 1, f"Not readable as a ZIP archive: {error}.")]) from error
        found = sorted(Path(folder).glob(f"*/{FOLDER}")) or [Path(folder) / FOLDER]
        yield found[0]
