"""Reads the days of one case: its deadlines in both layers and the proof of each report by its signing time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.store.reads.rows import one, rows
from refusion.store.reads.waits.at_risk import IS_PARTIAL
from refusion.watch.deadlines import Deadline, to_notify, to_request

_CASE = """
    SELECT c.id, c.person_id, c.kind, c.first_absence_day, c.last_absence_day, c.notify_by, c.notified_on
    FROM refund_case c WHERE c.number = %(number)s
"""
_CLAIMS = f"""
    SELECT cl.id, cl.number, v.first_day, v.last_day, v.request_by, cl.state, v.refund + v.supplement, {IS_PARTIAL}
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE cl.case_id = %(case)s AND cl.state <> ALL (ARRAY['annulled', 'dropped']) ORDER BY cl.sequence
"""  # noqa: S608 (our own text)
_REPORTS = """
    SELECT f.kind, f.state, f.deadline, f.signed_at, coalesce(f.receipt, ''), f.subject_id, s.order_by, s.sent_on, coalesce(s.receipt, '')
    FROM filing f LEFT JOIN LATERAL (
        SELECT o.order_by, o.sent_on, o.receipt FROM service_order o
        WHERE o.institution_id = f.institution_id AND o.filing_id = f.id ORDER BY o.number DESC LIMIT 1
    ) s ON true
    WHERE f.case_id = %(case)s ORDER BY f.position
"""


@dataclass(frozen=True, slots=True)
class ClaimDays:
    """A claim with its deadlines; øre expected."""

    id: UUID
    number: int
    first_day: date
    last_day: date
    state: str
    expected: int
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class ReportDays:
    """A report with the law's last day and its signing time; and, where the centre was asked, the centre's day and the order's."""

    kind: str
    state: str
    legal_day: date
    signed_at: datetime | None
    receipt: str
    subject: UUID
    order_by: date | None
    sent_on: date | None
    order_receipt: str


@dataclass(frozen=True, slots=True)
class CaseDays:
    """One case's days: what must be told by when, in both layers, and what was."""

    id: UUID
    person: UUID
    notified_on: date | None
    deadlines: tuple[Deadline, ...]
    claims: tuple[ClaimDays, ...] = ()
    reports: tuple[ReportDays, ...] = ()


def case_days(number: int) -> CaseDays | None:
    """Give the days of the case of that number; None where there is none."""
    case = one(_case, _CASE, {"number": number})
    if case is None:
        return None
    claims = rows(_claim, _CLAIMS, {"case": case.id})
    return CaseDays(case.id, case.person, case.notified_on, case.deadlines, claims, rows(ReportDays, _REPORTS, {"case": case.id}))


def _case(id: UUID, person: UUID, kind: str, *days: Any) -> CaseDays:
    first, last, notify_by, notified_on = days
    return CaseDays(id, person, notified_on, to_notify(Kind(kind), first, last, notify_by))


def _claim(id: UUID, number: int, first: date, last: date, *rest: Any) -> ClaimDays:
    request_by, state, expected, partial = rest
    return ClaimDays(id, number, first, last, state, expected, to_request(last, request_by, partial))
