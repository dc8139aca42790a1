"""Pots shared by how sickness days changed: relative to the others, by days fewer, or a total that depends on the country."""

from __future__ import annotations

from fractions import Fraction

from refusion.grants.agreement import Pot
from refusion.grants.given import Asked
from refusion.grants.kinds import COUNT, NET_DAYS
from refusion.grants.paid import Paid
from refusion.grants.policies import NEW_GRANTS
from refusion.grants.rules.rule_type import RuleType, are_steps, is_number, number, steps
from refusion.law.sweden.change import (
    comparison_number,
    days_for_new_grants,
    differences,
    more_grants,
    paid_part,
    ratios,
    reductions,
    shares,
    weighted_days,
)
from refusion.law.sweden.population import KRONA, whole_kronor
from refusion.values.money import Ore
from refusion.values.said import said

TOGETHER = ("grants_before", "grants_after")
BY_KIND = (("sickness_before", "sickness_after"), ("activity_before", "activity_after"))
DAYS = ("base_days", "days")


def _relative(pot: Pot, available: Ore, asked: Asked) -> Paid:
    pairs = BY_KIND if NEW_GRANTS.follows("by_kind") else (TOGETHER,)
    asked.needed(*DAYS, *(role for pair in pairs for role in pair))
    base, days = asked.numbers("base_days"), asked.numbers("days")
    per_grant = int(number(pot.parameters["days_per_new_grant"]))
    grants = [(asked.numbers(before), asked.numbers(after)) for before, after in pairs]
    added = {
        county: Fraction(
            sum(days_for_new_grants(more_grants(int(before[county]), int(after[county])), per_grant) for before, after in grants)
        )
        for county in asked.counties
    }
    counted = {county: days[county] + added[county] for county in asked.counties}
    ratio = ratios(base, counted)
    comparison = comparison_number(ratio, number(pot.parameters["comparison_addition"]))
    difference = differences(ratio, comparison)
    weights = weighted_days(base, difference)
    share = shares(weights)
    without = [county for county in asked.counties if county not in ratio]
    return Paid(
        available,
        whole_kronor(available, share),
        figures={
            "days_added": added, "days_counted": counted, "ratio": ratio, "comparison_number": comparison,
            "difference": difference, "weighted_days": weights, "share": share,
        },
        warnings=(said("grants.no_base_days", counties=", ".join(without)),) if without else (),
    )  # fmt: skip


def _reduction(pot: Pot, available: Ore, asked: Asked) -> Paid:
    del pot
    asked.needed(*DAYS)
    fewer = reductions(asked.numbers("base_days"), asked.numbers("days"))
    share = shares(fewer)
    return Paid(available, whole_kronor(available, share), figures={"days_fewer": fewer, "share": share})


def _dependent(pot: Pot, available: Ore, asked: Asked) -> Paid:
    asked.needed(*DAYS)
    part = paid_part(asked.numbers("base_days"), asked.numbers("days"), steps(pot.parameters["steps"]))
    reached = Fraction(available, KRONA) * part
    outcome = _relative(pot, Ore(KRONA * (reached.numerator // reached.denominator)), asked)
    return Paid(available, outcome.by_county, figures={"paid_part": part, **outcome.figures}, warnings=outcome.warnings)


_ROLES = {
    "base_days": NET_DAYS, "days": NET_DAYS, "grants_before": COUNT, "grants_after": COUNT, "sickness_before": COUNT,
    "sickness_after": COUNT, "activity_before": COUNT, "activity_after": COUNT,
}  # fmt: skip
_FITS = {"comparison_addition": is_number, "days_per_new_grant": is_number}
RELATIVE_CHANGE = RuleType(_ROLES, _relative, fits=_FITS)
ABSOLUTE_REDUCTION = RuleType({"base_days": NET_DAYS, "days": NET_DAYS}, _reduction)
ABSENCE_DEPENDENT = RuleType(_ROLES, _dependent, fits={**_FITS, "steps": are_steps})
