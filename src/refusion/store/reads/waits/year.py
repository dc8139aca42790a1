"""Reads a year's claims, and cases without a claim yet, as the year's end places them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.claims.facts import State
from refusion.store.claims import answers_from_json
from refusion.store.reads.rows import rows
from refusion.store.reads.waits.at_risk import NOT_NOTIFIED, worth
from refusion.values.period import Period, last_of_month
from refusion.watch.year_end import YearLine

# The day it was in: with the service centre where it was ordered there, else with the authority.
_CLAIMS = """
    SELECT c.person_id, c.number, cl.number, p.name, coalesce(e.unit, ''), v.first_day, v.last_day, cl.state,
           v.refund + v.supplement, cl.received,
           coalesce(ordered.sent_on, CASE WHEN cl.state = ANY (%(waiting)s) THEN NULL ELSE cl.requested_on END),
           CASE WHEN cl.state = ANY (%(waiting)s) THEN v.answers::text ELSE '[]' END
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
        AND e.superseded_at IS NULL
    LEFT JOIN LATERAL (
        SELECT min(s.sent_on) AS sent_on FROM service_order s
        JOIN filing f ON f.institution_id = s.institution_id AND f.id = s.filing_id
        WHERE s.institution_id = cl.institution_id AND s.case_id = cl.case_id AND f.subject_id = cl.id AND s.state <> 'returned'
    ) ordered ON true
    WHERE v.first_day <= %(last)s AND v.last_day >= %(first)s AND cl.state <> ALL (%(gone)s) AND NOT c.pilot
    ORDER BY c.number, cl.sequence
"""
_CASES = """
    SELECT c.person_id, c.number, p.name, coalesce(e.unit, ''), c.kind, c.refund_from, c.last_absence_day
    FROM refund_case c JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    LEFT JOIN employment_version e ON e.institution_id = c.institution_id AND e.employment_id = c.employment_id
        AND e.superseded_at IS NULL
    WHERE c.state = ANY (%(states)s) AND c.authority_id IS NULL AND NOT c.pilot AND c.refund_from BETWEEN %(first)s AND %(last)s
      AND (c.last_absence_day IS NULL OR c.last_absence_day >= c.refund_from)
    ORDER BY c.number
"""
_WAITING = [State.DRAFTED.value, State.FILING.value, State.REJECTED.value]
_GONE = [State.ANNULLING.value, State.ANNULLED.value, State.DROPPED.value]


def year_lines(year: int) -> tuple[tuple[UUID, YearLine], ...]:
    """Give the claims that touch a year, and the first month of cases that are not notified, each with its person."""
    days = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    claims = rows(_of_claim, _CLAIMS, {**days, "waiting": _WAITING, "gone": _GONE})
    return (*claims, *rows(_of_case, _CASES, {**days, "states": NOT_NOTIFIED}))


def _of_claim(person: UUID, case: int, claim: int, name: str, unit: str, *rest: Any) -> tuple[UUID, YearLine]:
    first, last, state, expected, received, in_on, told = rest
    lacking = [answer for answer in answers_from_json(told) if answer.missing]
    fields, sources = tuple(answer.field for answer in lacking), frozenset(answer.source for answer in lacking)
    return person, YearLine(case, claim, name, unit, Period(first, last), State(state), expected, received, in_on, fields, sources)


def _of_case(person: UUID, case: int, name: str, unit: str, kind: str, *days: Any) -> tuple[UUID, YearLine]:
    refund_from, last = days
    month = Period(refund_from, min(last_of_month(refund_from), last or last_of_month(refund_from)))
    return person, YearLine(case, None, name, unit, month, State.DRAFTED, worth(refund_from, last, Kind(kind)), 0, None)
