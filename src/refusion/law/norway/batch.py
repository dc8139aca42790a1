"""What both Norwegian tables share: rows of refunds as columns, their days within the deadline, and the result of a batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from refusion.law.engine.batch.columns import Marks, Reading, kroner_column
from refusion.law.engine.numbers import Column
from refusion.law.engine.tape import explaining
from refusion.law.engine.words import at_least
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.days import expected_refund, paid_days
from refusion.law.norway.deadline import claim_from_day

BLOCK = 1 << 16
NEVER = 3_652_059
FIRST_KNOWN = BASE_AMOUNT.values[0].since.toordinal()
HIGHEST = 10**10
LONGEST = 3 * 366
FIRST_YEAR_FIRST_DAY = 693_596  # 1 January 1900: an earlier day of receipt is a slip of the pen


@dataclass(frozen=True, slots=True)
class Refunds:
    """What rows give: days within the deadline and lost ones, øre a day and in all, and the marks of the figures behind."""

    paid_days: Column
    lost_days: Column
    daily_rate: Column
    refund: Column
    estimated: NDArray[np.bool_]
    unverified: NDArray[np.bool_]


GIVES = tuple(Refunds.__slots__)


def refunds(first: Column, last: Column, received: Column, rate: Column, marks: tuple[Marks, Marks]) -> Refunds:
    """Count the days and the money of rows: ``received`` NEVER = in time."""
    in_all = np.asarray(paid_days(first, last))
    dated = np.flatnonzero(received != NEVER)
    days = in_all.copy()
    days[dated] = paid_days(at_least(first[dated], claim_from_day(received[dated])), last[dated])
    return Refunds(days, in_all - days, rate, np.asarray(expected_refund(days, rate)), *marks)


def refuse_period(reading: Reading, first: Column, last: Column) -> None:
    """Refuse rows that end before they start or last longer than any right."""
    reading.refuse(first < FIRST_KNOWN, "law.row_before_base_amount", "first_day")
    reading.refuse(last < first, "law.row_ends_before_start", "last_day")
    reading.refuse(last - first >= LONGEST, "law.row_longer_than_right", "last_day")


def amounts(reading: Reading, name: str, missing: int | None) -> Column:
    """Read a column of kroner as øre, refused above what anyone earns."""
    read = reading.hundredths(name, missing)
    reading.refuse(read > HIGHEST, "law.row_amount_too_high", name)
    return read


def received(reading: Reading) -> Column:
    """Read the day a claim was received; an empty cell is in time."""
    days = reading.maybe_days("received", NEVER)
    reading.refuse(days < FIRST_YEAR_FIRST_DAY, "law.row_no_day", "received")
    reading.refuse(days < FIRST_KNOWN, "law.row_before_base_amount", "received")
    return days


def result(batch: pa.RecordBatch, reading: Reading, given: Refunds, explain: Callable[[int], None] | None) -> pa.RecordBatch:
    """Put the amounts of the good rows beside all rows; ``explain`` calculates one good row again, under a tape."""
    good = reading.good
    added = {
        "paid_days": _spread(pa.array(given.paid_days), good),
        "lost_days": _spread(pa.array(given.lost_days), good),
        "daily_rate": _spread(kroner_column(given.daily_rate), good),
        "refund": _spread(kroner_column(given.refund), good),
        "estimated": _spread(pa.array(given.estimated), good),
        "unverified": _spread(pa.array(given.unverified), good),
    }
    if explain is not None:
        told = [_told(explain, row) for row in range(given.refund.size)]
        added["explanation"] = _spread(pa.array(told, pa.string()), good)
    added["problem"] = pa.array(reading.problems, pa.string())
    added["problem_column"] = pa.array(reading.places, pa.string())
    own = {name: batch.column(name) for name in batch.schema.names if name not in added}
    return pa.RecordBatch.from_pydict({**own, **added})


def _spread(values: pa.Array, good: Marks) -> pa.Array:
    return values.take(pa.array(np.cumsum(good) - 1, mask=~good))


def _told(explain: Callable[[int], None], row: int) -> str:
    with explaining() as tape:
        explain(row)
    return json.dumps([step.as_json() for step in tape.steps], ensure_ascii=False)
