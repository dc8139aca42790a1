"""The quality of medical certificates: improvement in percentage points, a threshold, or no significant deterioration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from refusion.law.engine.rule import account
from refusion.law.sweden.statutes import CERTIFICATES, SAMPLE_REVIEW

Counties = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a review found: certificates with the needed quality, of those reviewed."""

    approved: Fraction
    reviewed: Fraction

    @property
    def share(self) -> Fraction:
        """Give the part that was approved, 0 to 1."""
        return Fraction(self.approved, self.reviewed)

    @property
    def variance(self) -> Fraction:
        """Give the square of the standard error of the share."""
        return Fraction(self.share * (1 - self.share), self.reviewed)


@account(CERTIFICATES.item(2), called="förbättring i procentenheter")
def improvements(share_before: Counties, share_after: Counties) -> dict[str, Fraction]:
    """Give the percentage points of those that did better, any size; the others have none."""
    return {county: max(share_after[county] - before, Fraction(0)) for county, before in share_before.items()}


@account(CERTIFICATES.item(3), called="summa procentenheter")
def sum_of_improvements(improvements: Counties) -> Fraction:
    """Give the percentage points of all that did better."""
    return sum(improvements.values(), Fraction(0))


@account(CERTIFICATES.item(4), called="kvot av förbättringen")
def parts_of_improvement(improvements: Counties, whole: Fraction) -> dict[str, Fraction]:
    """Give each county's improvement over the sum; none where nobody did better."""
    return {county: Fraction(points, whole) if whole else Fraction(0) for county, points in improvements.items()}


@account(CERTIFICATES.item(5), called="kvot gånger befolkningsandel")
def products(parts: Counties, population_shares: Counties) -> dict[str, Fraction]:
    """Give part of the improvement times part of the country's population."""
    return {county: part * population_shares[county] for county, part in parts.items()}


@account(CERTIFICATES.item(6), called="summa av produkterna")
def sum_of_products(products: Counties) -> Fraction:
    """Give the sum over those that did better."""
    return sum(products.values(), Fraction(0))


@account(CERTIFICATES.item(7), called="andel av beloppet")
def parts_of_amount(products: Counties, whole: Fraction) -> dict[str, Fraction]:
    """Give each county's product over the sum; none where nobody did better."""
    return {county: Fraction(product, whole) if whole else Fraction(0) for county, product in products.items()}


@account(SAMPLE_REVIEW, called="signifikant skillnad")
def is_significant(before: Sample, after: Sample, deviations: Fraction) -> bool:
    """Tell whether two shares differ by more than so many standard errors; squared on both sides, so exact."""
    difference = after.share - before.share
    return difference * difference > deviations * deviations * (before.variance + after.variance)


def has_deteriorated(before: Sample, after: Sample, deviations: Fraction) -> bool:
    """Tell whether the share fell, and by more than chance explains."""
    return after.share < before.share and is_significant(before, after, deviations)


def has_improved(before: Sample, after: Sample, deviations: Fraction) -> bool:
    """Tell whether the share rose, and by more than chance explains."""
    return after.share > before.share and is_significant(before, after, deviations)
