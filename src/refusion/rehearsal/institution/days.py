"""Days as an employer counts them: weekdays, months, and the day on which a month's pay is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

WEEKEND = 5


def after(day: date, days: int) -> date:
    """Go a number of days on."""
    return day + timedelta(days=days)


def weekday_from(day: date) -> date:
    """Give the day itself or the Monday after a weekend."""
    return after(day, 7 - day.weekday()) if day.weekday() >= WEEKEND else day


def monday_from(day: date) -> date:
    """Give the day itself if it is a Monday, else the next one."""
    return after(day, -day.weekday() % 7)


def next_month(month: date) -> date:
    """Give the first day of the following month."""
    return after(month.replace(day=28), 4).replace(day=1)


def month_before(month: date, months: int = 1) -> date:
    """Give the first day of the month some months before."""
    for _ in range(months):
        month = after(month.replace(day=1), -1).replace(day=1)
    return month


def months(first: date, last: date) -> Iterator[date]:
    """Go through the first days of all months that two days span."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = next_month(month)


@lru_cache(maxsize=4096)
def weekdays(first: date, last: date) -> int:
    """Count Mondays to Fridays between two days, both included."""
    return sum(after(first, n).weekday() < WEEKEND for n in range((last - first).days + 1))


@lru_cache(maxsize=64)
def pay_day(month: date) -> date:
    """Give the day on which a month's pay is delivered: the last weekday but two of the month."""
    day, weekdays_left = after(next_month(month), -1), 3
    while True:
        weekdays_left -= day.weekday() < WEEKEND
        if not weekdays_left:
            return day
        day = after(day, -1)
