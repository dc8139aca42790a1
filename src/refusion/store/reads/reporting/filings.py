"""Reads when accepted notifications and claims were signed, and by when they were due."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from refusion.reports.rows import FilingLine
from refusion.store.reads.rows import rows
from refusion.values.period import Period

MOST_LINES = 100_000
# The filing's own version of the claim: what was signed then, not what a later correction says.
_FILED = """
    SELECT p.id, coalesce(v.first_day, c.refund_from), coalesce(v.last_day, greatest(c.last_absence_day, c.refund_from), c.refund_from),
           c.number, cl.number, p.name, coalesce(e.unit, ''), c.kind, f.kind, c.first_absence_day, c.last_absence_day,
           coalesce(v.request_by, f.deadline), (f.signed_at AT TIME ZONE %(zone)s)::date, c.known_on
    FROM filing f
    JOIN refund_case c ON c.institution_id = f.institution_id AND c.id = f.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN claim cl ON cl.institution_id = f.institution_id AND cl.id = f.subject_id
    LEFT JOIN claim_version v ON v.institution_id = f.institution_id AND v.claim_id = f.subject_id AND v.version = f.version
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
                                  AND e.superseded_at IS NULL
    WHERE f.kind IN ('notification', 'claim') AND f.state = 'accepted' AND f.signed_at IS NOT NULL
      AND coalesce(v.first_day, c.refund_from) <= %(last)s
      AND coalesce(v.last_day, greatest(c.last_absence_day, c.refund_from), c.refund_from) >= %(first)s
    ORDER BY f.signed_at, c.number, cl.number LIMIT %(most)s
"""


def filing_lines(first: date, last: date, zone: str) -> tuple[tuple[UUID, FilingLine], ...]:
    """Give the accepted reports whose days touch the period, each with its person; ``zone`` is the authority's."""
    return rows(_line, _FILED, {"first": first, "last": last, "zone": zone, "most": MOST_LINES})


def _line(person: UUID, first: date, last: date, *facts: Any) -> tuple[UUID, FilingLine]:
    case, claim, name, unit, kind, filed, first_absence_day, last_absence_day, *days = facts
    return person, FilingLine(case, claim, name, unit, kind, filed, first_absence_day, last_absence_day, Period(first, last), *days)
