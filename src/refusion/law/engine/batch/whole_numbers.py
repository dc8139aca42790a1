"""The house words for one whole number, without Python's dates: what a compiled rule reads in place of them."""

# ruff: noqa: D103 (each says the same as the word it stands for)

from __future__ import annotations

from collections.abc import Callable

from refusion.law.engine import words

DAYS_OF_400_YEARS = 146_097
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


ON_THE_CALENDAR = (month_of, first_of)
IN_WHOLE_NUMBERS: dict[Callable[..., object], Callable[..., int]] = {
    words.at_most: at_most,
    words.at_least: at_least,
    words.when: when,
    words.is_not: is_not,
    words.year_of: year_of,
    words.months_on: months_on,
    words.month_end: month_end,
}
