"""The verbs on what waits: colleagues away, settings, orders at the service centre, stops of benefit, approved answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date, datetime
from uuid import UUID

from refusion.claims.answer_rules import AnswerRule
from refusion.watch.orders import Order
from refusion.watch.stops import Stop
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports
from refusion.workflow.watch import orders, rules, stops
from refusion.workflow.watch.climb import note_away, withdraw_away
from refusion.workflow.watch.rules import Proposal
from refusion.workflow.watch.settings import Change, Foreseen, change_settings, foresee_settings
from refusion.workflow.watch.stops import Stopped


class WatchingVerbs(ABC):
    """What may be done so that nothing waits unseen."""

    ports: Ports

    def note_away(self, actor: Actor, institution: str, person: str, *, first: date, last: date) -> UUID:
        """Note a colleague's days away; what waits for them goes to the next one. Gives the id to take it back by."""
        self._require(actor, "note_away")
        return note_away(self.ports, actor, institution, person, (first, last))

    def withdraw_away(self, actor: Actor, institution: str, id: UUID) -> None:
        """Take a colleague's days away back."""
        self._require(actor, "note_away")
        withdraw_away(self.ports, actor, institution, id)

    def foresee_settings(self, actor: Actor, institution: str, change: Change) -> Foreseen:
        """Tell what a change of settings would move; nothing is saved."""
        self._require(actor, "change_settings")
        return foresee_settings(self.ports, actor, institution, change)

    def change_settings(self, actor: Actor, institution: str, change: Change) -> Foreseen:
        """Change settings and what hangs on them."""
        self._require(actor, "change_settings")
        return change_settings(self.ports, actor, institution, change)

    def order_sent(self, actor: Actor, institution: str, order: UUID, reference: str) -> Order:
        """Note that an order was sent to the service centre."""
        self._require(actor, "follow_order")
        return orders.order_sent(self.ports, actor, institution, order, reference)

    def order_received(self, actor: Actor, institution: str, order: UUID, receipt: str) -> Order:
        """Note the service centre's receipt."""
        self._require(actor, "follow_order")
        return orders.order_received(self.ports, actor, institution, order, receipt)

    def order_returned(self, actor: Actor, institution: str, order: UUID, because: str) -> Order:
        """Note that the service centre sent an order back; a new one is made at once."""
        self._require(actor, "follow_order")
        return orders.order_returned(self.ports, actor, institution, order, because)

    def order_filed(
        self, actor: Actor, institution: str, order: UUID, *, receipt: str, authority_id: str, signed_at: datetime
    ) -> Order:
        """Note the authority's receipt of what the centre filed; the case goes on as if the house had filed it."""
        self._require(actor, "follow_order")
        return orders.order_filed(self.ports, actor, institution, order, (receipt, authority_id), signed_at=signed_at)

    def note_stop(self, actor: Actor, institution: str, case: UUID, told: Stopped) -> Stop:
        """Note a municipality's stop of a case's benefit."""
        self._require(actor, "note_stop")
        return stops.note_stop(self.ports, actor, institution, case, told)

    def lift_stop(self, actor: Actor, institution: str, case: UUID, resumed_from: date, *, document: str) -> Stop:
        """Note that a case's benefit goes on from a day."""
        self._require(actor, "note_stop")
        return stops.lift_stop(self.ports, actor, institution, case, resumed_from, document=document)

    def propose_rule(self, actor: Actor, institution: str, proposal: Proposal) -> AnswerRule:
        """Propose an answer that holds once for all."""
        self._require(actor, "propose_rule")
        return rules.propose_rule(self.ports, actor, institution, proposal)

    def approve_rule(self, actor: Actor, institution: str, number: int, content_hash: str) -> AnswerRule:
        """Approve a rule that somebody else proposed, in the words that were shown."""
        self._require(actor, "approve_rule")
        return rules.approve_rule(self.ports, actor, institution, number, content_hash)

    def withdraw_rule(self, actor: Actor, institution: str, number: int) -> AnswerRule:
        """Withdraw a rule."""
        self._require(actor, "propose_rule")
        return rules.withdraw_rule(self.ports, actor, institution, number)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
