"""How much of the wage cost NAV covers by unit, refunds by the month they came in, and what belongs to a year that has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

WHOLE = 100_00


@dataclass(frozen=True, slots=True)
class Covered:
    """A month of a leave: the unit, what was paid for its days, and what NAV refunds of it, øre."""

    unit: str
    paid: int
    refunded: int


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit: wage cost of its leaves, what NAV covers, and the rest that its own budget carries, øre."""

    unit: str
    cost: int
    covered: int

    @property
    def own(self) -> int:
        """Give what the unit's own budget carries."""
        return self.cost - self.covered

    @property
    def share(self) -> int:
        """Give the share that NAV covers in hundredths of a per cent, half up; nought where nothing was paid."""
        return (2 * self.covered * WHOLE + self.cost) // (2 * self.cost) if self.cost > 0 else 0


def by_unit(months: Iterable[Covered]) -> tuple[UnitShare, ...]:
    """Sum months by unit, in the order of their names."""
    sums: dict[str, tuple[int, int]] = {}
    for one in months:
        cost, covered = sums.get(one.unit, (0, 0))
        sums[one.unit] = cost + one.paid, covered + one.refunded
    return tuple(UnitShare(unit, *sums[unit]) for unit in sorted(sums))


def cost_of_days(paid: int, days: int, weekdays: int) -> int:
    """Give the part of a month's pay that falls on some of its weekdays, øre, half up."""
    return (2 * paid * days + weekdays) // (2 * weekdays) if weekdays else 0


def by_receipt(payments: Iterable[tuple[date, str, int]]) -> Mapping[tuple[date, str], int]:
    """Sum refunds by the month they came in and the sub-unit: the day of receipt decides employer's contribution (ftrl § 23-2)."""
    sums: dict[tuple[date, str], int] = {}
    for pays_on, workplace, amount in payments:
        place = pays_on.replace(day=1), workplace
        sums[place] = sums.get(place, 0) + amount
    return dict(sorted(sums.items()))
