"""Statens Administration: until when an institution must have told it, so that the authority is told in time."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from datetime import date

from refusion.law.denmark.sickness.deadlines import is_bound_by_months_only
from refusion.law.denmark.statutes import SERVICE_CENTRE
from refusion.law.engine.numbers import DAY, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import rule
from refusion.law.engine.words import month_end, months_on, new_year, when, year_of

FIGURES = figures(__file__, "service_centre.toml")
SERVICE_SICKNESS_DAYS = FIGURES["service_sickness_days"]
SERVICE_SHORT_DAYS = FIGURES["service_short_days"]
SERVICE_SHORT_MONTHS = FIGURES["service_short_months"]
SERVICE_FOLLOW_UP_DAY = FIGURES["service_follow_up_day"]
SERVICE_LEAVE_START_DAYS = FIGURES["service_leave_start_days"]
SERVICE_PREGNANCY_LEAVE_DAYS = FIGURES["service_pregnancy_leave_days"]
SERVICE_YEAR_END_FIRST_DAYS = FIGURES["service_year_end_first_days"]
SERVICE_YEAR_END_SECOND_DAYS = FIGURES["service_year_end_second_days"]
TABLE = Policy(
    "service_centre_table",
    ("newer", "older"),
    "newer",
    "The same page was seen with two tables; the newer one counts days, the older one weeks and months.",
)


@rule(SERVICE_CENTRE.section("sygdom"), called="frist til Statens Administration", gives=DAY)
def service_sickness_last_day(first_absence_day: Day) -> Day:
    """28 days after the first full absence day: sickness, pregnancy-related sickness, and long absences from the first day."""
    return first_absence_day + SERVICE_SICKNESS_DAYS.at(first_absence_day)


@rule(SERVICE_CENTRE.section("sygdom"), called="frist for fravær på højst 30 dage", gives=DAY)
def service_short_last_day(first_absence_day: Day) -> Day:
    """60 days, in the older table 2 months, for § 56, fleksjob and new employees with at most 30 days of absence."""
    older = months_on(first_absence_day, SERVICE_SHORT_MONTHS.ever())
    return when(TABLE.follows("newer"), first_absence_day + SERVICE_SHORT_DAYS.at(first_absence_day), older)


@rule(SERVICE_CENTRE.section("opfølgning"), called="frist for opfølgning på delvist fravær", gives=DAY)
def service_follow_up_last_day(day: Day) -> Day:
    """The 12th of the month after, for all whole weeks that were closed in the day's month."""
    return month_end(day) + SERVICE_FOLLOW_UP_DAY.at(day)


@rule(SERVICE_CENTRE.section("barsel"), called="frist for barselsorlov", gives=DAY)
def service_leave_last_day(leave_first_day: Day) -> Day:
    """Four weeks after the start of the leave."""
    return leave_first_day + SERVICE_LEAVE_START_DAYS.ever()


@rule(SERVICE_CENTRE.section("barsel"), called="frist for graviditetsorlov", gives=DAY)
def service_pregnancy_leave_last_day(born_on: Day) -> Day:
    """Ten weeks after the birth."""
    return born_on + SERVICE_PREGNANCY_LEAVE_DAYS.ever()


@rule(SERVICE_CENTRE.section("årsskifte"), called="sidste dag i årets regnskab", gives=DAY)
def service_year_end_last_day(day: Day, second_run: Truth) -> Day:
    """30 December for the first run, 12 January for the second; later hours are next year's accounts."""
    next_year = new_year(year_of(day) + 1)
    second = next_year + SERVICE_YEAR_END_SECOND_DAYS.ever()
    return when(second_run, second, next_year - SERVICE_YEAR_END_FIRST_DAYS.ever())


def tell_service_centre_by(first_absence_day: date, *, waived: bool = False, last_absence_day: date | None = None) -> date:
    """Give the day by which the service centre is told of an absence; its own layer, the law's deadline is later."""
    first = first_absence_day.toordinal()
    short = last_absence_day is not None and is_bound_by_months_only(waived, first, last_absence_day.toordinal())
    return date.fromordinal(service_short_last_day(first) if short else service_sickness_last_day(first))
