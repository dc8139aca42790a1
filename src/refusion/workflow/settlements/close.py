"""Close a difference with the reason a person gives in words; what the books still expect is then booked as lost."""

from __future__ import annotations

from uuid import UUID

from refusion.claims.states import Event, moved
from refusion.values.said import Refused, said
from refusion.workflow.ledger.post import lose_what_waits
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def close_difference(ports: Ports, actor: Actor, institution: str, claim: UUID, reason: str) -> None:
    """Close the open difference of a claim.

    Raises Refused when it has none, the reason is empty, or it is more than one person alone may close: then one proposes to
    write it off and another approves.
    """
    with ports.work(institution, actor) as tx:
        if not reason.strip():
            raise Refused(said("claims.reason_missing"))
        found = tx.claims.find(claim)
        closed = moved(found, Event.DIFFERENCE_CLOSED)
        limit, difference = tx.institution.settings.close_alone_up_to, abs(found.difference or 0)
        if limit is not None and difference > limit:
            raise Refused(said("claims.close_needs_two", claim=found.number, difference_ore=difference, limit_ore=limit))
        tx.claims.keep(closed, tx.at.now)
        lost = lose_what_waits(tx, closed, f"closed {tx.at.day}")
        tx.tasks.close_for(claim=claim, day=tx.at.day, by=actor.name)
        tx.audit.note("close_difference", str(claim), {"reason": reason.strip(), "written_off": lost})
