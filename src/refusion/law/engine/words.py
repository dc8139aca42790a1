"""The house words of rules: each reads the same for one int and for a column of int64, and none uses a float."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from refusion.law.engine.numbers import Amount, Column, Day, Number, Truth
from refusion.values.period import last_of_month, months_after

EPOCH = date(1970, 1, 1).toordinal()


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
    return (amount * part + half) // whole


def whole_part(amount: Amount, part: Number, whole: Number) -> Amount:
    """Give ``part`` of ``whole`` shares of an amount, rounded down."""
    return (amount * part) // whole


def weekday(day: Day) -> Number:
    """Count the day's place in its week, Monday 0."""
    return (day - 1) - (day - 1) // 7 * 7


def monday(day: Day) -> Day:
    """Give the Monday of the day's week."""
    return (day - 1) // 7 * 7 + 1


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
        own = _in(day, "M")
        place, target = day - _ordinal(own), own + months
        reached: Column = np.minimum(_ordinal(target) + place, _ordinal(target + 1) - 1)
        return reached
    return months_after(date.fromordinal(day), int(months)).toordinal()


def month_end(day: Day) -> Day:
    """Give the last day of the day's month."""
    if isinstance(day, np.ndarray):
        return _ordinal(_in(day, "M") + 1) - 1
    return last_of_month(date.fromordinal(day)).toordinal()


def _chosen(truth: NDArray[np.bool_] | Column, then: Number, otherwise: Number) -> Column:
    """Choose by arithmetic, exact even where the difference passes 63 bits: a branch for each row costs five times that."""
    held = truth if truth.dtype == np.bool_ else truth != 0
    if np.result_type(then, otherwise) != np.int64:
        return np.where(held, then, otherwise)
    if isinstance(otherwise, int) and otherwise == 0:
        return np.asarray(held * then)
    return np.asarray(held * (then - otherwise) + otherwise)


def _in(day: Column, unit: str) -> np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]:
    return (day - EPOCH).astype("datetime64[D]").astype(f"datetime64[{unit}]")


def _ordinal(months: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> Column:
    return months.astype("datetime64[D]").astype(np.int64) + EPOCH
