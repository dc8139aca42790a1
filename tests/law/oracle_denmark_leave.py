"""A naive second opinion on Danish parental refunds: exact numbers, one weekday at a time; public holidays are days of leave."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.law.oracle_counting import Counts, Run, half_up, in_chunks, is_half
from tests.law.oracle_denmark import ONE, Answer, Claim, drawn, rate, table, weeks_of


def week_of(days: list[date], claim: Claim, period_days: int) -> Answer:
    """Give what one week gives: amount and wage are rounded each, the lower is refunded."""
    maximum, tenths = rate(days[0] - (days[0].isoweekday() - 1) * ONE)
    most_an_hour = half_up(maximum * 100, 37)
    absent = claim.hours if claim.absent is None else min(claim.absent, claim.hours)
    full = absent * min(claim.hourly, most_an_hour)
    if (absent >= 3700 and claim.hourly >= most_an_hour) or full > maximum * 10_000:
        full = maximum * 10_000
    amount = wage = 0
    for day in days:
        if day.isoweekday() <= 5:
            amount += full
            wage += claim.wage or 0
    ore, tie = half_up(amount, 500), is_half(amount, 500)
    if claim.wage is not None and period_days:
        ore, tie = min(ore, half_up(wage, period_days)), tie or is_half(wage, period_days)
    elif claim.wage is not None:
        ore = 0
    return Answer(ore, 100 * half_up(ore * tenths, 100_000), tie or is_half(ore * tenths, 100_000))


def answer(claim: Claim) -> Answer:
    """Give what a claim gives: its weeks, each rounded by itself."""
    weeks = list(weeks_of(claim.first, claim.last))
    in_all = sum(day.isoweekday() <= 5 for week in weeks for day in week)
    given = [week_of(week, claim, in_all) for week in weeks]
    return Answer(sum(week.refund for week in given), sum(week.supplement for week in given), any(week.tie for week in given))


def singly(claim: Claim) -> tuple[int, int]:
    """Ask the product for one claim."""
    from refusion.law.denmark.parental.amount import leave_amount
    from refusion.values.period import Period, monday_of

    period = Period(claim.first, claim.last)
    by_week = None if claim.absent is None else {monday_of(week.first): claim.absent for week in period.weeks()}
    got = leave_amount(period, claim.hours, claim.hourly, claim.wage, by_week)
    return got.refund, got.supplement


def run(count: int, seed: int) -> Counts:
    """Compare the product's table with this for so many random claims."""
    from refusion.law.denmark.parental.claims import calculate

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


RULES: dict[str, Run] = {"Denmark: refund and supplement in leave": run}
