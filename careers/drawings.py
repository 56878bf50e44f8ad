"""The icons as elements of a page. Whole pages refer to the one file that holds them all."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import mark_safe

SYMBOL = re.compile(r'<symbol id="([\w-]+)" ([^>]*)>(.*?)</symbol>', re.DOTALL)


@cache
def drawings():
    """{name: svg element, silent} of every icon."""
    file = Path(finders.find("img/icons.svg"))
    return {
        name: mark_safe(f'<svg width="24" height="24" aria-hidden="true" {look}>{shapes}</svg>')  # noqa: S308 - ours
        for name, look, shapes in SYMBOL.findall(file.read_text())
    }
