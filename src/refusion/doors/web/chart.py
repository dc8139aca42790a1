"""A bar chart of two sums by month as plain figures for an SVG; the numbers stand in the table beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.reports.rows import ClaimLine
from refusion.values.period import first_of_month

MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Chart:
    """The measures of the drawing."""

    width: int = 720
    height: int = 220
    top: int = 10
    floor: int = 190
    label_y: int = 208


CHART = Chart()


@dataclass(frozen=True, slots=True)
class Bars:
    """One month: what was expected and what was received, in øre, and where their bars stand."""

    label: str
    expected: int
    received: int
    x: int
    width: int
    expected_height: int
    received_height: int

    @property
    def second_x(self) -> int:
        """Give where the second bar begins."""
        return self.x + self.width + 2

    @property
    def label_x(self) -> int:
        """Give the middle between the two."""
        return self.x + self.width + 1

    @property
    def expected_y(self) -> int:
        """Give the top of the first bar."""
        return CHART.floor - self.expected_height

    @property
    def received_y(self) -> int:
        """Give the top of the second bar."""
        return CHART.floor - self.received_height


def bars_of(lines: Sequence[ClaimLine], name: Callable[[date], str]) -> tuple[Bars, ...]:
    """Add the lines up by the month in which their period begins, the last two years at most, and place the bars."""
    expected: dict[date, int] = defaultdict(int)
    received: dict[date, int] = defaultdict(int)
    for line in lines:
        month = first_of_month(line.period.first)
        expected[month] += line.expected
        received[month] += line.received
    months = sorted(expected)[-MOST_MONTHS:]
    if not months:
        return ()
    most = max(*expected.values(), *received.values(), 1)
    place = CHART.width // len(months)
    width = min((place - 8) // 2, 40)
    return tuple(
        Bars(
            label=name(month),
            expected=expected[month],
            received=received[month],
            x=number * place + 4,
            width=width,
            expected_height=_height(expected[month], most),
            received_height=_height(received[month], most),
        )
        for number, month in enumerate(months)
    )


def _height(amount: int, most: int) -> int:
    return max(amount, 0) * (CHART.floor - CHART.top) // most
