"""BL §§ 33, 35, 39, 39 b: what a week of leave gives back to the employer; public holidays are days of leave."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.rates import DAYS_OF_THE_WEEK, LEAVE_SUPPLEMENT_RATE, NORMAL_WEEKLY_HOURS, weekly_maximum
from refusion.law.denmark.sickness.benefit import hourly_limit
from refusion.law.denmark.statutes import BL
from refusion.law.engine.numbers import DAYS, ORE, Amount, Day, Days, Hours
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most, both, portion, when

A_WEEK, WEEKDAYS = 7, 5
KRONE, WHOLE = 100, 10_000


@rule(BL.section("35"), called="dage med orlov", gives=DAYS)
def leave_days(first_day: Day, last_day: Day) -> Days:
    """Mondays to Fridays, public holidays among them."""
    before = first_day - 1
    to_last = last_day // A_WEEK * WEEKDAYS + at_most(last_day % A_WEEK, WEEKDAYS)
    return to_last - before // A_WEEK * WEEKDAYS - at_most(before % A_WEEK, WEEKDAYS)


@rule(BL.section("35"), called="barselsdagpenge for ugen", gives=ORE)
def parental_week_benefit(absent_hours: Hours, hourly_ore: Amount, days: Days, monday: Day) -> Amount:
    """Hours times hourly earnings, within the hourly and weekly maximum, for the days of five; there is no least absence."""
    # Counted in parts of øre, so that nothing is rounded before the end; a full week at the hourly maximum is the weekly one.
    normal, hour_limit = NORMAL_WEEKLY_HOURS.at(monday), hourly_limit(monday)
    hourly = at_most(hourly_ore * normal, hour_limit)
    week_limit = weekly_maximum(monday) * 100 * normal
    at_maximum = both(absent_hours >= normal, hourly == hour_limit)
    week = when(at_maximum, week_limit, at_most(absent_hours * hourly, week_limit))
    return portion(week, days, DAYS_OF_THE_WEEK.ever() * 100 * normal)


@rule(BL.section("39").subsection(1), called="ugens andel af den udbetalte løn", gives=ORE)
def leave_wage_of_week(wage_paid_ore: Amount, days: Days, period_days: Days) -> Amount:
    """Wage paid for the period, the week's days of leave of the period's."""
    return portion(wage_paid_ore, days, at_least(period_days, 1))


@rule(BL.section("39").subsection(1), called="refusion for ugen med orlov", gives=ORE)
def leave_week_refund(benefit_ore: Amount, wage_ore: Amount) -> Amount:
    """The benefit, never more than the wage paid for the same time."""
    return at_most(benefit_ore, wage_ore)


@rule(BL.section("39 b"), called="tillæg til refusion ved orlov", gives=ORE)
def leave_week_supplement(refund_ore: Amount, monday: Day) -> Amount:
    """The year's share of the week's refund, to whole kroner."""
    return KRONE * portion(refund_ore, LEAVE_SUPPLEMENT_RATE.at(monday), WHOLE * KRONE)


@rule(BL.section("39").subsection(2), called="arbejdsgiverens andel", gives=ORE)
def share_of_employer(benefit_ore: Amount, own_wage_ore: Amount, wage_of_all_ore: Amount) -> Amount:
    """With several employers each gets the benefit by its part of the wage."""
    return portion(benefit_ore, own_wage_ore, at_least(wage_of_all_ore, 1))
