"""Keep a share of a line for a claim, or take it back: the match, its postings, the claim's sum and the tasks it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from refusion.claims.states import Event, moved
from refusion.settlements.difference import explain_difference
from refusion.values.ids import derived_id
from refusion.watch.facts import Kind
from refusion.workflow.ledger.post import adjust_for_money, take_back_money
from refusion.workflow.ports.bank import Match
from refusion.workflow.ports.work import Transaction
from refusion.workflow.settlements.compare import TAKEN_BACK, compare
from refusion.workflow.tasks.ask import task_id, tell_difference

UNDONE = "settlements.undone"


@dataclass(frozen=True, slots=True)
class Share:
    """What a line gives a claim under a decision, in øre, with the reason; ``times`` counts what was made of it before."""

    line: UUID
    claim: UUID
    decision: UUID | None
    amount: int
    reason: str
    times: int = 0
    by: str = ""
    note: str = ""
    parts: tuple[UUID, ...] = ()


def keep_share(tx: Transaction, share: Share) -> None:
    """Match a share, book it, and close the tasks that its money answers. The claim is compared by the caller."""
    again = (share.times,) if share.times else ()
    kept = Match(
        id=derived_id(tx.institution.namespace, "match", share.line, share.claim, share.decision, *again),
        line=share.line,
        claim=share.claim,
        decision=share.decision,
        amount=share.amount,
        reason=share.reason,
        matched_on=tx.at.day,
        by=share.by,
        note=share.note,
        parts=share.parts,
    )
    tx.bank.keep_match(kept)
    tx.tasks.close(task_id(tx, Kind.LINE_UNMATCHED, share.line), tx.at.day, tx.actor.name)
    tx.tasks.close(task_id(tx, Kind.PAYMENT_LATE, share.claim, str(share.decision)), tx.at.day, tx.actor.name)
    claim = tx.claims.find(share.claim)
    received = tx.bank.matched(claim.id)
    is_last = received == sum(one.pays for one in tx.bank.decisions(claim.id))
    tx.claims.keep(replace(claim, received=received), tx.at.now)
    adjust_for_money(tx, claim, kept, is_last=is_last)


def take_back(tx: Transaction, match: Match, note: str) -> None:
    """Undo a match by an entry that takes it back, postings too; its claim stands open again and is compared anew."""
    undoing = replace(
        match,
        id=derived_id(tx.institution.namespace, "undo", match.id),
        amount=-match.amount,
        reason=UNDONE,
        matched_on=tx.at.day,
        by=tx.actor.name,
        note=note,
        undoes=match.id,
        parts=(),
    )
    tx.bank.keep_match(undoing)
    claim = tx.claims.find(match.claim)
    claim = replace(claim, received=tx.bank.matched(claim.id))
    take_back_money(tx, claim, match)
    if claim.decided is not None:
        reopened = moved(claim, Event.DECIDED)
        tx.claims.keep(reopened, tx.at.now)
        compare(tx, reopened)
        return
    owed = 0 if claim.state in TAKEN_BACK else claim.expected.total
    event = Event.MONEY_AS_EXPECTED if claim.received == owed else Event.MONEY_DIFFERS
    opened = moved(claim, event)
    tx.claims.keep(opened, tx.at.now)
    if claim.state is not opened.state:
        tell_difference(tx, opened, explain_difference(owed, None, claim.received))
