"""A naive second opinion on Norwegian sickness refunds: exact fractions, one day at a time, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_norway_parental import BASE_AMOUNTS, CHANGES, HALF, ONE, Counts, base_amount, half_up, in_time, kroner

FIRST = date.fromisoformat(BASE_AMOUNTS[0][0])


class Absence(NamedTuple):
    """Days of an absence with one employer: kroner a month, grade in per cent."""

    start: date
    first: date
    last: date
    income: Fraction
    claim: Fraction | None
    grade: Fraction
    received: date | None


def exact_rate(absence: Absence) -> Fraction:
    """Give a day's refund in kroner before it is rounded."""
    if absence.grade < 20:
        return Fraction(0)
    claim = absence.income if absence.claim is None else min(absence.claim, absence.income)
    return min(claim * 12, 6 * base_amount(absence.start)) * absence.grade / 100 / 260


def refund(absence: Absence) -> tuple[int, int, int, int]:
    """Give paid days, lost days, the daily rate and the refund in kroner."""
    rate = half_up(exact_rate(absence))
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
    income = chance.choice(
        [Fraction(chance.randrange(0, 12_000_000), 100), Fraction(65 * chance.randrange(100, 1500), 3).__floor__() + HALF]
    )
    tie = Fraction(65 * (2 * chance.randrange(500, 2000) + 1), 6)
    claim = chance.choice([None, income / 2 if income * 50 % 1 == 0 else None, tie if tie * 100 % 1 == 0 else None])
    grade = chance.choice([Fraction(100), Fraction(50), Fraction(20), Fraction(1999, 100), Fraction(chance.randrange(0, 10_001), 100)])
    received = chance.choice([None, None, last + timedelta(days=chance.randrange(200))])
    return Absence(start, first, last, income, claim, grade, received)


def is_tie(absence: Absence) -> bool:
    """Tell whether the rate lies exactly between two kroner."""
    return exact_rate(absence) % 1 == HALF


def row(absence: Absence) -> dict[str, object]:
    """Write an absence as a row of a table."""
    return {
        "first_absence_day": absence.start, "first_day": absence.first, "last_day": absence.last,
        "monthly_income": kroner(absence.income), "monthly_claim": None if absence.claim is None else kroner(absence.claim),
        "grade_percent": kroner(absence.grade), "received": absence.received,
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
    for start in range(0, count, 50_000):
        absences = [drawn(chance) for _ in range(min(50_000, count - start))]
        ties += sum(is_tie(absence) for absence in absences)
        off += len(compared(absences))
    return Counts(count, ties, off)
