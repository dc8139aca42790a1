"""Shares by population, and the one rounding of every pot: whole kronor that add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from refusion.law.engine.rule import account
from refusion.law.sweden.statutes import CONDITIONAL_PART, ELECTRONIC_EXCHANGE
from refusion.values.money import Ore

Counties = Mapping[str, Fraction]
KRONA = 100


@account(CONDITIONAL_PART, called="befolkningsandel")
def population_shares(population: Counties) -> dict[str, Fraction]:
    """Give each county's part of the whole country's population, those that fail a condition among them."""
    whole = sum(population.values())
    return {county: Fraction(people, whole) for county, people in population.items()}


@account(ELECTRONIC_EXCHANGE, called="andel bland dem som uppfyllt")
def shares_among(population: Counties, qualified: Iterable[str]) -> dict[str, Fraction]:
    """Give each qualified county's part of the qualified counties' population; the others have none."""
    people = {county: population[county] for county in qualified}
    whole = sum(people.values())
    return {county: Fraction(people[county], whole) if county in people else Fraction(0) for county in population}


def whole_kronor(amount: Ore, shares: Counties) -> dict[str, Ore]:
    """Share an amount of whole kronor, in øre, once and exactly: the parts add up to it, or all are zero where no one has a share."""
    return {county: Ore(KRONA * kronor) for county, kronor in apportioned(amount // KRONA, shares).items()}


@account(CONDITIONAL_PART, called="hela kronor")
def apportioned(kronor: int, shares: Counties) -> dict[str, int]:
    """Give each its kronor rounded down; those left go one each to the largest remainders, on a tie to the lowest county code.

    The text is silent on rounding; this is the only one of a pot.
    """
    denominator = lcm(*(share.denominator for share in shares.values()))
    parts = {county: share.numerator * (denominator // share.denominator) for county, share in shares.items()}
    whole = sum(parts.values())
    if not whole:
        return dict.fromkeys(shares, 0)
    divided = {county: divmod(kronor * part, whole) for county, part in parts.items()}
    left = kronor - sum(down for down, _ in divided.values())
    favoured = set(sorted(divided, key=lambda county: (-divided[county][1], county))[:left])
    return {county: down + (county in favoured) for county, (down, _) in divided.items()}
