"""Fleksjob before 2013: the half or two thirds of wage that the municipality refunds."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.denmark.statutes import FLEKSJOB
from refusion.law.engine.numbers import ORE, YES_OR_NO, Amount, Day, Hours, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_most, portion, when

FIGURES = figures(__file__, "fleksjob.toml")
FLEKSJOB_MUNICIPAL_REFUND = FIGURES["fleksjob_municipal_refund"]
FLEKSJOB_HOUR_CEILING = FIGURES["fleksjob_hour_ceiling"]
FLEKSJOB_YEAR_CEILING = FIGURES["fleksjob_year_ceiling"]
FLEKSJOB_YEAR_CEILING_OF_QUARTERS = FIGURES["fleksjob_year_ceiling_of_quarters"]
FLEKSJOB_FULL_WEEK = FIGURES["fleksjob_full_week"]
YEAR_CEILING = Policy(
    "fleksjob_year_ceiling_source",
    ("published", "four_quarters"),
    "published",
    "For 2018 the ministry prints 516,456 a year and the state scheme 129,189 a quarter, which makes 516,756.",
)


@rule(FLEKSJOB.section("1"), called="kommunal refusion", gives=YES_OR_NO)
def is_municipal_fleksjob(hired_on: Day) -> Truth:
    """Hired before 2013; later the subsidy is paid to the employee and the employer is owed nothing."""
    return FLEKSJOB_MUNICIPAL_REFUND.at(hired_on) == 1


@rule(FLEKSJOB.section("2"), called="timer med refusion", gives=ORE)
def fleksjob_hourly_refund(hourly_wage_ore: Amount, two_thirds: Truth, day: Day) -> Amount:
    """Half or two thirds of the hourly wage within its ceiling, to whole øre."""
    wage = at_most(hourly_wage_ore, FLEKSJOB_HOUR_CEILING.at(day))
    return portion(wage, when(two_thirds, 2, 1), when(two_thirds, 3, 2))


@rule(FLEKSJOB.section("2"), called="loft over årslønnen", gives=ORE)
def fleksjob_year_limit(day: Day) -> Amount:
    """The yearly wage of which a part is refunded."""
    of_quarters = FLEKSJOB_YEAR_CEILING_OF_QUARTERS.at(day)
    return when(YEAR_CEILING.follows("published"), FLEKSJOB_YEAR_CEILING.at(day), of_quarters)


@rule(FLEKSJOB.section("2"), called="refusion for en uge i fleksjob", gives=ORE)
def fleksjob_week_refund(paid_hours: Hours, hourly_refund_ore: Amount) -> Amount:
    """Paid hours, at most 37 and without overtime, times the hourly refund."""
    return portion(hourly_refund_ore, at_most(paid_hours, FLEKSJOB_FULL_WEEK.ever()), 100)


@rule(FLEKSJOB.section("2"), called="refusion af ATP og pension", gives=ORE)
def fleksjob_pension_refund(pension_ore: Amount, two_thirds: Truth) -> Amount:
    """The same share of the employer's ATP and mandatory pension."""
    return portion(pension_ore, when(two_thirds, 2, 1), when(two_thirds, 3, 2))
