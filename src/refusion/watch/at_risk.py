"""The money-at-risk clock: which kroner stop being safe on which day, counted from open entitlements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.watch.deadlines import Step

HORIZONS = (7, 14, 30)


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An entitlement that is not safe with the authority yet: øre, the last safe day and the last day in law."""

    case_number: int
    claim_number: int | None
    person: str
    unit: str
    step: Step
    amount: int
    safe_day: date
    legal_day: date

    def per_day(self, day: date) -> int:
        """Give the øre at risk for each day left until the safe day, the day itself counted; what orders the list."""
        return self.amount // max((self.safe_day - day).days + 1, 1)


@dataclass(frozen=True, slots=True)
class DaySum:
    """The øre whose last safe day it is, and how many entitlements they are of."""

    day: date
    amount: int
    count: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Open entitlements on a day: those that cost most per day first; sums within days, by safe day, and past it.

    ``past_safe`` can still be had but the margin is gone; ``past_legal`` has begun to be lost.
    """

    day: date
    rows: tuple[AtRisk, ...]
    within: tuple[tuple[int, int], ...]
    by_day: tuple[DaySum, ...]
    past_safe: int
    past_legal: int

    @property
    def total(self) -> int:
        """Add every open entitlement, in øre."""
        return sum(row.amount for row in self.rows)


def clock(entitlements: Iterable[AtRisk], day: date) -> Clock:
    """Set the clock for a day; entitlements worth nothing do not count."""
    rows = tuple(sorted((row for row in entitlements if row.amount > 0), key=lambda row: _order(row, day)))
    ahead = [row for row in rows if row.safe_day >= day]
    within = tuple((days, _sum(row for row in ahead if row.safe_day < day + timedelta(days=days))) for days in HORIZONS)
    by_day = tuple(_of_day(each, ahead) for each in sorted({row.safe_day for row in ahead}))
    past = [row for row in rows if row.safe_day < day]
    past_safe, past_legal = (_sum(row for row in past if (row.legal_day < day) is late) for late in (False, True))
    return Clock(day, rows, within, by_day, past_safe, past_legal)


def _order(row: AtRisk, day: date) -> tuple[int, int, date, int, int]:
    return -row.per_day(day), -row.amount, row.safe_day, row.case_number, row.claim_number or 0


def _of_day(day: date, rows: Iterable[AtRisk]) -> DaySum:
    own = [row for row in rows if row.safe_day == day]
    return DaySum(day, _sum(own), len(own))


def _sum(rows: Iterable[AtRisk]) -> int:
    return sum(row.amount for row in rows)
