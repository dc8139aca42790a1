"""A naive second opinion on Danish parental refunds: exact fractions, one weekday at a time; public holidays are days of leave."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_denmark import ONE, RATES, half_up, rate

LAST = date(2026, 12, 31)
HALF = Fraction(1, 2)


class Counts(NamedTuple):
    """How many cases were compared, how many of them held an exact tie, how many differed."""

    cases: int
    ties: int
    off: int


class Leave(NamedTuple):
    """One claim; hours in hundredths, money in øre."""

    first: date
    last: date
    hours: int
    absent: int | None
    hourly: int
    wage: int | None


def drawn(chance: Random) -> Leave:
    """Draw one claim; every fourth begins around a change of rates."""
    around = date.fromisoformat(chance.choice(RATES[1:])[0]) + timedelta(days=chance.randint(-8, 3))
    first = around if chance.random() < 0.25 else date(2008, 1, 7) + timedelta(days=chance.randrange(6900))
    last = min(first + timedelta(days=chance.choice([0, 2, 6, 13, 30])), LAST)
    hours = chance.choice([3700, 3700, 3000, 1800, 350, 3850, 4000, chance.randrange(100, 4500)])
    absent = chance.choice([None, None, 1, 399, 3700, chance.randrange(0, 4500)])
    hourly = chance.choice([50_000, 13_743, 12_068, 11_905, chance.randrange(5_000, 20_000)])
    wage = chance.choice([None, chance.randrange(0, 3_000_000), chance.randrange(0, 100_000) * 5 + 1])
    return Leave(first, last, hours, absent, hourly, wage)


def leave(claim: Leave) -> tuple[int, int, bool]:
    """Give refund and supplement in øre, and whether something was exactly a half."""
    days = [claim.first + n * ONE for n in range((claim.last - claim.first).days + 1)]
    working = [day for day in days if day.isoweekday() <= 5]
    refund = supplement = 0
    tie = False
    while days:
        week = [day for day in days if day.isocalendar()[:2] == days[0].isocalendar()[:2]]
        days = days[len(week) :]
        maximum, share = rate(week[0] - (week[0].isoweekday() - 1) * ONE)
        most_an_hour = half_up(maximum * 100 / 37)
        absent = claim.hours if claim.absent is None else min(claim.absent, claim.hours)
        full = Fraction(absent * min(claim.hourly, most_an_hour), 100)
        if (absent >= 3700 and claim.hourly >= most_an_hour) or full > maximum * 100:
            full = maximum * 100
        amount, wage = Fraction(0), Fraction(0)
        for day in week:
            if day in working:
                amount += full / 5
                wage += Fraction(claim.wage or 0, len(working))
        exact = amount if claim.wage is None else min(Fraction(half_up(amount)), Fraction(half_up(wage)))
        tie = tie or amount % 1 == HALF or wage % 1 == HALF or Fraction(half_up(exact), 100) * share % 1 == HALF
        ore = half_up(exact)
        refund, supplement = refund + ore, supplement + 100 * half_up(Fraction(ore, 100) * share)
    return refund, supplement, tie


def run(count: int, seed: int) -> Counts:
    """Compare the product with this for so many random claims."""
    from refusion.law.denmark.parental.amount import leave_amount
    from refusion.values.period import Period, monday_of

    chance = Random(seed)
    ties = off = 0
    for _ in range(count):
        claim = drawn(chance)
        period = Period(claim.first, claim.last)
        by_week = None if claim.absent is None else {monday_of(week.first): claim.absent for week in period.weeks()}
        refund, supplement, tie = leave(claim)
        got = leave_amount(period, claim.hours, claim.hourly, claim.wage, by_week)
        ties += tie
        off += (got.refund, got.supplement) != (refund, supplement)
    return Counts(count, ties, off)
