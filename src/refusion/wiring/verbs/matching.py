"""The verbs on what lies open between bank and claims, each under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from refusion.settlements.suggestions.facts import Suggestion
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports
from refusion.workflow.settlements import by_hand, write_off
from refusion.workflow.settlements.absorb_specification import SpecificationAbsorbed, absorb_specification
from refusion.workflow.settlements.board import Board, Proposal, board
from refusion.workflow.settlements.by_hand import Given


class MatchingVerbs(ABC):
    """What may be done about lines and claims that no evidence brought together."""

    ports: Ports

    def absorb_payments(
        self, actor: Actor, institution: str, name: str, raw: bytes, *, mapping: Path | None = None
    ) -> SpecificationAbsorbed:
        """Absorb a payer's payment specification."""
        self._require(actor, "absorb_bank")
        return absorb_specification(self.ports, actor, institution, name, raw, mapping=mapping)

    def matching_board(self, actor: Actor, institution: str) -> Board:
        """Give the open lines with what is known of them and what they may be for."""
        self._require(actor, "see_payments")
        return board(self.ports, actor, institution)

    def write_offs(self, actor: Actor, institution: str, *, only_open: bool = True) -> tuple[Proposal, ...]:
        """Give the proposals to write off."""
        self._require(actor, "see_payments")
        return write_off.write_offs(self.ports, actor, institution, only_open=only_open)

    def accept_suggestion(self, actor: Actor, institution: str, line: int, code: str) -> Suggestion:
        """Match what is suggested for a line under a code."""
        self._require(actor, "match_payments")
        return by_hand.accept(self.ports, actor, institution, line, code)

    def match_by_hand(self, actor: Actor, institution: str, given: Sequence[Given], reason: str) -> int:
        """Match lines with claims as a person says; give the øre."""
        self._require(actor, "match_payments")
        return by_hand.match_by_hand(self.ports, actor, institution, given, reason)

    def undo_match(self, actor: Actor, institution: str, line: int, reason: str, *, claim: int | None = None) -> int:
        """Take back a line's matches, or those with one claim; give the øre."""
        self._require(actor, "match_payments")
        return by_hand.undo(self.ports, actor, institution, line, reason, claim=claim)

    def park_line(self, actor: Actor, institution: str, line: int, *, reason: str, until: date) -> None:
        """Lay a line aside until a day."""
        self._require(actor, "match_payments")
        by_hand.park(self.ports, actor, institution, line, reason=reason, until=until)

    def propose_claim_write_off(self, actor: Actor, institution: str, claim: int, reason: str) -> int:
        """Propose to give up a claim's open difference; give the proposal's number."""
        self._require(actor, "propose_write_off")
        return write_off.propose_claim(self.ports, actor, institution, claim, reason)

    def propose_line_write_off(self, actor: Actor, institution: str, line: int, reason: str) -> int:
        """Propose to give up the rest of a line; give the proposal's number."""
        self._require(actor, "propose_write_off")
        return write_off.propose_line(self.ports, actor, institution, line, reason)

    def approve_write_off(self, actor: Actor, institution: str, number: int) -> int:
        """Approve somebody else's proposal; give the øre that left the receivable."""
        self._require(actor, "approve_write_off")
        return write_off.approve(self.ports, actor, institution, number)

    def withdraw_write_off(self, actor: Actor, institution: str, number: int) -> None:
        """Withdraw a proposal."""
        self._require(actor, "propose_write_off")
        write_off.withdraw(self.ports, actor, institution, number)

    def decline_write_off(self, actor: Actor, institution: str, number: int) -> None:
        """Say no to a proposal; nothing is given up."""
        self._require(actor, "approve_write_off")
        write_off.withdraw(self.ports, actor, institution, number)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
