"""Postings that somebody proposes to take back, and the transactions that they concern."""

from __future__ import annotations

from uuid import UUID

from refusion.ledger import Transaction
from refusion.store.ledger import transactions
from refusion.store.tenant import Tenant, insert
from refusion.values.said import Refused, said
from refusion.workflow.ports.books.repository import Void

_ENTRY = "SELECT id FROM ledger_transaction WHERE institution_id = %(institution)s AND position = %(number)s"
_FAMILY = """
    SELECT t.id, t.reason, t.happened_on, t.learned_at, t.corrects_id, t.text_key, t.text_facts, p.account, p.amount, p.claim_id
    FROM ledger_transaction t
    JOIN posting p ON p.institution_id = t.institution_id AND p.transaction_id = t.id
    WHERE t.institution_id = %(institution)s AND t.id IN (
        SELECT other.transaction_id FROM posting other WHERE other.institution_id = %(institution)s AND other.claim_id IN (
            SELECT own.claim_id FROM posting own WHERE own.institution_id = %(institution)s AND own.transaction_id = %(transaction)s))
    ORDER BY (t.id <> %(transaction)s), t.position, p.position
"""
_PROPOSED = "id, transaction_id, reason, content_hash, proposed_by, proposed_at"
_PROPOSE = insert("posting_void", _PROPOSED)
_OPEN = """
    SELECT 1 FROM posting_void WHERE institution_id = %(institution)s AND transaction_id = %(transaction)s AND outcome IS NULL
"""
_DECIDED = "outcome, decided_by, decided_at"
_ONE = f"""
    SELECT {_PROPOSED}, {_DECIDED} FROM posting_void WHERE institution_id = %(institution)s
        AND transaction_id = %(transaction)s AND outcome IS NULL
    FOR UPDATE
"""  # noqa: S608 (our own names)
_ALL = f"""
    SELECT {", ".join(f"v.{name}" for name in f"{_PROPOSED}, {_DECIDED}".split(", "))}, t.position FROM posting_void v
    JOIN ledger_transaction t ON t.institution_id = v.institution_id AND t.id = v.transaction_id
    WHERE v.institution_id = %(institution)s ORDER BY (v.outcome IS NOT NULL), v.proposed_at DESC, t.position
"""  # noqa: S608 (our own names)
_DECIDE = """
    UPDATE posting_void SET outcome = %(outcome)s, decided_by = %(by)s, decided_at = %(at)s, decided_hash = %(hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""


def entry(tenant: Tenant, number: int) -> UUID:
    """Give the transaction of an entry number. Raises Refused when there is none."""
    row = tenant.one(_ENTRY, number=number)
    if row is None:
        raise Refused(said("books.no_entry", number=number))
    found: UUID = row[0]
    return found


def family(tenant: Tenant, transaction: UUID) -> tuple[Transaction, ...]:
    """Give a transaction first, then all that touch the claims it touches, oldest first. Raises Refused for an unknown one."""
    found = tuple(transactions(tenant.rows(_FAMILY, transaction=transaction)))
    if not found:
        raise Refused(said("store.not_found"))
    return found


def propose(tenant: Tenant, void: Void) -> None:
    """Keep a proposal. Raises Refused when one for the same transaction is open."""
    if tenant.one(_OPEN, transaction=void.transaction):
        raise Refused(said("books.void_open"))
    tenant.run(
        _PROPOSE,
        id=void.id,
        transaction_id=void.transaction,
        reason=void.reason,
        content_hash=void.content_hash,
        proposed_by=void.proposed_by,
        proposed_at=void.proposed_at,
    )


def open_void(tenant: Tenant, transaction: UUID) -> Void:
    """Give the open proposal for a transaction and lock it. Raises Refused when there is none."""
    row = tenant.one(_ONE, transaction=transaction)
    if row is None:
        raise Refused(said("books.no_void"))
    return Void(*row)


def voids(tenant: Tenant) -> tuple[tuple[Void, int], ...]:
    """Give all proposals with the entry number they are about, open ones first, then the newest."""
    return tuple((Void(*row[:-1]), int(row[-1])) for row in tenant.rows(_ALL))


def decide(tenant: Tenant, decided: Void, decided_hash: str | None) -> None:
    """Keep who approved or withdrew a proposal; the database refuses the proposer's own approval and another content."""
    tenant.run(
        _DECIDE, id=decided.id, outcome=decided.outcome, by=decided.decided_by, at=decided.decided_at, hash=decided_hash
    )
