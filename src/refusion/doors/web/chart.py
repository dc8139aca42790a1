"""A bar chart of a report's sums by month as plain figures for an SVG; the numbers stand in the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.reports.grouping import MONTH, grouped, groupings
from refusion.reports.report import Column, Report, Unit

MOST_MONTHS = 24
# The one or two columns that a report is seen by; of a report that is not named here the first that adds up.
SEEN_BY: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "received": ("expected", "received"),
    "differences": ("expected", "received"),
    "lost": ("amount", "standing"),
    "punctuality": ("kept", "missed"),
    "work-saved": ("from_payroll", "typed"),
})


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of the drawing."""

    width: int = 720
    height: int = 220
    top: int = 10
    floor: int = 190
    label_y: int = 208


MEASURES = Measures()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its amount, where it stands and how high; ``place`` tells the first column from the second."""

    amount: int
    place: str
    x: int
    height: int

    @property
    def y(self) -> int:
        """Give the top of the bar."""
        return MEASURES.floor - self.height


@dataclass(frozen=True, slots=True)
class Group:
    """One month with its bars."""

    label: str
    label_x: int
    width: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns that are drawn, in the order of their bars, and the months."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @property
    def is_money(self) -> bool:
        """Tell whether the bars are kroner."""
        return all(column.unit is Unit.ORE for column in self.columns)

    @property
    def named(self) -> tuple[tuple[str, Column], ...]:
        """Give each column under the name of its bars' looks."""
        return tuple(zip(LOOKS, self.columns, strict=False))


LOOKS = ("expected", "received")


def chart_of(report: Report, name: Callable[[date], str]) -> Chart | None:
    """Draw a report by month, the last two years at most; None for one without rows, days or sums."""
    if not report.rows or MONTH not in groupings(report):
        return None
    by_month = grouped(report, MONTH)
    drawn = _drawn(report.name, by_month)
    months = [row for row in by_month.rows if isinstance(row[0], date)][-MOST_MONTHS:]
    if not drawn or not months:
        return None
    amounts = [tuple(_whole(row[place]) for place, _ in drawn) for row in months]
    most = max(*(max(each) for each in amounts), 1)
    room = MEASURES.width // len(months)
    width = max(min((room - 8) // 2, 40), 2)
    groups = tuple(
        _group(name(row[0]), each, number * room + 4, width, most)
        for number, (row, each) in enumerate(zip(months, amounts, strict=True))
        if isinstance(row[0], date)
    )
    return Chart(tuple(column for _, column in drawn), groups)


def _drawn(name: str, report: Report) -> list[tuple[int, Column]]:
    """Choose the columns; the first two name the month and count its rows."""
    found = list(enumerate(report.columns))[2:]
    chosen = [one for one in found if one[1].key in SEEN_BY.get(name, ())]
    return chosen or found[:1]


def _group(label: str, amounts: tuple[int, ...], x: int, width: int, most: int) -> Group:
    bars = tuple(
        Bar(amount, LOOKS[number], x + number * (width + 2), max(amount, 0) * (MEASURES.floor - MEASURES.top) // most)
        for number, amount in enumerate(amounts)
    )
    return Group(label, x + len(amounts) * (width + 2) // 2, width, bars)


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0
