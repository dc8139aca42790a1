"""SDL § 32: the employment requirement toward the municipality, through its history."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import YES_OR_NO, Count, Day, Hours, Months, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered, needed
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import both, either
from refusion.values.said import said

FIGURES = figures(__file__, "dates.toml")
EMPLOYMENT_HOURS = FIGURES["employment_hours"]
EMPLOYMENT_MONTH_HOURS = FIGURES["employment_month_hours"]
EMPLOYMENT_MONTHS = FIGURES["employment_months"]
EMPLOYMENT_WEEKS = FIGURES["employment_weeks"]
EMPLOYMENT_HOURS_IN_WEEKS = FIGURES["employment_hours_in_weeks"]
COMPLETED_MONTHS = 6


@rule(SDL.section("32").subsection(1).item(1), called="måned der tæller", gives=YES_OR_NO)
def is_counting_month(hours_in_month: Hours) -> Truth:
    """A completed calendar month with at least 40 hours."""
    return hours_in_month >= EMPLOYMENT_MONTH_HOURS.ever()


@rule(SDL.section("32").subsection(1).item(1), called="timekravet", gives=YES_OR_NO)
def has_enough_hours(hours_in_six_months: Hours, counting_months: Months) -> Truth:
    """At least 240 hours in the last 6 completed months, and 40 hours in at least 5 of them."""
    return both(hours_in_six_months >= EMPLOYMENT_HOURS.ever(), counting_months >= EMPLOYMENT_MONTHS.ever())


@rule(SDL.section("32").subsection(1).item(1), called="timekravet før 2015", gives=YES_OR_NO)
def has_enough_hours_in_weeks(hours_in_weeks: Hours, weeks_employed: Count, first_absence_day: Day) -> Truth:
    """Until 4 January 2015: weeks of unbroken employment, and hours in those weeks."""
    enough = hours_in_weeks >= EMPLOYMENT_HOURS_IN_WEEKS.at(first_absence_day)
    return both(enough, weeks_employed >= EMPLOYMENT_WEEKS.at(first_absence_day))


@rule(SDL.section("32").subsection(1), called="beskæftigelseskravet", gives=YES_OR_NO)
def is_employment_requirement_met(
    enough_hours: Truth, unemployment_benefit: Truth, new_education: Truth, trainee: Truth, fleksjob: Truth
) -> Truth:
    """Any one of: hours, unemployment benefit, new vocational education, paid trainee, fleksjob."""
    return either(enough_hours, unemployment_benefit, new_education, trainee, fleksjob)


def hours_requirement(hours_by_month: tuple[int, ...]) -> bool:
    """Tell whether hundredths of hours in the last 6 completed months are enough (SDL § 32, stk. 1, nr. 1).

    Raises NotAnswered when they are not six months.
    """
    if len(hours_by_month) != COMPLETED_MONTHS:
        raise NotAnswered(said("law.months_not_six", months=len(hours_by_month)))
    counting = sum(is_counting_month(hours) for hours in hours_by_month)
    return bool(has_enough_hours(sum(hours_by_month), counting))


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of the work before the first absence day; hours in hundredths, None = not asked."""

    hours_by_month: tuple[int, ...] | None = None
    weeks_employed: int | None = None
    hours_in_weeks: int | None = None


@account(SDL.section("32").subsection(1).item(1), called="timekravet på første fraværsdag")
def hours_requirement_on(first_absence_day: date, work: Work) -> bool:
    """Tell whether the hours are enough by the rule of the first absence day (SDL § 32, stk. 1, nr. 1).

    Before 2015-01-05 in weeks, from then in completed months. Raises MissingFact for the facts that its rule needs,
    NotAnswered for other than six months, NotKnown before 2006-07-03.
    """
    if first_absence_day < EMPLOYMENT_MONTHS.values[0].since:
        needed({"weeks_employed": work.weeks_employed, "hours_in_weeks": work.hours_in_weeks})
        hours, weeks = work.hours_in_weeks or 0, work.weeks_employed or 0
        return bool(has_enough_hours_in_weeks(hours, weeks, first_absence_day.toordinal()))
    needed({"hours_by_month": work.hours_by_month})
    return hours_requirement(work.hours_by_month or ())
