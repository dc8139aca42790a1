"""What the house keeps of Norwegian refunds: facts from SAP, cases, notices, NAV's reports, runs with their postings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from refusion.absences.norwegian import Benefit, FeedRow
from refusion.cases.nav_case import State
from refusion.settlements.nav_items.book import Entry
from refusion.settlements.nav_items.item import Booked, ItemKey
from refusion.settlements.nav_items.place import Part
from refusion.settlements.nav_report import ReportHead, ReportLine, SettlementReport
from refusion.values.said import Said
from refusion.workflow.ports.norway.sap import RunKind
from refusion.workflow.ports.payroll import Absorbed


@dataclass(frozen=True, slots=True)
class NavSettings:
    """What an institution decides for itself; ``accounts`` are own numbers by role.

    ``payments_in_corrections`` lets a correction run book payments too; ``deadline_days`` and ``ending_months`` are how long
    before a day somebody is told. By default the law holds and the accounts are the state's; ``uio`` follows the page of
    Universitetet i Oslo in both.
    """

    profile: str = "state"
    payments_in_corrections: bool = False
    deadline_days: int = 45
    ending_months: int = 3
    contact_name: str = ""
    contact_phone: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case as it is kept; ``received_on`` is the day from which NAV has a claim, ``right_ends`` NAV's maximum date."""

    id: UUID
    number: int
    employment_number: str
    absence_number: str
    person: UUID
    benefit: Benefit
    state: State
    request: str | None = None
    received_on: date | None = None
    right_ends: date | None = None


class NoticeState(StrEnum):
    """Where a notice is: planned, on its way, in doubt, taken and not looked at, accepted, refused, overtaken by a newer one."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


ON_ITS_WAY = frozenset({NoticeState.PLANNED, NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.RECEIVED})


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice on its way; ``content`` is the notice as the adapter's port takes it, written as JSON, ``refund`` øre a month."""

    id: UUID
    case: UUID
    version: int
    request: str
    content: str
    content_hash: str
    refund: int
    state: NoticeState
    intended_at: datetime
    next_try_at: datetime
    attempts: int = 0
    not_found: int = 0
    notice_id: str | None = None
    taken_on: date | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a report with where it belongs: its parts, or why it is parked."""

    line: ReportLine
    person: UUID | None
    parts: tuple[Part, ...] = ()
    because: Said | None = None


@dataclass(frozen=True, slots=True)
class DuePart:
    """A part of a line with the run that booked it; ``of_interim`` tells that its money stands on the interim account."""

    report: UUID
    place: int
    number: int
    pays_on: date
    part: Part
    run: UUID | None
    of_interim: bool


@dataclass(frozen=True, slots=True)
class ParkedLine:
    """A parked line: report, place, day of payment, øre, why, whether it stands on the interim account, who placed it."""

    report: UUID
    place: int
    pays_on: date
    code: str
    amount: int
    because: Said
    on_interim: bool
    placed_by: str | None = None


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report: NAV's number where it has one, day of payment, total in øre, lines."""

    id: UUID
    nav_number: int | None
    organisation: str
    pays_on: date
    total: int
    lines: int


@dataclass(frozen=True, slots=True)
class ClosedRun:
    """A run as it was closed, with the bytes for the accounting system and for SAP."""

    id: UUID
    number: int
    kind: RunKind
    month: date
    booked_on: date
    closed_at: datetime
    entries: int
    transfer: bytes = b""
    load: bytes = b""


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One posting with what it is for: the run's number, why, the item (None: a parked line), account and carrier, øre."""

    run: int
    run_month: date
    why: str
    item: ItemKey | None
    happened_on: date
    role: str
    account: str
    amount: int
    cost_centre: str
    project: str
    entry: UUID
    position: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A person's words about a difference, with the øre it had then."""

    item: ItemKey
    reason: str
    amount: int
    by: str
    at: datetime


