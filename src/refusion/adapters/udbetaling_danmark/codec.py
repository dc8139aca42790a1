"""Bytes ↔ rows of cells: semicolons, a heading, UTF-8 with or without its mark; pure, and what cannot be read is all told."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from refusion.adapters.udbetaling_danmark.messages import DECISION_HEADINGS, ENCODING, REPORT_HEADINGS, SEPARATOR, Afgoerelse, Anmodning
from refusion.values.said import BadInput, Problem, said

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
MOST_BYTES = 50_000_000
LONGEST = 60


def problem(key: str, file: str, row: int | None = None, column: str | None = None, value: str | None = None) -> Problem:
    """Make a problem of a file; its remedy has the same key with ``_remedy``. A long value is cut."""
    shown = value if value is None or len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return Problem(said(f"funds.{key}"), said(f"funds.{key}_remedy"), file, row, column, shown)


def write_report(rows: Iterable[Anmodning]) -> bytes:
    """Write a report file; the same rows give the same bytes."""
    return _written(REPORT_HEADINGS, ([row.celler[heading] for heading in REPORT_HEADINGS] for row in rows))


def write_decisions(rows: Iterable[Afgoerelse]) -> bytes:
    """Write a decision file, as an office does."""
    return _written(DECISION_HEADINGS, ([row.celler.get(heading, "") for heading in DECISION_HEADINGS] for row in rows))


def read_report(name: str, raw: bytes) -> tuple[Anmodning, ...]:
    """Read a report file, as an office does. Raises BadInput."""
    return tuple(Anmodning(dict(zip(REPORT_HEADINGS, cells, strict=True))) for _, cells in _rows(name, raw, REPORT_HEADINGS))


def read_decisions(name: str, raw: bytes) -> tuple[Afgoerelse, ...]:
    """Read a decision file. Raises BadInput for a file that is no table of these headings, naming what is wrong."""
    return tuple(Afgoerelse(row, dict(zip(DECISION_HEADINGS, cells, strict=True))) for row, cells in _rows(name, raw, DECISION_HEADINGS))


def _written(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return page.getvalue().encode(ENCODING)


def _rows(name: str, raw: bytes, headings: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Give the rows with their numbers, cells in the order of our headings."""
    table = _table(name, raw)
    found = [cell.strip() for cell in table[0][1]] if table else []
    wrong = sorted(set(headings) ^ set(found)) or [cell for cell in found if found.count(cell) > 1]
    if wrong:
        raise BadInput(*(problem("heading", name, 1, heading) for heading in dict.fromkeys(wrong)))
    rows = [(number, cells) for number, cells in table[1:] if any(cell.strip() for cell in cells)]
    short = [number for number, cells in rows if len(cells) != len(found)]
    if short:
        raise BadInput(*(problem("cells", name, number) for number in short[:100]))
    order = [found.index(heading) for heading in headings]
    return [(number, [cells[place].strip() for place in order]) for number, cells in rows]


def _table(name: str, raw: bytes) -> list[tuple[int, list[str]]]:
    if len(raw) > MOST_BYTES:
        raise BadInput(problem("too_large", name))
    try:
        text = raw.decode(ENCODING).removeprefix(MARK)
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True), 1))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise BadInput(problem("unreadable", name)) from broken
