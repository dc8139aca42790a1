"""A million weeks at a time: the rules of one week applied to columns, block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

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
from refusion.law.engine.numbers import Column, Number, Truth
from refusion.law.engine.parameters import Dated
from refusion.law.engine.words import monday

BLOCK = 1 << 16
PAID_IN_FULL = 10**14


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


def weeks(columns: WeekColumns, calculated: Callable[[WeekColumns], WeekAmounts] | None = None) -> WeekAmounts:
    """Calculate weeks of claims, each within one calendar week (SDL §§ 50-54 b), block by block.

    Raises NotKnown when a day lies before the first known rate. The same rules as for one case. ``calculated`` are
    the rules of another benefit in place of sickness.
    """
    of_block = calculated or sickness_weeks
    size = columns.first_day.size
    amounts = [np.empty(size, dtype=np.int64) for _ in range(3)]
    marks = [np.empty(size, dtype=np.bool_) for _ in range(2)]
    filled = WeekAmounts(amounts[0], amounts[1], amounts[2], marks[0], marks[1])
    for start in range(0, size, BLOCK):
        rows = slice(start, start + BLOCK)
        block = WeekColumns(*(getattr(columns, part.name)[rows] for part in fields(WeekColumns)))
        given = of_block(block)
        for part in fields(WeekAmounts):
            getattr(filled, part.name)[rows] = getattr(given, part.name)
    return filled


def sickness_weeks(block: WeekColumns) -> WeekAmounts:
    """Calculate one block of weeks of sickness."""
    mondays = monday(block.first_day)
    days = refundable_days(block.first_day, block.last_day)
    hours = counted_hours(block.absent_hours, block.weekly_hours)
    benefit = week_benefit(hours, block.hourly_after_am, days, mondays)
    refund = week_refund(benefit, wage_of_week(block.wage_paid, days, block.period_days))
    return week_amounts(days, refund, week_supplement(refund, mondays), marks_of(mondays, SUPPLEMENT_RATE))


def marks_of(mondays: Number, supplement_rate: Dated) -> tuple[Truth, Truth]:
    """Tell which weeks used a figure that is not published yet, and which one that nobody has verified."""
    estimated = WEEKLY_MAXIMUM.estimated(mondays) | supplement_rate.estimated(mondays)
    return estimated, WEEKLY_MAXIMUM.unverified(mondays) | supplement_rate.unverified(mondays)


def week_amounts(days: Number, refund: Number, supplement: Number, marks: tuple[Truth, Truth]) -> WeekAmounts:
    """Put columns of weeks together."""
    estimated, unverified = (np.asarray(mark, dtype=np.bool_) for mark in marks)
    return WeekAmounts(np.asarray(days), np.asarray(refund), np.asarray(supplement), estimated, unverified)
