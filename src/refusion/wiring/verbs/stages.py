"""Switching kinds of refund off, to pilot or live, under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod

from refusion.cases.stages import Stages
from refusion.workflow.cases.stages import Effect, Wanted, set_stage, stage_effect
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.stages import PilotLine
from refusion.workflow.ports.work import Ports


class StageVerbs(ABC):
    """What the house does about the stages of its kinds."""

    ports: Ports

    def stage_effect(self, actor: Actor, institution: str, wanted: Wanted) -> Effect:
        """Say what a switch would do, and change nothing."""
        self._require(actor, "set_stage")
        with self.ports.work(institution, actor) as tx:
            return stage_effect(tx, wanted)

    def set_stage(self, actor: Actor, institution: str, wanted: Wanted) -> Effect:
        """Switch a kind from a day on and give what that does."""
        self._require(actor, "set_stage")
        return set_stage(self.ports, actor, institution, wanted)

    def stages(self, actor: Actor, institution: str) -> Stages:
        """Give everything that was said of the kinds, in order."""
        self._require(actor, "see_stages")
        with self.ports.work(institution, actor) as tx:
            return tx.stages.said()

    def pilot_lines(self, actor: Actor, institution: str) -> tuple[PilotLine, ...]:
        """Give the drafts of the kinds on pilot beside what others' reports of the same days were decided."""
        self._require(actor, "see_stages")
        with self.ports.work(institution, actor) as tx:
            return tx.stages.pilot_lines()

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
