"""Reads an institution's books whole, by business keys alone: no instant, no number from a sequence, nothing of a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db import connection

from refusion.store.audit import first_broken

Rows = list[tuple[object, ...]]

# A fund's case has no absence: its kind names it among those of its employment.
_CASE = "e.number || '/' || coalesce(a.number, c.kind)"
_JOIN_CASE = """
    JOIN refund_case c ON c.institution_id = {of}.institution_id AND c.id = {of}.{key}
    JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
    LEFT JOIN absence a ON a.institution_id = c.institution_id AND a.id = c.absence_id
"""
# An annulled claim keeps its sequence and the one in its place has the same, so the id, which names the case, the
# sequence and how many went before, stands beside it.
_CLAIM = f"{_CASE} || '/' || cl.sequence || '/' || cl.id"
_OF_CLAIM = _JOIN_CASE.format(of="cl", key="case_id")
_SIGNED_ON = "(f.signed_at AT TIME ZONE 'Europe/Copenhagen')::date::text"

# Only names of this module are put together into these queries.
TABLES: Mapping[str, str] = MappingProxyType({
    "cases": f"""
        SELECT {_CASE}, c.kind, c.state, c.first_absence_day::text, c.last_absence_day::text, c.refund_from::text,
               c.file_on::text, c.notify_by::text, c.opened_on::text, c.known_on::text, c.notified_on::text,
               c.told_last_day::text, c.authority_id, c.version
        FROM refund_case c
        JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
        LEFT JOIN absence a ON a.institution_id = c.institution_id AND a.id = c.absence_id""",  # noqa: S608 (our own names)
    "receipts": f"""
        SELECT {_CASE}, f.kind, f.subject_id::text, f.version, f.state, f.content_hash, f.due_on::text,
               f.deadline::text, f.at_stake, {_SIGNED_ON}, f.receipt, f.authority_id, f.answer_code, f.supersedes
        FROM filing f {_JOIN_CASE.format(of='f', key='case_id')}""",  # noqa: S608 (our own names)
    "claims": f"""
        SELECT {_CLAIM}, cl.version, cl.state, cl.requested_on::text, cl.authority_id, cl.decided, cl.received
        FROM claim cl {_OF_CLAIM}""",  # noqa: S608 (our own names)
    "claim_versions": f"""
        SELECT {_CLAIM}, v.version, v.first_day::text, v.last_day::text, v.request_by::text, v.answers::text,
               v.refund, v.supplement, v.estimated, md5(v.explanation::text), v.law_version, v.made_on::text
        FROM claim_version v JOIN claim cl ON cl.institution_id = v.institution_id AND cl.id = v.claim_id {_OF_CLAIM}""",  # noqa: S608 (our own names)
    "losses": f"""
        SELECT {_CASE}, l.first_day::text, l.last_day::text, l.amount, l.cause, l.certain_on::text, l.deadline::text,
               l.known_on::text
        FROM loss l {_JOIN_CASE.format(of='l', key='case_id')}""",  # noqa: S608 (our own names)
    "decisions": f"""
        SELECT {_CLAIM}, d.authority_id, d.claim_version, d.refund, d.supplement, d.pays, d.revises, d.reference,
               d.decided_on::text, d.pays_on::text, d.text
        FROM decision d JOIN claim cl ON cl.institution_id = d.institution_id AND cl.id = d.claim_id {_OF_CLAIM}""",  # noqa: S608 (our own names)
    "postings": f"""
        SELECT t.id::text, t.reason, t.happened_on::text, t.corrects_id::text, t.text_key, p.position, p.account,
               p.amount, (SELECT {_CLAIM} FROM claim cl {_OF_CLAIM}
                          WHERE cl.institution_id = p.institution_id AND cl.id = p.claim_id)
        FROM ledger_transaction t
        JOIN posting p ON p.institution_id = t.institution_id AND p.transaction_id = t.id""",  # noqa: S608 (our own names)
    "bank_lines": """
        SELECT l.key, l.account, l.currency, l.amount, l.booked_on::text, l.reference, l.payer, l.text, l.tray
        FROM bank_line l""",
    "matches": f"""
        SELECT l.key, {_CLAIM}, d.authority_id, m.amount, m.reason, m.matched_on::text
        FROM bank_match m
        JOIN bank_line l ON l.id = m.line_id
        LEFT JOIN decision d ON d.institution_id = m.institution_id AND d.id = m.decision_id
        JOIN claim cl ON cl.institution_id = m.institution_id AND cl.id = m.claim_id {_OF_CLAIM}""",  # noqa: S608 (our own names)
})
_UNANSWERED = "SELECT count(*) FROM filing_attempt WHERE ended_at IS NULL"
_TRAIL = """
    SELECT institution_id, sequence, at, actor, verb, subject, facts, previous_hash, hash FROM audit_entry ORDER BY sequence
"""
_EXPECTED = """
    SELECT cl.authority_id, v.refund + v.supplement
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE cl.state IN ('accepted', 'decided', 'differing', 'settled') AND cl.authority_id IS NOT NULL
"""
_UNBALANCED = "SELECT count(*) FROM (SELECT sum(amount) FROM posting GROUP BY transaction_id HAVING sum(amount) <> 0) x"


def books() -> Mapping[str, Rows]:
    """Give every table of the books, each sorted."""
    return {name: sorted(_rows(query), key=repr) for name, query in TABLES.items()}


def attempts_without_outcome() -> int:
    """Count the attempts of which nobody wrote down how they ended."""
    return _count(_UNANSWERED)


def unbalanced_transactions() -> int:
    """Count the transactions whose postings do not sum to nothing."""
    return _count(_UNBALANCED)


def expected_amounts() -> Mapping[str, int]:
    """Give what is expected of each accepted claim in its last version, øre by the authority's id."""
    return {str(claim): int(str(amount)) for claim, amount in _rows(_EXPECTED)}


def first_broken_line() -> int | None:
    """Give the number of the first line of the audit trail that does not follow from the one before; None when it holds."""
    lines = _rows(_TRAIL)
    return first_broken(int(str(lines[0][0])), [line[1:] for line in lines]) if lines else None


def _count(query: str) -> int:
    ((count,),) = _rows(query)
    return int(str(count))


def _rows(query: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
