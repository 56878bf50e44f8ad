"""Calendar files: what stands in them, and that no text can break them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.calendar_file import LONGEST_LINE, Event, calendar, escaped, folded

pytestmark = pytest.mark.once

MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

# Any text that can be written as UTF-8.
texts = st.text(st.characters(exclude_categories=["Cs"]))


def event(**values):
    some = {"uid": "u", "day": date(2026, 12, 31), "summary": "S", "description": "D", "url": "https://one.example/"}
    return Event(**some | values)


def lines(file):
    """The unfolded lines of a file."""
    return file.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def read_back(value):
    """A TEXT value as a calendar program reads it."""
    found, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            sign = {"n": "\n", "N": "\n"}.get(following := next(signs), following)
        found += sign
    return found


def test_file_holds_each_event_for_a_whole_day():
    assert lines(calendar("Name", [event()], MADE_AT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Careers in Healthcare Software//Plan//EN",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Name",
        "BEGIN:VEVENT",
        "UID:u",
        "DTSTAMP:20261122T093000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:S",
        "DESCRIPTION:D",
        "URL:https://one.example/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_stamp_is_in_utc_wherever_the_clock_stands():
    elsewhere = MADE_AT.astimezone(timezone(timedelta(hours=-8)))

    assert calendar("N", [event()], elsewhere) == calendar("N", [event()], MADE_AT)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c", r"a\, b\; c"),
        ("a\\b", r"a\\b"),
        ("\\n", r"\\n"),
        ("a\nb", r"a\nb"),
        ("a\r\nb", r"a\nb"),
        ("a\rb", r"a\nb"),
        ("a\x85b\u2028c\u2029d\x0be\x0cf", r"a\nb\nc\nd\ne\nf"),
        ("a\tb\0c\x07d\x7fe", "a\tbcde"),
        ("Q: “x” – é", "Q: “x” – é"),
    ],
)
def test_text_is_escaped(text, written):
    assert escaped(text) == written


@given(st.text("ab\\;,n\n"))
def test_escaped_text_is_read_back_as_it_was(text):
    assert read_back(escaped(text)) == text


@pytest.mark.parametrize("field", ["uid", "summary", "description", "url"])
@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\x85", "\u2028", "\0\r\n"])
def test_line_break_in_any_field_begins_no_property(field, line_break):
    evil = f"one{line_break}ATTACH:https://evil.example/{line_break}END:VEVENT"

    found = lines(calendar("Name", [event(**{field: evil})], MADE_AT))

    assert len(found) == len(lines(calendar("Name", [event()], MADE_AT)))
    assert len("".join(found).splitlines()) == 1
    assert not [line for line in found if line.startswith("ATTACH")]


def test_line_break_in_the_name_begins_no_property():
    found = lines(calendar("Name\r\nMETHOD:CANCEL", [event()], MADE_AT))

    assert r"X-WR-CALNAME:Name\nMETHOD:CANCEL" in found


@pytest.mark.parametrize(("length", "parts"), [(0, 1), (75, 1), (76, 2), (149, 2), (150, 3)])
def test_line_is_folded_after_75_octets(length, parts):
    assert folded("a" * length).count(b"\r\n") == parts


@pytest.mark.parametrize("sign", ["é", "病", "🩺"])
@pytest.mark.parametrize("shift", range(4))
def test_no_letter_is_cut_in_half(sign, shift):
    line = "a" * shift + sign * 60

    found = folded(line)

    for part in found.removesuffix(b"\r\n").split(b"\r\n"):
        assert part.decode() is not None  # raises when a letter is cut
        assert len(part) <= LONGEST_LINE
    assert found.replace(b"\r\n ", b"") == f"{line}\r\n".encode()


@given(name=texts, summary=texts, description=texts, uid=texts, url=texts)
def test_any_text_makes_a_file_of_short_lines_with_the_same_properties(name, summary, description, uid, url):
    file = calendar(name, [event(summary=summary, description=description, uid=uid, url=url)], MADE_AT)

    assert file.endswith(b"\r\n")
    parts = file.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, parts)) <= LONGEST_LINE
    assert not any(b"\r" in part or b"\n" in part for part in parts)
    named = [line.partition(":")[0].partition(";")[0] for line in lines(file)]
    assert named == [line.partition(":")[0].partition(";")[0] for line in lines(calendar("N", [event()], MADE_AT))]
