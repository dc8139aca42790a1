"""What a report is: columns with their units, rows, totals and the one sentence that says it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from refusion.values.said import Said

Cell = str | int | date | Said | None
Line = TypeVar("Line")


class Unit(Enum):
    """What the cells of a column are; ``NUMBER`` names something (a case), ``COUNT`` can be added up."""

    TEXT = "text"
    WORD = "word"
    NUMBER = "number"
    COUNT = "count"
    DAY = "day"
    ORE = "ore"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, the unit of its cells, and whether they are added up."""

    key: str
    heading: Said
    unit: Unit
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report; ``totals`` has a cell for each column, None where nothing is added up.

    Amounts are øre; cells of unit ``WORD`` are :class:`Said` for the reader's language.
    """

    name: str
    title: Said
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[int | None, ...]
    sentence: Said

    def total(self, key: str) -> int:
        """Give the total of a column; raises KeyError when it has none."""
        for column, total in zip(self.columns, self.totals, strict=True):
            if column.key == key and total is not None:
                return total
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Layout(Generic[Line]):
    """The columns of a kind of report, which of a line's facts each one shows, and how the lines are named."""

    name: str
    columns: tuple[Column, ...]

    def rows_of(self, lines: Sequence[Line]) -> tuple[tuple[Cell, ...], ...]:
        """Give a row of cells for each line; a column shows the fact of its own key."""
        return tuple(tuple(getattr(line, column.key) for column in self.columns) for line in lines)


def made(layout: Layout[Line], lines: Sequence[Line], sentence: Said) -> Report:
    """Make the report of its lines: rows, and the totals of the columns that add up."""
    rows = layout.rows_of(lines)
    totals = tuple(
        sum(cell for cell in cells if isinstance(cell, int)) if column.adds_up else None
        for column, cells in zip(layout.columns, zip(*rows, strict=True) if rows else [()] * len(layout.columns), strict=True)
    )
    return Report(layout.name, Said(f"reports.{layout.name}"), layout.columns, rows, totals, sentence)


def column(key: str, unit: Unit, *, adds_up: bool = False) -> Column:
    """Name a column by the fact that it shows; its heading is ``reports.<key>``."""
    return Column(key, Said(f"reports.{key}"), unit, adds_up)
