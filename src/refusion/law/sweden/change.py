"""The variable part: counties share by how their sickness days changed compared with the other counties."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from refusion.law.engine.numbers import COUNT, DAYS, Count, Days
from refusion.law.engine.policies import Policy
from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least
from refusion.law.sweden.statutes import ABSENCE_2014, REDUCTION_2007, VARIABLE_PART
from refusion.values.said import said

Counties = Mapping[str, Fraction]
PERCENT = 100
NO_BASE_DAYS = Policy(
    "no_base_days",
    ("left_out", "refused"),
    "left_out",
    "A county without net days in the base year has no ratio; the text does not say what then.",
)


@rule(VARIABLE_PART.item(1), called="ökat antal nybeviljanden", gives=COUNT)
def more_grants(grants_before: Count, grants_after: Count) -> Count:
    """Only an increase counts; a decrease changes nothing."""
    return at_least(grants_after - grants_before, 0)


@rule(VARIABLE_PART.item(1), called="dagar för nybeviljanden", gives=DAYS)
def days_for_new_grants(more_grants: Count, days_per_grant: Days) -> Days:
    """Each further grant of sickness or activity compensation adds its days to those of the year."""
    return more_grants * days_per_grant


@account(VARIABLE_PART.item(1), called="kvot")
def ratios(base_days: Counties, counted_days: Counties) -> dict[str, Fraction]:
    """Give the year's days over those of the base year; a county without base days has no ratio (policy ``no_base_days``)."""
    without = [county for county, days in base_days.items() if days == 0]
    if without and NO_BASE_DAYS.follows("refused"):
        raise NotAnswered(said("law.no_base_days", counties=", ".join(without)))
    found = {county: Fraction(counted_days[county], days) for county, days in base_days.items() if days != 0}
    if not found:
        raise NotAnswered(said("law.no_county_has_base_days"))
    return found


@account(VARIABLE_PART.item(2), called="jämförelsetal")
def comparison_number(ratios: Counties, addition: Fraction) -> Fraction:
    """Give the highest ratio and the agreement's addition."""
    return max(ratios.values()) + addition


@account(VARIABLE_PART.item(3), called="differens")
def differences(ratios: Counties, comparison: Fraction) -> dict[str, Fraction]:
    """Give how far each county's ratio lies below the comparison number."""
    return {county: comparison - ratio for county, ratio in ratios.items()}


@account(VARIABLE_PART.item(4), called="viktade dagar")
def weighted_days(base_days: Counties, differences: Counties) -> dict[str, Fraction]:
    """Give days of the base year times difference; no difference, no weight."""
    return {county: days * differences.get(county, Fraction(0)) for county, days in base_days.items()}


@account(VARIABLE_PART.item(5), called="andel av bidraget")
def shares(weights: Counties) -> dict[str, Fraction]:
    """Give each county's number over the sum of all; where the sum is zero nobody has a share."""
    whole = sum(weights.values())
    return {county: Fraction(weight, whole) if whole else Fraction(0) for county, weight in weights.items()}


@account(REDUCTION_2007, called="minskade sjukpenningdagar")
def reductions(days_before: Counties, days_after: Counties) -> dict[str, Fraction]:
    """Give how many days fewer; an increase counts as none."""
    return {county: max(days - days_after[county], Fraction(0)) for county, days in days_before.items()}


@account(ABSENCE_2014, called="andel som betalas ut")
def paid_part(days_before: Counties, days_after: Counties, steps: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Give the percentage of the first step whose highest ratio the country's days keep within, as a share; above all of them none."""
    before = sum(days_before.values())
    if not before:
        raise NotAnswered(said("law.no_county_has_base_days"))
    ratio = Fraction(sum(days_after.values()), before)
    percent = next((percent for highest, percent in steps if ratio <= highest), Fraction(0))
    return Fraction(percent, PERCENT)
