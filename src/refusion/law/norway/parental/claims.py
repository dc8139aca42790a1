"""Tables of Norwegian parental leaves: each row days of a leave, in and out as Arrow record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from refusion.law.engine.batch.blocks import calculated
from refusion.law.engine.batch.columns import Marks, Reading
from refusion.law.engine.batch.plan import Plan, same_day
from refusion.law.engine.numbers import Amount, Column, Day, Days, Truth
from refusion.law.engine.policies import following
from refusion.law.engine.words import at_most, either, only_where
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.batch import FIRST_KNOWN, NEVER, Refunds, amounts, received, refuse_period, result
from refusion.law.norway.days import expected_refund, paid_days, refund_in_employment
from refusion.law.norway.deadline import claim_from_day
from refusion.law.norway.parental.basis import BASIS_FROM_WEEKS, annual_basis_from_week, is_basis_from_weeks
from refusion.law.norway.parental.month import COVERAGES
from refusion.law.norway.parental.rate import benefit_rate

COLUMNS = (
    "start", "first_day", "last_day", "coverage_percent", "annual_basis", "average_weekly_income", "employment_ends", "received", "profile",
)  # fmt: skip
NEEDED = ("start", "first_day", "last_day", "coverage_percent")
KEPT = ("id",)
NOT_GIVEN = -1
PROFILES = ("law", "uio")
LeaveGives = tuple[Days, Days, Amount, Amount, Truth, Truth]


@dataclass(frozen=True, slots=True)
class Leaves:
    """Days of leaves as equally long columns: days as ordinals, money in øre, coverage in basis points.

    ``annual_basis`` or ``weekly`` is read by the start and the profile; ``ends`` and ``received`` NEVER = none.
    """

    start: Column
    first_day: Column
    last_day: Column
    coverage: Column
    annual_basis: Column
    weekly: Column
    ends: Column
    received: Column
    uio: Column


def lost_days(received_on: Day, first_day: Day, last_day: Day) -> Days:
    """Count the paid days that a claim received on a day comes too late for (ftrl § 22-13)."""
    return paid_days(first_day, at_most(last_day, claim_from_day(received_on) - 1))


def leave_days(leave: Leaves, start: Day) -> LeaveGives:
    """Calculate days of a leave, or a block of them (ftrl §§ 8-10, 14-7, 22-3, 22-13)."""
    weekly = either(is_basis_from_weeks(start), leave.uio == 1)
    basis = only_where(weekly, annual_basis_from_week, leave.annual_basis, leave.weekly)
    rate = benefit_rate(basis, leave.coverage, start)
    last = at_most(leave.last_day, leave.ends)
    lost = only_where(leave.received != NEVER, lost_days, 0, leave.received, leave.first_day, last)
    days = paid_days(leave.first_day, last) - lost
    estimated = BASE_AMOUNT.estimated(start)
    return days, lost, rate, expected_refund(days, rate), estimated, BASE_AMOUNT.unverified(start) | BASIS_FROM_WEEKS.unverified(start)


LEAVE_DAYS = Plan(leave_days, Leaves, "start", same_day, (np.int64, np.int64, np.int64, np.int64, np.bool_, np.bool_))


def leaves(columns: Leaves, *, compiled: bool = False, threads: int = 1) -> Refunds:
    """Calculate days of leaves block by block, by the same rules as for one case; the profile is that of each row.

    Compiled, it needs the extra ``mass``. Raises NotKnown when a start lies before the first known base amount.
    """
    with following(profile="law"):
        return Refunds(*calculated(LEAVE_DAYS, columns, compiled=compiled, threads=threads))


def calculate(
    batches: Iterable[pa.RecordBatch], *, explain: bool = False, compiled: bool = False, threads: int = 1
) -> Iterator[pa.RecordBatch]:
    """Add paid and lost days, daily rate, refund and marks to leaves (columns: ``COLUMNS``); other columns are kept.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    ``compiled`` gives the same on so many ``threads``, and needs the extra ``mass``.
    """
    for batch in batches:
        reading = Reading(batch)
        read = _read(reading)
        kept = _rows(read, np.flatnonzero(reading.good))

        def again(row: int, kept: Leaves = kept) -> None:
            _one(kept, row)

        yield result(batch, reading, leaves(kept, compiled=compiled, threads=threads), again if explain else None)


def _read(reading: Reading) -> Leaves:
    start, first, last = (reading.days(name) for name in ("start", "first_day", "last_day"))
    refuse_period(reading, first, last)
    reading.refuse(start < FIRST_KNOWN, "law.row_before_base_amount", "start")
    reading.refuse(first < start, "law.row_before_start", "first_day")
    coverage = reading.hundredths("coverage_percent")
    reading.refuse(~np.isin(coverage, COVERAGES), "law.row_coverage", "coverage_percent")
    uio = _uio(reading)
    annual, weekly = amounts(reading, "annual_basis", NOT_GIVEN), amounts(reading, "average_weekly_income", NOT_GIVEN)
    by_week = _by_week(np.maximum(start, FIRST_KNOWN), uio)
    reading.refuse(by_week & (weekly == NOT_GIVEN), "law.row_lacks", "average_weekly_income")
    reading.refuse(~by_week & (annual == NOT_GIVEN), "law.row_lacks", "annual_basis")
    return Leaves(start, first, last, coverage, annual, weekly, reading.maybe_days("employment_ends", NEVER), received(reading), uio)


def _uio(reading: Reading) -> Column:
    texts = reading.texts("profile").to_pylist() if "profile" in reading.batch.schema.names else []
    if not texts:
        return np.zeros(reading.batch.num_rows, dtype=np.int64)
    reading.refuse(np.array([text not in (*PROFILES, None) for text in texts]), "law.row_profile", "profile")
    return np.array([text == "uio" for text in texts], dtype=np.int64)


def _by_week(start: Column, uio: Column) -> Marks:
    with following(profile="law"):
        by_law = np.asarray(is_basis_from_weeks(start), dtype=np.bool_)
    either: Marks = by_law | (uio == 1)
    return either


def _rows(columns: Leaves, rows: slice | Column) -> Leaves:
    return Leaves(*(getattr(columns, part.name)[rows] for part in fields(Leaves)))


def _one(kept: Leaves, row: int) -> None:
    """Calculate one row once more, as plain ints."""
    one = _rows(kept, slice(row, row + 1))
    start, coverage, uio = int(one.start[0]), int(one.coverage[0]), bool(one.uio[0])
    with following(profile="uio" if uio else "law"):
        weekly = is_basis_from_weeks(start)
        basis = annual_basis_from_week(int(one.weekly[0])) if weekly else int(one.annual_basis[0])
        rate = benefit_rate(basis, coverage, start)
    received_on = int(one.received[0])
    first = int(one.first_day[0]) if received_on == NEVER else max(int(one.first_day[0]), claim_from_day(received_on))
    refund_in_employment(first, int(one.last_day[0]), int(one.ends[0]), rate)
