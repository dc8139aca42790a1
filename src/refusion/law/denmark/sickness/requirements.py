"""SDL §§ 24 and 32: the employment requirement toward the municipality, and how long benefit is paid."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import YES_OR_NO, Hours, Months, Truth, Weeks
from refusion.law.engine.parameters import figures
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import rule
from refusion.law.engine.words import both, either
from refusion.values.said import said

FIGURES = figures(__file__, "dates.toml")
PAID_WEEKS_LIMIT = FIGURES["paid_weeks_limit"]
EMPLOYMENT_HOURS = FIGURES["employment_hours"]
EMPLOYMENT_MONTH_HOURS = FIGURES["employment_month_hours"]
EMPLOYMENT_MONTHS = FIGURES["employment_months"]
COMPLETED_MONTHS = 6


@rule(SDL.section("24").subsection(1), called="varighedsbegrænsning", gives=YES_OR_NO)
def is_duration_limit_reached(paid_weeks: Weeks) -> Truth:
    """More than 22 weeks paid in the preceding 9 calendar months; the first 30 days do not count."""
    return paid_weeks > PAID_WEEKS_LIMIT.ever()


@rule(SDL.section("32").subsection(1).item(1), called="måned der tæller", gives=YES_OR_NO)
def is_counting_month(hours_in_month: Hours) -> Truth:
    """A completed calendar month with at least 40 hours."""
    return hours_in_month >= EMPLOYMENT_MONTH_HOURS.ever()


@rule(SDL.section("32").subsection(1).item(1), called="timekravet", gives=YES_OR_NO)
def has_enough_hours(hours_in_six_months: Hours, counting_months: Months) -> Truth:
    """At least 240 hours in the last 6 completed months, and 40 hours in at least 5 of them."""
    return both(hours_in_six_months >= EMPLOYMENT_HOURS.ever(), counting_months >= EMPLOYMENT_MONTHS.ever())


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


def duration_limit_reached(paid_weeks_hundredths: int) -> bool:
    """Tell whether the weeks paid in the preceding 9 calendar months end the right (SDL § 24, stk. 1)."""
    return bool(is_duration_limit_reached(paid_weeks_hundredths))
