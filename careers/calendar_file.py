"""Calendar files (iCalendar, RFC 5545) of all-day events. Pure: takes events, returns the bytes of a file."""

import re
from dataclasses import dataclass
from datetime import UTC, date, timedelta

LONGEST_LINE = 75  # octets, without the line break (RFC 5545, 3.1)
PRODUCT = "-//Careers in Healthcare Software//Plan//EN"

# All that some program takes for the end of a line, and all other signs that no text in such a file may hold.
LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Event:
    """Something for one whole day. `uid` stays the same from file to file, so that a calendar knows it again."""

    uid: str
    day: date
    summary: str
    description: str
    url: str


def calendar(name, events, made_at):
    """The file as bytes. `events`: at least one Event, or no calendar takes the file. `made_at`: an aware datetime.

    Days are busy for nobody: the events are marked as free time.
    """
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(event.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(event.summary)}",
            f"DESCRIPTION:{escaped(event.description)}",
            f"URL:{NOT_IN_AN_ADDRESS.sub('', event.url)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text):
    """A text as a value of type TEXT (RFC 5545, 3.3.11). It can't end its line, and so begins no other property."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return CONTROL.sub("", LINE_BREAK.sub(r"\\n", text))


def folded(line):
    """A line as UTF-8, broken so that no part is longer than 75 octets. No letter is cut in half."""
    parts, room = [b""], LONGEST_LINE
    for sign in line:
        octets = sign.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = LONGEST_LINE - 1  # the space that begins the next part counts
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
