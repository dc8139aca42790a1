"""How lines of any payer's file are known again: by what they say, never by the file, its number or its statement's id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from refusion.settlements.evidence import even
from refusion.settlements.facts import Received, Specified
from refusion.values.ids import derived_id
from refusion.values.period import Period

Content = tuple[object, ...]


def known_lines(house: UUID, lines: Iterable[Received]) -> tuple[Received, ...]:
    """Give each line of one file the id of its content, whatever id it had; lines alike within the file are numbered.

    The same line in two files has one id, two equal payments of one file have two, and their order gives no id.
    """
    met: Counter[Content] = Counter()
    return tuple(replace(line, line=_numbered(house, "received", _of_line(line), met)) for line in lines)


def known_parts(house: UUID, parts: Iterable[Specified]) -> tuple[Specified, ...]:
    """Give each line of one specification the id of its content; lines alike within it are numbered."""
    met: Counter[Content] = Counter()
    return tuple(replace(part, part=_numbered(house, "specified", _of_part(part), met)) for part in parts)


def _numbered(house: UUID, noun: str, content: Content, met: Counter[Content]) -> UUID:
    met[content] += 1
    return derived_id(house, noun, *content, met[content])


def _of_line(line: Received) -> Content:
    return line.amount, line.booked_on, even(line.payer), *_period(line.period), *sorted(line.people), "told", *_told(line.told)


def _of_part(part: Specified) -> Content:
    head = (part.amount, part.pays_on, even(part.payer), part.payment, part.person_key, part.of_line)
    return *head, *_period(part.period), "told", *_told(part.told)


def _period(period: Period | None) -> Content:
    return ("", "") if period is None else (period.first, period.last)


def _told(told: Iterable[str]) -> Iterable[str]:
    """Even out the spaces of what is told."""
    return (" ".join(text.split()) for text in told)
