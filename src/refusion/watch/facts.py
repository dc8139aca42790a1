"""A task: something a person must see, with its kroner and its last safe day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from refusion.values.said import Said


class Kind(StrEnum):
    """What the matter is."""

    ANSWER_MISSING = "answer_missing"
    ANSWER_UNKNOWN = "answer_unknown"
    REFUSED_BY_AUTHORITY = "refused_by_authority"
    FOREIGN_FILING = "foreign_filing"
    REFUND_LOST = "refund_lost"
    DECISION_LATE = "decision_late"
    PAYMENT_LATE = "payment_late"
    DIFFERENCE = "difference"
    CORRECTION_LATE = "correction_late"
    LINE_UNMATCHED = "line_unmatched"
    PAYROLL_ROW = "payroll_row"
    BOOKS_DIFFER = "books_differ"
    UNCLAIMED = "unclaimed"
    ORDER_DUE = "order_due"
    ORDER_UNANSWERED = "order_unanswered"
    BENEFIT_STOPPED = "benefit_stopped"
    NAV_DIFFERENCE = "nav_difference"
    NAV_LINE_PARKED = "nav_line_parked"
    NAV_REPORT_REFUSED = "nav_report_refused"
    NAV_NOTICE = "nav_notice"
    NAV_PAY_BELOW = "nav_pay_below"
    NAV_CONTRACT_ENDS = "nav_contract_ends"
    NAV_DEADLINE = "nav_deadline"
    NAV_MAX_DATE = "nav_max_date"
    SAP_REJECTED = "sap_rejected"
    FUND_DUE = "fund_due"
    FUND_ANSWER = "fund_answer"
    STOPPED_PAYMENT = "stopped_payment"


class Turn(StrEnum):
    """Whose turn it is."""

    CASEWORKER = "caseworker"
    DEPUTY = "deputy"
    LEADER = "leader"
    ACCOUNTANT = "accountant"
    PAYROLL_OFFICER = "payroll_officer"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    ``at_stake`` is øre that can be lost or lie open; ``safe_day`` the last day on which doing it loses nothing for
    certain, ``legal_day`` the last day in law; both None where no date runs. ``question`` and ``about`` name the
    missing answer and the period it is asked for.
    """

    id: UUID
    kind: Kind
    said: Said
    turn: Turn
    at_stake: int
    opened_on: date
    safe_day: date | None = None
    legal_day: date | None = None
    case: UUID | None = None
    claim: UUID | None = None
    line: UUID | None = None
    question: str | None = None
    about: str | None = None
    done_on: date | None = None
    done_by: str | None = None
