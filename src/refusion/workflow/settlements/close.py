"""Close a difference with the reason a person gives in words; what the books still expect is then booked as lost."""

from __future__ import annotations

from uuid import UUID

from refusion.claims.states import Event, moved
from refusion.values.said import Refused, said
from refusion.workflow.ledger.post import lose_what_waits
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def close_difference(ports: Ports, actor: Actor, institution: str, claim: UUID, reason: str) -> None:
    """Close the open difference of a claim; raises Refused when it has none or the reason is empty."""
    with ports.work(institution, actor) as tx:
        if not reason.strip():
            raise Refused(said("claims.reason_missing"))
        closed = moved(tx.claims.find(claim), Event.DIFFERENCE_CLOSED)
        tx.claims.keep(closed, tx.at.now)
        lost = lose_what_waits(tx, closed, f"closed {tx.at.day}")
        tx.tasks.close_for(claim=claim, day=tx.at.day, by=actor.name)
        tx.audit.note("close_difference", str(claim), {"reason": reason.strip(), "written_off": lost})
