"""A made-up law that keeps the engine honest."""

from __future__ import annotations

from refusion.law.engine.citation import Statute
from refusion.law.engine.numbers import DAY, ORE, YES_OR_NO, Amount, Count, Day, Truth
from refusion.law.engine.parameters import figures
from refusion.law.engine.policies import Policy
from refusion.law.engine.rule import account, rule
from refusion.law.engine.words import at_least, both, months_on, portion, when

SHIRE = Statute("SHIRE", "the law of the Shire", "1420")
FIGURES = figures(__file__, "middle_earth.toml")
SECOND_BREAKFAST = FIGURES["second_breakfast"]
YEARS_OF_RINGS = FIGURES["years_of_rings"]
ELEVENSES = Policy("elevenses", ("none", "double"), "none", "the red book is silent")


@rule(SHIRE.section("2").subsection(1), called="tuckage", gives=ORE)
def meal_money(day: Day, hobbits: Count) -> Amount:
    """The breakfast of the day for each hobbit, half of it for the road."""
    each = SECOND_BREAKFAST.at(day) * when(ELEVENSES.follows("double"), 2, 1)
    return portion(each * hobbits, 1, 2)


@rule(SHIRE.section("3").item(4), called="may travel", gives=YES_OR_NO)
def may_travel(day: Day, hobbits: Count, invited: Truth) -> Truth:
    """Nine or fewer, and invited."""
    return both(hobbits <= YEARS_OF_RINGS.ever(), invited, meal_money(day, hobbits) > 0)


@rule(SHIRE.section("4"), called="return by", gives=DAY)
def back_by(day: Day) -> Day:
    """A month on, at least a fortnight."""
    return at_least(months_on(day, 1), day + 14)


@account(SHIRE.section("5"), called="the whole journey")
def journey(day: int, hobbits: int = 4) -> dict[str, int]:
    """Put the rules together for one company."""
    return {"money": meal_money(day, hobbits), "back": back_by(day)}
