"""Reads what was filed on a case with every attempt and raw message, and what was booked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from refusion.store.columns import said_from
from refusion.store.reads.rows import MOST, rows
from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt to send a report; ``ended_at`` None: under way, or nobody knows."""

    filing: UUID
    number: int
    began_at: datetime
    ended_at: datetime | None
    outcome: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A raw message as sent or received; its bytes are opened on its own page."""

    filing: UUID
    id: UUID
    attempt: int | None
    direction: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report to the authority with its evidence."""

    id: UUID
    kind: str
    subject: UUID
    claim_number: int | None
    state: str
    due_on: date
    deadline: date
    at_stake: int
    intended_at: datetime
    signed_at: datetime | None
    receipt: str | None
    authority_id: str | None
    answer_code: str | None
    attempts: tuple[AttemptRow, ...] = ()
    messages: tuple[MessageRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """A raw message as it lies in the store, with the case and person that it is about."""

    id: UUID
    direction: str
    at: datetime
    sealed_raw: bytes
    case_number: int
    person: UUID


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One posting on a claim of the case, øre: debit positive, credit negative."""

    happened_on: date
    said: Said
    account: str
    amount: int


class _OfFiling(Protocol):
    @property
    def filing(self) -> UUID: ...


Part = TypeVar("Part", bound=_OfFiling)

_REPORTS = """
    SELECT f.id, f.kind, f.subject_id, cl.number, f.state, f.due_on, f.deadline, f.at_stake, f.intended_at, f.signed_at,
           f.receipt, f.authority_id, f.answer_code
    FROM filing f LEFT JOIN claim cl ON cl.institution_id = f.institution_id AND cl.id = f.subject_id
    WHERE f.case_id = %(case)s ORDER BY f.position DESC LIMIT %(most)s
"""
_ATTEMPTS = """
    SELECT a.filing_id, a.number, a.began_at, a.ended_at, a.outcome, a.error
    FROM filing_attempt a WHERE a.filing_id = ANY(%(filings)s::uuid[]) ORDER BY a.filing_id, a.number LIMIT %(most)s
"""
_MESSAGES = """
    SELECT m.filing_id, m.id, m.attempt, m.direction, m.at, m.size
    FROM message m WHERE m.filing_id = ANY(%(filings)s::uuid[]) ORDER BY m.position LIMIT %(most)s
"""
_MESSAGE = """
    SELECT m.id, m.direction, m.at, m.sealed_raw, c.number, c.person_id
    FROM message m
    JOIN filing f ON f.institution_id = m.institution_id AND f.id = m.filing_id
    JOIN refund_case c ON c.institution_id = f.institution_id AND c.id = f.case_id
    WHERE m.id = %(message)s
"""
_POSTINGS = """
    SELECT t.happened_on, t.text_key, t.text_facts::text, p.account, p.amount
    FROM claim cl
    JOIN posting p ON p.institution_id = cl.institution_id AND p.claim_id = cl.id
    JOIN ledger_transaction t ON t.institution_id = p.institution_id AND t.id = p.transaction_id
    WHERE cl.case_id = %(case)s ORDER BY t.position, p.position LIMIT %(most)s
"""
ALL_OF_A_CASE = MOST * 5


def reports(case: UUID) -> tuple[ReportRow, ...]:
    """Give what was or will be filed on the case, the newest first."""
    found = rows(ReportRow, _REPORTS, {"case": case, "most": MOST})
    asked = {"filings": [report.id for report in found], "most": ALL_OF_A_CASE}
    attempts = _by_filing(rows(AttemptRow, _ATTEMPTS, asked))
    messages = _by_filing(rows(MessageRow, _MESSAGES, asked))
    return tuple(
        replace(report, attempts=tuple(attempts[report.id]), messages=tuple(messages[report.id])) for report in found
    )


def message(id: UUID) -> SealedMessage | None:
    """Give a raw message, still sealed."""
    found = rows(SealedMessage, _MESSAGE, {"message": id})
    return found[0] if found else None


def postings(case: UUID) -> tuple[PostingRow, ...]:
    """Give the postings on the case's claims, oldest first."""
    return rows(_posting, _POSTINGS, {"case": case, "most": MOST})


def _posting(happened_on: date, key: str, facts: str, account: str, amount: int) -> PostingRow:
    return PostingRow(happened_on, said_from(key, facts), account, amount)


def _by_filing(parts: Iterable[Part]) -> dict[UUID, list[Part]]:
    sorted_out: dict[UUID, list[Part]] = defaultdict(list)
    for part in parts:
        sorted_out[part.filing].append(part)
    return sorted_out
