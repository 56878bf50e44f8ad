"""QR codes, drawn by segno as SVG without any style, so that the site's policy needs no exception."""

import io
import math
from functools import lru_cache

import segno
from django.utils.safestring import mark_safe


def svg_inline(text, *, title=None, scale=4, border=4, error="m"):
    """The QR code of `text` as an SVG element for a page: black on white, as cameras want it.

    `title` is what is spoken; without it the element around the picture has to say what it is. `scale` is the edge
    of one module in pixels, `border` the quiet zone in modules (the standard asks for 4), `error` the share that may
    be covered: l, m, q or h. Raises segno.DataOverflowError for a text of more than about 2,300 bytes.
    """
    code = segno.make(text, error=error, micro=False)
    drawn = code.svg_inline(scale=scale, border=border, light="white", svgclass=None, lineclass=None, title=title)
    return mark_safe(drawn)  # noqa: S308 - drawn here; segno escapes the title


# What phones read from paper in a hand: wide enough as a whole, and no module smaller than this.
SMALLEST_CODE = 28  # mm, with its quiet zone
SMALLEST_MODULE = 0.45  # mm


@lru_cache(maxsize=500)
def svg_file(text):
    """The QR code of `text` as an SVG file, black on white, as large as phones need it on paper.

    As many modules as the text needs, and no more: the share that may be covered is what is left over, at least 7%.
    Raises segno.DataOverflowError for a text of more than about 2,900 bytes.
    """
    code = segno.make(text, error="l", micro=False)
    modules, _ = code.symbol_size()  # with the quiet zone of 4 modules on each side
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        scale=math.ceil(1_000 * max(SMALLEST_MODULE, SMALLEST_CODE / modules)) / 1_000,  # segno writes three digits
        unit="mm",
        light="white",
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return drawn.getvalue()
