"""Funds that are asked by report file: what the house keeps of files and answers, and the writer and reader of the files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.claims.funds.netting import Refunded
from refusion.values.period import Period
from refusion.workflow.ports.institution import Institution

NEW, CORRECTED, WITHDRAWN = "new", "corrected", "withdrawn"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A claim's version in a report file; ``action`` is new, corrected or withdrawn, ``amount`` what is asked for, øre."""

    claim: UUID
    version: int
    action: str
    amount: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report file given out: of which fund and days, by whom, and its one end: received under a receipt, or withdrawn.

    ``number`` is None until it is kept; ``total`` is øre.
    """

    id: UUID
    number: int | None
    kind: Kind
    period: Period
    name: str
    file: UUID
    total: int
    made_by: str
    made_at: datetime
    receipt: str | None = None
    received_on: date | None = None
    received_by: str | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    lines: tuple[ReportLine, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether nobody knows yet that the file was received."""
        return self.received_on is None and self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as a report file tells it; ``claim`` is our number with the version, ``facts`` the answers by field. Øre.

    ``takes_place_of`` is the receipt of the report that told the version before, empty for a new claim.
    """

    claim: str
    action: str
    national_number: str
    employment: str
    period: Period
    facts: Mapping[str, object]
    refund: int
    supplement: int
    takes_place_of: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of a decision file, in øre: ``refund`` and ``supplement`` are the claim's totals, ``pays`` what is moved now."""

    kind: Kind
    decision: str
    claim: str
    outcome: str
    refund: int
    supplement: int
    pays: int
    decided_on: date
    pays_on: date | None
    reference: str
    revises: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An answer that is about no claim of ours, as the file told it."""

    file: str
    decided: Decided


@dataclass(frozen=True, slots=True)
class FundClaim:
    """A claim on a fund as people see it in a list; øre. ``report`` is the number of the newest file that told it."""

    person: UUID
    number: int
    case: int
    kind: Kind
    name: str
    employment: str
    period: Period
    state: str
    pilot: bool
    expected: int
    decided: int | None
    received: int
    request_by: date
    missing: tuple[str, ...]
    report: int | None
    receipt: str | None


class Office(Protocol):
    """The writer of report files and reader of decision files; pure."""

    def write(self, employer: Institution, kind: Kind, rows: Sequence[Row]) -> bytes:
        """Write a report file of a fund."""

    def read(self, name: str, raw: bytes) -> Sequence[Decided]:
        """Read a decision file. Raises BadInput naming file, row, column, value and remedy."""


class Funds(Protocol):
    """What the house keeps of funds."""

    def employments(self, kinds: Collection[Kind], codes: Collection[str]) -> tuple[UUID, ...]:
        """Give the employments that may have a right against one of the kinds; ``codes`` are payroll's for leave."""

    def employment_numbered(self, number: str) -> UUID:
        """Give the employment of payroll's number; raises Refused where there is none."""

    def leaves(self, employment: UUID, codes: Collection[str]) -> tuple[Period, ...]:
        """Give the days of leave of an employment that have passed or have an end, by payroll's codes."""

    def refunded(self, employment: UUID, *, pilot: bool) -> tuple[Refunded, ...]:
        """Give what claims of an employment give: decided where it is, else expected; a pilot's drafts count for a pilot only."""

    def cases(self, kinds: Collection[Kind]) -> tuple[UUID, ...]:
        """Give the cases of funds of these kinds that are not closed, by number."""

    def to_tell(self, kind: Kind, period: Period) -> tuple[UUID, ...]:
        """Give the claims on a fund of a period that wait to be told: drafts, corrections, withdrawals not in an open report."""

    def keep_report(self, report: Report) -> Report:
        """Keep a report file with its lines and give it with its number."""

    def report(self, number: int) -> Report:
        """Give a report with its lines and hold it; raises Refused when there is none."""

    def reports(self) -> tuple[Report, ...]:
        """Give all reports, the newest first, without their lines."""

    def raw(self, report: Report) -> bytes:
        """Give the bytes of a report file."""

    def note_received(self, report: Report, receipt: str, on: date, by: str) -> None:
        """Note that the fund received a report."""

    def note_withdrawn(self, report: Report, by: str, at: datetime) -> None:
        """Note that a report never left the house."""

    def open_report_of(self, claim: UUID) -> Report | None:
        """Give the report that told of a claim and waits for its receipt, or None."""

    def claim_numbered(self, number: int) -> UUID | None:
        """Give the claim on a fund of a number, or None."""

    def keep_answer(self, id: UUID, file: UUID, decided: Decided, claim: UUID | None, at: datetime) -> bool:
        """Keep a row of a decision file once; False when it lies there already."""

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Give the answers that are about no claim of ours, oldest first."""

    def listed(self, kinds: Collection[Kind], period: Period | None) -> tuple[FundClaim, ...]:
        """Give the claims on funds, by period and number."""
