"""Give up the rest of a claim or of a line: one proposes it with a reason, another approves exactly that."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from uuid import UUID

from refusion.claims.facts import Claim
from refusion.claims.states import Event, moved
from refusion.ledger import outstanding
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.watch.facts import Kind
from refusion.workflow.ledger.post import claim_chart, lose_what_waits
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.matching import OpenLine, WriteOff
from refusion.workflow.ports.work import Ports, Transaction
from refusion.workflow.settlements.board import Proposal, proposals
from refusion.workflow.tasks.ask import task_id

APPROVED, WITHDRAWN = "approved", "withdrawn"


def propose_claim(ports: Ports, actor: Actor, institution: str, claim: int, reason: str) -> int:
    """Propose to give up the open difference of a claim; give the proposal's number.

    Raises Refused when the claim has no open difference, one is proposed already, or no reason is given.
    """
    with ports.work(institution, actor) as tx:
        found = tx.claims.find(tx.matching.claim(claim))
        moved(found, Event.DIFFERENCE_CLOSED)
        owed = found.expected.total - found.received
        return _propose(tx, WriteOff(_next_id(tx, found.id), None, found.id, None, owed, _reason(reason), "", actor.name, tx.at.now))


def propose_line(ports: Ports, actor: Actor, institution: str, line: int, reason: str) -> int:
    """Propose to give up the rest of a line, because it is no refund; give the proposal's number.

    Raises Refused when the line isn't open, one is proposed already, or no reason is given.
    """
    with ports.work(institution, actor) as tx:
        found = _open(tx, tx.matching.line(line))
        return _propose(tx, WriteOff(_next_id(tx, found.id), None, None, found.id, found.rest, _reason(reason), "", actor.name, tx.at.now))


def approve(ports: Ports, actor: Actor, institution: str, number: int) -> int:
    """Approve a proposal of somebody else as it was proposed; give the øre that left the receivable.

    A claim's difference is closed and what its books still expect is booked as lost. A line's rest is no refund: it
    leaves the open lines, and the books, in which it never stood, do not change. Raises Refused for one's own proposal,
    one that was decided, and where anything changed since: then it is proposed anew.
    """
    with ports.work(institution, actor) as tx:
        tx.matching.alone()
        found = _undecided(tx, number)
        if found.proposed_by == actor.name:
            raise Refused(said("settlements.write_off_own", number=number))
        if content_hash(tx, found) != found.content_hash:
            raise Refused(said("settlements.write_off_changed", number=number))
        decided = replace(found, outcome=APPROVED, decided_by=actor.name, decided_at=tx.at.now)
        tx.matching.decide(decided, content_hash(tx, found))
        lost = _close_claim(tx, found.claim, found) if found.claim else _close_line(tx, found)
        tx.audit.note("approve_write_off", str(found.id), {"number": number, "amount": found.amount, "lost": lost})
        return lost


def withdraw(ports: Ports, actor: Actor, institution: str, number: int) -> None:
    """Withdraw a proposal, one's own or another's; nothing is given up. Raises Refused when it was decided."""
    with ports.work(institution, actor) as tx:
        found = _undecided(tx, number)
        tx.matching.decide(replace(found, outcome=WITHDRAWN, decided_by=actor.name, decided_at=tx.at.now), None)
        tx.audit.note("withdraw_write_off", str(found.id), {"number": number})


def write_offs(ports: Ports, actor: Actor, institution: str, *, only_open: bool) -> tuple[Proposal, ...]:
    """Give the proposals, the open ones first."""
    with ports.work(institution, actor) as tx:
        return proposals(tx, only_open=only_open)


def content_hash(tx: Transaction, proposed: WriteOff) -> str:
    """Give the hash of all that a proposal rests on, as it stands now; anything that changes it asks for a new one."""
    standing = _claim_stands(tx, proposed.claim) if proposed.claim else _line_stands(tx, proposed.line)
    content = [str(proposed.id), str(proposed.amount), proposed.reason, *standing]
    return hashlib.sha256("\n".join(content).encode()).hexdigest()


def _claim_stands(tx: Transaction, claim: UUID) -> list[str]:
    found = tx.claims.find(claim)
    return [str(claim), found.state.value, str(found.version), str(found.expected.total), str(found.received), str(_waits(tx, found))]


def _waits(tx: Transaction, claim: Claim) -> int:
    booked = tx.ledger.of_claim(claim.id)
    return outstanding(booked, claim.id, claim_chart(tx, claim, booked))


def _line_stands(tx: Transaction, line: UUID | None) -> list[str]:
    found = {one.id: one for one in tx.matching.open_lines()}
    rest = found[line].rest if line in found else 0
    return [str(line), str(rest)]


def _propose(tx: Transaction, write_off: WriteOff) -> int:
    number = tx.matching.propose(replace(write_off, content_hash=content_hash(tx, write_off)))
    tx.audit.note("propose_write_off", str(write_off.id), {"number": number, "amount": write_off.amount, "reason": write_off.reason})
    return number


def _close_claim(tx: Transaction, claim: UUID, proposed: WriteOff) -> int:
    closed = moved(tx.claims.find(claim), Event.DIFFERENCE_CLOSED)
    tx.claims.keep(closed, tx.at.now)
    lost = lose_what_waits(tx, closed, f"write-off {proposed.id}")
    tx.tasks.close_for(claim=claim, day=tx.at.day, by=tx.actor.name)
    return lost


def _close_line(tx: Transaction, proposed: WriteOff) -> int:
    if proposed.line is not None:
        tx.tasks.close(task_id(tx, Kind.LINE_UNMATCHED, proposed.line), tx.at.day, tx.actor.name)
    return 0


def _undecided(tx: Transaction, number: int) -> WriteOff:
    found = tx.matching.write_off(number)
    if found.outcome is not None:
        raise Refused(said("settlements.write_off_decided", number=number, outcome=found.outcome))
    return found


def _open(tx: Transaction, line: UUID) -> OpenLine:
    found = next((one for one in tx.matching.open_lines() if one.id == line), None)
    if found is None:
        raise Refused(said("settlements.line_closed"))
    return found


def _next_id(tx: Transaction, subject: UUID) -> UUID:
    """Give a proposal's id by what it is about and how many there were before."""
    before = sum(subject in (one.claim, one.line) for one in tx.matching.write_offs(only_open=False))
    return derived_id(tx.institution.namespace, "write_off", subject, before)


def _reason(given: str) -> str:
    if not given.strip():
        raise Refused(said("settlements.no_reason"))
    return given.strip()