class KeptFacts(Protocol):
    """Versions of what SAP told, and the cases that follow from them."""

    def settings(self) -> NavSettings:
        """Give the settings as they stand."""

    def decide(self, name: str, value: str) -> None:
        """Note a setting; raises Refused for a name or value that there is not."""

    def absorb(self, rows: Sequence[FeedRow], file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a row differs from the current one; ``unknown`` lists employments that nobody has told of."""

    def current(self, kind: type[FeedRow]) -> tuple[FeedRow, ...]:
        """Give the current rows of a kind: all absences, and of the others those of employments with a case."""

    def workplaces(self) -> frozenset[str]:
        """Name the sub-units of all employments."""

    def employees(self) -> Mapping[str, UUID]:
        """Give the person of each employment number."""

    def persons(self, numbers: Iterable[str]) -> Mapping[str, UUID]:
        """Give the persons of national numbers, those that payroll has told of."""

    def numbers(self, persons: Iterable[UUID]) -> Mapping[UUID, str]:
        """Unseal the national numbers of persons."""

    def names(self, persons: Iterable[UUID]) -> Mapping[UUID, str]:
        """Give the names of persons."""

    def cases(self) -> tuple[KeptCase, ...]:
        """Give all cases by number."""

    def case(self, id: UUID) -> KeptCase:
        """Give a case; raises Refused where there is none."""

    def open_cases(self, cases: Sequence[KeptCase]) -> None:
        """Keep new cases; their numbers are given in this order."""

    def change(self, case: KeptCase) -> None:
        """Bring a case up to date."""


class KeptNotices(Protocol):
    """Notices on their way, with every attempt."""

    def plan(self, notice: KeptNotice) -> None:
        """Keep a new notice."""

    def change(self, notice: KeptNotice) -> None:
        """Bring a notice up to date."""

    def due(self, now: datetime, limit: int) -> tuple[KeptNotice, ...]:
        """Give notices that wait for a step now, oldest first."""

    def newest(self) -> Mapping[UUID, KeptNotice]:
        """Give the newest notice of each case."""

    def of_case(self, case: UUID) -> tuple[KeptNotice, ...]:
        """Give the notices of a case, oldest first."""

    def begin_attempt(self, notice: UUID, number: int, at: datetime) -> None:
        """Note that an attempt begins, before anything is sent."""

    def end_attempt(self, notice: UUID, number: int, at: datetime, outcome: str) -> None:
        """Note what became of an attempt."""


class KeptReports(Protocol):
    """NAV's settlement reports with their lines."""

    def has(self, file: UUID, head: ReportHead) -> bool:
        """Tell whether this report is kept: the same bytes for the same day of payment, or a file that names no number."""

    def keep(self, report: SettlementReport, file: UUID, lines: Sequence[KeptLine], at: datetime) -> UUID:
        """Keep a report with its lines; raises Refused where NAV's number is kept with other bytes."""

    def reports(self) -> tuple[KeptReport, ...]:
        """Give all reports by day of payment."""

    def parts(self) -> tuple[DuePart, ...]:
        """Give all parts of lines, booked or not, in order of payment."""

    def parked(self) -> tuple[ParkedLine, ...]:
        """Give all lines that are or were parked."""

    def parked_line(self, report: UUID, place: int) -> tuple[ParkedLine, ReportLine, UUID | None]:
        """Give a parked line with its text and person; raises Refused where there is none."""

    def put(self, report: UUID, place: int, parts: Sequence[Part], by: str, at: datetime) -> None:
        """Place a parked line, as a person says."""

    def right_ends(self) -> Mapping[UUID, date]:
        """Give NAV's newest maximum date of each case."""


class KeptBooks(Protocol):
    """Runs, their postings, and explanations of differences."""

    def run(self, month: date, kind: RunKind) -> ClosedRun | None:
        """Give a closed run with its files, None where it has not been closed."""

    def runs(self) -> tuple[ClosedRun, ...]:
        """Give all closed runs by number, without their files."""

    def close(self, run: ClosedRun, entries: Sequence[tuple[UUID, Entry, date, Sequence[str]]]) -> None:
        """Keep a run with its entries: id, entry, the day it happened, and the account of each line."""

    def mark_booked(self, run: UUID, parts: Sequence[DuePart], interim: Sequence[ParkedLine]) -> None:
        """Note which parts and parked lines the run has booked; the database refuses a second time."""

    def booked(self) -> Mapping[ItemKey, Booked]:
        """Give what stands for every item."""

    def lines(self, run: UUID | None = None) -> tuple[BookedLine, ...]:
        """Give postings of a run or of all, in the order they were made."""

    def explanations(self) -> Mapping[ItemKey, Explanation]:
        """Give the latest explanation of each item."""

    def explain(self, explanation: Explanation) -> None:
        """Keep an explanation."""


class Norway(Protocol):
    """All that is kept of Norwegian refunds."""

    facts: KeptFacts
    notices: KeptNotices
    reports: KeptReports
    books: KeptBooks
