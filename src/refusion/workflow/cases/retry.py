"""Try again what an authority refused, once a person has put right what was wrong."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from refusion.cases.facts import Case, State
from refusion.cases.states import Event
from refusion.claims.facts import State as ClaimState
from refusion.claims.states import Event as ClaimEvent
from refusion.claims.states import moved
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.cases.meet import meet, meet_payroll, payroll_event, refusals
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction


def retry_refused(ports: Ports, actor: Actor, institution: str, case: UUID) -> None:
    """File what was refused of a case anew, with today's answers, or take it back anew; closes the tasks about it.

    Raises Refused when nothing of the case was refused.
    """
    with ports.work(institution, actor) as tx:
        found = tx.cases.find(case)
        refused = [claim for claim in tx.claims.of_case(case) if claim.state is ClaimState.REJECTED]
        if found.state is not State.STOPPED and not refused and not refusals(tx, found):
            raise Refused(said("cases.nothing_refused"))
        for task in tx.tasks.open_tasks(case=case):
            if task.kind is TaskKind.REFUSED_BY_AUTHORITY:
                tx.tasks.close(task.id, tx.at.day, actor.name)
        for claim in refused:
            draft = moved(claim, ClaimEvent.REDRAFTED)
            tx.claims.keep(replace(draft, version=claim.version + 1), tx.at.now)
        _go_on(tx, found)
        tx.audit.note("retry_refused", str(case), {"claims": len(refused)})


def _go_on(tx: Transaction, case: Case) -> None:
    """Take the case on from where the refusal left it: to what payroll says of the absence today."""
    if case.state is State.ANNULLING:
        meet(tx, case, Event.WITHDRAWN)
    elif case.state is State.STOPPED and payroll_event(tx, case) is not Event.WITHDRAWN:
        if case.authority_id is None:
            meet(tx, case, Event.FILING_DAY)
        else:
            meet_payroll(tx, meet(tx, case, Event.ACCEPTED))
    else:
        meet_payroll(tx, case)
