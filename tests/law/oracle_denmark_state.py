"""A naive second opinion on fleksjob, wage subsidy and Barselsfonden: exact fractions of typed tables, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.law.oracle_denmark import half_up

CAPS = {2018: 129189, 2019: 131773, 2020: 134408, 2021: 137097, 2022: 138742, 2023: 142488, 2024: 147047}
SUBSIDIES = {("private", 2015): 7405, ("private", 2018): 7812, ("private", 2019): 7968, ("private", 2021): 8290,
             ("public", 2015): 10755, ("public", 2018): 11346, ("public", 2021): 12040}  # fmt: skip
HOURS_OF_LEAVE = {2017: (71, 224), 2018: (72, 228), 2019: (74, 233), 2020: (75, 238), 2021: (77, 242), 2022: (78, 247)}
HALF = Fraction(1, 2)
BORDERS = [date(2002, 4, 1), date(2006, 7, 5), date(2013, 1, 1)]


class Counts(NamedTuple):
    """How many cases were compared, how many of them held an exact tie, how many differed."""

    cases: int
    ties: int
    off: int


def fleksjob(hired: date, year: int, cost: int, others: int) -> Fraction:
    """Give the exact refund of a quarter in øre."""
    base = cost if hired < BORDERS[1] else min(cost, CAPS[year] * 100)
    return max(Fraction(base - others), Fraction(0)) * (1 if hired < BORDERS[0] else HALF)


def subsidy(sector: str, year: int, hours: int, others: int) -> Fraction:
    """Give the exact subsidy in øre before other refunds are taken off, rounded, as far as it is positive."""
    return max(Fraction(half_up(Fraction(SUBSIDIES[sector, year] * hours, 100)) - others), Fraction(0))


def leave(year: int, grade: int, hours: int) -> Fraction:
    """Give the fund's exact refund in øre."""
    return Fraction(HOURS_OF_LEAVE[year][0 if grade < 36 else 1] * hours)


def run(count: int, seed: int) -> Counts:
    """Compare the product with this for so many random cases of the three kinds in turn."""
    from refusion.law.denmark.fleksjob.state import quarter_refund
    from refusion.law.denmark.state_funds.parental_fund import parental_fund_refund
    from refusion.law.denmark.wage_subsidy.subsidy import subsidy as product_subsidy

    chance = Random(seed)
    ties = off = 0
    for number in range(count):
        if number % 3 == 0:
            near = chance.choice(BORDERS) + timedelta(days=chance.randint(-1, 1))
            hired = near if chance.random() < 0.5 else date(1998, 1, 1) + timedelta(days=chance.randrange(7000))
            year, cap = chance.choice(list(CAPS.items()))
            cost = chance.choice([cap * 100, cap * 100 + 1, cap * 100 - 1, chance.randrange(3 * 10**7)])
            others = chance.choice([0, chance.randrange(3 * 10**7)])
            exact, got = fleksjob(hired, year, cost, others), quarter_refund(hired, year, chance.randint(1, 4), cost, others)
        elif number % 3 == 1:
            sector, year = chance.choice(list(SUBSIDIES))
            hours, others = chance.randrange(60_000), chance.choice([0, 0, chance.randrange(10**7)])
            exact, got = subsidy(sector, year, hours, others), product_subsidy(sector, year, hours, others)
            ties += Fraction(SUBSIDIES[sector, year] * hours, 100) % 1 == HALF
        else:
            year, grade, hours = chance.choice(list(HOURS_OF_LEAVE)), chance.randrange(1, 42), chance.randrange(60_000)
            exact, got = leave(year, grade, hours), parental_fund_refund(year, grade, hours)
        ties += exact % 1 == HALF
        off += got != half_up(exact)
    return Counts(count, ties, off)
