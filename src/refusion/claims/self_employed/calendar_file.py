"""Days as an iCalendar file (RFC 5545), so that a person's own calendar reminds of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.values.ids import derived_id
from refusion.values.period import ONE_DAY

_HOUSE = UUID("2b0f5c6e-8f7a-5e0b-9c1d-3a4b5c6d7e8f")
LONGEST_LINE = 75  # octets
REMINDER = "-P3D"


@dataclass(frozen=True, slots=True)
class Entry:
    """A day with its words, already in the reader's language."""

    day: date
    summary: str
    description: str


def calendar(entries: Iterable[Entry], made_on: date) -> bytes:
    """Write the days as all-day entries, each with a reminder three days before; the same days give the same file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Refusion//Sygedagpenge//DA", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, made_on)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: Entry, made_on: date) -> list[str]:
    summary = _escaped(entry.summary)
    return [
        "BEGIN:VEVENT",
        f"UID:{derived_id(_HOUSE, 'calendar', entry.day, entry.summary)}@refusion",
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + ONE_DAY:%Y%m%d}",
        f"SUMMARY:{summary}",
        f"DESCRIPTION:{_escaped(entry.description)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{REMINDER}",
        f"DESCRIPTION:{summary}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Cut a line where it would be longer than 75 octets, never inside a letter; what follows begins with a blank."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
