"""Swedish banking days: a payout that meets a closed day goes the banking day before."""

from __future__ import annotations

from datetime import date, timedelta

# Lag (1989:253) om allmänna helgdagar; on the eves of midsummer, Christmas and New Year banks are closed too.
FIXED = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
GOOD_FRIDAY, EASTER_MONDAY, ASCENSION = -2, 1, 39
FRIDAY = 4
FIRST_MIDSUMMER_EVE, LAST_MIDSUMMER_EVE = (6, 19), (6, 25)
ONE_DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Give Easter Sunday of a year, by the Gregorian rule."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    full = moon - (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    sunday = (year + year // 4 + full + 2 - century + century // 4) % 7
    return date(year, 3, 1) + timedelta(days=full - sunday + 27)


def is_banking_day(day: date) -> bool:
    """Tell whether Swedish banks are open: Monday to Friday, no public holiday, none of the three eves."""
    if day.weekday() > FRIDAY or (day.month, day.day) in FIXED:
        return False
    if day.weekday() == FRIDAY and FIRST_MIDSUMMER_EVE <= (day.month, day.day) <= LAST_MIDSUMMER_EVE:
        return False
    return (day - easter_sunday(day.year)).days not in {GOOD_FRIDAY, EASTER_MONDAY, ASCENSION}


def last_banking_day(day: date) -> date:
    """Give the day when it is a banking day, else the banking day before it."""
    while not is_banking_day(day):
        day -= ONE_DAY
    return day


def next_banking_day(day: date) -> date:
    """Give the day when it is a banking day, else the next one."""
    while not is_banking_day(day):
        day += ONE_DAY
    return day
