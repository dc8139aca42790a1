"""What a claim for leave gives: the refund and supplement of each week of its period, for one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from refusion.law.denmark.parental.benefit import (
    leave_days,
    leave_wage_of_week,
    leave_week_refund,
    leave_week_supplement,
    parental_week_benefit,
)
from refusion.law.denmark.rates import LEAVE_SUPPLEMENT_RATE
from refusion.law.denmark.sickness.amount import (
    ClaimAmount,
    ClaimFacts,
    WeekAmount,
    WeekFacts,
    summed,
    week_facts,
)
from refusion.law.denmark.sickness.benefit import counted_hours
from refusion.law.denmark.statutes import BL
from refusion.law.engine.rule import account
from refusion.values.money import Ore
from refusion.values.period import Period, monday_of


@account(BL.section("39"), called="refusion for en uge med orlov")
def leave_week(week: WeekFacts) -> WeekAmount:
    """Give the refund and supplement of one week of leave (BL §§ 35, 39, 39 b); the days lie within one calendar week."""
    monday = monday_of(week.days.first)
    days = leave_days(week.days.first.toordinal(), week.days.last.toordinal())
    hours = counted_hours(week.absent_hours, week.weekly_hours)
    amount = parental_week_benefit(hours, week.hourly_after_am, days, monday.toordinal())
    if week.wage_paid is not None:
        amount = leave_week_refund(amount, leave_wage_of_week(week.wage_paid, days, week.period_days))
    return WeekAmount(monday, days, Ore(amount), Ore(leave_week_supplement(amount, monday.toordinal())))


@account(BL.section("39"), called="refusion af barselsdagpenge")
def leave_amount(
    period: Period,
    weekly_hours_hundredths: int,
    hourly_after_am: int,
    wage_paid: int | None,
    absent_hours_by_week: Mapping[date, int] | None,
) -> ClaimAmount:
    """Give what Udbetaling Danmark owes for a period of leave that was asked for in time (BL §§ 33-39 b).

    Hours are hundredths, money is øre. ``wage_paid`` is the wage of the whole period, None = paid in full.
    ``absent_hours_by_week`` has the hours of every calendar week by its Monday, None = fully absent.
    Raises MissingFact, NotAnswered for a negative fact, NotKnown before the first known rate.
    """
    claim = ClaimFacts(period, weekly_hours_hundredths, hourly_after_am, wage_paid, absent_hours_by_week)
    return summed(tuple(leave_week(week) for week in week_facts(claim, leave_days)), LEAVE_SUPPLEMENT_RATE)
