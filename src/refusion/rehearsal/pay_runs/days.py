"""Days of the made-up months: their weekdays, counted on columns, and the value date of their pay."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from refusion.salary_guard.columns import Ints
from refusion.values.period import FRIDAY, last_of_month, months_after


def month_of(first: date, number: int) -> date:
    """Give the first day of the month that lies so many months on."""
    return months_after(first, number)


def last_day(month: date) -> int:
    """Give the ordinal of a month's last day."""
    return last_of_month(month).toordinal()


def value_date(month: date) -> date:
    """Give the last weekday of the month, on which its pay stands in the account."""
    day = last_of_month(month)
    while day.weekday() > FRIDAY:
        day -= timedelta(days=1)
    return day


def weekdays(first: Ints, last: Ints) -> Ints:
    """Count Mondays to Fridays from first to last, none when the period is empty."""
    return np.asarray(np.maximum(0, _through(last) - _through(first - 1)))


def _through(day: Ints) -> Ints:
    return np.asarray(day // 7 * 5 + np.minimum(day % 7, 5))
