"""A naive second opinion on fleksjob, wage subsidy and Barselsfonden: exact numbers of typed tables, sharing nothing with the product."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.law.oracle_counting import Counts, Run, half_up, is_half

CAPS = {2018: 129189, 2019: 131773, 2020: 134408, 2021: 137097, 2022: 138742, 2023: 142488, 2024: 147047}
SUBSIDIES = {("private", 2015): 7405, ("private", 2018): 7812, ("private", 2019): 7968, ("private", 2021): 8290,
             ("public", 2015): 10755, ("public", 2018): 11346, ("public", 2021): 12040}  # fmt: skip
HOURS_OF_LEAVE = {2017: (71, 224), 2018: (72, 228), 2019: (74, 233), 2020: (75, 238), 2021: (77, 242), 2022: (78, 247)}
BORDERS = [date(2002, 4, 1), date(2006, 7, 5), date(2013, 1, 1)]


def fleksjob(hired: date, year: int, cost: int, others: int) -> int:
    """Give the exact refund of a quarter in half øre."""
    base = cost if hired < BORDERS[1] else min(cost, CAPS[year] * 100)
    return max(base - others, 0) * (2 if hired < BORDERS[0] else 1)


def run_fleksjob(count: int, seed: int) -> Counts:
    """Compare the state's refund of so many quarters of a fleksjob."""
    from refusion.law.denmark.fleksjob.state import quarter_refund

    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        near = chance.choice(BORDERS) + timedelta(days=chance.randint(-1, 1))
        hired = near if chance.random() < 0.5 else date(1998, 1, 1) + timedelta(days=chance.randrange(7000))
        year, cap = chance.choice(list(CAPS.items()))
        cost = chance.choice([cap * 100, cap * 100 + 1, cap * 100 - 1, chance.randrange(3 * 10**7)])
        others = chance.choice([0, chance.randrange(3 * 10**7)])
        halves = fleksjob(hired, year, cost, others)
        ties += is_half(halves, 2)
        off += quarter_refund(hired, year, chance.randint(1, 4), cost, others) != half_up(halves, 2)
    return Counts(count, ties, off)


def run_subsidy(count: int, seed: int) -> Counts:
    """Compare so many wage subsidies: the rounded subsidy less other refunds, as far as it is positive."""
    from refusion.law.denmark.wage_subsidy.subsidy import subsidy

    chance, ties, off = Random(seed), 0, 0
    for _ in range(count):
        sector, year = chance.choice(list(SUBSIDIES))
        hours, others = chance.randrange(60_000), chance.choice([0, 0, chance.randrange(10**7)])
        hundredths = SUBSIDIES[sector, year] * hours
        ties += is_half(hundredths, 100)
        off += subsidy(sector, year, hours, others) != max(half_up(hundredths, 100) - others, 0)
    return Counts(count, ties, off)


def run_fund(count: int, seed: int) -> Counts:
    """Compare so many refunds of Barselsfonden; kroner times hundredths of hours are øre, so nothing is rounded: a border is grade 35 or 36."""
    from refusion.law.denmark.state_funds.parental_fund import parental_fund_refund

    chance, borders, off = Random(seed), 0, 0
    for _ in range(count):
        year, grade, hours = chance.choice(list(HOURS_OF_LEAVE)), chance.randrange(1, 42), chance.randrange(60_000)
        borders += grade in {35, 36}
        off += parental_fund_refund(year, grade, hours) != HOURS_OF_LEAVE[year][0 if grade < 36 else 1] * hours
    return Counts(count, borders, off)


RULES: dict[str, Run] = {
    "Denmark: the state's refund for a fleksjob": run_fleksjob,
    "Denmark: wage subsidy": run_subsidy,
    "Denmark: Barselsfonden": run_fund,
}
