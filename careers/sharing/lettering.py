"""Letters for pictures: which font has which sign, how wide a line is, and where it breaks."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import font_source_serif_pro
import manimgx_fonts
from fontTools.ttLib import TTFont

LEADING = 1.18  # from one line to the next, in sizes of the letters

# Controls, halves of a pair, and what Unicode has not given away: some fonts list them, but XML may not hold them.
NO_SIGNS = {"Cc", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Face:
    """One font file, read when a sign of it is asked for."""

    path: str
    weight: int

    @cached_property
    def font(self):
        return TTFont(self.path, lazy=True)

    @cached_property
    def signs(self):
        """{code point: name of its glyph}."""
        return self.font.getBestCmap()

    @cached_property
    def family(self):
        return self.font["name"].getBestFamilyName()

    @cached_property
    def advances(self):
        """{name of a glyph: how far the pen moves on, in sizes of the letters}."""
        per_em = self.font["head"].unitsPerEm
        return {name: advance / per_em for name, (advance, _) in self.font["hmtx"].metrics.items()}


@cache
def _noto(name, weight):
    return Face(str(Path(manimgx_fonts.__file__).parent / f"{name}[wght].ttf"), weight)


@cache
def _faces(kind):
    """The fonts of a kind of text, the first choice first; the rest lend the signs that it lacks."""
    folder = Path(manimgx_fonts.__file__).parent
    weight = 700 if kind == SERIF else 400
    plain = [_noto("NotoSans", weight)]
    others = sorted(path.name.removesuffix("[wght].ttf") for path in folder.glob("NotoSans?*[[]wght].ttf"))
    lent = [_noto(name, weight) for name in [*others, "NotoEmoji"] if "Italic" not in name]
    if kind == SANS:
        return [*plain, *lent]
    own = Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Bold.ttf"
    return [Face(str(own), weight), *plain, *lent]


SERIF, SANS = "serif", "sans"


def files_for(svg):
    """The font files that an SVG text needs."""
    faces = {face.path: face for kind in (SERIF, SANS) for face in _faces(kind)}
    return [path for path, face in faces.items() if f'"{face.family}"' in svg]


@dataclass
class Run:
    """Neighboring signs of one font."""

    face: Face
    text: str
    width: float  # in sizes of the letters


def runs(text, kind):
    """The Runs of a line. A sign that no font has is left out: better than an empty box."""
    found = []
    for sign in text:
        if unicodedata.category(sign) in NO_SIGNS:
            continue
        faces = [*([found[-1].face] if found and not sign.isascii() else []), *_faces(kind)]
        face = next((each for each in faces if ord(sign) in each.signs), None)
        if face is None:
            continue
        if not found or found[-1].face != face:
            found.append(Run(face, "", 0))
        found[-1].text += sign
        found[-1].width += face.advances[face.signs[ord(sign)]]
    return found


def measure(text, kind):
    """The width of a line in sizes of its letters."""
    return sum(run.width for run in runs(text, kind))


@dataclass
class Block:
    """Lines of text that fit. `pieces` has (x, baseline, run) of each run, counted from the left of the block."""

    size: float
    lines: list
    kind: str
    pieces: list = field(default_factory=list)

    @property
    def height(self):
        return len(self.lines) * self.size * LEADING

    @property
    def width(self):
        return max((measure(line, self.kind) * self.size for line in self.lines), default=0)

    def at(self, top):
        """The same block with its upper edge at `top`."""
        pieces = []
        for number, line in enumerate(self.lines):
            x, baseline = 0, top + self.size * (LEADING * number + 0.92)
            for run in runs(line, self.kind):
                pieces.append((x, baseline, run))
                x += run.width * self.size
        return Block(self.size, self.lines, self.kind, pieces)


def fit(text, kind, width, sizes, most_lines, top=0):
    """A Block of `text` in the largest of `sizes` in which it fits; cut off with … when it fits in none."""
    for size in sizes:
        lines = wrap(text, kind, width / size)
        if len(lines) <= most_lines:
            return Block(size, lines, kind).at(top)
    kept = lines[:most_lines]
    while kept[-1] and measure(f"{kept[-1]}…", kind) > width / size:
        kept[-1] = kept[-1][:-1]
    kept[-1] = f"{kept[-1].rstrip(' ,.;:')}…"
    return Block(size, kept, kind).at(top)


def wrap(text, kind, width):
    """Lines no wider than `width`, in sizes of the letters. A word that is wider by itself is broken."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, kind) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        if measure(word, kind) <= width:
            lines[-1] = word
            continue
        for sign in word:
            if measure(lines[-1] + sign, kind) > width:
                lines.append("")
            lines[-1] += sign
    return [line for line in lines if line]
