"""Danish public holidays as rules of the calendar, and which of them end the right to sickness benefit."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; the numbers are days of the calendar)

from __future__ import annotations

from datetime import date

import numpy as np

from refusion.law.denmark.statutes import EASTER, SDL
from refusion.law.engine.day_table import DayTable
from refusion.law.engine.numbers import DAY, YES_OR_NO, Column, Day, Number, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.rule import rule
from refusion.law.engine.words import both, either, new_year, weekday, year_of
from refusion.values.period import FRIDAY, Period
from refusion.values.said import Said, said

FIGURES = figures(__file__, "holidays.toml")
STORE_BEDEDAG = FIGURES["store_bededag_is_public_holiday"]
HOLIDAYS_END_THE_RIGHT = FIGURES["public_holidays_end_the_right"]


@rule(EASTER.section("1"), called="påskedag", gives=DAY)
def easter_sunday(day: Day) -> Day:
    """Easter Sunday of the day's year, by the Gregorian rule."""
    year = year_of(day)
    golden, century = year % 19, year // 100
    moon: Number = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    late: Number = (29 // (moon + 1)) * ((21 - golden) // 11)
    full: Number = moon - (moon // 28) * (1 - late)
    sunday: Number = (year + year // 4 + full + 2 - century + century // 4) % 7
    march = new_year(year + 1) - 306
    return march + full - sunday + 27


@rule(SDL.section("53 a"), called="helligdag på en hverdag", gives=YES_OR_NO)
def is_public_holiday(day: Day) -> Truth:
    """New Year, Easter, Store Bededag through 2023, Ascension, Whit Monday and Christmas."""
    after_easter = day - easter_sunday(day)
    day_of_year = day - new_year(year_of(day))
    to_new_year = new_year(year_of(day) + 1) - day
    return either(
        day_of_year == 0,
        either(after_easter == -3, after_easter == -2, after_easter == 1),
        both(after_easter == 26, STORE_BEDEDAG.at(day) == 1),
        either(after_easter == 39, after_easter == 50),
        either(to_new_year == 7, to_new_year == 6),
    )


@rule(SDL.section("53 a"), called="dag med ret til sygedagpenge", gives=YES_OR_NO)
def is_refundable_day(day: Day) -> Truth:
    """Monday to Friday; since 2 July 2012 not on a public holiday."""
    on_holiday = both(is_public_holiday(day), HOLIDAYS_END_THE_RIGHT.at(day) == 1)
    return both(weekday(day) < 5, on_holiday == 0)


# Days of the calendar from the first day of the act; the count is made once, by the rule above.
FIRST_DAY = date(2006, 7, 3).toordinal()
LAST_DAY = date(2060, 12, 31).toordinal()

_BY_EASTER = {
    -3: "law.holiday_maundy_thursday",
    -2: "law.holiday_good_friday",
    1: "law.holiday_easter_monday",
    26: "law.holiday_store_bededag",
    39: "law.holiday_ascension_day",
    50: "law.holiday_whit_monday",
}
_BY_DATE = {
    (1, 1): "law.holiday_new_year",
    (12, 25): "law.holiday_christmas_day",
    (12, 26): "law.holiday_second_christmas_day",
}


def _counted() -> Column:
    return np.cumsum(is_refundable_day(np.arange(FIRST_DAY, LAST_DAY + 1)), dtype=np.int64)


def _outside() -> NotKnown:
    first, last = date.fromordinal(FIRST_DAY + 1), date.fromordinal(LAST_DAY)
    return NotKnown(said("law.day_outside_calendar", first_day=first, last_day=last))


# The refundable days from the first day of the act to a day; NotKnown outside the calendar.
refundable_through = DayTable(FIRST_DAY, _counted, _outside)


def weekday_holidays(period: Period) -> tuple[tuple[date, Said], ...]:
    """Name the public holidays of a period that fall on Monday to Friday, in order."""
    days = (day for day in period if day.weekday() <= FRIDAY and is_public_holiday.body(day.toordinal()))
    return tuple((day, _named(day)) for day in days)


def _named(day: date) -> Said:
    after_easter = day.toordinal() - int(easter_sunday.body(day.toordinal()))
    return said(_BY_DATE.get((day.month, day.day)) or _BY_EASTER[after_easter])
