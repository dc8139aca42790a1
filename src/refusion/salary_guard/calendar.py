"""Days as columns: weekdays of a period, for what a part of a month is worth."""

from __future__ import annotations

from datetime import date

import numpy as np

from refusion.salary_guard.columns import Ints
from refusion.values.period import last_of_month


def weekdays(first: Ints, last: Ints) -> Ints:
    """Count Mondays to Fridays from first to last, both included; none where the period is empty."""
    return np.asarray(np.maximum(0, _through(last) - _through(first - 1)), np.int64)


def last_day(month: int) -> int:
    """Give the ordinal of the last day of the month that begins on the day."""
    return last_of_month(date.fromordinal(month)).toordinal()


def month_before(month: int) -> int:
    """Give the ordinal of the first day of the month before."""
    return date.fromordinal(month - 1).replace(day=1).toordinal()


def _through(day: Ints) -> Ints:
    return np.asarray(day // 7 * 5 + np.minimum(day % 7, 5))
