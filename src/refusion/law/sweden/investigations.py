"""Bilaga 2: what ordered and delivered medical investigations cost, within a cap, and what is left for the variable part."""

# ruff: noqa: D401 (a rule states what holds)

from __future__ import annotations

from refusion.law.engine.numbers import ORE, Amount, Count
from refusion.law.engine.rule import rule
from refusion.law.engine.words import at_least, at_most
from refusion.law.sweden.statutes import INVESTIGATIONS


@rule(INVESTIGATIONS, called="ersättning per utredning", gives=ORE)
def worth_of_investigations(delivered: Count, unit_price: Amount) -> Amount:
    """Each investigation that was ordered and delivered in time has its unit price."""
    return delivered * unit_price


@rule(INVESTIGATIONS, called="ersättning inom taket", gives=ORE)
def payable_within_cap(worth: Amount, cap: Amount) -> Amount:
    """All that was delivered, at most the amount reserved."""
    return at_most(worth, cap)


@rule(INVESTIGATIONS, called="överskjutande belopp", gives=ORE)
def unused_of_cap(ordered_worth: Amount, cap: Amount) -> Amount:
    """What the orders do not reach of the amount reserved goes into the variable part."""
    return at_least(cap - ordered_worth, 0)
