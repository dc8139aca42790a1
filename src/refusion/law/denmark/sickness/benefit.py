"""SDL §§ 7, 47, 50, 53, 53 a, 54, 54 b: what a week of sickness gives back to the employer."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.holidays import refundable_through
from refusion.law.denmark.rates import (
    DAYS_OF_THE_WEEK,
    LABOUR_MARKET_CONTRIBUTION,
    LEAST_ABSENCE_HOURS,
    NORMAL_WEEKLY_HOURS,
    hourly_maximum,
    supplement_rate,
    weekly_maximum,
)
from refusion.law.denmark.statutes import SDL
from refusion.law.engine.numbers import DAYS, HOURS, ORE, YES_OR_NO, Amount, Day, Days, Hours, Truth
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, both, portion, when

HOURLY_MAXIMUM = Policy(
    "hourly_maximum",
    ("rounded", "exact"),
    "rounded",
    "It is not known whether the authority multiplies the rounded hourly maximum or the weekly one over 37.",
)
LEAST_ABSENCE = Policy(
    "least_absence",
    ("whole_week", "claimed_days"),
    "whole_week",
    "The law does not say whether the 4 hours of a cut week are those of the calendar week or of the claimed days.",
)
FOUR_HOURS_READ = "guides of authorities have the four hours; § 53 was read and does not, § 7 was not read"
KRONE = 100
WHOLE = 10_000


@rule(SDL.section("47").subsection(1), called="timefortjeneste efter AM-bidrag", gives=ORE)
def hourly_earnings(gross_ore: Amount, hours: Hours) -> Amount:
    """Average earnings per hour of the last 3 completed months less the labour market contribution, to whole øre."""
    return portion(gross_ore, WHOLE - LABOUR_MARKET_CONTRIBUTION.ever(), 100 * hours)


@rule(SDL.section("50").subsection(3), called="dage med refusion", gives=DAYS)
def refundable_days(first_day: Day, last_day: Day) -> Days:
    """Mondays to Fridays that are no public holidays."""
    return refundable_through(last_day) - refundable_through(first_day - 1)


@rule(SDL.section("53").subsection(1), called="fraværstimer i ugen", gives=HOURS)
def counted_hours(absent_hours: Hours, weekly_hours: Hours) -> Hours:
    """The week's hours of absence, at most the weekly hours."""
    return at_most(absent_hours, weekly_hours)


@rule(SDL.section("7").not_verified(FOUR_HOURS_READ), called="mindst 4 fraværstimer i ugen", gives=YES_OR_NO)
def is_enough_absence(absent_hours: Hours, days: Days) -> Truth:
    """At least 4 hours of absence in the calendar week."""
    week = DAYS_OF_THE_WEEK.ever()
    days_looked_at = when(LEAST_ABSENCE.follows("whole_week"), week, days)
    return absent_hours * days_looked_at >= LEAST_ABSENCE_HOURS.ever() * week


@rule(SDL.section("50").subsection(1), called="timemaksimum, ganget med 37 timer", gives=ORE)
def hourly_limit(monday: Day) -> Amount:
    """The hourly maximum times the normal weekly hours in hundredths, so that its exact form stays a whole number."""
    exact = weekly_maximum(monday) * 100
    return when(HOURLY_MAXIMUM.follows("exact"), exact, hourly_maximum(monday) * NORMAL_WEEKLY_HOURS.at(monday))


@rule(SDL.section("50"), called="sygedagpenge for ugen", gives=ORE)
def week_benefit(absent_hours: Hours, hourly_ore: Amount, days: Days, monday: Day) -> Amount:
    """Hours times hourly earnings, within the hourly and weekly maximum, for the refundable days of five."""
    # Counted in parts of øre, so that nothing is rounded before the end; a full week at the hourly maximum is the weekly one.
    normal, hour_limit = NORMAL_WEEKLY_HOURS.at(monday), hourly_limit(monday)
    hourly = at_most(hourly_ore * normal, hour_limit)
    week_limit = weekly_maximum(monday) * 100 * normal
    at_maximum = both(absent_hours >= normal, hourly == hour_limit)
    week = when(at_maximum, week_limit, at_most(absent_hours * hourly, week_limit))
    enough = is_enough_absence(absent_hours, days)
    return portion(when(enough, week, 0), days, DAYS_OF_THE_WEEK.ever() * 100 * normal)


@rule(SDL.section("54"), called="ugens andel af den udbetalte løn", gives=ORE)
def wage_of_week(wage_paid_ore: Amount, days: Days, period_days: Days) -> Amount:
    """Wage paid for the period, the week's refundable days of the period's."""
    return portion(wage_paid_ore, days, at_least(period_days, 1))


@rule(SDL.section("54"), called="refusion for ugen", gives=ORE)
def week_refund(benefit_ore: Amount, wage_ore: Amount) -> Amount:
    """The benefit, never more than the wage paid for the same time."""
    return at_most(benefit_ore, wage_ore)


@rule(SDL.section("54 b"), called="tillæg til refusion", gives=ORE)
def week_supplement(refund_ore: Amount, monday: Day) -> Amount:
    """The year's share of the week's refund, to whole kroner."""
    return KRONE * portion(refund_ore, supplement_rate(monday), WHOLE * KRONE)
