"""What is recorded while an agreement runs: papers, reports, steps, decisions, orders, payout runs with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from refusion.grants.evidence import Event, State

COUNTRY = "00"


class PaperKind(StrEnum):
    """What a dated document of an agreement says."""

    APPROVAL = "approval"
    REQUIREMENT = "requirement"
    STATISTICS = "statistics"
    CLOSING = "closing"
    ACCOUNT = "account"
    REPORTER = "reporter"
    RECONCILIATION = "reconciliation"


@dataclass(frozen=True, slots=True)
class Paper:
    """A dated document: ``key`` names what it is about (an approval, a pot, a payee), the newest ``number`` of a key holds."""

    kind: PaperKind
    key: str
    number: int
    day: date
    document: str
    content: Mapping[str, object]
    by: str


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a matter and the state after it; ``due`` is the day by which an answer must come."""

    pot: str
    who: str
    sequence: int
    state: State
    event: Event
    at: datetime
    by: str
    because: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A report as it came: ``diary`` is its number in the diary, ``sent_by`` who sent it, evidence by check."""

    id: UUID
    pot: str
    who: str
    number: int
    diary: str
    received_at: datetime
    received_on: date
    sent_by: str
    evidence: Mapping[str, str]
    exception: str
    late: bool
    interim: bool
    noted_by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision on a matter: proposed by one person, approved by another in the same words."""

    id: UUID
    pot: str
    who: str
    number: int
    fulfilled: bool
    reason: str
    evidence: tuple[str, ...]
    consulted: str
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for its approval."""
        return self.approved_at is None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Order:
    """One ordered investigation; it names no person. Delivered in time up to and on ``due_on``."""

    reference: str
    county: str
    unit: str
    ordered_on: date
    due_on: date
    delivered_on: date | None = None

    @property
    def in_time(self) -> bool:
        """Tell whether it was delivered within the time."""
        return self.delivered_on is not None and self.delivered_on <= self.due_on


@dataclass(frozen=True, slots=True)
class PayoutRun:
    """A run that pays some pots: proposed with every figure, approved by another person, paid once; a correction is a new run."""

    id: UUID
    number: int
    pots: tuple[str, ...]
    pays_on: date
    corrects: int | None
    content: Mapping[str, object]
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    paid_by: str | None = None
    paid_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither paid nor withdrawn."""
        return self.paid_at is None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """Name where the run stands."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.paid_at is not None:
            return "paid"
        return "proposed" if self.approved_at is None else "approved"


@dataclass(frozen=True, slots=True)
class Line:
    """What a run pays a payee of one pot, in øre: what is due in all, what was paid before, and the difference, which is paid now."""

    run: int
    payee: str
    pot: str
    amount: int
    paid_before: int
    difference: int
    budget: str
