"""The house words for one whole number, without Python's dates: what a compiled rule reads in place of them."""

# ruff: noqa: D103 (each says the same as the word it stands for)

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from refusion.law.engine import words

DAYS_OF_400_YEARS = 146_097
# 2^36 over a divisor, rounded up, is too much by less than the divisor; times a number below 2^27 that is less than 2^36, too
# little to reach the next whole number: the quotient is exact, and nothing passes 63 bits.
SHIFT, MOST_DIVIDED, MOST_PARTS = 36, 1 << 27, 1 << 9
RECIPROCALS = np.array([0, *(-(-(1 << SHIFT) // whole) for whole in range(1, MOST_PARTS))], dtype=np.int64)
# Days from 1 March of year 0, less the one that 1 January of year 1 is: in a year that begins in March a leap day comes last.
BEFORE_YEAR_ONE = 305


def at_most(value: int, limit: int) -> int:
    return min(value, limit)


def at_least(value: int, floor: int) -> int:
    return max(value, floor)


def when(truth: int, then: int, otherwise: int) -> int:
    return then if truth else otherwise


def is_not(truth: int) -> bool:
    return not truth


def portion(amount: int, part: int, whole: int) -> int:
    return divided(amount * part + (whole >> 1), whole)


def whole_part(amount: int, part: int, whole: int) -> int:
    return divided(amount * part, whole)


def divided(above: int, whole: int) -> int:
    """Divide, rounded down; small numbers by a multiplication, and none with a sign where there is none: it costs a third."""
    if above < 0 or whole < 1:
        return above // whole
    if whole < MOST_PARTS and above < MOST_DIVIDED:
        return int((above * RECIPROCALS[whole]) >> SHIFT)
    return int(np.int64(np.uint64(above) // np.uint64(whole)))


def month_of(day: int) -> int:
    """Count the months from March of year 0 to the day's."""
    since = day + BEFORE_YEAR_ONE
    round_of_years = since // DAYS_OF_400_YEARS
    place = since - round_of_years * DAYS_OF_400_YEARS
    years = (place - place // 1460 + place // 36_524 - place // (DAYS_OF_400_YEARS - 1)) // 365
    day_of_year = place - (365 * years + years // 4 - years // 100)
    return (round_of_years * 400 + years) * 12 + (5 * day_of_year + 2) // 153


def first_of(month: int) -> int:
    """Give the first day of a month so counted."""
    years = month // 12
    return 365 * years + years // 4 - years // 100 + years // 400 + (153 * (month - 12 * years) + 2) // 5 - BEFORE_YEAR_ONE


def year_of(day: int) -> int:
    return (month_of(day) + 2) // 12


def months_on(day: int, months: int) -> int:
    month = month_of(day)
    return min(first_of(month + months) + day - first_of(month), first_of(month + months + 1) - 1)


def month_end(day: int) -> int:
    return first_of(month_of(day) + 1) - 1


READ_BY_THE_WORDS = (divided, month_of, first_of)
IN_WHOLE_NUMBERS: dict[Callable[..., object], Callable[..., int]] = {
    words.at_most: at_most,
    words.at_least: at_least,
    words.when: when,
    words.is_not: is_not,
    words.portion: portion,
    words.whole_part: whole_part,
    words.year_of: year_of,
    words.months_on: months_on,
    words.month_end: month_end,
}
