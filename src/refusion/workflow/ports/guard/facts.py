"""Pay runs and their payments, limits, proposals, steps and requests, as verbs and pages know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.salary_guard.resolving.approval import Subject
from refusion.salary_guard.resolving.states import State
from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class Run:
    """One guarded run, øre; ``number`` is None until it is kept. ``accounts`` are its numbers by purpose.

    ``state`` is ``taken``, ``written``, ``accepted``, ``partly`` or ``rejected``; ``not_checked`` names checks that were not made.
    """

    id: UUID
    number: int | None
    name: str
    file: UUID
    value_date: date
    payments: int
    total: int
    goes: int
    held: int
    state: str
    not_checked: tuple[str, ...]
    accounts: Mapping[str, str]
    made_at: datetime
    taken_by: str
    written_at: datetime | None = None
    written_by: str | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who is paid and where; sealed wherever it is kept."""

    name: str
    national_number: str
    form: str
    bank: str
    account: str
    text: str


@dataclass(frozen=True, slots=True)
class Paid:
    """What of a payment goes or is held, øre: ``amount`` of ``net``. ``hold`` is 0 in the file, 1 whole by a limit, 2 a part.

    ``total`` is the person's net pay in the run, ``limit`` what it was held against and ``applied`` which limit that was;
    ``warned``: it came from a component that ended; ``unapproved``: the run named a raise that nobody approved.
    """

    id: UUID
    number: int
    run: UUID
    run_number: int
    value_date: date
    row: int
    payment: str
    employment: str
    person: UUID
    net: int
    amount: int
    hold: int
    total: int
    limit: int
    applied: int
    warned: bool
    unapproved: bool
    findings: tuple[Said, ...]
    state: State
    steps: int
    bank_status: str | None
    bank_reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a payment; ``amount`` øre that it was about."""

    payment: UUID
    position: int
    event: str
    before: str
    after: str
    amount: int
    transaction: UUID | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """What one person proposed to do about a payment, and what the second one decided; ``number`` None until it is kept."""

    id: UUID
    number: int | None
    payment: UUID
    subject: Subject
    amount: int
    reason: str
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    outcome: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_hash: str | None = None


@dataclass(frozen=True, slots=True)
class StopRequest:
    """A request to ``bank`` or ``nemkonto`` to stop a payment; ``answer``: stopped, too_late, already_paid, or None."""

    id: UUID
    payment: UUID
    channel: str
    asked_by: str
    asked_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PayLimit:
    """A limit that somebody set or proposed, øre; ``before`` is what held without it. ``number`` None until it is kept.

    A one-run limit is used up by ``used_run``; component 244 that ``ended_on`` a day still holds until it is deleted.
    """

    id: UUID
    number: int | None
    subject: Subject
    person: UUID | None
    employment: str
    amount: int
    before: int
    valid_from: date | None
    reason: str
    case_number: str
    case_text: str
    case_state: str
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    outcome: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_hash: str | None = None
    used_run: UUID | None = None
    ended_on: date | None = None
    deleted_by: str | None = None
    deleted_at: datetime | None = None

    @property
    def is_raise(self) -> bool:
        """Tell whether it lets more through than held before."""
        return self.amount > self.before

    @property
    def holds(self) -> bool:
        """Tell whether it is in force: approved, not used up, not deleted."""
        return self.outcome == "approved" and self.used_run is None and self.deleted_at is None


@dataclass(frozen=True, slots=True)
class Parked:
    """What a bank answered about a payment that nobody here sent; ``message`` names the order that it says it answers."""

    message: str
    payment: str
    status: str
    reason: str
