"""A naive second opinion on Norwegian sickness refunds: exact numbers, one day at a time, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run, half_up, in_chunks, is_half, written
from tests.law.oracle_norway_parental import BASE_AMOUNTS, CHANGES, ONE, base_amount, in_time

# Øre, hundredths of per cent, and the 260 days of a year.
WHOLE = 100 * 10_000 * 260
FIRST = date.fromisoformat(BASE_AMOUNTS[0][0])


class Absence(NamedTuple):
    """Days of an absence with one employer: øre a month, grade in hundredths of per cent."""

    start: date
    first: date
    last: date
    income: int
    claim: int | None
    grade: int
    received: date | None


def exact_rate(absence: Absence) -> int:
    """Give a day's refund before it is rounded, in WHOLEths of a krone."""
    if absence.grade < 2000:
        return 0
    claim = absence.income if absence.claim is None else min(absence.claim, absence.income)
    return min(claim * 12, 6 * base_amount(absence.start)) * absence.grade


def refund(absence: Absence) -> tuple[int, int, int, int]:
    """Give paid days, lost days, the daily rate and the refund in kroner."""
    rate = half_up(exact_rate(absence), WHOLE)
    paid = lost = 0
    day = absence.first
    while day <= absence.last:
        if day.isoweekday() <= 5 and (day - absence.start).days >= 16:
            paid, lost = (paid + 1, lost) if in_time(day, absence.received) else (paid, lost + 1)
        day += ONE
    return paid, lost, rate, paid * rate


def drawn(chance: Random) -> Absence:
    """Draw one absence: every fourth starts around a change, many rates are exact half kroner."""
    start = max(FIRST, chance.choice(CHANGES) + timedelta(days=chance.randint(-2, 1)))
    if chance.random() < 0.75:
        start = FIRST + timedelta(days=chance.randrange(6300))
    first = start + timedelta(days=chance.choice([0, 15, 16, 17, chance.randrange(200)]))
    last = first + timedelta(days=chance.choice([0, 2, 13, 30, 90]))
    income = chance.choice([chance.randrange(0, 12_000_000), 65 * chance.randrange(100, 1500) // 3 * 100 + 50])
    tie = 6500 * (2 * chance.randrange(500, 2000) + 1)
    claim = chance.choice([None, income // 2 if income % 2 == 0 else None, tie // 6 if tie % 6 == 0 else None])
    grade = chance.choice([10_000, 5000, 2000, 1999, chance.randrange(0, 10_001)])
    received = chance.choice([None, None, last + timedelta(days=chance.randrange(200))])
    return Absence(start, first, last, income, claim, grade, received)


def is_tie(absence: Absence) -> bool:
    """Tell whether the rate lies exactly between two kroner."""
    return is_half(exact_rate(absence), WHOLE)


def row(absence: Absence) -> dict[str, object]:
    """Write an absence as a row of a table."""
    return {
        "first_absence_day": absence.start, "first_day": absence.first, "last_day": absence.last,
        "monthly_income": written(absence.income), "monthly_claim": None if absence.claim is None else written(absence.claim),
        "grade_percent": written(absence.grade), "received": absence.received,
    }  # fmt: skip


def compared(absences: list[Absence]) -> list[tuple[Absence, tuple[int, ...], tuple[int, ...]]]:
    """Give the absences for which the product's table says something else, with both answers."""
    import pyarrow as pa

    from refusion.law.norway.sickness.claims import calculate

    rows = [row(absence) for absence in absences]
    shapes = {name: pa.date32() for name in ("first_absence_day", "first_day", "last_day", "received")}
    columns = {name: pa.array([each[name] for each in rows], shapes.get(name, pa.string())) for name in rows[0]}
    table = next(calculate([pa.RecordBatch.from_pydict(columns)]))
    assert table.column("problem").null_count == len(absences)
    got = zip(*(table.column(name).to_pylist() for name in ("paid_days", "lost_days", "daily_rate", "refund")), strict=True)
    both = ((absence, tuple(map(int, given)), refund(absence)) for absence, given in zip(absences, got, strict=True))
    return [(absence, given, expected) for absence, given, expected in both if given != expected]


def run(count: int, seed: int) -> Counts:
    """Compare so many random absences."""
    chance, ties, off = Random(seed), 0, 0
    for size in in_chunks(count):
        absences = [drawn(chance) for _ in range(size)]
        ties += sum(is_tie(absence) for absence in absences)
        off += len(compared(absences))
    return Counts(count, ties, off)


RULES: dict[str, Run] = {"Norway: refund of sickness benefit": run}
