"""Holiday pay of parental benefit (ftrl § 14-8): the window that both parents use up, and what falls into it by year and employer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from refusion.law.engine.rule import account
from refusion.law.norway.days import paid_days
from refusion.law.norway.holiday_pay import holiday_pay, parental_holiday_rate
from refusion.law.norway.statutes import FTRL
from refusion.values.money import Ore
from refusion.values.period import FRIDAY, ONE_DAY, Period

Line = tuple[int, str, Ore]


@dataclass(frozen=True, slots=True)
class Part:
    """What a day gives for one employment: the person's and the employer's daily rate in øre."""

    employer: str
    person: int
    refund: int
    employee: bool = True

    @property
    def pays(self) -> bool:
        """Tell whether anything is paid."""
        return self.person + self.refund > 0


@dataclass(frozen=True, slots=True)
class Paid:
    """Days of benefit with the same parts."""

    days: Period
    parts: tuple[Part, ...]

    @property
    def pays(self) -> bool:
        """Tell whether anything is paid on these days."""
        return any(part.pays for part in self.parts)

    @property
    def pays_employee(self) -> bool:
        """Tell whether anything is paid for an employment."""
        return any(part.pays and part.employee for part in self.parts)


@dataclass(frozen=True, slots=True)
class Parents:
    """The parent who is asked for, and the other one; ``first`` is the parent who keeps a day that passes the limit."""

    own: Sequence[Paid]
    other: Sequence[Paid] = ()
    other_has_right: bool = False
    first: bool = True


@dataclass(frozen=True, slots=True)
class HolidayPay:
    """The window and what it gives, in whole kroner as øre: (earning year, employer, amount)."""

    window: Period
    person: tuple[Line, ...]
    employers: tuple[Line, ...]


@account(FTRL.section("14-8"), called="feriepenger av foreldrepenger")
def holiday_pay_of(parents: Parents, limit: int, *, older: bool = False) -> HolidayPay | None:
    """Give the holiday pay of one parent for a limit of weekdays; None for somebody who was paid nothing as an employee."""
    window = _window(parents, limit)
    if window is None:
        return None
    rate = parental_holiday_rate(older)
    return HolidayPay(
        window,
        _lines(window, ((each.days, part.employer, part.person) for each, part in _employed(parents.own)), rate),
        _lines(window, ((each.days, part.employer, part.refund) for each, part in _employed(parents.own)), rate),
    )


def _employed(paid: Iterable[Paid]) -> Iterator[tuple[Paid, Part]]:
    return ((each, part) for each in paid for part in each.parts if part.employee)


def _window(parents: Parents, limit: int) -> Period | None:
    if not any(each.pays_employee for each in parents.own):
        return None
    other = list(parents.other) if parents.other_has_right else []
    first = min(each.days.first for each in (*parents.own, *other) if each.pays_employee)
    last = max(each.days.last for each in (*parents.own, *parents.other) if each.pays)
    own_days, other_days = ([each.days for each in paid if each.pays] for paid in (parents.own, other))
    used = 0
    for day in Period(first, last):
        used += _uses(own_days, day) + _uses(other_days, day)
        if used > limit and not parents.first:
            return Period(first, max(first, day - ONE_DAY))
        if used >= limit:
            return Period(first, day)
    return Period(first, last)


def _uses(paid: Sequence[Period], day: date) -> int:
    return int(day.weekday() <= FRIDAY and any(day in days for days in paid))


def _lines(window: Period, days: Iterable[tuple[Period, str, int]], rate: int) -> tuple[Line, ...]:
    sums: dict[tuple[int, str], int] = {}
    for period, employer, amount in days:
        for part in _years(period.overlap(window)):
            weekdays = paid_days(part.first.toordinal(), part.last.toordinal())
            key = part.first.year, employer
            sums[key] = sums.get(key, 0) + weekdays * amount
    paid = {key: Ore(holiday_pay(amount, rate)) for key, amount in sorted(sums.items())}
    return tuple((year, employer, amount) for (year, employer), amount in paid.items() if amount)


def _years(period: Period | None) -> Iterator[Period]:
    if period is None:
        return
    for year in range(period.first.year, period.last.year + 1):
        yield Period(max(period.first, date(year, 1, 1)), min(period.last, date(year, 12, 31)))
