"""Reads the claims of some months as the rows that reports are made of."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from refusion.reports.rows import ClaimLine
from refusion.store.reads.rows import rows
from refusion.values.period import Period

MOST_LINES = 100_000

_LINES = """
    SELECT c.person_id, v.first_day, v.last_day, c.number, cl.number, p.name, coalesce(e.unit, ''), c.kind, cl.requested_on,
           v.refund + v.supplement, cl.decided, cl.received, cl.state, coalesce(m.reason, ''), v.request_by
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT b.reason FROM bank_match b
        WHERE b.institution_id = cl.institution_id AND b.claim_id = cl.id ORDER BY b.matched_on DESC LIMIT 1
    ) m ON true
    WHERE v.first_day <= %(last)s AND v.last_day >= %(first)s AND cl.state NOT IN ('annulled', 'dropped')
    ORDER BY v.first_day, cl.number LIMIT %(most)s
"""

def claim_lines(first: date, last: date) -> tuple[tuple[UUID, ClaimLine], ...]:
    """Give the claims whose period touches the days, each with its person; annulled and dropped ones are left out."""
    return rows(_line, _LINES, {"first": first, "last": last, "most": MOST_LINES})


def _line(person: UUID, first: date, last: date, *facts: Any) -> tuple[UUID, ClaimLine]:
    case, claim, name, unit, kind, *rest = facts
    return person, ClaimLine(case, claim, name, unit, kind, Period(first, last), *rest)
