"""Tables of Danish claims for parental leave: each row a claim, in and out as Arrow record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa

from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.parental.benefit import (
    leave_days,
    leave_wage_of_week,
    leave_week_refund,
    leave_week_supplement,
    parental_week_benefit,
)
from refusion.law.denmark.rates import LEAVE_SUPPLEMENT_RATE
from refusion.law.denmark.sickness.batch import WeekColumns, WeekGives, marks_of, plan_of_week
from refusion.law.denmark.sickness.benefit import counted_hours
from refusion.law.denmark.sickness.claims import COLUMNS, GIVES, KEPT, NEEDED, Benefit, calculated
from refusion.law.engine.numbers import Day

__all__ = ["COLUMNS", "GIVES", "KEPT", "NEEDED", "calculate"]


def leave_week(week: WeekColumns, of_monday: Day) -> WeekGives:
    """Calculate a week of leave, or a block of them."""
    days = leave_days(week.first_day, week.last_day)
    hours = counted_hours(week.absent_hours, week.weekly_hours)
    benefit = parental_week_benefit(hours, week.hourly_after_am, days, of_monday)
    refund = leave_week_refund(benefit, leave_wage_of_week(week.wage_paid, days, week.period_days))
    estimated, unverified = marks_of(of_monday, LEAVE_SUPPLEMENT_RATE)
    return days, refund, leave_week_supplement(refund, of_monday), estimated, unverified


PARENTAL = Benefit(leave_days, plan_of_week(leave_week), leave_amount)


def calculate(
    batches: Iterable[pa.RecordBatch], *, explain: bool = False, compiled: bool = False, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """Add refund, supplement, days of leave and marks to claims; the columns are those of sickness.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    ``compiled`` gives the same on so many ``threads``, and needs the extra ``mass``.
    """
    return calculated(batches, replace(PARENTAL, compiled=compiled, threads=threads), explain=explain)
