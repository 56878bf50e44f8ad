"""Rules of the house: nothing lies around unused, and nothing is used that is not there."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import engines

from careers.forms import SEARCH_BUTTON
from roles.models import Role, SoftwareCategory

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
APPS = [
    "config",
    "delivery",
    "api",
    "classroom",
    "offline",
    "feedback",
    "match",
    "packs",
    "staff",
    "careers",
    "skills",
    "roles",
    "editorial",
]


def read_all(folder, *endings):
    return {path: path.read_text() for path in sorted(folder.rglob("*")) if path.suffix in endings}


@pytest.fixture(scope="module")
def templates():
    return read_all(TEMPLATES, ".html")


@pytest.fixture(scope="module")
def code():
    return "\n".join(text for app in APPS for text in read_all(ROOT / app, ".py").values())


@pytest.fixture(scope="module")
def styles():
    return {path: re.sub(r"/\*.*?\*/", "", text, flags=re.S) for path, text in read_all(STATIC, ".css").items()}


def drawings():
    """{name: element} of the one file that holds every icon."""
    symbols = ElementTree.parse(STATIC / "img" / "icons.svg").getroot()  # noqa: S314 - ours
    return {symbol.get("id"): symbol for symbol in symbols}


# Templates


def test_every_template_can_be_read():
    for path in TEMPLATES.rglob("*.html"):
        engines["django"].get_template(str(path.relative_to(TEMPLATES)))


def test_every_icon_is_used_and_every_icon_used_is_drawn(templates):
    texts = [*templates.values(), SEARCH_BUTTON]
    named = {name for text in texts for name in re.findall(r'{% icon "([\w-]+)"', text)}

    assert sorted({*named, *Role.Icon.values, *SoftwareCategory.Icon.values}) == sorted(drawings())


def test_every_icon_is_a_picture_that_takes_the_color_of_its_text():
    wrong = [
        name
        for name, drawing in drawings().items()
        if drawing.get("viewBox") != "0 0 24 24"
        or "currentColor" not in (drawing.get("stroke"), drawing.get("fill"))
        or not len(drawing)
    ]

    assert wrong == []


def test_templates_are_read_without_their_indentation_and_with_every_line(templates):
    for path, text in templates.items():
        read = engines["django"].get_template(str(path.relative_to(TEMPLATES))).template.source
        assert re.search(r"^[ \t]", read, re.M) is None, path
        assert read.splitlines() == [line.lstrip(" \t") for line in text.splitlines()]


def test_every_partial_is_used_and_every_partial_used_is_there(templates, code):
    texts = "\n".join(templates.values()) + code

    there = {f"partials/{path.name}" for path in (TEMPLATES / "partials").glob("*.html")}
    assert set(re.findall(r"[\"'](partials/[\w-]+\.html)[\"']", texts)) == there


@pytest.mark.parametrize("app", ["careers", "classroom", "match", "packs", "api"])
def test_every_template_of_a_page_is_rendered_by_a_view(code, app):
    there = {f"{app}/{path.name}" for path in (TEMPLATES / app).glob("*.html")}

    assert set(re.findall(rf'"({app}/[\w-]+\.html)"', code)) == there


def test_every_partial_that_is_included_says_what_it_needs(templates):
    included = {
        name for text in templates.values() for name in re.findall(r'{% include "(partials/[\w-]+\.html)"', text)
    }

    silent = [name for name in sorted(included) if not (TEMPLATES / name).read_text().startswith("{# Needs: ")]
    assert silent == []


def test_every_partial_is_included_with_only_what_it_needs(templates):
    loose = [
        (path.name, tag)
        for path, text in templates.items()
        for tag in re.findall(r"{% include \"partials/[^%]+%}", text)
        if not tag.endswith(" only %}")
    ]

    assert loose == []


# Static files


def test_every_static_file_is_referenced_and_every_reference_is_there(templates, code, styles):
    referenced = {name for text in templates.values() for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", text)}
    referenced |= set(re.findall(r'"((?:css|js|img)/[\w./-]+)"', code))
    for path, text in styles.items():
        for target in re.findall(r"url\(['\"]?([^'\")#]+)", text):
            if not target.startswith("data:"):
                referenced.add(str((path.parent / target).resolve().relative_to(STATIC)))

    there = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file()}
    assert referenced == there


def test_no_style_or_script_reaches_for_another_host():
    for path, text in read_all(STATIC, ".css", ".js", ".svg").items():
        assert (path.name, re.findall(r"(?:url\(|@import|fetch\()\s*['\"]?(?:https?:)?//", text)) == (path.name, [])


def test_every_custom_property_is_defined_and_used(styles):
    ours = [text for path, text in styles.items() if path.name != "admin.css"]  # that one takes Django's properties
    text = "\n".join(ours)

    used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
    defined = set(re.findall(r"(--[\w-]+)\s*:", text)) | set(re.findall(r"@property\s+(--[\w-]+)", text))
    assert sorted(used - defined) == []
    assert sorted(defined - used) == []


@pytest.mark.parametrize("color", Role.Color.values)
def test_color_of_a_role_is_in_the_style_sheets(styles, color):
    text = "\n".join(styles.values())

    assert re.search(rf"--{color}\s*:\s*[^;]+;", text)
    assert re.search(rf"\.r-{color}\b[^{{]*{{[^}}]*var\(--{color}\)", text)


def test_print_style_is_loaded_for_print_only(templates):
    assert """css/print.css' %}" media="print">""" in templates[TEMPLATES / "base.html"]
