"""Pots shared by population: among all if a condition is fulfilled, from a threshold on, or among those that qualify."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from refusion.grants.agreement import Pot
from refusion.grants.given import Asked
from refusion.grants.kinds import PEOPLE, PERCENT, YES_NO
from refusion.grants.paid import Paid
from refusion.grants.policies import POPULATION_CAP, PREMIUM_NEEDS_PLAN, SHARING
from refusion.grants.rules.rule_type import RuleType, is_number, number
from refusion.law.sweden.population import population_shares, shares_among, whole_kronor
from refusion.values.money import Ore


def to_those(available: Ore, shares: Mapping[str, Fraction], fulfilled: Mapping[str, bool]) -> dict[str, Ore]:
    """Share the whole amount over all, then pay those that fulfilled alone: nobody's failure moves another's krona."""
    return {county: part if fulfilled[county] else Ore(0) for county, part in whole_kronor(available, shares).items()}


def capped(available: Ore, amounts: Mapping[str, Ore], population: Mapping[str, Fraction]) -> dict[str, Ore]:
    """Hold each amount within the county's population share of the pot where the policy ``population_cap`` says so."""
    if POPULATION_CAP.follows("none"):
        return dict(amounts)
    most = whole_kronor(available, population_shares(population))
    return {county: min(amount, most[county]) for county, amount in amounts.items()}


def _if_fulfilled(pot: Pot, available: Ore, asked: Asked) -> Paid:
    del pot
    asked.needed("population", "fulfilled")
    shares = population_shares(asked.numbers("population"))
    return Paid(available, to_those(available, shares, asked.truths("fulfilled")), figures={"population_share": shares})


def _from_threshold(pot: Pot, available: Ore, asked: Asked) -> Paid:
    asked.needed("population", "share")
    shares = population_shares(asked.numbers("population"))
    least = number(pot.parameters["threshold"])
    reached = {county: share >= least for county, share in asked.numbers("share").items()}
    return Paid(available, to_those(available, shares, reached), figures={"population_share": shares, "threshold": least})


def _shared(pot: Pot, available: Ore, asked: Asked) -> Paid:
    also = "presupposes" in pot.columns and PREMIUM_NEEDS_PLAN.follows("both")
    asked.needed("population", "qualifies", *(("presupposes",) if also else ()))
    qualifies = asked.truths("qualifies")
    if also:
        before = asked.truths("presupposes")
        qualifies = {county: good and before[county] for county, good in qualifies.items()}
    population = asked.numbers("population")
    if SHARING.follows("national_share"):
        shares = population_shares(population)
        return Paid(available, to_those(available, shares, qualifies), figures={"population_share": shares})
    shares = _shares(population, qualifies)
    amounts = capped(available, whole_kronor(available, shares), population)
    return Paid(available, amounts, figures={"share": shares})


def _shares(population: Mapping[str, Fraction], qualifies: Mapping[str, bool]) -> dict[str, Fraction]:
    if SHARING.follows("equally"):
        count = sum(qualifies.values())
        return {county: Fraction(int(good), count) if count else Fraction(0) for county, good in qualifies.items()}
    return shares_among(population, [county for county, good in qualifies.items() if good])


def _asks(pot: Pot, role: str) -> bool:
    return role != "presupposes" or role in pot.columns


IF_FULFILLED = RuleType({"population": PEOPLE, "fulfilled": YES_NO}, _if_fulfilled)
FROM_THRESHOLD = RuleType({"population": PEOPLE, "share": PERCENT}, _from_threshold, fits={"threshold": is_number})
SHARED = RuleType({"population": PEOPLE, "qualifies": YES_NO, "presupposes": YES_NO}, _shared, asks=_asks)
