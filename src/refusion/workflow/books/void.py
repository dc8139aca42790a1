"""Take a wrong posting back: one person proposes it with a reason, another approves exactly that, and a new entry undoes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from refusion.ledger import Cause, reverse, standing
from refusion.ledger import Transaction as Booked
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.ports.books.repository import Void
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

APPROVED, WITHDRAWN = "approved", "withdrawn"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the entry number it is about and what would be taken back, in øre of debit."""

    void: Void
    entry: int
    amount: int


def propose_void(ports: Ports, actor: Actor, institution: str, entry: int, reason: str) -> Proposed:
    """Propose to take an entry back.

    Raises Refused without a reason, for an unknown entry, one that nothing is left of, and one that is proposed already.
    """
    if not reason.strip():
        raise Refused(said("books.reason_missing"))
    with ports.work(institution, actor) as tx:
        family = tx.books.family(tx.books.entry(entry))
        content = hash_of(family)
        before = sum(known.transaction == family[0].id for known, _ in tx.books.voids())
        void = Void(
            id=derived_id(tx.institution.namespace, "void", family[0].id, before),
            transaction=family[0].id,
            reason=reason.strip(),
            content_hash=content,
            proposed_by=actor.name,
            proposed_at=tx.at.now,
        )
        tx.books.propose_void(void)
        tx.audit.note("propose_void", str(void.transaction), {"entry": entry, "reason": void.reason, "content": content})
    return Proposed(void, entry, _debit(family))


def approve_void(ports: Ports, actor: Actor, institution: str, entry: int) -> Booked:
    """Approve what another person proposed: the entry is undone by a new one, which is given.

    Raises Refused when nothing is proposed, for the proposer himself, and when the entry changed since it was proposed.
    """
    with ports.work(institution, actor) as tx:
        void = tx.books.open_void(tx.books.entry(entry))
        if void.proposed_by == actor.name:
            raise Refused(said("books.void_own"))
        family = tx.books.family(void.transaction)
        content = hash_of(family)
        if content != void.content_hash:
            raise Refused(said("books.void_changed", entry=entry))
        cause = Cause(tx.institution.namespace, family[0].postings[0].claim, f"void {void.id}", tx.at.day, tx.at.now)
        undone = reverse(family[0], cause, family)
        tx.ledger.post(undone)
        tx.books.decide_void(replace(void, outcome=APPROVED, decided_by=actor.name, decided_at=tx.at.now), content)
        tx.audit.note("approve_void", str(void.transaction), {"entry": entry, "posted": undone.id, "content": content})
    return undone


def withdraw_void(ports: Ports, actor: Actor, institution: str, entry: int) -> None:
    """Withdraw an open proposal, one's own or another's; nothing is posted. Raises Refused when none is open."""
    with ports.work(institution, actor) as tx:
        void = tx.books.open_void(tx.books.entry(entry))
        tx.books.decide_void(replace(void, outcome=WITHDRAWN, decided_by=actor.name, decided_at=tx.at.now), None)
        tx.audit.note("withdraw_void", str(void.transaction), {"entry": entry})


def voids(ports: Ports, actor: Actor, institution: str) -> tuple[Proposed, ...]:
    """Give all proposals, open ones first; ``amount`` is what is left to take back, 0 when nothing is."""
    with ports.work(institution, actor) as tx:
        found = tx.books.voids()
        return tuple(Proposed(void, entry, _debit(tx.books.family(void.transaction))) for void, entry in found)


def hash_of(family: tuple[Booked, ...]) -> str:
    """Give the SHA-256 of what would be taken back of the first transaction. Raises Refused when nothing is left of it."""
    left = standing(family[0], family)
    if not left:
        raise Refused(said("ledger.reversed_before", reason=family[0].reason.value))
    lines = sorted((account, str(claim), amount) for (account, claim), amount in left.items())
    return sha256(repr((str(family[0].id), lines)).encode()).hexdigest()


def _debit(family: tuple[Booked, ...]) -> int:
    return sum(amount for amount in standing(family[0], family).values() if amount > 0)
