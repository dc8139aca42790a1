"""A naive second opinion on Norwegian parental refunds: exact numbers, one day at a time, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run, half_up, in_chunks, is_half, written

# Days and base amounts, typed from the published table.
BASE_AMOUNTS = [
    ("2009-05-01", 72881), ("2010-05-01", 75641), ("2011-05-01", 79216), ("2012-05-01", 82122), ("2013-05-01", 85245),
    ("2014-05-01", 88370), ("2015-05-01", 90068), ("2016-05-01", 92576), ("2017-05-01", 93634), ("2018-05-01", 96883),
    ("2019-05-01", 99858), ("2020-05-01", 101351), ("2021-05-01", 106399), ("2022-05-01", 111477), ("2023-05-01", 118620),
    ("2024-05-01", 124028), ("2025-05-01", 130160), ("2026-05-01", 136549),
]  # fmt: skip
CHANGES = [date.fromisoformat(day) for day, _ in BASE_AMOUNTS[1:]] + [date(2019, 1, 1), date(2018, 12, 31)]
ONE = timedelta(days=1)


class Leave(NamedTuple):
    """Days of a leave: amounts in øre, coverage in per cent."""

    start: date
    first: date
    last: date
    coverage: int
    annual: int
    weekly: int
    ends: date | None
    received: date | None
    uio: bool


@cache
def base_amount(day: date) -> int:
    """Give the base amount of a day in øre."""
    return [100 * amount for since, amount in BASE_AMOUNTS if date.fromisoformat(since) <= day][-1]


WHOLE = 100 * 100 * 260


def exact_rate(leave: Leave) -> int:
    """Give a day's benefit before it is rounded, in WHOLEths of a krone: øre, per cent and the 260 days of a year."""
    weeks = leave.uio or leave.start < date(2019, 1, 1)
    basis = leave.weekly * 52 if weeks else leave.annual
    amount = base_amount(leave.start)
    if 2 * basis < amount:
        return 0
    return min(basis, 6 * amount) * leave.coverage


def in_time(day: date, received: date | None) -> bool:
    """Tell whether a day lies within three whole months before the month of receipt."""
    if received is None:
        return True
    return (received.year - day.year) * 12 + received.month - day.month <= 3


def refund(leave: Leave) -> tuple[int, int, int, int]:
    """Give paid days, lost days, the daily rate and the refund in kroner."""
    rate = half_up(exact_rate(leave), WHOLE)
    paid = lost = 0
    day = leave.first
    while day <= leave.last:
        if day.isoweekday() <= 5 and (leave.ends is None or day <= leave.ends):
            paid, lost = (paid + 1, lost) if in_time(day, leave.received) else (paid, lost + 1)
        day += ONE
    return paid, lost, rate, paid * rate


def drawn(chance: Random) -> Leave:
    """Draw one leave: every fourth starts around a change, every third rate is an exact half krone."""
    start = chance.choice(CHANGES) + timedelta(days=chance.randint(-2, 1))
    if chance.random() < 0.75:
        start = date(2009, 5, 1) + timedelta(days=chance.randrange(6300))
    first = start + timedelta(days=chance.choice([0, 0, 1, 30, chance.randrange(300)]))
    last = first + timedelta(days=chance.choice([0, 2, 13, 30, 90]))
    half = base_amount(start) // 2
    annual = chance.choice([
        chance.randrange(0, 130_000_000), 26_000 * chance.randrange(200, 3000) + 13_000, half, half - 1, 12 * half, 12 * half + 1,
    ])  # fmt: skip
    weekly = chance.choice([chance.randrange(0, 2_500_000), 500 * chance.randrange(200, 3000) + 250])
    ends = chance.choice([None, None, first + timedelta(days=chance.randint(-3, 40))])
    received = chance.choice([None, None, last + timedelta(days=chance.randrange(200))])
    return Leave(start, first, last, chance.choice([100, 100, 80]), annual, weekly, ends, received, chance.random() < 0.1)


def is_tie(leave: Leave) -> bool:
    """Tell whether the rate lies exactly between two kroner."""
    return is_half(exact_rate(leave), WHOLE)


def row(leave: Leave) -> dict[str, object]:
    """Write a leave as a row of a table."""
    return {
        "start": leave.start, "first_day": leave.first, "last_day": leave.last, "coverage_percent": str(leave.coverage),
        "annual_basis": written(leave.annual), "average_weekly_income": written(leave.weekly),
        "employment_ends": leave.ends, "received": leave.received, "profile": "uio" if leave.uio else None,
    }  # fmt: skip


def compared(leaves: list[Leave]) -> list[tuple[Leave, tuple[int, ...], tuple[int, ...]]]:
    """Give the leaves for which the product's table says something else, with both answers."""
    import pyarrow as pa

    from refusion.law.norway.parental.claims import calculate

    rows = [row(leave) for leave in leaves]
    shapes = {name: pa.date32() for name in ("start", "first_day", "last_day", "employment_ends", "received")}
    columns = {name: pa.array([each[name] for each in rows], shapes.get(name, pa.string())) for name in rows[0]}
    table = next(calculate([pa.RecordBatch.from_pydict(columns)]))
    assert table.column("problem").null_count == len(leaves)
    got = zip(*(table.column(name).to_pylist() for name in ("paid_days", "lost_days", "daily_rate", "refund")), strict=True)
    both = ((leave, tuple(map(int, given)), refund(leave)) for leave, given in zip(leaves, got, strict=True))
    return [(leave, given, expected) for leave, given, expected in both if given != expected]


def run(count: int, seed: int) -> Counts:
    """Compare so many random leaves."""
    chance, ties, off = Random(seed), 0, 0
    for size in in_chunks(count):
        leaves = [drawn(chance) for _ in range(size)]
        ties += sum(is_tie(leave) for leave in leaves)
        off += len(compared(leaves))
    return Counts(count, ties, off)


RULES: dict[str, Run] = {"Norway: refund of parental benefit": run}
