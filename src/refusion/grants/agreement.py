"""An agreement as figures: its pots with what they are shared by, its counties, checks and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from refusion.law.engine.citation import Citation, Statute
from refusion.values.money import Ore

Parameter: TypeAlias = "str | int | Fraction | date | list[Parameter] | dict[str, Parameter]"


@dataclass(frozen=True, slots=True)
class Pot:
    """One amount of an agreement in øre; ``rule`` names how it is shared, None for a pot made of others.

    ``columns`` names the facts that the rule asks for: role → column. ``unused_to`` is the pot that gets what is not used.
    """

    name: str
    called: str
    amount: Ore
    part_of: str | None
    rule: str | None
    columns: Mapping[str, str]
    parameters: Mapping[str, Parameter]
    unused_to: str | None
    pay_by: date | None
    section: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a condition asks for: ``needs`` is hard, soft, or measured by others."""

    id: str
    pot: str
    asks: str
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of an agreement: by when who must have done what."""

    by: date
    what: str
    who: str
    pots: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class County:
    """One county by its code, with the body that is paid."""

    code: str
    name: str
    payee: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement; ``population_day`` is the day whose population counts."""

    name: str
    statute: Statute
    year: int
    population_day: date
    counties: tuple[County, ...]
    pots: tuple[Pot, ...]
    checks: tuple[Check, ...]
    deadlines: tuple[Deadline, ...]
    source: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes of the counties in order."""
        return tuple(county.code for county in self.counties)

    @property
    def root(self) -> Pot:
        """Give the pot that is part of no other."""
        return next(pot for pot in self.pots if pot.part_of is None)

    def pot(self, name: str) -> Pot:
        """Give a pot; raises KeyError for none of that name."""
        found = next((pot for pot in self.pots if pot.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def shared(self) -> Iterator[Pot]:
        """Go through the pots that are shared by a rule, those first whose unused money goes to another."""
        leaves = [pot for pot in self.pots if pot.rule is not None]
        yield from (pot for pot in leaves if pot.unused_to is not None)
        yield from (pot for pot in leaves if pot.unused_to is None)

    def cited(self, pot: Pot) -> Citation:
        """Give the place of a pot in the agreement."""
        return self.statute.section(pot.section)
