"""The day of birth that a Norwegian national number tells; it decides the rate of holiday pay and the days of elders."""

from __future__ import annotations

from datetime import date

LENGTH, HUNDRED = 11, 100
D_NUMBER_DAY, FH_NUMBER_DAY = 40, 80
MONTH_OFFSETS = (80, 65, 40)
# Individual numbers by century: 500-749 with a year from 54 are of the 1800s, 900-999 with a year from 40 of the 1900s.
FIRST_OF_LATER, LAST_OF_EARLIER, FIRST_OF_SPARE, FIRST_OLD_YEAR, FIRST_SPARE_YEAR = 500, 749, 900, 54, 40


def born_on(number: str) -> date | None:
    """Give the day of birth, or None for a number that tells none."""
    if len(number) != LENGTH or not number.isdecimal():
        return None
    day, month, year, individual = int(number[:2]), int(number[2:4]), int(number[4:6]), int(number[6:9])
    if day > FH_NUMBER_DAY:
        return None
    day -= D_NUMBER_DAY if day > D_NUMBER_DAY else 0
    month -= next((offset for offset in MONTH_OFFSETS if month > offset), 0)
    try:
        return date(_century(year, individual) + year, month, day)
    except ValueError:
        return None


def _century(year: int, individual: int) -> int:
    if individual < FIRST_OF_LATER or (individual >= FIRST_OF_SPARE and year >= FIRST_SPARE_YEAR):
        return 19 * HUNDRED
    return 18 * HUNDRED if individual <= LAST_OF_EARLIER and year >= FIRST_OLD_YEAR else 20 * HUNDRED
