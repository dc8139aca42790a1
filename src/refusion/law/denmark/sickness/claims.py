"""Tables of Danish sickness claims: each row a claim, in and out as Arrow record batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from refusion.law.denmark.holidays import LAST_DAY
from refusion.law.denmark.rates import WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.amount import ClaimAmount, claim_amount
from refusion.law.denmark.sickness.batch import PAID_IN_FULL, SICKNESS_WEEK, WeekColumns, weeks
from refusion.law.denmark.sickness.benefit import hourly_earnings, refundable_days
from refusion.law.engine.batch.columns import Marks, Reading, kroner_column
from refusion.law.engine.batch.plan import Plan
from refusion.law.engine.numbers import Column, Number
from refusion.law.engine.tape import explaining
from refusion.law.engine.words import monday
from refusion.values.period import Period, monday_of

COLUMNS = (
    "first_day",
    "last_day",
    "weekly_hours",
    "hourly_wage_after_am",
    "hourly_wage",
    "wage_paid",
    "absent_hours_per_week",
)
NEEDED = ("first_day", "last_day", "weekly_hours")
KEPT = ("id",)
NOT_GIVEN = -1
LONGEST_WEEK = 168_00
HIGHEST_WAGE = 10**10
LONGEST_CLAIM = 366
FIRST_RATE = WEEKLY_MAXIMUM.values[0].since.toordinal()


GIVES = ("refundable_days", "refund", "supplement", "estimated", "unverified")


@dataclass(frozen=True, slots=True)
class Benefit:
    """Whose rules are applied: the days of a period that count, what a week gives, and one case for the explanation.

    ``compiled`` applies them compiled, on so many ``threads``, and needs the extra ``mass``.
    """

    days: Callable[[Column, Column], Number]
    week: Plan
    one_case: Callable[[Period, int, int, int | None, Mapping[date, int] | None], ClaimAmount]
    compiled: bool = False
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims as equally long columns: days as ordinals, hours in hundredths, money in øre; NOT_GIVEN = none."""

    first_day: Column
    last_day: Column
    weekly_hours: Column
    hourly: Column
    wage_paid: Column
    absent_hours: Column


SICKNESS = Benefit(refundable_days, SICKNESS_WEEK, claim_amount)


