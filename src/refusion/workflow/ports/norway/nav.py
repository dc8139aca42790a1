"""NAV as the house asks it: income notices out, their standing and settlement reports in.

The shape of a filing is that of :mod:`refusion.workflow.ports.authority`; what differs is that NAV gives the id, has no
idempotency key, answers 201 before it has looked, and judges a duplicate by content:

1. ``message = nav.encode_notice(notice)`` is pure; it is stored before anything is sent.
2. ``answer = nav.send(message)`` is the only call that opens a socket; it never raises for what the network or NAV does.
3. ``outcome = nav.read_notice_answer(notice, answer)``: :class:`Received` (NAV has it, not yet looked at),
   :class:`Duplicate` (NAV holds an equal one: compare it before it is taken for ours), :class:`WaitFirst` (the earlier
   notice is not done: the same again later), :class:`Outdated` (send to ``newest`` instead), :class:`Rejected`, Unknown.
4. Unknown and Duplicate are asked about, never resent: ``encode_inquiry(notice)`` · ``send`` · ``read_inquiry``. Only
   NotFound, twice with more than ``read_delay`` between, lets the same notice go again.
5. Received is asked about until it is Standing.ACCEPTED or FAILED: ``encode_standing`` · ``send`` · ``read_standing``.

Reports are polled by ``encode_reports(organisation, after)``, where ``after`` is the greatest report id read so far
(0 for the start), and each is fetched by ``encode_content(head)``. A report that came as a file is read by
:class:`ReportReader`. Both give a :class:`refusion.settlements.nav_report.SettlementReport`; what of it may be booked
is for ``refuse_contradictions`` and ``sort_out`` there to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from refusion.absences.norwegian import Benefit
from refusion.claims.income_notice import IncomeNotice
from refusion.settlements.nav_report import ReportHead, SettlementReport
from refusion.workflow.ports.authority import NotFound, Page, Rejected, Silence, Unknown


@dataclass(frozen=True, slots=True)
class NavMessage:
    """A raw message: method, path, what is accepted back, and the body; stored before it is sent."""

    method: str
    path: str
    raw: bytes = b""
    accept: str = "application/json"


@dataclass(frozen=True, slots=True)
class NavAnswer:
    """What came back, unread; ``cut`` tells that NAV's header said the list is not whole."""

    status: int
    raw: bytes
    cut: bool = False


class Standing(StrEnum):
    """Where a notice stands at NAV: received is neither yes nor no."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Received:
    """NAV has the notice under this id; whether it accepts it comes later."""

    notice_id: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """NAV says that its latest notice for the request claims the same; whose that is must be asked."""

    notice_id: str


@dataclass(frozen=True, slots=True)
class WaitFirst:
    """NAV has not finished the earlier notice for the request; nothing was taken."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """The request was superseded; nothing was taken, and the notice belongs to ``newest``."""

    newest: str


NoticeOutcome = Received | Duplicate | WaitFirst | Outdated | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class HeldNotice:
    """A notice as NAV holds it; ``failure`` is NAV's code where it failed, ``serial`` its running number on lists."""

    notice_id: str
    request: str
    received_at: str
    standing: Standing
    content_hash: str
    failure: str = ""
    serial: int = 0


@dataclass(frozen=True, slots=True)
class FoundNotice:
    """NAV holds our notice with the same content: its id may be adopted."""

    held: HeldNotice


@dataclass(frozen=True, slots=True)
class FoundOtherNotice:
    """NAV's latest notice for the request claims something else: a person must look."""

    held: HeldNotice


NoticeFinding = FoundNotice | FoundOtherNotice | NotFound | Unknown


@dataclass(frozen=True, slots=True)
class NoticeRequest:
    """NAV asks for an income notice (forespørsel): for whom, from which day; ``serial`` orders the list.

    ``standing`` is ``open``, ``answered`` or ``outdated``. ``benefit`` is parental at birth where NAV says only
    parental: which of the two it is, the case knows.
    """

    serial: int
    request: str
    workplace: str
    person: str
    benefit: Benefit
    start: date
    income_on: date | None
    standing: str


class Nav(Protocol):
    """NAV's income notices and settlement reports: pure coding and reading, and one call that opens a socket."""

    name: str
    read_delay: timedelta

    def send(self, message: NavMessage) -> NavAnswer | Silence:
        """Send once and wait for the whole answer, up to the client's own limit."""

    def encode_notice(self, notice: IncomeNotice) -> NavMessage:
        """Write a notice; the same notice gives the same bytes. Raises Refused for what NAV is known to refuse."""

    def read_notice_answer(self, notice: IncomeNotice, answer: NavAnswer | Silence) -> NoticeOutcome:
        """Read the answer to a notice."""

    def encode_inquiry(self, notice: IncomeNotice) -> NavMessage:
        """Ask which notices NAV holds for the notice's request."""

    def read_inquiry(
        self, notice: IncomeNotice, answer: NavAnswer | Silence, asked_at: datetime, known: Collection[str] = ()
    ) -> NoticeFinding:
        """Compare what NAV holds with ours: the latest counts; a cut list never says that it is absent.

        ``known`` are the ids that are ours already, of earlier versions: they are passed over.
        """

    def encode_standing(self, notice_id: str) -> NavMessage:
        """Ask where a notice stands."""

    def read_standing(self, notice_id: str, answer: NavAnswer | Silence) -> HeldNotice | Unknown:
        """Read where a notice stands."""

    def encode_notices(self, workplace: str, after: int) -> NavMessage:
        """Ask for all notices of a sub-unit with a serial above ``after``, for the nightly comparison."""

    def read_notices(self, answer: NavAnswer | Silence) -> Page[HeldNotice] | Unknown:
        """Read a page of notices; ask on with its marker (the last serial) until it is complete."""

    def encode_requests(self, workplace: str, after: int) -> NavMessage:
        """Ask for NAV's requests to a sub-unit with a serial above ``after``."""

    def read_requests(self, answer: NavAnswer | Silence) -> Page[NoticeRequest] | Unknown:
        """Read a page of requests."""

    def encode_reports(self, organisation: str, after: int) -> NavMessage:
        """Ask for the settlement reports of an organisation with an id above ``after``."""

    def read_reports(self, answer: NavAnswer | Silence) -> tuple[ReportHead, ...] | Unknown:
        """Read the heads of reports, lowest id first; other kinds of report are left out."""

    def encode_content(self, head: ReportHead) -> NavMessage:
        """Ask for the lines of a report."""

    def read_content(self, head: ReportHead, answer: NavAnswer | Silence) -> SettlementReport | Unknown:
        """Read the lines of a report. Raises BadInput naming every line and field that is not as it must be."""


class ReportReader(Protocol):
    """Reads a settlement report that came as a file: the twelve fields (CSV) or the order it is made from (JSON)."""

    def read(self, name: str, raw: bytes, pays_on: date | None = None) -> SettlementReport:
        """Read a report; ``pays_on`` is told by a person for the twelve fields, whose form has no day of payment.

        Raises BadInput naming every line and field that is not as it must be, and for a CSV without ``pays_on``.
        """
