"""Gathers a report's rows by unit, kind, month, cause or whatever else its rows name, and adds them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from refusion.reports.report import Cell, Column, Report, Unit, column
from refusion.values.period import first_of_month
from refusion.values.said import Refused, Said, said

MONTH, INSTITUTION = "month", "institution"
NAMED = frozenset({Unit.TEXT, Unit.WORD})
# A person's rows are not gathered: that would be a file on the person.
NEVER = frozenset({"person"})


def groupings(report: Report) -> tuple[str, ...]:
    """Name what the rows can be gathered by: their words and texts, and the month of their first day."""
    named = tuple(one.key for one in report.columns if one.unit in NAMED and one.key not in NEVER)
    dated = (MONTH,) if any(one.unit is Unit.DAY for one in report.columns) else ()
    return (*named, *dated)


def grouped(report: Report, by: str) -> Report:
    """Give one row for each group: its name, how many rows it has, and the sums of the columns that add up.

    Raises Refused naming what the rows can be gathered by.
    """
    known = groupings(report)
    if by not in known:
        raise Refused(said("reports.unknown_grouping", by=by, known=", ".join(known)))
    gathered: dict[tuple[str, Cell], list[tuple[Cell, ...]]] = defaultdict(list)
    for row in report.rows:
        cell = _named(report, row, by)
        gathered[_order(cell), cell if not isinstance(cell, Said) else None].append(row)
    names = {key: _named(report, rows[0], by) for key, rows in gathered.items()}
    return _made(report, by, [(names[key], gathered[key]) for key in sorted(gathered, key=lambda key: key[0])])


def side_by_side(parts: Sequence[tuple[str, Report]]) -> Report:
    """Give one row for each institution, under its code: how many rows its report has, and their sums."""
    first = parts[0][1]
    return _made(first, INSTITUTION, [(code, list(part.rows)) for code, part in parts])


def _made(report: Report, by: str, groups: Sequence[tuple[Cell, Sequence[tuple[Cell, ...]]]]) -> Report:
    places = [place for place, one in enumerate(report.columns) if one.adds_up]
    summed = [report.columns[place] for place in places]
    head: Column = column(by, _unit(report, by))
    rows = tuple((name, len(lines), *(_sum(lines, place) for place in places)) for name, lines in groups)
    counts = column("rows", Unit.COUNT, adds_up=True)
    sums = tuple(_sum(rows, place) for place in range(1, len(places) + 2))
    return Report(report.name, report.title, (head, counts, *summed), rows, (None, *sums), report.sentence)


def _unit(report: Report, by: str) -> Unit:
    if by == MONTH:
        return Unit.DAY
    return next((one.unit for one in report.columns if one.key == by), Unit.TEXT)


def _named(report: Report, row: tuple[Cell, ...], by: str) -> Cell:
    if by != MONTH:
        return next(cell for one, cell in zip(report.columns, row, strict=True) if one.key == by)
    day = next((cell for one, cell in zip(report.columns, row, strict=True) if one.unit is Unit.DAY), None)
    return first_of_month(day) if isinstance(day, date) else None


def _order(cell: Cell) -> str:
    if isinstance(cell, Said):
        return cell.key
    return "" if cell is None else str(cell)


def _sum(lines: Sequence[tuple[Cell, ...]], place: int) -> int:
    return sum(cell for cell in (line[place] for line in lines) if isinstance(cell, int))
