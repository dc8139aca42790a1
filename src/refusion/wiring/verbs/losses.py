"""The verbs on losses: who follows them, dispensation applied for and answered, history swept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date

from refusion.claims.letters import Letter, Plea
from refusion.claims.unclaimed import Unclaimed
from refusion.workflow.losses.follow import apply_dispensation, kept_letter, name_owner, record_dispensation
from refusion.workflow.losses.sweep import sweep
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


class LossVerbs(ABC):
    """What may be done about kroner that were not obtained."""

    ports: Ports

    def name_loss_owner(self, actor: Actor, institution: str, number: int, owner: str) -> None:
        """Name who follows a loss."""
        self._require(actor, "follow_loss")
        name_owner(self.ports, actor, institution, number, owner)

    def apply_dispensation(self, actor: Actor, institution: str, number: int, *, ground: str, reason: str) -> Letter:
        """Apply for dispensation from a deadline; give the letter."""
        self._require(actor, "excuse_loss")
        return apply_dispensation(self.ports, actor, institution, number, Plea(ground, reason))

    def record_dispensation(self, actor: Actor, institution: str, number: int, *, granted: bool, document: str) -> None:
        """Record what the authority answered; what is granted is claimed anew."""
        self._require(actor, "excuse_loss")
        record_dispensation(self.ports, actor, institution, number, granted=granted, document=document)

    def dispensation_letter(self, actor: Actor, institution: str, number: int) -> Letter:
        """Give the letter that a loss was applied with, as it was."""
        self._require(actor, "excuse_loss")
        return kept_letter(self.ports, actor, institution, number)

    def sweep(
        self,
        actor: Actor,
        institution: str,
        since: date,
        tell: Callable[[str, int], None] = lambda _step, _count: None,
        *,
        only_look: bool = False,
    ) -> tuple[Unclaimed, ...]:
        """Find what history since a day gave a right to and nobody claimed."""
        self._require(actor, "sweep")
        return sweep(self.ports, actor, institution, since, tell, only_look=only_look)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where the actor's roles do not carry the duty."""
