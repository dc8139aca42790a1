"""ftrl §§ 1-4, 8-10, 14-7: the base amount with both its dates, six times it, half of it, and its average of a year."""

# ruff: noqa: D401, PLR2004 (a rule states what holds; four and eight are the months of a year before and from May)

from __future__ import annotations

from refusion.law.engine.numbers import ORE, Amount, Day
from refusion.law.engine.parameters import figures
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_most, new_year, portion, year_of
from refusion.law.norway.statutes import FTRL

FIGURES = figures(__file__, "base_amount.toml")
BASE_AMOUNT = FIGURES["base_amount"]
LAST_ADJUSTED_DAY = FIGURES["last_adjusted_day"]
BASE_AMOUNTS_IN_LIMIT = FIGURES["base_amounts_in_limit"]
KRONE = 100


@rule(FTRL.section("1-4"), called="grunnbeløp", gives=ORE)
def base_amount(day: Day) -> Amount:
    """The base amount that is valid on the day, whenever it took effect."""
    return BASE_AMOUNT.at(day)


@rule(FTRL.section("1-4"), called="grunnbeløp med virkningsdato", gives=ORE)
def base_amount_in_effect(day: Day, effect_day: Day) -> Amount:
    """The base amount of the day as it was in effect on another day."""
    reached = at_most(at_most(day, effect_day), LAST_ADJUSTED_DAY.at(effect_day))
    return BASE_AMOUNT.at(reached)


@rule(FTRL.section("8-10").subsection(2), called="seks ganger grunnbeløpet", gives=ORE)
def six_base_amounts(amount_ore: Amount) -> Amount:
    """The most that a year's income counts for."""
    return amount_ore * BASE_AMOUNTS_IN_LIMIT.ever()


@rule(FTRL.section("14-7").subsection(1), called="halvt grunnbeløp", gives=ORE)
def least_basis(day: Day) -> Amount:
    """A basis below half the base amount gives no right."""
    return portion(base_amount(day), 1, 2)


@rule(FTRL.section("1-4"), called="gjennomsnittlig grunnbeløp", gives=ORE)
def average_base_amount(day: Day) -> Amount:
    """Four months of the old and eight of the new base amount of the day's year, to whole kroner."""
    first = new_year(year_of(day))
    whole_year = 4 * BASE_AMOUNT.at(first) + 8 * BASE_AMOUNT.at(first + 150)
    return KRONE * portion(whole_year, 1, 12 * KRONE)
