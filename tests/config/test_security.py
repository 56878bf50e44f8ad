"""docs/security.md has a line for every requirement, and what it names as evidence is there."""

import ast
import re
from functools import lru_cache

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
DOCUMENT = ROOT / "docs" / "security.md"
VERDICTS = ("met", "partly", "not met", "not applicable", "operator")

# The requirements of OWASP ASVS 5.0.0, by level and chapter: V1 "2.1" is V1.2.1. Those of level 3 are left out.
LEVEL_1 = {
    "V1": "2.1 2.2 2.3 2.4 2.5 3.1 3.2 5.1",
    "V2": "1.1 2.1 2.2 3.1",
    "V3": "2.1 2.2 3.1 4.1 4.2 5.1 5.2 5.3",
    "V4": "1.1 4.1",
    "V5": "2.1 2.2 3.1 3.2",
    "V6": "1.1 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.1 3.2 4.1 4.2",
    "V7": "2.1 2.2 2.3 2.4 4.1 4.2",
    "V8": "1.1 2.1 2.2 3.1",
    "V9": "1.1 1.2 1.3 2.1",
    "V10": "4.1 4.2 4.3 4.4 4.5",
    "V11": "3.1 3.2 4.1",
    "V12": "1.1 2.1 2.2",
    "V13": "4.1",
    "V14": "2.1 3.1",
    "V15": "1.1 2.1 3.1",
}
LEVEL_2 = {
    "V1": "1.1 1.2 2.6 2.7 2.8 2.9 3.3 3.4 3.5 3.6 3.7 3.8 3.9 3.10 3.11 4.1 4.2 4.3 5.2",
    "V2": "1.2 1.3 2.3 3.2 3.3 3.4 4.1",
    "V3": "3.2 3.3 3.4 4.3 4.4 4.5 4.6 5.4 5.5 7.1 7.2",
    "V4": "1.2 1.3 2.1 3.1 3.2 4.2 4.3 4.4",
    "V5": "1.1 2.3 4.1 4.2 4.3",
    "V6": "1.2 1.3 2.9 2.10 2.11 2.12 3.3 3.4 4.3 4.4 5.1 5.2 5.3 5.4 5.5 6.1 6.2 6.3 8.1 8.2 8.3 8.4",
    "V7": "1.1 1.2 1.3 3.1 3.2 4.3 4.4 4.5 5.1 5.2 6.1 6.2",
    "V8": "1.2 2.3 4.1",
    "V9": "2.2 2.3 2.4",
    "V10": "1.1 1.2 2.1 2.2 3.1 3.2 3.3 3.4 4.6 4.7 4.8 4.9 4.10 4.11 5.1 5.2 5.3 5.4 5.5 6.1 6.2 7.1 7.2 7.3",
    "V11": "1.1 1.2 2.1 2.2 2.3 3.3 4.2 4.3 4.4 5.1 6.1",
    "V12": "1.2 1.3 3.1 3.2 3.3 3.4",
    "V13": "1.1 2.1 2.2 2.3 2.4 2.5 3.1 3.2 4.2 4.3 4.4 4.5",
    "V14": "1.1 1.2 2.2 2.3 2.4 3.2 3.3",
    "V15": "1.2 1.3 2.2 2.3 3.2 3.3 3.4 3.5 3.6 3.7",
    "V16": "1.1 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 4.1 4.2 4.3 5.1 5.2 5.3",
    "V17": "1.1 2.1 2.2 2.3 2.4 3.1 3.2",
}
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NAMED_FILE = re.compile(r"`((?:\.?[\w-]+/)*\.?[\w.-]+\.(?:py|md|txt|template|toml|html|js|yaml)|bin/[\w-]+|Makefile)`")
NAMED_SETTING = re.compile(r"`([A-Z][A-Z0-9_]{4,})`")


def ids(chapters):
    return {f"{chapter}.{number}" for chapter, numbers in chapters.items() for number in numbers.split()}


@pytest.fixture(scope="module")
def text():
    return DOCUMENT.read_text()


@pytest.fixture(scope="module")
def rows(text):
    """[number, what is asked, level, verdict, evidence] of each line of the tables."""
    lines = [line for line in text.splitlines() if re.match(r"\| V\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture(scope="module")
def left_out(text):
    """The requirements that a chapter leaves out with a reason."""
    lines = [line for line in text.splitlines() if line.startswith("Left out: ")]
    return [number for line in lines for number in re.findall(r"V\d+\.\d+\.\d+", line)]


def test_every_requirement_of_level_1_has_one_line(rows):
    first = [number for number, _, level, *_ in rows if level == "1"]

    assert len(first) == len(set(first)) == 70
    assert set(first) == ids(LEVEL_1)


def test_every_requirement_of_level_2_has_a_line_or_is_left_out_with_a_reason(rows, left_out):
    second = [number for number, _, level, *_ in rows if level == "2"]

    assert sorted([*second, *left_out]) == sorted(ids(LEVEL_2))


def test_every_line_is_whole(rows):
    for row in rows:
        assert len(row) == 5, row
        _, asked, level, verdict, evidence = row
        assert asked, row
        assert evidence, row
        assert level in ("1", "2"), row
        assert verdict in VERDICTS, row


def test_what_is_met_names_a_test_a_file_or_a_setting(rows):
    bare = [
        number
        for number, _, _, verdict, evidence in rows
        if verdict in ("met", "partly")
        and not any(pattern.search(evidence) for pattern in (NAMED_TEST, NAMED_FILE, NAMED_SETTING))
    ]

    assert bare == []


def test_the_sum_of_verdicts_is_as_the_page_says(rows, text):
    for level in "12":
        verdicts = [row[3] for row in rows if row[2] == level]
        words = ", ".join(f"{verdicts.count(each)} {each}" for each in VERDICTS if each in verdicts)
        assert f"Level {level}: {len(verdicts)} lines: {words}." in text


@lru_cache
def functions_in(path):
    return {node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_is_there(text):
    named = NAMED_TEST.findall(text)

    assert len(named) > 100
    missing = [
        f"{path}::{name}" for path, name in named if not (ROOT / path).exists() or name not in functions_in(path)
    ]
    assert missing == []


def test_every_file_that_is_named_is_there(text):
    named = NAMED_FILE.findall(text)

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_setting_that_is_named_is_there(text):
    environment = (ROOT / "docs" / "operations.md").read_text()
    named = set(NAMED_SETTING.findall(text))

    assert named
    assert [name for name in sorted(named) if not hasattr(settings, name) and f"`{name}`" not in environment] == []
