"""The house words of rules: each reads the same for one int and for a column of int64, and none uses a float."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.numbers import Amount, Column, Day, Number, Truth
from refusion.values.period import last_of_month, months_after

EPOCH = date(1970, 1, 1).toordinal()
MONTHS_TO_EPOCH, MONTHS_TO_LISTED = 1970 * 12, 1900 * 12
# The days whose months are listed once: to ask the calendar for each row costs twenty times that.
FIRST_LISTED, LAST_LISTED = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
MOST_PARTS = 1 << 12


def at_most(value: Number, limit: Number) -> Number:
    """Give the value, or the limit where the value is above it."""
    if isinstance(value, int) and isinstance(limit, int):
        return value if value <= limit else limit
    if isinstance(value, np.ndarray) or isinstance(limit, np.ndarray):
        return np.minimum(value, limit)
    return min(value, limit)


def at_least(value: Number, floor: Number) -> Number:
    """Give the value, or the floor where the value is below it."""
    if isinstance(value, int) and isinstance(floor, int):
        return value if value >= floor else floor
    if isinstance(value, np.ndarray) or isinstance(floor, np.ndarray):
        return np.maximum(value, floor)
    return max(value, floor)


def when(truth: Truth, then: Number, otherwise: Number) -> Number:
    """Give one of two numbers."""
    if isinstance(truth, np.ndarray):
        return _chosen(truth, then, otherwise)
    return then if truth else otherwise


def only_where(truth: Truth, ask: Callable[..., Number], otherwise: Number, *given: Number) -> Number:
    """Give what ``ask`` gives of the numbers where the truth holds, for a column without asking for the other rows."""
    if not isinstance(truth, np.ndarray):
        return ask(*given) if truth else otherwise
    rows = np.flatnonzero(truth)
    made: Column = np.array(np.broadcast_to(otherwise, truth.shape), dtype=np.int64)
    if rows.size:
        made[rows] = ask(*(number[rows] if isinstance(number, np.ndarray) else number for number in given))
    return made


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

    Exact as long as ``amount * part + whole`` stays within 63 bits. ``whole`` is positive. Half of an odd whole is
    rounded down without harm: no whole number of parts lies between the two.
    """
    half: Number = whole >> 1
    above = (amount if isinstance(part, int) and part == 1 else amount * part) + half
    return _divided(above, whole) if isinstance(above, np.ndarray) else above // whole


def whole_part(amount: Amount, part: Number, whole: Number) -> Amount:
    """Give ``part`` of ``whole`` shares of an amount, rounded down."""
    above = amount * part
    return _divided(above, whole) if isinstance(above, np.ndarray) else above // whole


def weekday(day: Day) -> Number:
    """Count the day's place in its week, Monday 0."""
    return (day - 1) - (day - 1) // 7 * 7


def monday(day: Day) -> Day:
    """Give the Monday of the day's week."""
    return (day - 1) // 7 * 7 + 1


def year_of(day: Day) -> Number:
    """Give the calendar year."""
    if isinstance(day, np.ndarray):
        years: Column = _month_of(day) // 12
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
        own = _month_of(day)
        target = own + months
        reached: Column = np.minimum(_first_of(target) + (day - _first_of(own)), _first_of(target + 1) - 1)
        return reached
    return months_after(date.fromordinal(day), int(months)).toordinal()


def month_end(day: Day) -> Day:
    """Give the last day of the day's month."""
    if isinstance(day, np.ndarray):
        return _first_of(_month_of(day) + 1) - 1
    return last_of_month(date.fromordinal(day)).toordinal()


def _chosen(truth: NDArray[np.bool_] | Column, then: Number, otherwise: Number) -> Column:
    """Choose by arithmetic, exact even where the difference passes 63 bits: a branch for each row costs five times that."""
    held = truth if truth.dtype == np.bool_ else truth != 0
    if np.result_type(then, otherwise) != np.int64:
        return np.where(held, then, otherwise)
    if isinstance(otherwise, int) and otherwise == 0:
        return np.asarray(held * then)
    return np.asarray(held * (then - otherwise) + otherwise)


def _divided(above: Column, whole: Number) -> Column:
    """Divide, rounded down: the same as ``//``, by cheaper steps where the numbers are proved to be small enough for them."""
    if not above.size or int(above.min()) < 0:
        return above // whole
    if isinstance(whole, int):
        return (above.view(np.uint64) // np.uint64(whole)).view(np.int64) if whole > 0 else above // whole
    least, widest, most = int(whole.min()), int(whole.max()), int(above.max())
    # Times 2^shift over the divisor, rounded up, is too much by less than the divisor: with n * divisor <= 2^shift too little
    # to reach the next whole number; and n * 2^shift stays within 63 bits.
    shift = min(63 - most.bit_length(), 61)
    if least < 1 or widest > MOST_PARTS or most.bit_length() + widest.bit_length() > shift:
        return above // whole
    reciprocals = -(-(1 << shift) // np.maximum(np.arange(widest + 1), 1))
    parts: Column = (above * reciprocals.take(whole)) >> shift
    return parts


def _month_of(day: Column) -> Column:
    """Count the months from year 0 to the day's."""
    if day.size and int(day.min()) >= FIRST_LISTED and int(day.max()) < FIRST_LISTED + _months_listed().size:
        return _months_listed().take(day - FIRST_LISTED, mode="clip")
    months: Column = (day - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + MONTHS_TO_EPOCH
    return months


def _first_of(month: Column) -> Column:
    """Give the first day of a month so counted."""
    listed = _first_days_listed()
    since = month - MONTHS_TO_LISTED
    if since.size and int(since.min()) >= 0 and int(since.max()) < listed.size:
        return listed.take(since, mode="clip")
    return _ordinals(month)


def _ordinals(month: Column) -> Column:
    days: Column = (month - MONTHS_TO_EPOCH).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + EPOCH
    return days


@cache
def _months_listed() -> Column:
    days = np.arange(FIRST_LISTED, LAST_LISTED + 1) - EPOCH
    months: Column = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + MONTHS_TO_EPOCH
    return months


@cache
def _first_days_listed() -> Column:
    return _ordinals(np.arange(MONTHS_TO_LISTED, int(_months_listed()[-1]) + 1))
