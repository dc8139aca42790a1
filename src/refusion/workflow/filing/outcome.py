"""What follows from the authority's answer to a report, in the one transaction that stores the receipt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from refusion.cases.facts import NO_NOTICE, Case
from refusion.cases.facts import State as CaseState
from refusion.cases.states import Event as CaseEvent
from refusion.claims.answers import claim_answers
from refusion.claims.facts import LossCause
from refusion.claims.filing import MOVES, Event, Filing, Kind
from refusion.claims.states import Event as ClaimEvent
from refusion.claims.states import moved
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Said, said
from refusion.watch.facts import Kind as TaskKind
from refusion.workflow.cases.meet import meet, meet_payroll
from refusion.workflow.claims.lose import keep_loss
from refusion.workflow.claims.review import review_claims
from refusion.workflow.ledger.post import pre_register_claim
from refusion.workflow.payroll.knowing import known_of
from refusion.workflow.ports.authority import Accepted, Found, FoundOther, Rejected
from refusion.workflow.ports.work import Transaction
from refusion.workflow.settlements.compare import learn_decided
from refusion.workflow.tasks.ask import task_id, tell_foreign, tell_refused

# 1103: the authority has not fetched the report that this one changes; it will have by the next day.
NOT_FETCHED_YET = "1103"
NEXT_DAY = timedelta(days=1)


def learn(tx: Transaction, filing: Filing, outcome: Accepted | Rejected) -> None:
    """Learn a definite yes or no to an attempt."""
    if isinstance(outcome, Accepted):
        tx.outbox.end_attempt(filing.id, filing.attempts, tx.at.now, "accepted")
        _accept(tx, filing, Event.YES, outcome)
    elif outcome.code == NOT_FETCHED_YET:
        tx.outbox.end_attempt(filing.id, filing.attempts, tx.at.now, "not_yet", outcome.code)
        waiting = replace(filing, state=MOVES[filing.state, Event.NOT_YET], next_try_at=tx.at.now + NEXT_DAY)
        tx.outbox.keep(replace(waiting, due_on=tx.at.day + ONE_DAY))
    else:
        refuse(tx, filing, outcome.code, said("watch.refused_by_authority", kind=filing.kind.value, code=outcome.code, text=outcome.text))


def adopt(tx: Transaction, filing: Filing, found: Found) -> None:
    """Adopt the receipt of a report that the authority turned out to hold with the same content."""
    _accept(tx, filing, Event.FOUND, Accepted(found.receipt, found.authority_id, found.signed_at))


def learn_foreign(tx: Transaction, filing: Filing, found: FoundOther) -> None:
    """Leave a report to a person: the authority holds other content under our intent."""
    state = MOVES[filing.state, Event.FOUND_OTHER]
    tx.outbox.keep(replace(filing, state=state, receipt=found.receipt, authority_id=found.authority_id))
    tell_foreign(tx, filing)


def _accept(tx: Transaction, filing: Filing, event: Event, yes: Accepted) -> None:
    accepted = replace(
        filing,
        state=MOVES[filing.state, event],
        receipt=yes.receipt,
        authority_id=yes.authority_id,
        signed_at=yes.signed_at,
    )
    tx.outbox.keep(accepted)
    tx.tasks.close(task_id(tx, TaskKind.ANSWER_UNKNOWN, filing.case, str(filing.id)), tx.at.day, tx.actor.name)
    ACCEPTED[filing.kind](tx, accepted, yes.signed_at)


def _notification_accepted(tx: Transaction, filing: Filing, signed_at: datetime) -> None:
    case = tx.cases.find(filing.case)
    case = replace(
        case,
        authority_id=filing.authority_id,
        notified_on=tx.at.day_of(signed_at),
        told_last_day=last_day_told(filing),
    )
    _lose_what_came_late(tx, case)
    meet_payroll(tx, meet(tx, case, CaseEvent.ACCEPTED))


def _lose_what_came_late(tx: Transaction, case: Case) -> None:
    """A notification after its legal day reaches only the day it was given (SDL § 40 (2)); leave has none."""
    notified = case.notified_on
    if case.kind in NO_NOTICE or notified is None or notified <= case.notify_by or notified <= case.refund_from:
        return
    last = min(notified - ONE_DAY, case.last_absence_day or notified)
    if last >= case.refund_from:
        lost = Period(case.refund_from, last)
        keep_loss(tx, case, lost, claim_answers(1, lost, known_of(tx, case), case.kind), LossCause.LATE_NOTIFICATION)


def _claim_accepted(tx: Transaction, filing: Filing, signed_at: datetime) -> None:
    claim = moved(tx.claims.find(filing.subject), ClaimEvent.RECEIVED)
    first_requested = claim.requested_on if claim.version > 1 else None
    claim = replace(
        claim, authority_id=filing.authority_id, requested_on=first_requested or tx.at.day_of(signed_at), decided=None
    )
    tx.claims.keep(claim, tx.at.now)
    case = tx.cases.find(filing.case)
    pre_register_claim(tx, case, claim, claim.expected.total)
    # The decision may have come before we knew that the claim was taken.
    learn_decided(tx, claim)
    review_claims(tx, case)


def _told_accepted(tx: Transaction, filing: Filing, _signed_at: datetime) -> None:
    """Note which last absence day the authority knows now; what payroll said meanwhile comes next."""
    told = last_day_told(filing)
    meet_payroll(tx, replace(tx.cases.find(filing.case), told_last_day=told))


def last_day_told(filing: Filing) -> date | None:
    """Read the last absence day that a notification, its correction or a recovery tells."""
    content = json.loads(filing.content)
    told = content.get("content", content).get("last_absence_day")
    return date.fromisoformat(told) if told else None


def _correction_accepted(tx: Transaction, filing: Filing, signed_at: datetime) -> None:
    if filing.subject == filing.case:
        _told_accepted(tx, filing, signed_at)
    else:
        _claim_accepted(tx, filing, signed_at)


def _annulment_accepted(tx: Transaction, filing: Filing, _signed_at: datetime) -> None:
    case = tx.cases.find(filing.case)
    if filing.subject == filing.case:
        case = replace(case, authority_id=None, notified_on=None, told_last_day=None)
        meet_payroll(tx, meet(tx, case, CaseEvent.ANNULMENT_ACCEPTED))
        return
    claim = moved(tx.claims.find(filing.subject), ClaimEvent.RECEIVED)
    tx.claims.keep(claim, tx.at.now)
    pre_register_claim(tx, case, claim, 0)
    if case.state is CaseState.ANNULLING:
        meet(tx, case, CaseEvent.WITHDRAWN)
    else:
        review_claims(tx, case)


def refuse(tx: Transaction, filing: Filing, code: str, why: Said) -> None:
    """Learn a definite no, the authority's or our own where a report cannot even be written; a person is told why."""
    tx.outbox.end_attempt(filing.id, filing.attempts, tx.at.now, "rejected", code)
    tx.outbox.keep(replace(filing, state=MOVES[filing.state, Event.NO], answer_code=code))
    if filing.subject != filing.case:
        tx.claims.keep(moved(tx.claims.find(filing.subject), ClaimEvent.REFUSED), tx.at.now)
    elif filing.kind in (Kind.NOTIFICATION, Kind.ANNULMENT):
        meet(tx, tx.cases.find(filing.case), CaseEvent.REJECTED)
    tell_refused(tx, filing, why)


ACCEPTED: Mapping[Kind, Callable[[Transaction, Filing, datetime], None]] = MappingProxyType({
    Kind.NOTIFICATION: _notification_accepted,
    Kind.CLAIM: _claim_accepted,
    Kind.RECOVERY: _told_accepted,
    Kind.CORRECTION: _correction_accepted,
    Kind.ANNULMENT: _annulment_accepted,
})
