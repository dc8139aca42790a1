"""Pots shared by the quality of certificates: by improvement, or among those that did not get significantly worse."""

from __future__ import annotations

from fractions import Fraction

from refusion.grants.agreement import Pot
from refusion.grants.given import Asked
from refusion.grants.kinds import COUNT, PEOPLE, PERCENT
from refusion.grants.paid import Paid
from refusion.grants.policies import IMPROVEMENT, SHARE_PRECISION
from refusion.grants.rules.by_population import capped, to_those
from refusion.grants.rules.rule_type import RuleType, is_number, number
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotAnswered
from refusion.law.sweden.population import population_shares, whole_kronor
from refusion.law.sweden.quality import (
    Sample,
    has_deteriorated,
    has_improved,
    improvements,
    parts_of_amount,
    parts_of_improvement,
    products,
    sum_of_improvements,
    sum_of_products,
)
from refusion.values.money import Ore
from refusion.values.said import Said, said

SHARES = ("share_before", "share_after")
SAMPLES = ("approved_before", "reviewed_before", "approved_after", "reviewed_after")
PERCENT_OF_ONE = 100


def _improvement(pot: Pot, available: Ore, asked: Asked) -> Paid:
    before, after = _shares(asked)
    points = improvements(before, after)
    deviations = number(pot.parameters["deviations"])
    if IMPROVEMENT.follows("significant"):
        points = {county: gain if has_improved(*_samples(asked, county), deviations) else Fraction(0) for county, gain in points.items()}
    population = asked.numbers("population")
    shares = population_shares(population)
    whole = sum_of_improvements(points)
    parts = parts_of_improvement(points, whole)
    product = products(parts, shares)
    product_sum = sum_of_products(product)
    of_amount = parts_of_amount(product, product_sum)
    return Paid(
        available,
        capped(available, whole_kronor(available, of_amount), population),
        figures={
            "improvement": points, "sum_of_improvements": whole, "part_of_improvement": parts, "population_share": shares,
            "product": product, "sum_of_products": product_sum, "share": of_amount,
        },
        warnings=_within_chance(asked, points, deviations),
    )  # fmt: skip


def _shares(asked: Asked) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    significant = IMPROVEMENT.follows("significant")
    counted = SHARE_PRECISION.follows("counted")
    if not counted and asked.has(*SAMPLES) and not asked.has(*SHARES):
        with following(share_precision="counted"):  # nothing was published: the explanation says what was followed
            counted = SHARE_PRECISION.follows("counted")
    asked.needed("population", *(() if counted else SHARES), *(SAMPLES if counted or significant else ()))
    if not counted:
        return asked.numbers("share_before"), asked.numbers("share_after")
    samples = {county: _samples(asked, county) for county in asked.counties}
    before = {county: PERCENT_OF_ONE * first.share for county, (first, _) in samples.items()}
    return before, {county: PERCENT_OF_ONE * second.share for county, (_, second) in samples.items()}


def _samples(asked: Asked, county: str) -> tuple[Sample, Sample]:
    approved_before, reviewed_before, approved_after, reviewed_after = (asked.numbers(role)[county] for role in SAMPLES)
    before, after = Sample(approved_before, reviewed_before), Sample(approved_after, reviewed_after)
    for sample in (before, after):
        if not 0 <= sample.approved <= sample.reviewed or sample.reviewed == 0:
            raise NotAnswered(
                said("grants.sample_impossible", county=county, approved=int(sample.approved), reviewed=int(sample.reviewed))
            )
    return before, after


def _within_chance(asked: Asked, points: dict[str, Fraction], deviations: Fraction) -> tuple[Said, ...]:
    """Warn of improvements that chance alone explains, where the counts are known; the payout does not change."""
    if not asked.has(*SAMPLES):
        return ()
    asked.needed(*SAMPLES)
    doubtful = [county for county, gain in points.items() if gain > 0 and not has_improved(*_samples(asked, county), deviations)]
    return (said("grants.improvement_within_chance", counties=", ".join(doubtful)),) if doubtful else ()


def _no_deterioration(pot: Pot, available: Ore, asked: Asked) -> Paid:
    asked.needed("population", *SAMPLES)
    deviations = number(pot.parameters["deviations"])
    shares = population_shares(asked.numbers("population"))
    held = {county: not has_deteriorated(*_samples(asked, county), deviations) for county in asked.counties}
    return Paid(available, to_those(available, shares, held), figures={"population_share": shares})


_SAMPLED = dict.fromkeys(SAMPLES, COUNT)
_ROLES = {"population": PEOPLE, "share_before": PERCENT, "share_after": PERCENT, **_SAMPLED}
IMPROVEMENT_SHARE = RuleType(_ROLES, _improvement, fits={"deviations": is_number})
NO_SIGNIFICANT_DETERIORATION = RuleType({"population": PEOPLE, **_SAMPLED}, _no_deterioration, fits={"deviations": is_number})
