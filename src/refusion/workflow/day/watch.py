"""Watch what waits: decisions that are overdue, and the books' own promises."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from refusion.claims.facts import State
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import tell_decision_late, tell_payment_late

# Authorities state up to four weeks of case handling (danish-counterparties §1.5); a week more and a person asks.
USUAL_DECISION = timedelta(days=35)
# A payment that has not come a week after its day was lost or went to another account.
USUAL_PAYMENT = timedelta(days=7)
TOLD_OTHERWISE = frozenset({State.DIFFERING, State.SETTLED})


def watch_decisions(tx: Transaction) -> int:
    """Tell of every accepted claim whose decision is overdue and that nobody was told of; give their number."""
    last = tx.at.day - USUAL_DECISION
    # A corrected claim waits from the day of its correction.
    told = _told(tx, Kind.DECISION_LATE)
    late = [claim for claim in tx.claims.awaiting_decision(last) if claim.made_on < last and claim.id not in told]
    for claim in late:
        tell_decision_late(tx, claim)
    if late:
        tx.audit.note("watch_decisions", tx.at.day.isoformat(), {"late": len(late)})
    return len(late)


def watch_payments(tx: Transaction) -> int:
    """Tell of every decision whose money is overdue and that nobody was told of; give their number.

    Money that comes later closes the task.
    """
    last = tx.at.day - USUAL_PAYMENT
    unpaid = [one for one in tx.bank.unpaid_decisions() if one.pays_on is not None and one.pays_on < last]
    told = _told(tx, Kind.PAYMENT_LATE)
    # What came wrong is shown as the claim's difference, and what was closed with a reason stays closed.
    standing = tx.claims.states([one.claim for one in unpaid])
    new = [one for one in unpaid if one.claim not in told and standing[one.claim] not in TOLD_OTHERWISE]
    late = [(tx.claims.find(one.claim), one) for one in new]
    for claim, decision in late:
        tell_payment_late(tx, claim, decision)
    if late:
        tx.audit.note("watch_payments", tx.at.day.isoformat(), {"late": len(late)})
    return len(late)


def _told(tx: Transaction, kind: Kind) -> set[UUID | None]:
    """Give the claims that an open task of the kind is about."""
    return {task.claim for task in tx.tasks.open_tasks() if task.kind is kind}


def prove_books(tx: Transaction) -> int:
    """Prove that the ledger sums to zero; raises Refused when it does not, and the day ends there. Gives 0."""
    imbalance = tx.ledger.imbalance()
    if imbalance:
        raise Refused(said("ledger.unbalanced", imbalance_ore=imbalance))
    return imbalance
