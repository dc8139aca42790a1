"""The kinds that an institution has switched on, as the verbs see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from refusion.cases.facts import Kind, State
from refusion.cases.stages import Stages as SaidStages
from refusion.cases.stages import Switch
from refusion.values.period import Period
from refusion.workflow.ports.authority import Decision


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases of one kind that stand alike: how many, and øre that their claims not yet filed are expected to give."""

    kind: Kind
    state: State
    pilot: bool
    cases: int
    unfiled: int


@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot's draft: øre that it expects, and what the one other report of exactly its days was decided.

    ``decided`` None says that none is known; ``alike`` counts the decisions and drafts of the same days, and only one of
    each can be held against the other.
    """

    case_number: int
    kind: Kind
    period: Period
    expected: int
    estimated: bool
    decided: int | None
    alike: int


class Stages(Protocol):
    """Switches of kinds; they are only ever added."""

    def said(self) -> SaidStages:
        """Give everything that was said of the kinds, read once in a transaction."""

    def say(self, switch: Switch) -> None:
        """Add a switch."""

    def touch_unopened(self, codes: Collection[str]) -> int:
        """Let the absences of these codes that have no case be handled again; give their number."""

    def unopened(self, codes: Collection[str]) -> int:
        """Count the absences of these codes that have no case."""

    def watching(self, kinds: Collection[Kind]) -> tuple[UUID, ...]:
        """Give the cases of these kinds that nobody was notified of yet."""

    def tally(self, kinds: Collection[Kind]) -> tuple[Tally, ...]:
        """Count the cases of these kinds by kind, state and whether they are a pilot's."""

    def pilot_lines(self) -> tuple[PilotLine, ...]:
        """Give the drafts of pilots by case and period, each with the decision that it can be held against."""

    def keep_other_decision(self, decided: Decision, at: datetime) -> bool:
        """Keep a decision on a report that is not ours, once; False when it was known."""