def calculate(
    batches: Iterable[pa.RecordBatch], *, explain: bool = False, compiled: bool = False, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """Add refund, supplement, refundable days and marks to claims (columns: ``COLUMNS``); other columns are kept.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    ``compiled`` gives the same on so many ``threads``, and needs the extra ``mass``.
    """
    return calculated(batches, replace(SICKNESS, compiled=compiled, threads=threads), explain=explain)


def calculated(batches: Iterable[pa.RecordBatch], benefit: Benefit, *, explain: bool) -> Iterator[pa.RecordBatch]:
    """Do the same by the rules of a benefit."""
    for batch in batches:
        yield _calculated(batch, benefit, explain=explain)


def _calculated(batch: pa.RecordBatch, benefit: Benefit, *, explain: bool) -> pa.RecordBatch:
    reading = Reading(batch)
    claims = _claims(reading)
    good = reading.good
    rows = np.flatnonzero(good)
    kept = Claims(*(getattr(claims, name)[rows] for name in Claims.__slots__))
    days, refund, supplement, estimated, unverified = _sums(kept, benefit)
    added = {
        "refundable_days": _spread(pa.array(days), good),
        "refund": _spread(kroner_column(refund), good),
        "supplement": _spread(kroner_column(supplement), good),
        "estimated": _spread(pa.array(estimated), good),
        "unverified": _spread(pa.array(unverified), good),
    }
    if explain:
        added["explanation"] = _spread(pa.array([_explained(kept, row, benefit) for row in range(rows.size)], pa.string()), good)
    added["problem"] = pa.array(reading.problems, pa.string())
    added["problem_column"] = pa.array(reading.places, pa.string())
    own = {name: batch.column(name) for name in batch.schema.names if name not in added}
    return pa.RecordBatch.from_pydict({**own, **added})


def _claims(reading: Reading) -> Claims:
    first, last = reading.days("first_day"), reading.days("last_day")
    reading.refuse(first < FIRST_RATE, "law.row_before_rates", "first_day")
    reading.refuse(last < first, "law.row_ends_before_start", "last_day")
    reading.refuse(last > LAST_DAY, "law.row_outside_calendar", "last_day")
    reading.refuse(last - first >= LONGEST_CLAIM, "law.row_too_long", "last_day")
    hours = reading.hundredths("weekly_hours")
    absent = reading.hundredths("absent_hours_per_week", NOT_GIVEN)
    for name, column in (("weekly_hours", hours), ("absent_hours_per_week", absent)):
        reading.refuse(column > LONGEST_WEEK, "law.row_too_many_hours", name)
    return Claims(first, last, hours, _hourly(reading), _wage(reading, "wage_paid"), absent)


def _wage(reading: Reading, name: str) -> Column:
    wage = reading.hundredths(name, NOT_GIVEN)
    reading.refuse(wage > HIGHEST_WAGE, "law.row_amount_too_high", name)
    return wage


def _hourly(reading: Reading) -> Column:
    after, gross = _wage(reading, "hourly_wage_after_am"), _wage(reading, "hourly_wage")
    reading.refuse((after == NOT_GIVEN) & (gross == NOT_GIVEN), "law.row_lacks", "hourly_wage_after_am")
    from_gross = np.asarray(hourly_earnings(np.maximum(gross, 0), 100))
    return np.where(after == NOT_GIVEN, from_gross, after)


def _sums(claims: Claims, benefit: Benefit) -> tuple[Column, Column, Column, Marks, Marks]:
    """Cut claims into weeks, calculate them, and add them up by claim."""
    if claims.first_day.size == 0:
        none, never = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        return none, none, none, never, never
    first_monday = np.asarray(monday(claims.first_day))
    counts = (np.asarray(monday(claims.last_day)) - first_monday) // 7 + 1
    starts = np.cumsum(counts) - counts
    of = np.repeat(np.arange(counts.size), counts)
    mondays = first_monday[of] + 7 * (np.arange(of.size) - starts[of])
    columns = _week_columns(claims, of, mondays, benefit)
    amounts = weeks(columns, benefit.week, compiled=benefit.compiled, threads=benefit.threads)
    return (
        np.add.reduceat(amounts.refundable_days, starts),
        np.add.reduceat(amounts.refund, starts),
        np.add.reduceat(amounts.supplement, starts),
        np.logical_or.reduceat(amounts.estimated, starts),
        np.logical_or.reduceat(amounts.unverified, starts),
    )


def _week_columns(claims: Claims, of: Column, mondays: Column, benefit: Benefit) -> WeekColumns:
    in_all = np.asarray(benefit.days(claims.first_day, claims.last_day))
    hours = claims.weekly_hours[of]
    return WeekColumns(
        first_day=np.maximum(claims.first_day[of], mondays),
        last_day=np.minimum(claims.last_day[of], mondays + 6),
        weekly_hours=hours,
        absent_hours=np.where(claims.absent_hours[of] == NOT_GIVEN, hours, claims.absent_hours[of]),
        hourly_after_am=claims.hourly[of],
        wage_paid=np.where(claims.wage_paid[of] == NOT_GIVEN, PAID_IN_FULL, claims.wage_paid[of]),
        period_days=in_all[of],
    )


def _spread(values: pa.Array, good: Marks) -> pa.Array:
    places = np.cumsum(good) - 1
    return values.take(pa.array(places, mask=~good))


def _explained(claims: Claims, row: int, benefit: Benefit) -> str:
    """Calculate one row once more under a tape: the same rules, so the same amounts."""
    period = Period(date.fromordinal(int(claims.first_day[row])), date.fromordinal(int(claims.last_day[row])))
    wage, absent = int(claims.wage_paid[row]), int(claims.absent_hours[row])
    by_week = None if absent == NOT_GIVEN else {monday_of(week.first): absent for week in period.weeks()}
    with explaining() as tape:
        benefit.one_case(
            period,
            int(claims.weekly_hours[row]),
            int(claims.hourly[row]),
            None if wage == NOT_GIVEN else wage,
            by_week,
        )
    return json.dumps(tape.explanation.as_json(), ensure_ascii=False)
