"""Reads the money that is still to come, and how long the last payments took."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from refusion.reports.rows import History, IncomingLine
from refusion.store.reads.rows import rows
from refusion.values.period import Period

MOST_LINES = 100_000
LOOKED_BACK = 500
_WAITING = """
    SELECT p.id, v.first_day, v.last_day, c.number, cl.number, p.name, coalesce(e.unit, ''), c.kind, cl.requested_on,
           v.refund + v.supplement, cl.decided, cl.received, d.decided_on, d.pays_on
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT one.decided_on, one.pays_on FROM decision one
        WHERE one.institution_id = cl.institution_id AND one.claim_id = cl.id ORDER BY one.position DESC LIMIT 1
    ) d ON true
    WHERE cl.requested_on IS NOT NULL AND cl.state IN ('accepted', 'decided', 'differing', 'correcting')
      AND v.first_day <= %(last)s AND v.last_day >= %(first)s AND coalesce(cl.decided, v.refund + v.supplement) <> cl.received
    ORDER BY cl.requested_on, cl.number LIMIT %(most)s
"""
_PAID = """
    SELECT l.booked_on - cl.requested_on, l.booked_on - d.decided_on
    FROM bank_match m
    JOIN bank_line l ON l.id = m.line_id
    JOIN claim cl ON cl.institution_id = m.institution_id AND cl.id = m.claim_id
    LEFT JOIN decision d ON d.institution_id = m.institution_id AND d.id = m.decision_id
    WHERE m.amount > 0 AND cl.requested_on <= l.booked_on
    ORDER BY l.booked_on DESC, cl.number DESC LIMIT %(most)s
"""


def incoming_lines(first: date, last: date) -> tuple[tuple[UUID, IncomingLine], ...]:
    """Give the filed claims of the days on which money is still to come, each with its person."""
    return rows(_line, _WAITING, {"first": first, "last": last, "most": MOST_LINES})


def history() -> History:
    """Give how many days the last payments took, the newest first."""
    found = rows(lambda *days: days, _PAID, {"most": LOOKED_BACK})
    return History(tuple(days for days, _ in found), tuple(days for _, days in found if days is not None and days >= 0))


def _line(person: UUID, first: date, last: date, *facts: Any) -> tuple[UUID, IncomingLine]:
    case, claim, name, unit, kind, *rest = facts
    return person, IncomingLine(case, claim, name, unit, kind, Period(first, last), *rest)
