"""How fast the law answers: one case explained, a million weeks of claims, each checked against the oracle."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from time import perf_counter

import numpy as np

from refusion.law.denmark.sickness.amount import claim_amount
from refusion.law.denmark.sickness.batch import WeekAmounts, WeekColumns, weeks
from refusion.law.engine.tape import explaining
from refusion.values.period import Period
from tests.law import oracle_denmark as oracle

Row = tuple[str, str, str, bool]
MONTH = Period(date(2025, 3, 1), date(2025, 3, 31))
WEEKS = 1_000_000
SAMPLE = 2_000
SEED = 1


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    return [one_case_explained(), a_million_weeks()]


def one_case_explained(times: int = 300) -> Row:
    """Explain the claim of a month, all its weeks, again and again."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        with explaining() as tape:
            claim = claim_amount(MONTH, 3700, 25_000, 10_000_000, None)
        taken.append(perf_counter() - start)
    told = tape.explanation.as_json()
    expected = oracle.answer(oracle.Claim(MONTH.first, MONTH.last, 3700, None, 25_000, 10_000_000))
    correct = (claim.refund, claim.supplement) == expected[:2] and bool(told["steps"])
    milliseconds = median(taken) * 1000
    return ("one case explained (a month's claim)", f"{milliseconds:.2f} ms", "1 ms", correct and milliseconds <= 1)


def a_million_weeks() -> Row:
    """Calculate a million weeks of claims and check a sample of them to the øre."""
    columns = drawn()
    taken = []
    for _ in range(3):
        start = perf_counter()
        amounts = weeks(columns)
        taken.append(perf_counter() - start)
    seconds = median(taken)
    correct = all(agrees(columns, amounts, row) for row in range(0, WEEKS, WEEKS // SAMPLE))
    return ("1 million claim weeks", f"{seconds:.2f} s", "1 s", correct and seconds <= 1)


def drawn() -> WeekColumns:
    """Draw weeks of 2008 to 2026, whole and cut, full and partial, with and without enough wage."""
    chance = np.random.default_rng(SEED)
    monday = date(2008, 1, 7).toordinal() + 7 * chance.integers(0, 985, WEEKS)
    first = monday + chance.integers(0, 4, WEEKS)
    return WeekColumns(
        first_day=first,
        last_day=np.minimum(first + chance.integers(0, 7, WEEKS), monday + 6),
        weekly_hours=chance.integers(300, 4500, WEEKS),
        absent_hours=chance.integers(0, 4500, WEEKS),
        hourly_after_am=chance.integers(5_000, 30_000, WEEKS),
        wage_paid=chance.integers(0, 3_000_000, WEEKS),
        period_days=chance.integers(5, 23, WEEKS),
    )


def agrees(columns: WeekColumns, amounts: WeekAmounts, row: int) -> bool:
    """Tell whether one week is to the øre what the oracle says."""
    first = date.fromordinal(int(columns.first_day[row]))
    days = [first + timedelta(days=n) for n in range(int(columns.last_day[row] - columns.first_day[row]) + 1)]
    claim = oracle.Claim(
        first=days[0],
        last=days[-1],
        hours=int(columns.weekly_hours[row]),
        absent=int(columns.absent_hours[row]),
        hourly=int(columns.hourly_after_am[row]),
        wage=int(columns.wage_paid[row]),
    )
    expected = oracle.week_of(days, claim, int(columns.period_days[row]))
    return (int(amounts.refund[row]), int(amounts.supplement[row])) == expected[:2]
