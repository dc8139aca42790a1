"""Small runs made by hand and runs from the generator, for the tests of the guard."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np

from refusion.rehearsal.pay_runs.errors import with_errors
from refusion.rehearsal.pay_runs.facts import PAY_CODES, LabelledRun
from refusion.rehearsal.pay_runs.months import founded, months
from refusion.rehearsal.pay_runs.sheet import columns_of
from refusion.salary_guard.basis import Basis, prepare
from refusion.salary_guard.columns import Absences, AgreedRates, Contracts, Lines, Payments, PayRun
from refusion.salary_guard.memory import Memory
from refusion.salary_guard.remembering import remember

MONTH = date(2024, 9, 1).toordinal()
VALUE_DATE = date(2024, 9, 30).toordinal()
BASE, SUPPLEMENT, EVENING, UNPAID, TAX = 100, 200, 310, 600, 720


def whole(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def words(*values: str) -> np.ndarray:
    return np.array(values, object)


def payments(*rows: tuple[int, int], numbers: tuple[str, ...] | None = None) -> Payments:
    """Payments of (person, net), one employment each."""
    count = len(rows)
    persons, nets = whole(*(row[0] for row in rows)), whole(*(row[1] for row in rows))
    named = words(*(numbers or tuple(f"p{number}" for number in range(count))))
    return Payments(named, persons, np.arange(1, count + 1), persons * 10, whole(*[1] * count), nets)


def lines(*rows: tuple[int, int, int, int]) -> Lines:
    """Lines of (payment's row, code, quantity, amount)."""
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Lines(*(whole(*column) for column in columns))


def contracts(*rows: tuple[int, ...]) -> Contracts:
    """Contracts of (employment, person, unit, since, ends, monthly, hourly, supplement)."""
    columns = zip(*rows, strict=True) if rows else ((),) * 8
    return Contracts(*(whole(*column) for column in columns))


def absences(*rows: tuple[int, int, int, int]) -> Absences:
    columns = zip(*rows, strict=True) if rows else ((),) * 4
    return Absences(*(whole(*column) for column in columns))


def pay_run(paid: Payments, said: Lines, agreed: Contracts, away: Absences | None = None, month: int = MONTH, value_date: int = VALUE_DATE) -> PayRun:
    return PayRun(month, value_date, paid, said, agreed, away or absences(), AgreedRates(whole(), whole()))


@cache
def faulty(seed: int, size: int = 20_000, count: int = 8, each: int = 60) -> tuple[LabelledRun, Memory]:
    """A month with errors after clean ones, and the memory of those."""
    first = date(2024, 1, 1)
    world, memory, before = founded(seed, size, first), None, None
    for month, sheet in months(world, first, count):
        if month.month == count:
            return with_errors(world, sheet, before, month, (seed, each)), memory
        memory, before = remember(prepare(columns_of(world, sheet, month), PAY_CODES, memory)), sheet
    raise AssertionError("no month")


@cache
def basis_of(seed: int) -> Basis:
    labelled, memory = faulty(seed)
    return prepare(labelled.run, PAY_CODES, memory)
