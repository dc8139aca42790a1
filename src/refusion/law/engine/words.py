"""The house words of rules: each reads the same for one int and for a column of int64, and none uses a float."""

from __future__ import annotations

from datetime import date

import numpy as np

from refusion.law.engine.numbers import Amount, Column, Day, Number, Truth
from refusion.values.period import last_of_month, months_after

EPOCH = date(1970, 1, 1).toordinal()


def at_most(value: Number, limit: Number) -> Number:
    """Give the value, or the limit where the value is above it."""
    if isinstance(value, np.ndarray) or isinstance(limit, np.ndarray):
        return np.minimum(value, limit)
    return min(value, limit)


def at_least(value: Number, floor: Number) -> Number:
    """Give the value, or the floor where the value is below it."""
    if isinstance(value, np.ndarray) or isinstance(floor, np.ndarray):
        return np.maximum(value, floor)
    return max(value, floor)


def when(truth: Truth, then: Number, otherwise: Number) -> Number:
    """Give one of two numbers."""
    if isinstance(truth, np.ndarray):
        return np.where(truth, then, otherwise)
    return then if truth else otherwise


def both(*truths: Truth) -> Truth:
    """Tell whether all of them hold."""
    held: Truth = True
    for truth in truths:
        held = held & truth
    return held


def either(*truths: Truth) -> Truth:
    """Tell whether at least one of them holds."""
    held: Truth = False
    for truth in truths:
        held = held | truth
    return held


def is_not(truth: Truth) -> Truth:
    """Tell whether it does not hold."""
    if isinstance(truth, np.ndarray):
        return np.logical_not(truth)
    return not truth


def portion(amount: Amount, part: Number, whole: Number) -> Amount:
    """Give ``part`` of ``whole`` shares of an amount, rounded once, half up.

    Exact as long as twice ``amount * part`` stays within 63 bits. ``whole`` is positive.
    """
    return (2 * amount * part + whole) // (2 * whole)


def whole_part(amount: Amount, part: Number, whole: Number) -> Amount:
    """Give ``part`` of ``whole`` shares of an amount, rounded down."""
    return (amount * part) // whole


def weekday(day: Day) -> Number:
    """Count the day's place in its week, Monday 0."""
    return (day - 1) % 7


def monday(day: Day) -> Day:
    """Give the Monday of the day's week."""
    return day - (day - 1) % 7


def year_of(day: Day) -> Number:
    """Give the calendar year."""
    if isinstance(day, np.ndarray):
        years: Column = _in(day, "Y").astype(np.int64) + 1970
        return years
    return date.fromordinal(day).year


def new_year(year: Number) -> Day:
    """Give the first day of a calendar year."""
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + 1


def months_on(day: Day, months: Number) -> Day:
    """Go calendar months on (back when negative); a day that the month lacks becomes its last.

    Months that are a column go with days that are one.
    """
    if isinstance(day, np.ndarray):
        target = _in(day, "M") + months
        place = (_in(day, "D") - _in(day, "M").astype("datetime64[D]")).astype(np.int64)
        reached: Column = np.minimum(_ordinal(target) + place, _ordinal(target + 1) - 1)
        return reached
    return months_after(date.fromordinal(day), int(months)).toordinal()


def month_end(day: Day) -> Day:
    """Give the last day of the day's month."""
    if isinstance(day, np.ndarray):
        return _ordinal(_in(day, "M") + 1) - 1
    return last_of_month(date.fromordinal(day)).toordinal()


def _in(day: Column, unit: str) -> np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]:
    return (day - EPOCH).astype("datetime64[D]").astype(f"datetime64[{unit}]")


def _ordinal(months: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> Column:
    return months.astype("datetime64[D]").astype(np.int64) + EPOCH
