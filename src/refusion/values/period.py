"""Days and periods: a period has a first and a last day and both belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, FRIDAY, SUNDAY = 0, 4, 6
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """All days from ``first`` to ``last``, both included.

    Raises ValueError when the last day comes before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.last < self.first:
            raise ValueError(f"the period {self.first}..{self.last} ends before it starts")

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        """Go through the days in order."""
        return (self.first + timedelta(days=n) for n in range(self.days))

    @property
    def days(self) -> int:
        """Count the calendar days."""
        return (self.last - self.first).days + 1

    @property
    def weekdays(self) -> int:
        """Count Mondays to Fridays, public holidays among them."""
        return weekdays_through(self.last) - weekdays_through(self.first - ONE_DAY)

    def overlap(self, other: Period) -> Period | None:
        """Give the days that both periods have, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Period(first, last) if first <= last else None

    def weeks(self) -> Iterator[Period]:
        """Cut the period at every Monday, in order."""
        first = self.first
        while first <= self.last:
            last = min(sunday_of(first), self.last)
            yield Period(first, last)
            first = last + ONE_DAY

    def months(self) -> Iterator[Period]:
        """Cut the period at every first day of a month, in order."""
        first = self.first
        while first <= self.last:
            last = min(last_of_month(first), self.last)
            yield Period(first, last)
            first = last + ONE_DAY


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Give the same days in periods that neither overlap nor touch, in order: a day in two of them is there once."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda period: period.first):
        if found and period.first <= found[-1].last + ONE_DAY:
            found[-1] = Period(found[-1].first, max(found[-1].last, period.last))
        else:
            found.append(period)
    return tuple(found)


def weekdays_through(day: date) -> int:
    """Count Mondays to Fridays from 0001-01-01 (a Monday) to the day, both included."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def monday_of(day: date) -> date:
    """Give the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """Give the Sunday of the day's week."""
    return day + timedelta(days=SUNDAY - day.weekday())


def first_of_month(day: date) -> date:
    """Give the first day of the day's month."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Give the last day of the day's month."""
    return months_after(first_of_month(day), 1) - ONE_DAY


def months_after(day: date, months: int) -> date:
    """Go a number of calendar months on (or back, when negative).

    A day that the month lacks becomes its last: 31 May less three months is 28 or 29 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month_first = date(year, month + 1, 1)
    following = date(year + (month + 1 == 12), (month + 1) % 12 + 1, 1)
    return month_first.replace(day=min(day.day, (following - month_first).days))
