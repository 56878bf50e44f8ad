"""The style sheets, scripts and pictures that the pages of a copy use."""

import posixpath
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from selectolax.lexbor import LexborHTMLParser

FOLDER = "static"
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+?)['\"]?\s*\)")
LOADS_MODULES = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


class MissingAsset(Exception):
    """A page names a static file that is not there."""


class Assets:
    """Collects the static files that pages name, and what those name in turn."""

    def __init__(self):
        self._files = {}

    def file_of(self, address):
        """The file in the copy of a static file's address, its query and fragment left out. Raises MissingAsset."""
        name = address.partition("#")[0].partition("?")[0].removeprefix(settings.STATIC_URL)
        self._collect(name)
        return f"{FOLDER}/{name}"

    def named(self, name):
        """The file in the copy of a static file by its own name, such as js/offline-search.js. Raises MissingAsset."""
        self._collect(name)
        return f"{FOLDER}/{name}"

    def script_of(self, address):
        """The file of a script that is no module any more (see `as_plain_script`); "" for one that loads others."""
        file = self.file_of(address)
        text = read(file.removeprefix(f"{FOLDER}/")).decode()
        if LOADS_MODULES.search(text):
            return ""
        self._files[file] = as_plain_script(text).encode()
        return file

    def _collect(self, name):
        file = f"{FOLDER}/{name}"
        if file in self._files:
            return
        self._files[file] = content = read(name)
        if name.endswith(".css"):
            for target in CSS_URL.findall(content.decode()):
                if not target.startswith(("data:", "#")):
                    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
                    self._collect(path.partition("#")[0].partition("?")[0])

    def files(self):
        """{file: bytes} of all of them."""
        return dict(self._files)


def as_plain_script(text):
    """The module as a script that a page from a folder may load: browsers refuse it modules. Its names stay its own."""
    return f'(() => {{\n"use strict";\n{text}}})();\n'


@cache
def read(name):
    """The bytes of a static file, as collected or else as it stands in the project. Raises MissingAsset."""
    collected = Path(settings.STATIC_ROOT) / name
    path = collected if collected.is_file() else finders.find(name)
    if not path:
        raise MissingAsset(f"{name} is not among the static files. Run manage.py collectstatic first.")
    return Path(path).read_bytes()


@cache
def drawing(address):
    """The symbol that an address such as /static/img/icons.svg#search names, as HTML with the id `icon-search`."""
    file, _, name = address.partition("#")
    drawings = LexborHTMLParser(read(file.removeprefix(settings.STATIC_URL)).decode())
    symbol = drawings.css_first(f'[id="{name}"]')
    if symbol is None:
        raise MissingAsset(f"{file} holds no drawing “{name}”.")
    symbol.attrs["id"] = f"icon-{name}"
    return symbol.html
