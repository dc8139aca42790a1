"""An agreement as figures: its pots with what they are shared by, its counties, checks, deadlines, approvals and requirements."""

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
class Budget:
    """The line of the state budget that every payment is charged to."""

    expenditure_area: str
    appropriation: str
    item: str

    @property
    def line(self) -> str:
        """Write the line as the Swedish state does: ``UO 10, anslag 1:6, anslagspost 2``."""
        return f"UO {self.expenditure_area}, anslag {self.appropriation}, anslagspost {self.item}"


@dataclass(frozen=True, slots=True)
class Approval:
    """What must be approved by whom before the pots, and those that are part of them, are payable."""

    id: str
    by: str
    what: str
    pots: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """The document in which ``set_by`` says what must be reported on a pot.

    ``consulted`` must be heard before it is set, ``reviewed_with`` before a report is decided on; ``by`` is the last day of the
    report where the deadlines do not say it, ``interim`` the days of reports on the way; empty where the text says nothing.
    """

    pot: str
    set_by: str
    consulted: str
    reviewed_with: str
    by: date | None
    interim: tuple[date, ...]
    section: str


@dataclass(frozen=True, slots=True)
class County:
    """One county by its code, with the body that is paid."""

    code: str
    name: str
    payee: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement; ``population_day`` is the day whose population counts.

    ``published_decimals``: a share is published with so many; one with more is no published share.
    """

    name: str
    statute: Statute
    year: int
    population_day: date
    counties: tuple[County, ...]
    pots: tuple[Pot, ...]
    checks: tuple[Check, ...]
    deadlines: tuple[Deadline, ...]
    source: str
    approvals: tuple[Approval, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    budget: Budget | None = None
    in_force_to: date | None = None
    published_decimals: int | None = None

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

    def above(self, name: str) -> tuple[str, ...]:
        """Name a pot and all that it is part of, the pot itself first."""
        found = [name]
        while (parent := self.pot(found[-1]).part_of) is not None:
            found.append(parent)
        return tuple(found)

    def approvals_of(self, name: str) -> tuple[Approval, ...]:
        """Give the approvals that a pot waits for: its own, and those of the pots it is part of."""
        above = self.above(name)
        return tuple(approval for approval in self.approvals if set(approval.pots).intersection(above))

    def requirement(self, name: str) -> Requirement | None:
        """Give the requirement on a pot, or None where the agreement names none."""
        return next((one for one in self.requirements if one.pot == name), None)

    def feeders(self, name: str) -> tuple[Pot, ...]:
        """Give the pots whose unused money goes to a pot."""
        return tuple(pot for pot in self.pots if pot.unused_to == name)

    def shared(self) -> Iterator[Pot]:
        """Go through the pots that are shared by a rule, those first whose unused money goes to another."""
        leaves = [pot for pot in self.pots if pot.rule is not None]
        yield from (pot for pot in leaves if pot.unused_to is not None)
        yield from (pot for pot in leaves if pot.unused_to is None)

    def cited(self, pot: Pot) -> Citation:
        """Give the place of a pot in the agreement."""
        return self.statute.section(pot.section)
