"""Reads one case with its whole chain: what payroll told, what was answered, filed, decided, paid, booked and done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.claims.facts import Answer
from refusion.store.reads.case_claims import CaseClaim, DecisionRow, LineRow, LossRow, claims, decisions, lines, losses
from refusion.store.reads.case_reports import PostingRow, ReportRow, postings, reports
from refusion.store.reads.rows import MOST, one, rows
from refusion.store.reads.work_list import WorkRow, tasks_of_case


@dataclass(frozen=True, slots=True)
class CaseHead:
    """The case itself with its person and employment; ``weekly_hours`` in hundredths."""

    id: UUID
    number: int
    kind: str
    state: str
    first_absence_day: date
    last_absence_day: date | None
    refund_from: date
    file_on: date
    notify_by: date
    opened_on: date
    known_on: date
    notified_on: date | None
    told_last_day: date | None
    authority_id: str | None
    absence: UUID
    person: UUID
    name: str
    sealed_number: bytes
    employment: UUID
    employment_number: str
    employed_since: date | None
    employment_ends: date | None
    weekly_hours: int | None
    job_kind: str | None
    unit: str | None
    pilot: bool
    masked_number: str = ""


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One version of the absence as payroll told it."""

    version: int
    first_day: date
    last_day: date | None
    code: str
    partial_from: date | None
    withdrawn: bool
    recorded_at: datetime
    superseded_at: datetime | None
    file_name: str | None


@dataclass(frozen=True, slots=True)
class EnteredRow:
    """An answer that a person entered for the employment."""

    question: str
    value: str
    valid_from: date
    valid_until: date | None
    document: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A state that the case came to."""

    state: str
    because: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseChain:
    """All that the house holds on one case."""

    head: CaseHead
    spells: tuple[SpellRow, ...]
    entered: tuple[EnteredRow, ...]
    claims: tuple[CaseClaim, ...]
    decisions: tuple[DecisionRow, ...]
    lines: tuple[LineRow, ...]
    losses: tuple[LossRow, ...]
    reports: tuple[ReportRow, ...]
    postings: tuple[PostingRow, ...]
    tasks: tuple[WorkRow, ...]
    history: tuple[HistoryRow, ...]
    notification: tuple[Answer, ...] = ()


_HEAD = """
    SELECT c.id, c.number, c.kind, c.state, c.first_absence_day, c.last_absence_day, c.refund_from, c.file_on,
           c.notify_by, c.opened_on, c.known_on, c.notified_on, c.told_last_day, c.authority_id, coalesce(c.absence_id, c.id),
           p.id, p.name, p.sealed_number, e.id, e.number, v.employed_since, v.ends, v.weekly_hours, v.job_kind, v.unit, c.pilot
    FROM refund_case c
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    JOIN employment e ON e.institution_id = c.institution_id AND e.id = c.employment_id
    LEFT JOIN employment_version v ON v.institution_id = e.institution_id AND v.employment_id = e.id
                                  AND v.superseded_at IS NULL
    WHERE c.number = %(number)s
"""
_SPELLS = """
    SELECT a.version, a.first_day, a.last_day, a.code, a.partial_from, a.withdrawn, a.recorded_at, a.superseded_at, f.name
    FROM absence_version a
    LEFT JOIN raw_file f ON f.institution_id = a.institution_id AND f.id = a.file_id
    WHERE a.absence_id = %(absence)s ORDER BY a.version DESC LIMIT %(most)s
"""
_ENTERED = """
    SELECT question, value, valid_from, valid_until, document, entered_by, entered_at
    FROM entered_answer WHERE employment_id = %(employment)s ORDER BY position DESC LIMIT %(most)s
"""
_HISTORY = """
    SELECT state, because, "by", at FROM case_history WHERE case_id = %(case)s ORDER BY position DESC LIMIT %(most)s
"""


def case(number: int) -> CaseChain | None:
    """Give the case of a number with its whole chain; None when the institution has none."""
    head = one(CaseHead, _HEAD, {"number": number})
    return None if head is None else _chain(head)


def _chain(head: CaseHead) -> CaseChain:
    asked = {"case": head.id, "absence": head.absence, "employment": head.employment, "most": MOST}
    return CaseChain(
        head=head,
        spells=rows(SpellRow, _SPELLS, asked),
        entered=rows(EnteredRow, _ENTERED, asked),
        claims=claims(head.id),
        decisions=decisions(head.id),
        lines=lines(head.id),
        losses=losses(head.id),
        reports=reports(head.id),
        postings=postings(head.id),
        tasks=tasks_of_case(head.id, MOST),
        history=rows(HistoryRow, _HISTORY, asked),
    )
