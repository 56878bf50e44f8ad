"""The picture that messengers and learning platforms show beside a link. Pure: words and roles in, PNG bytes out.

A picture says by itself which version it is: whatever changes what it shows, this code included, gives it another
`version`, so that its address can be kept for ever. docs/decisions/0016-pictures-for-links.md says why it is so.
"""

import hashlib
import io
import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import resvg_py
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image

from . import lettering
from .lettering import SANS, SERIF, fit

WIDTH, HEIGHT = 1200, 630  # what the large networks ask for
MARGIN = 72
COLORS = 64  # enough for soft edges
TEMPLATE = "careers/link_picture.svg"
DRAWN_FROM = [
    settings.BASE_DIR / "templates" / TEMPLATE,
    settings.BASE_DIR / "templates" / "careers" / "link_picture_text.svg",
    settings.BASE_DIR / "static" / "img" / "icons.svg",
    settings.BASE_DIR / "static" / "img" / "favicon.svg",
    settings.BASE_DIR / "static" / "css" / "tokens.css",
]

# A picture of several roles has a line for each, from the edge, as on the pages.
MOST_LINES = 5
TITLE_TOP, ROWS_END = 140, 606


@dataclass(frozen=True)
class Line:
    """A role as it is drawn: the color of its line, the icon in its station, its name."""

    color: str
    icon: str
    name: str

    @classmethod
    def of(cls, role):
        return cls(role.color, role.icon, role.title)


@dataclass(frozen=True)
class Picture:
    """A title, a sentence under it, and up to five lines; `site` is the site's name in two parts."""

    title: str
    sentence: str
    lines: tuple[Line, ...]
    site: tuple[str, str]

    @property
    def version(self):
        """What tells this picture from every other, and from the same one drawn in another way."""
        return hashlib.sha256(f"{design()}{json.dumps(asdict(self))}".encode()).hexdigest()[:16]

    @property
    def alt(self):
        """The picture in words."""
        names = [line.name for line in self.lines if line.name != self.title]
        return ". ".join(each.rstrip(".") for each in (self.title, self.sentence, ", ".join(names)) if each)


@cache
def design():
    """A digest of everything but the words: the code, the template, the icons and the colors."""
    files = [*DRAWN_FROM, Path(__file__), Path(lettering.__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def draw(picture):
    """The picture as PNG, 1200 by 630 pixels. Few colors, so that it weighs a third."""
    svg = render_to_string(TEMPLATE, _layout(picture))
    drawn = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=lettering.files_for(svg))
    pixels, small = Image.open(io.BytesIO(drawn)).convert("RGB"), io.BytesIO()
    pixels.quantize(COLORS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def _layout(picture):
    """Where everything stands."""
    shown = picture.lines[:MOST_LINES]
    alone = len(shown) == 1
    title = fit(picture.title, SERIF, WIDTH - 2 * MARGIN, [64, 54, 46], 2, top=TITLE_TOP)
    sentence = fit(picture.sentence, SANS, WIDTH - 2 * MARGIN, [30], 1, top=TITLE_TOP + title.height + 8)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": MARGIN,
        "color": _tokens(),
        "logo": _logo(),
        "above": fit(picture.site[0], SERIF, 500, [24], 1),
        "below": fit(picture.site[1], SERIF, 500, [24], 1),
        "alone": _alone(picture, shown[0]) if alone else None,
        "title": title,
        "sentence": sentence,
        "rows": [] if alone else _rows(shown, TITLE_TOP + title.height + sentence.height + 20),
    }


def _alone(picture, line):
    """One role: its line from the edge into a large station, the words beside it, and on to the right."""
    left = 320
    room = WIDTH - left - MARGIN
    title = fit(picture.title, SERIF, room, [84, 72, 62, 52, 44], 3)
    sentence = fit(picture.sentence, SANS, room, [34, 30], 3)
    gap = 30
    top = 320 - (title.height + gap + sentence.height) / 2
    return {
        "line": _drawn(line),
        "left": left,
        "title": title.at(top),
        "sentence": sentence.at(top + title.height + gap),
    }


def _rows(lines, begin):
    """Several roles: one line each from the upper edge `begin` on, with its station and its name."""
    step = min((ROWS_END - begin) / max(len(lines), 1), 130)
    size, radius = min(44, step * 0.55), min(44, step * 0.4)
    first = begin + (ROWS_END - begin - step * len(lines)) / 2 + step / 2
    rows = []
    for number, line in enumerate(lines):
        name = fit(line.name, SERIF, WIDTH - 260 - MARGIN, [size, size * 0.85, size * 0.7], 1)
        middle = first + number * step
        rows.append(
            {
                "line": _drawn(line),
                "middle": middle,
                "radius": radius,
                "scale": radius / 21,
                "name": name.at(middle - name.height / 2),
                "goes_on": 232 + name.width + 28,
            }
        )
    return rows


def _drawn(line):
    return {"color": _tokens()[line.color], "icon": _icons().get(line.icon, "")}


@cache
def _icons():
    """{name: the drawing inside its 24 by 24 grid}."""
    text = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    return dict(re.findall(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', text, re.S))


@cache
def _logo():
    """The drawing inside its 44 by 44 grid."""
    text = (settings.BASE_DIR / "static" / "img" / "favicon.svg").read_text()
    return re.search(r"<svg[^>]*>(.*)</svg>", text, re.S)[1]


@cache
def _tokens():
    """{name: color} of the light palette."""
    text = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    return dict(re.findall(r"--(\w+): (#\w+);", text))
