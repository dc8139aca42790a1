"""An open item: one case and month with what is expected, booked, paid and explained of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from refusion.values.period import Period, merged


class Nature(StrEnum):
    """What an item is for: a month's benefit, the holiday pay of an earning year; ``pay`` names a month of pay that was looked at."""

    BENEFIT = "benefit"
    HOLIDAY = "holiday"
    PAY = "pay"


class Cause(StrEnum):
    """Why what NAV paid is not what we claimed."""

    RATE = "rate"
    HOLIDAY_RATE = "holiday_rate"
    BY_HAND = "by_hand"


@dataclass(frozen=True, order=True, slots=True)
class ItemKey:
    """One case, a month by its first day (holiday pay: 1 January of the earning year), and what it is for."""

    case: UUID
    month: date
    nature: Nature = Nature.BENEFIT


@dataclass(frozen=True, slots=True)
class Wanted:
    """What we expect for an item in øre, for which days, how many of them are paid, and our daily rate.

    ``by_law`` is what the law alone gives where the institution follows another text (12.5 % holiday pay of UiO's page).
    """

    amount: int
    days: Period | None = None
    paid_days: int = 0
    rate: int = 0
    by_law: int | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What NAV paid for an item and the days that its lines name; ``dated`` is False where a line names none."""

    amount: int
    days: tuple[Period, ...] = ()
    dated: bool = True

    def with_line(self, amount: int, days: Period | None) -> Came:
        """Add a line; days that are taken back by a line below zero are taken to be named still."""
        periods = self.days if days is None else merged((*self.days, days))
        return Came(self.amount + amount, periods, self.dated and days is not None)

    @property
    def weekdays(self) -> int:
        """Count the weekdays that lines name."""
        return sum(days.weekdays for days in self.days)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A difference with its cause: øre (below zero: NAV pays less than we claimed) and NAV's rate where that is the cause."""

    amount: int
    cause: Cause
    rate: int | None = None


@dataclass(frozen=True, order=True, slots=True)
class Carrier:
    """Who carries a cost: cost centre and project."""

    cost_centre: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """What stands in the books for an item: claimed and deviated by carrier (øre, income positive), and what was received."""

    claimed: Mapping[Carrier, int] = field(default_factory=dict)
    deviated: Mapping[Carrier, int] = field(default_factory=dict)
    received: int = 0

    @property
    def open(self) -> int:
        """Give what NAV still owes by the books, in øre."""
        return sum(self.claimed.values()) + sum(self.deviated.values()) - self.received
