"""Reads a case's claims with the money that answered them: decisions, bank lines, losses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.claims.facts import Answer
from refusion.store.claims import answers_from_json
from refusion.store.reads.rows import MOST, rows


@dataclass(frozen=True, slots=True)
class CaseClaim:
    """One claim in its current version; money in øre."""

    id: UUID
    number: int
    sequence: int
    version: int
    state: str
    first_day: date
    last_day: date
    request_by: date
    refund: int
    supplement: int
    estimated: bool
    decided: int | None
    received: int
    requested_on: date | None
    authority_id: str | None
    written_answers: str

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Give the answers of this version, each with where it came from."""
        return answers_from_json(self.written_answers)

    @property
    def expected(self) -> int:
        """Add refund and supplement, in øre."""
        return self.refund + self.supplement

    @property
    def difference(self) -> int | None:
        """Expected less received, in øre; None before a decision."""
        return None if self.decided is None else self.expected - self.received


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision on one of the case's claims, in øre."""

    claim_number: int
    authority_id: str
    refund: int
    supplement: int
    pays: int
    revises: str | None
    reference: str
    decided_on: date
    pays_on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A bank line's share that belongs to one of the case's claims, in øre."""

    claim_number: int
    amount: int
    line_amount: int
    booked_on: date
    reference: str
    payer: str
    reason: str


@dataclass(frozen=True, slots=True)
class LossRow:
    """Øre of the case that are still lost."""

    first_day: date
    last_day: date
    amount: int
    cause: str
    certain_on: date
    deadline: date
    known_on: date


_CLAIMS = """
    SELECT cl.id, cl.number, cl.sequence, cl.version, cl.state, v.first_day, v.last_day, v.request_by, v.refund,
           v.supplement, v.estimated, cl.decided, cl.received, cl.requested_on, cl.authority_id, v.answers::text
    FROM claim cl
    JOIN claim_version v ON v.institution_id = cl.institution_id AND v.claim_id = cl.id AND v.version = cl.version
    WHERE cl.case_id = %(case)s ORDER BY v.first_day, cl.sequence, cl.number LIMIT %(most)s
"""
_DECISIONS = """
    SELECT cl.number, d.authority_id, d.refund, d.supplement, d.pays, d.revises, d.reference, d.decided_on, d.pays_on, d.text
    FROM claim cl JOIN decision d ON d.institution_id = cl.institution_id AND d.claim_id = cl.id
    WHERE cl.case_id = %(case)s ORDER BY d.position LIMIT %(most)s
"""
_LINES = """
    SELECT cl.number, m.amount, l.amount, l.booked_on, l.reference, l.payer, m.reason
    FROM claim cl
    JOIN bank_match m ON m.institution_id = cl.institution_id AND m.claim_id = cl.id
    JOIN bank_line l ON l.id = m.line_id
    WHERE cl.case_id = %(case)s ORDER BY l.booked_on, cl.number LIMIT %(most)s
"""
# What came after all is taken off, and days that were excused are claimed anew (`claims.losses.FollowedLoss.standing`).
_LOSSES = """
    SELECT l.first_day, l.last_day, l.amount - coalesce(s.back, 0)::bigint, l.cause, l.certain_on, l.deadline, l.known_on
    FROM loss l
    LEFT JOIN LATERAL (
        SELECT sum(one.amount) AS back, bool_or(one.step = 'granted') AS granted FROM loss_step one
        WHERE one.institution_id = l.institution_id AND one.loss_id = l.id
    ) s ON true
    WHERE l.case_id = %(case)s AND NOT coalesce(s.granted, false) AND l.amount > coalesce(s.back, 0)
    ORDER BY l.first_day LIMIT %(most)s
"""


def claims(case: UUID) -> tuple[CaseClaim, ...]:
    """Give the case's claims by period."""
    return rows(CaseClaim, _CLAIMS, {"case": case, "most": MOST})


def decisions(case: UUID) -> tuple[DecisionRow, ...]:
    """Give the decisions on the case's claims in the order in which we learned them."""
    return rows(DecisionRow, _DECISIONS, {"case": case, "most": MOST})


def lines(case: UUID) -> tuple[LineRow, ...]:
    """Give the bank lines that were matched with the case's claims."""
    return rows(LineRow, _LINES, {"case": case, "most": MOST})


def losses(case: UUID) -> tuple[LossRow, ...]:
    """Give what the case has lost."""
    return rows(LossRow, _LOSSES, {"case": case, "most": MOST})

