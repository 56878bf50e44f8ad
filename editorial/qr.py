"""QR codes, drawn by segno as SVG without any style, so that the site's policy needs no exception."""

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
