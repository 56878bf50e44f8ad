"""Writes the database back to the content files."""

from .files import write
from .kinds import all_kinds


def dump(content_dir):
    """Write every item to its file below `content_dir`, and remove files of items that are gone.

    Returns the number of files written.
    """
    written = 0
    for kind in all_kinds():
        folder = content_dir / kind.folder
        keep = set()
        for item in kind.model.objects.order_by(kind.key_name):
            path = folder / f"{kind.key_of(item)}.yaml"
            write(path, kind.as_data(item))
            keep.add(path)
        for path in set(folder.glob("*.yaml")) - keep:
            path.unlink()
        written += len(keep)
    return written
