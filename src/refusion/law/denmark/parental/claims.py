"""Tables of Danish claims for parental leave: each row a claim, in and out as Arrow record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from refusion.law.denmark.sickness.batch import WeekAmounts, WeekColumns, marks_of, week_amounts
from refusion.law.denmark.sickness.benefit import counted_hours
from refusion.law.denmark.sickness.claims import COLUMNS, GIVES, KEPT, NEEDED, Benefit, calculated
from refusion.law.engine.words import monday

__all__ = ["COLUMNS", "GIVES", "KEPT", "NEEDED", "calculate"]


def leave_weeks(block: WeekColumns) -> WeekAmounts:
    """Calculate one block of weeks of leave."""
    mondays = monday(block.first_day)
    days = leave_days(block.first_day, block.last_day)
    hours = counted_hours(block.absent_hours, block.weekly_hours)
    benefit = parental_week_benefit(hours, block.hourly_after_am, days, mondays)
    refund = leave_week_refund(benefit, leave_wage_of_week(block.wage_paid, days, block.period_days))
    return week_amounts(days, refund, leave_week_supplement(refund, mondays), marks_of(mondays, LEAVE_SUPPLEMENT_RATE))


PARENTAL = Benefit(leave_days, leave_weeks, leave_amount)


def calculate(batches: Iterable[pa.RecordBatch], *, explain: bool = False) -> Iterator[pa.RecordBatch]:
    """Add refund, supplement, days of leave and marks to claims; the columns are those of sickness.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    """
    return calculated(batches, PARENTAL, explain=explain)
