"""A million weeks at a time: the rules of one week applied to columns, block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from refusion.law.denmark.rates import SUPPLEMENT_RATE, WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.benefit import (
    counted_hours,
    refundable_days,
    wage_of_week,
    week_benefit,
    week_refund,
    week_supplement,
)
from refusion.law.engine.batch.blocks import BLOCK, calculated
from refusion.law.engine.batch.plan import Plan
from refusion.law.engine.numbers import Amount, Column, Day, Days, Truth
from refusion.law.engine.parameters import Dated
from refusion.law.engine.words import monday

__all__ = ["BLOCK", "PAID_IN_FULL", "SICKNESS_WEEK", "WeekAmounts", "WeekColumns", "marks_of", "plan_of_week", "weeks"]

PAID_IN_FULL = 10**14
WeekGives = tuple[Days, Amount, Amount, Truth, Truth]


@dataclass(frozen=True, slots=True)
class WeekColumns:
    """Weeks of claims, equally long columns: days as ordinals, hours in hundredths, money in øre.

    ``wage_paid`` is the wage of the whole claim (PAID_IN_FULL = no limit), ``period_days`` the claim's refundable days.
    """

    first_day: Column
    last_day: Column
    weekly_hours: Column
    absent_hours: Column
    hourly_after_am: Column
    wage_paid: Column
    period_days: Column


@dataclass(frozen=True, slots=True)
class WeekAmounts:
    """What the weeks give, in øre, in the order of the weeks."""

    refundable_days: Column
    refund: Column
    supplement: Column
    estimated: NDArray[np.bool_]
    unverified: NDArray[np.bool_]


def marks_of(of_monday: Day, supplement_rate: Dated) -> tuple[Truth, Truth]:
    """Tell which weeks used a figure that is not published yet, and which one that nobody has verified."""
    estimated = WEEKLY_MAXIMUM.estimated(of_monday) | supplement_rate.estimated(of_monday)
    return estimated, WEEKLY_MAXIMUM.unverified(of_monday) | supplement_rate.unverified(of_monday)


def sickness_week(week: WeekColumns, of_monday: Day) -> WeekGives:
    """Calculate a week of sickness, or a block of them (SDL §§ 50-54 b)."""
    days = refundable_days(week.first_day, week.last_day)
    hours = counted_hours(week.absent_hours, week.weekly_hours)
    benefit = week_benefit(hours, week.hourly_after_am, days, of_monday)
    refund = week_refund(benefit, wage_of_week(week.wage_paid, days, week.period_days))
    estimated, unverified = marks_of(of_monday, SUPPLEMENT_RATE)
    return days, refund, week_supplement(refund, of_monday), estimated, unverified


def plan_of_week(body: Callable[[WeekColumns, Day], WeekGives]) -> Plan:
    """Make a plan of what a week gives; its figures are those of its Monday."""
    return Plan(body, WeekColumns, "first_day", monday, (np.int64, np.int64, np.int64, np.bool_, np.bool_))


SICKNESS_WEEK = plan_of_week(sickness_week)


def weeks(columns: WeekColumns, plan: Plan = SICKNESS_WEEK, *, compiled: bool = False, threads: int = 1) -> WeekAmounts:
    """Calculate weeks of claims, each within one calendar week, by the same rules as for one case.

    ``plan`` has the rules of another benefit in place of sickness. Compiled, it needs the extra ``mass``.
    Raises NotKnown when a day lies before the first known rate.
    """
    return WeekAmounts(*calculated(plan, columns, compiled=compiled, threads=threads))
