"""Journal exports: what has not gone to a target yet, and each batch with the very bytes that were given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from refusion.store.columns import said_from
from refusion.store.tenant import Row, Tenant, insert
from refusion.workflow.ports.books.journal import Batch, BookedLine

# Others who export wait here, so that two batches never get the same number.
_HOLD = "SELECT pg_advisory_xact_lock(1096107078, %(institution)s::int)"
_NEXT = "SELECT coalesce(max(number), 0) + 1 FROM journal_export WHERE institution_id = %(institution)s AND target = %(target)s"
_LINES = """
    SELECT t.position, p.position, t.happened_on, p.account, p.amount, t.reason, t.text_key, t.text_facts,
           cl.number, c.number, c.kind, wrong.position
    FROM ledger_transaction t
    JOIN posting p ON p.institution_id = t.institution_id AND p.transaction_id = t.id
    LEFT JOIN claim cl ON cl.institution_id = p.institution_id AND cl.id = p.claim_id
    LEFT JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    LEFT JOIN ledger_transaction wrong ON wrong.institution_id = t.institution_id AND wrong.id = t.corrects_id
    WHERE t.institution_id = %(institution)s AND t.happened_on BETWEEN %(first)s AND %(last)s AND NOT EXISTS (
        SELECT 1 FROM journal_exported x
        WHERE x.institution_id = t.institution_id AND x.target = %(target)s AND x.transaction_id = t.id)
    ORDER BY t.position, p.position
"""
_HEAD = "target, number, form, first_day, last_day, transactions, lines, debit, sha256"
_MADE = "made_by, made_at"
_KEEP = insert("journal_export", f"{_HEAD}, content, {_MADE}")
_HOLDS = """
    INSERT INTO journal_exported (institution_id, target, transaction_id, number)
    SELECT institution_id, %(target)s, id, %(number)s FROM ledger_transaction
    WHERE institution_id = %(institution)s AND position = ANY (%(entries)s)
"""
_WHOLE = f"SELECT {_HEAD}, content, {_MADE} FROM journal_export WHERE institution_id = %(institution)s AND target = %(target)s"  # noqa: S608 (our own names)
_SAME_DAYS = " AND first_day = %(first)s AND last_day = %(last)s ORDER BY number DESC LIMIT 1"
_HEADS = f"""
    SELECT {_HEAD}, ''::bytea, {_MADE} FROM journal_export WHERE institution_id = %(institution)s ORDER BY made_at DESC, target, number DESC
"""  # noqa: S608 (our own names)


def to_export(tenant: Tenant, target: str, first: date, last: date) -> tuple[int, tuple[BookedLine, ...]]:
    """Give the number of a target's next batch, and what happened on the days and never went there, by entry."""
    tenant.run(_HOLD)
    number = int(tenant.found(_NEXT, target=target)[0])
    return number, tuple(map(_line, tenant.rows(_LINES, target=target, first=first, last=last)))


def keep_batch(tenant: Tenant, batch: Batch, entries: Sequence[int]) -> None:
    """Keep a batch with what it holds; the key refuses a transaction that went to the target before."""
    tenant.run(
        _KEEP,
        target=batch.target,
        number=batch.number,
        form=batch.form,
        first_day=batch.first,
        last_day=batch.last,
        transactions=batch.transactions,
        lines=batch.lines,
        debit=batch.debit,
        sha256=batch.sha256,
        content=batch.content,
        made_by=batch.made_by,
        made_at=batch.made_at,
    )
    tenant.run(_HOLDS, target=batch.target, number=batch.number, entries=list(entries))


def batch(tenant: Tenant, target: str, number: int) -> Batch:
    """Give a batch with its bytes. Raises Refused when there is none."""
    return _batch(tenant.found(_WHOLE + " AND number = %(number)s", target=target, number=number))


def batch_of(tenant: Tenant, target: str, first: date, last: date) -> Batch | None:
    """Give the newest batch that was made for exactly these days, or None."""
    row = tenant.one(_WHOLE + _SAME_DAYS, target=target, first=first, last=last)
    return None if row is None else _batch(row)


def batches(tenant: Tenant) -> tuple[Batch, ...]:
    """Give all batches without their bytes, newest first."""
    return tuple(map(_batch, tenant.rows(_HEADS)))


def _batch(row: Row) -> Batch:
    facts = dict(zip((field.name for field in fields(Batch)), row, strict=True))
    return Batch(**{**facts, "content": bytes(facts["content"])})


def _line(row: Row) -> BookedLine:
    # The two columns of what the transaction says become one fact.
    entry, line, day, account, amount, reason, key, facts, claim, case, kind, corrects = row
    return BookedLine(entry, line, day, account, amount, reason, said_from(key, facts), claim, case, kind, corrects)
