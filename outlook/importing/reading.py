"""Opens official files as published, plain or .gz, and says by file and line what is wrong with one."""

import gzip
import hashlib
import io
import os
import zlib
from contextlib import contextmanager

from .progress import Progress


class Refusal(Exception):
    """A file that cannot be imported: a sentence that names the file, the line and the mistake."""

    def __init__(self, path, line, sentence):
        self.path, self.line, self.sentence = path, line, sentence
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {sentence}")


LONGEST_HEADER = 4096  # bytes; a file without line ends would otherwise be read as one line, all of it
CUT_SHORT = "The file ends in the middle: it was cut short on the way. Fetch it again."


class _Watched(io.RawIOBase):
    """Passes bytes on, and calls `watch(bytes)` with all that went through."""

    def __init__(self, stream, watch):
        self._stream, self._watch = stream, watch

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self._stream.readinto(buffer)
        self._watch(memoryview(buffer)[:count])
        return count


class OfficialFile:
    """A text file of a release: lines as bytes, and the SHA-256 of its unpacked content once read to its end."""

    def __init__(self, path, stream):
        self.path = path
        self._digest = hashlib.sha256()
        self._lines = io.BufferedReader(_Watched(stream, self._digest.update), 1 << 18)

    @property
    def name(self):
        """The name without .gz: how the publisher calls it."""
        return self.path.name.removesuffix(".gz")

    @property
    def sha256(self):
        return self._digest.hexdigest()

    def refuse(self, line, sentence):
        return Refusal(self.path, line, sentence)

    def lines(self):
        """(number, line) pairs from line 1 on. Raises Refusal for what is not a whole plain text file."""
        start = self._lines.peek(LONGEST_HEADER)[:LONGEST_HEADER]
        if not start:
            raise self.refuse(0, "The file is empty.")
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
            raise self.refuse(1, "This is not plain text (UTF-16 perhaps). Use the file exactly as published.")
        if len(start) == LONGEST_HEADER and b"\n" not in start:
            raise self.refuse(1, "The first line does not end: this is no table of a release.")
        number, line = 0, b"\n"
        try:
            for number, line in enumerate(self._lines, 1):
                yield number, line
        except (EOFError, zlib.error) as error:
            raise self.refuse(number, CUT_SHORT) from error
        if not line.endswith(b"\n"):
            raise self.refuse(number, CUT_SHORT)


@contextmanager
def opened(path, *, progress=True):
    """An `OfficialFile`. Raises Refusal when there is no such file or it is not what its name says."""
    try:
        with open(path, "rb") as packed, Progress(path.name, os.path.getsize(path), show=progress) as shown:
            counted = io.BufferedReader(_Watched(packed, lambda data: shown.add(len(data))), 1 << 18)
            stream = gzip.GzipFile(fileobj=counted) if path.suffix == ".gz" else counted
            try:
                yield OfficialFile(path, stream)
            except gzip.BadGzipFile as error:
                raise Refusal(path, 0, "The name says .gz, but this is no gzip file, or a damaged one.") from error
            except EOFError as error:
                raise Refusal(path, 0, CUT_SHORT) from error
            except zlib.error as error:
                raise Refusal(path, 0, "The compressed file is damaged. Fetch it again.") from error
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Refusal(path, 0, f"Cannot be opened: {error.strerror}.") from error


def find(folder, name):
    """The path of a published file in `folder`, plain or packed. Raises Refusal when it is missing."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise Refusal(folder, 0, f"There is no file “{name}” here, nor “{name}.gz”.")


def tabbed_rows(file, header):
    """(line number, {column: text}) for a tab-separated file whose columns are exactly `header`.

    Raises Refusal for anything else, also when no row follows the header.
    """
    number = 0
    for number, line in file.lines():
        cells = text_of(file, number, line).split("\t")
        if number == 1:
            if cells != header:
                raise file.refuse(1, f"The columns should be {', '.join(header)}; they are {', '.join(cells)}.")
            continue
        if len(cells) != len(header):
            raise file.refuse(number, f"{len(header)} columns are expected here, and {len(cells)} found.")
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if number < 2:
        raise file.refuse(1, "Nothing follows the header.")


def text_of(file, number, line):
    """One line as text without its end. Raises Refusal when it is not UTF-8."""
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise file.refuse(number, "This line is not UTF-8 text. Use the file exactly as published.") from error
    return text.rstrip("\r\n")
