"""A naive second opinion on Danish sickness refunds: exact numbers, one day at a time, sharing nothing with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from random import Random
from typing import NamedTuple

from tests.law.oracle_counting import Counts, Run, half_up, in_chunks, is_half, written

# First Mondays, weekly maximum in kroner, supplement in tenths of a per cent: typed from the published tables.
RATES = [
    ("2008-01-07", 3515, 0), ("2009-01-05", 3625, 0), ("2010-01-04", 3760, 0), ("2011-01-03", 3830, 0),
    ("2012-01-02", 3940, 0), ("2013-01-07", 4005, 0), ("2014-01-06", 4075, 0), ("2015-01-05", 4135, 0),
    ("2016-01-04", 4180, 0), ("2017-01-02", 4245, 0), ("2018-01-01", 4300, 0), ("2019-01-07", 4355, 0),
    ("2020-01-06", 4405, 3), ("2021-01-04", 4460, 6), ("2022-01-03", 4465, 9), ("2023-01-02", 4550, 12),
    ("2024-01-01", 4695, 15), ("2025-01-06", 4865, 18), ("2026-01-05", 5085, 21),
]  # fmt: skip
# Easter Sundays, from the almanac.
EASTER = {
    2008: (3, 23), 2009: (4, 12), 2010: (4, 4), 2011: (4, 24), 2012: (4, 8), 2013: (3, 31), 2014: (4, 20),
    2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2021: (4, 4),
    2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5),
}  # fmt: skip
ONE = timedelta(days=1)
RATE_DAYS = [date.fromisoformat(since) for since, _, _ in RATES[1:]]
LAST = date(2026, 12, 31)


class Claim(NamedTuple):
    """One claim; hours in hundredths, money in øre, None = paid in full, absent all hours."""

    first: date
    last: date
    hours: int
    absent: int | None
    hourly: int
    wage: int | None


class Answer(NamedTuple):
    """What a claim gives in øre, and whether an amount on the way lay exactly on a half."""

    refund: int
    supplement: int
    tie: bool


@cache
def rate(day: date) -> tuple[int, int]:
    """Give the weekly maximum in kroner and the supplement in tenths of a per cent."""
    return [(week, tenths) for since, week, tenths in RATES if date.fromisoformat(since) <= day][-1]


@cache
def refunded(day: date) -> bool:
    """Tell whether a day gives a refund: a weekday, from July 2012 not on a public holiday."""
    if day.isoweekday() > 5:
        return False
    if day < date(2012, 7, 2):
        return True
    easter = date(day.year, *EASTER[day.year])
    moving = {-3, -2, 1, 39, 50} | ({26} if day.year <= 2023 else set())
    return (day - easter).days not in moving and (day.month, day.day) not in {(1, 1), (12, 25), (12, 26)}


def week_of(days: list[date], claim: Claim, period_days: int) -> Answer:
    """Give what one week gives."""
    maximum, tenths = rate(days[0] - (days[0].isoweekday() - 1) * ONE)
    per_hour = half_up(maximum * 100, 37)
    absent = claim.hours if claim.absent is None else min(claim.absent, claim.hours)
    # Hundredths of hours times øre: all that follows is in hundredths of øre.
    full = min(absent * min(claim.hourly, per_hour), maximum * 10_000)
    if absent >= 3700 and claim.hourly >= per_hour:
        full = maximum * 10_000
    if absent < 400:
        full = 0
    amount = wage = 0
    for day in days:
        if refunded(day):
            amount += full
            wage += claim.wage or 0
    # A day is a fifth of the week's amount, or the wage over all the days of the claim.
    part, whole = amount, 500
    if claim.wage is not None and amount * period_days > wage * 500:
        part, whole = wage, period_days
    ore = half_up(part, whole)
    return Answer(ore, 100 * half_up(ore * tenths, 100_000), is_half(part, whole) or is_half(ore * tenths, 100_000))


def weeks_of(first: date, last: date) -> Iterator[list[date]]:
    """List the days of each calendar week."""
    days = (first + n * ONE for n in range((last - first).days + 1))
    return (list(week) for _, week in groupby(days, key=lambda day: day.isocalendar()[:2]))


def answer(claim: Claim) -> Answer:
    """Give what a claim gives: its weeks, each rounded by itself."""
    weeks = list(weeks_of(claim.first, claim.last))
    in_all = sum(refunded(day) for week in weeks for day in week)
    given = [week_of(week, claim, in_all) for week in weeks]
    return Answer(sum(week.refund for week in given), sum(week.supplement for week in given), any(week.tie for week in given))


def drawn(chance: Random) -> Claim:
    """Draw one claim; every fourth begins at a change of rates, every third wage makes an exact half øre likely."""
    around = chance.choice(RATE_DAYS) + timedelta(days=chance.randint(-8, 3))
    first = around if chance.random() < 0.25 else date(2008, 1, 7) + timedelta(days=chance.randrange(6900))
    last = min(first + timedelta(days=chance.choice([0, 2, 6, 13, 30, 60])), LAST)
    hours = chance.choice([3700, 3700, 3000, 1800, 350, 3850, 4000, chance.randrange(100, 4500)])
    absent = chance.choice([None, None, 399, 400, 3700, chance.randrange(0, 4500)])
    hourly = chance.choice([50_000, 13_743, 12_068, 11_905, chance.randrange(5_000, 20_000)])
    wage = chance.choice([None, chance.randrange(0, 5_000_000), chance.randrange(0, 100_000) * 5 + 1])
    return Claim(first, last, hours, absent, hourly, wage)


def singly(claim: Claim) -> tuple[int, int]:
    """Ask the product for one claim."""
    from refusion.law.denmark.sickness.amount import claim_amount
    from refusion.values.period import Period, monday_of

    period = Period(claim.first, claim.last)
    by_week = None if claim.absent is None else {monday_of(week.first): claim.absent for week in period.weeks()}
    got = claim_amount(period, claim.hours, claim.hourly, claim.wage, by_week)
    return got.refund, got.supplement


def table(claims: list[Claim], calculate: Callable[..., Iterator[object]]) -> list[tuple[int, int]]:
    """Ask a table of the product for many claims."""
    import pyarrow as pa

    def texts(name: str) -> object:
        given = (getattr(claim, name) for claim in claims)
        return pa.array([None if value is None else written(value) for value in given], pa.string())

    columns = {"weekly_hours": "hours", "hourly_wage_after_am": "hourly", "wage_paid": "wage", "absent_hours_per_week": "absent"}
    days = {"first_day": [claim.first for claim in claims], "last_day": [claim.last for claim in claims]}
    got = next(calculate([pa.RecordBatch.from_pydict({**days, **{name: texts(own) for name, own in columns.items()}})]))
    assert got.column("problem").null_count == len(claims)
    amounts = (got.column(name).to_pylist() for name in ("refund", "supplement"))
    return [(int(refund.scaleb(2)), int(supplement.scaleb(2))) for refund, supplement in zip(*amounts, strict=True)]


def run(count: int, seed: int) -> Counts:
    """Compare the product's table with this for so many random claims."""
    from refusion.law.denmark.sickness.claims import calculate

    chance, ties, off = Random(seed), 0, 0
    for size in in_chunks(count):
        claims = [drawn(chance) for _ in range(size)]
        answers = [answer(claim) for claim in claims]
        ties += sum(each.tie for each in answers)
        off += sum(got != each[:2] for got, each in zip(table(claims, calculate), answers, strict=True))
    return Counts(count, ties, off)


def run_singly(count: int, seed: int) -> Counts:
    """Compare the product, one claim at a time, with this for so many random claims."""
    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        claim = drawn(chance)
        expected = answer(claim)
        ties, off = ties + expected.tie, off + (singly(claim) != expected[:2])
    return Counts(count, ties, off)


RULES: dict[str, Run] = {"Denmark: refund and supplement in sickness": run}
