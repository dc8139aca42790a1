"""Working days and banking days: a deadline or a payment that meets a closed day moves to an open one."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; the numbers are days of the calendar)

from __future__ import annotations

from refusion.law.denmark.holidays import easter_sunday, is_public_holiday
from refusion.law.denmark.statutes import BANK_DAYS
from refusion.law.engine.numbers import DAY, YES_OR_NO, Day, Truth
from refusion.law.engine.rule import rule
from refusion.law.engine.words import both, either, is_not, months_on, new_year, weekday, when, year_of


@rule(BANK_DAYS.section("1"), called="arbejdsdag", gives=YES_OR_NO)
def is_working_day(day: Day) -> Truth:
    """Monday to Friday, not a public holiday."""
    return both(weekday(day) < 5, is_not(is_public_holiday(day)))


@rule(BANK_DAYS.section("1"), called="bankdag", gives=YES_OR_NO)
def is_banking_day(day: Day) -> Truth:
    """A working day on which banks are open: not the day after Ascension, 5 June, 24 or 31 December."""
    to_new_year = new_year(year_of(day) + 1) - day
    constitution_day = day == months_on(new_year(year_of(day)), 5) + 4
    closed = either(day - easter_sunday(day) == 40, constitution_day, to_new_year == 8, to_new_year == 1)
    return both(is_working_day(day), is_not(closed))


@rule(BANK_DAYS.section("1"), called="dagen eller den næste", gives=DAY)
def on_if_closed(day: Day) -> Day:
    """The day when it is a working day, else the day after."""
    return when(is_working_day(day), day, day + 1)


@rule(BANK_DAYS.section("1"), called="dagen eller den forrige", gives=DAY)
def back_if_closed(day: Day) -> Day:
    """The day when it is a banking day, else the day before."""
    return when(is_banking_day(day), day, day - 1)


@rule(BANK_DAYS.section("1"), called="næste arbejdsdag", gives=DAY)
def moved_on(day: Day) -> Day:
    """The first working day from the day on; Easter, the longest stretch, closes five."""
    return on_if_closed(on_if_closed(on_if_closed(on_if_closed(on_if_closed(day)))))


@rule(BANK_DAYS.section("1"), called="forrige bankdag", gives=DAY)
def moved_back(day: Day) -> Day:
    """The last banking day up to the day; Easter and Christmas close five at most."""
    return back_if_closed(back_if_closed(back_if_closed(back_if_closed(back_if_closed(day)))))
