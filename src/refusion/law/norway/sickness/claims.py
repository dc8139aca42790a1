"""Tables of Norwegian sickness refunds: each row days of an absence, in and out as Arrow record batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from refusion.law.engine.batch.columns import Reading
from refusion.law.engine.numbers import Column
from refusion.law.engine.words import at_least
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.batch import BLOCK, FIRST_KNOWN, GIVES, NEVER, Refunds, amounts, received, refunds, refuse_period, result
from refusion.law.norway.days import expected_refund, paid_days
from refusion.law.norway.deadline import claim_from_day
from refusion.law.norway.sickness.right import nav_from_day
from refusion.law.norway.sickness.split import sickness_refund_rate

COLUMNS = ("first_absence_day", "first_day", "last_day", "monthly_income", "monthly_claim", "grade_percent", "received")
NEEDED = ("first_absence_day", "first_day", "last_day", "monthly_income")
KEPT = ("id",)
NOT_GIVEN = -1
MONTHS = 12
FULL = 100_00


@dataclass(frozen=True, slots=True)
class Absences:
    """Days of unbroken absences with one employer: days as ordinals, øre a year, grade in basis points."""

    start: Column
    first_day: Column
    last_day: Column
    income: Column
    claim: Column
    grade: Column
    received: Column


def absences(columns: Absences) -> Refunds:
    """Calculate days of absences block by block (ftrl §§ 8-10, 8-13, 8-19, 22-3, 22-13); the same rules as for one case.

    Raises NotKnown when an absence began before the first known base amount.
    """
    parts = [_block(_rows(columns, slice(start, start + BLOCK))) for start in range(0, max(columns.start.size, 1), BLOCK)]
    return Refunds(*(np.concatenate([getattr(part, name) for part in parts]) for name in GIVES))


def calculate(batches: Iterable[pa.RecordBatch], *, explain: bool = False) -> Iterator[pa.RecordBatch]:
    """Add paid and lost days, daily rate, refund and marks to absences (columns: ``COLUMNS``); other columns are kept.

    A bad row has its problem as a text key in ``problem``, its column in ``problem_column``, and no amounts.
    """
    for batch in batches:
        reading = Reading(batch)
        kept = _rows(_read(reading), np.flatnonzero(reading.good))

        def again(row: int, kept: Absences = kept) -> None:
            _one(kept, row)

        yield result(batch, reading, absences(kept), again if explain else None)


def _read(reading: Reading) -> Absences:
    start, first, last = (reading.days(name) for name in ("first_absence_day", "first_day", "last_day"))
    refuse_period(reading, first, last)
    reading.refuse(start < FIRST_KNOWN, "law.row_before_base_amount", "first_absence_day")
    reading.refuse(first < start, "law.row_before_start", "first_day")
    income, claim = amounts(reading, "monthly_income", None), amounts(reading, "monthly_claim", NOT_GIVEN)
    grade = reading.hundredths("grade_percent", FULL)
    reading.refuse(grade > FULL, "law.row_share", "grade_percent")
    yearly = income * MONTHS
    return Absences(start, first, last, yearly, np.where(claim == NOT_GIVEN, yearly, claim * MONTHS), grade, received(reading))


def _rows(columns: Absences, rows: slice | Column) -> Absences:
    return Absences(*(getattr(columns, part.name)[rows] for part in fields(Absences)))


def _block(block: Absences) -> Refunds:
    rate = np.asarray(sickness_refund_rate(block.claim, block.income, block.grade, block.start))
    first = np.asarray(at_least(block.first_day, nav_from_day(block.start)))
    marks = (
        np.asarray(BASE_AMOUNT.estimated(block.start), dtype=np.bool_),
        np.asarray(BASE_AMOUNT.unverified(block.start), dtype=np.bool_),
    )
    return refunds(first, block.last_day, block.received, rate, marks)


def _one(kept: Absences, row: int) -> None:
    """Calculate one row once more, as plain ints."""
    start, first, last, income, claim, grade, received_on = (int(getattr(kept, part.name)[row]) for part in fields(Absences))
    rate = sickness_refund_rate(claim, income, grade, start)
    first = max(first, nav_from_day(start))
    if received_on != NEVER:
        first = max(first, claim_from_day(received_on))
    expected_refund(paid_days(first, last), rate)
