"""Makes a fresh Wagtail site with one page of a given text. Run by a Python that has Wagtail:

python wagtail_page.py FOLDER FILE      FILE holds the HTML whose words the page gets
"""

import os
import subprocess
import sys
from html import escape
from html.parser import HTMLParser
from pathlib import Path

MODEL = """
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>{{ page.body|richtext }}{% endblock %}
"""
SETTINGS = """
from .base import *
DEBUG = False
SECRET_KEY = "for measuring only"
ALLOWED_HOSTS = ["127.0.0.1"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
"""


class Paragraphs(HTMLParser):
    """The headings and paragraphs of a page, as rich text."""

    def __init__(self):
        super().__init__()
        self.silent, self.words, self.found = 0, [], []

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style", "svg")
        if tag in ("p", "li", "h2", "h3", "dt", "dd"):
            self.end("h2" if tag in ("h2", "h3") else "p")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "svg")
        if tag in ("p", "li", "h2", "h3", "dt", "dd"):
            self.end("h2" if tag in ("h2", "h3") else "p")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(data.strip())

    def end(self, tag):
        if self.words:
            self.found.append(f"<{tag}>{escape(' '.join(self.words))}</{tag}>")
        self.words = []


def main(folder, file):
    folder.mkdir()
    programs = Path(sys.executable).parent
    subprocess.run([programs / "wagtail", "start", "careers_wagtail", folder], check=True)  # noqa: S603
    (folder / "home" / "models.py").write_text(MODEL)
    (folder / "home" / "templates" / "home" / "home_page.html").write_text(TEMPLATE)
    (folder / "careers_wagtail" / "settings" / "measured.py").write_text(SETTINGS)
    wsgi = folder / "careers_wagtail" / "wsgi.py"
    wsgi.write_text(
        wsgi.read_text()
        .replace("settings.dev", "settings.measured")
        .replace("settings.production", "settings.measured")
    )
    os.chdir(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "careers_wagtail.settings.measured"
    sys.path.insert(0, str(folder))
    for command in (["makemigrations", "home"], ["migrate"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)  # noqa: S603

    import django

    django.setup()
    from home.models import HomePage

    parser = Paragraphs()
    parser.feed(file.read_text())
    page = HomePage.objects.get()
    page.title, page.body = "EHR developer", "".join(parser.found)
    page.save_revision().publish()
    print(f"{len(page.body)} characters of rich text")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
