"""The payments of a case: each on its last Thursday, for the whole weeks to the Sunday before, with its øre by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from refusion.cases.self_employed.facts import Course, Event, State
from refusion.cases.self_employed.limits import last_benefit_day
from refusion.law.denmark.self_employed.benefit import self_paid_quarters, self_weekly
from refusion.law.denmark.self_employed.follow_up import payday, self_paid_through
from refusion.law.engine.words import portion
from refusion.values.money import Ore
from refusion.values.period import ONE_DAY, Period, first_of_month, months_after

PAID_DAYS = 5  # a part of a week is paid by its Mondays to Fridays
QUARTERS = int(self_paid_quarters(0))
# The share that can be worked, in hundredths of per cent, by the quarters it leaves.
SHARES = {int(self_paid_quarters(share)): share for share in (0, 2_500, 5_000, 10_000)}


@dataclass(frozen=True, slots=True)
class WeekPaid:
    """One week of a payment, or the part of it: its days, the quarters of the weekly amount, øre."""

    period: Period
    quarters: int
    amount: Ore


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid on a day: the days it is for, each week with its amount, and the sum in øre."""

    day: date
    period: Period
    weeks: tuple[WeekPaid, ...]

    @property
    def amount(self) -> Ore:
        """Give the sum in øre."""
        return Ore(sum(week.amount for week in self.weeks))


def payments(course: Course, until: date) -> tuple[Payment, ...]:
    """Give the payments with a day up to and including ``until``; none before benefit was granted.

    Raises NotKnown where the highest rate of a week is not known, MissingFact without the year's income.
    """
    first, granted = course.day("benefit_from"), _decided_on(course)
    if first is None or granted is None or course.income_year is None:
        return ()
    return tuple(_payments(course, first, granted, until))


def _decided_on(course: Course) -> date | None:
    decided = [day for name in (Event.GRANTED, Event.RIGHT_RESTORED) if (day := course.day(name.value))]
    return max(decided) if decided else None


def _payments(course: Course, first: date, granted: date, until: date) -> Iterator[Payment]:
    end = last_benefit_day(course)
    month = first_of_month(min(first, granted))
    while (day := payday(month)) <= until and (end is None or first <= end):
        through = date.fromordinal(int(self_paid_through(month.toordinal())))
        last = through if end is None else min(through, end)
        if day >= granted and first <= last:
            period = Period(first, last)
            yield Payment(day, period, tuple(_week(course, week) for week in _parts(course, period)))
            first = last + ONE_DAY
        month = months_after(month, 1)


def _parts(course: Course, period: Period) -> Iterator[Period]:
    """Cut at every Monday and wherever another share begins."""
    for week in period.weeks():
        first = week.first
        for since, _ in course.shares:
            if first < since <= week.last:
                yield Period(first, since - ONE_DAY)
                first = since
        yield Period(first, week.last)


def _week(course: Course, period: Period) -> WeekPaid:
    quarters = quarters_on(course, period.first)
    weekly = weekly_amount(course, period.first, quarters)
    return WeekPaid(period, quarters, Ore(int(portion(weekly, period.weekdays, PAID_DAYS))))


def quarters_on(course: Course, day: date) -> int:
    """Give the quarters of the weekly amount that are paid on a day."""
    return ([QUARTERS] + [quarters for since, quarters in course.shares if since <= day])[-1]


def weekly_amount(course: Course, day: date, quarters: int) -> Ore:
    """Give the benefit of the week of a day in øre, for a number of quarters."""
    return self_weekly(day, course.first_absence_day, course.income_year or 0, course.insurance, SHARES[quarters])


def is_paid_beyond(course: Course, paid_through: date) -> bool:
    """Tell whether days were paid that give no benefit: what came for them may be asked back."""
    last = last_benefit_day(course)
    return course.main in (State.PAYING_OUT, State.ENDED) and last is not None and paid_through > last
