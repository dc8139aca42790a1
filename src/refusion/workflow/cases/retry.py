"""Try again what an authority refused, once a person has put right what was wrong."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from refusion.cases.facts import State
from refusion.cases.states import Event
from refusion.claims.facts import State as ClaimState
from refusion.claims.states import Event as ClaimEvent
from refusion.values.said import Refused, said
from refusion.workflow.cases.meet import meet
from refusion.workflow.claims.review import moved, review_claims
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def retry_refused(ports: Ports, actor: Actor, institution: str, case: UUID) -> None:
    """File a refused notification, or a case's refused claims, anew with today's answers; closes the tasks about it.

    Raises Refused when nothing of the case was refused.
    """
    with ports.work(institution, actor) as tx:
        found = tx.cases.find(case)
        refused = [claim for claim in tx.claims.of_case(case) if claim.state is ClaimState.REJECTED]
        if found.state is not State.STOPPED and not refused:
            raise Refused(said("cases.nothing_refused"))
        tx.tasks.close_for(case=case, day=tx.at.day, by=actor.name)
        if found.state is State.STOPPED:
            meet(tx, found, Event.FILING_DAY)
        for claim in refused:
            draft = moved(claim, ClaimEvent.REDRAFTED)
            tx.claims.keep(replace(draft, version=claim.version + 1), tx.at.now)
        review_claims(tx, found)
        tx.audit.note("retry_refused", str(case), {"claims": len(refused)})
