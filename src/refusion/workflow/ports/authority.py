"""An authority that takes reports, answers them and decides: the house's words for it, whoever it is.

What is filed (answers, :func:`report`) stands in :mod:`refusion.workflow.ports.report`.
The order of a filing (guides: intent, attempt, outcome) is workflow's; the shape that it needs is here:

1. ``message = authority.encode(report)`` is pure; the raw message is stored before anything is sent.
2. ``answer = authority.send(message)`` is the only call that opens a socket. It never raises for what the
   network or the other side does: no answer is a :class:`Silence`.
3. ``outcome = authority.read_answer(report.intent, answer)`` is pure: yes, no or unknown and no fourth.
4. Unknown is asked about: ``encode_inquiry`` · ``send`` · ``read_inquiry``. Only :class:`NotFound`, seen twice
   with more than ``read_delay`` between, allows the same report (same intent) to be sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Literal, Protocol, TypeVar
from uuid import UUID

from refusion.values.money import Ore
from refusion.values.period import Period
from refusion.values.said import Said
from refusion.workflow.ports.report import Kind, Report

Standing = Literal["draft", "waiting", "signed", "fetched", "decided", "annulled"]
Item = TypeVar("Item")


# --- messages on the wire and what comes back ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Message:
    """A raw message for one operation of the authority; stored before it is sent."""

    operation: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What came back, unread: stored before it is read."""

    status: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Silence:
    """No whole answer came: timeout, reset, broken off, TLS. ``sent`` is False only when nothing can have left us."""

    why: Said
    sent: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """We can't tell whether the report was taken: never a reason to send again, always one to ask."""

    why: Said


@dataclass(frozen=True, slots=True)
class Accepted:
    """A definite yes with its evidence. ``receipt`` is also the token for a later correction or annulment."""

    receipt: str
    authority_id: str
    signed_at: datetime
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A definite no: the authority's own code and words."""

    code: str
    text: str


Outcome = Accepted | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The authority holds our report with the same content: its receipt may be adopted."""

    receipt: str
    authority_id: str
    signed_at: datetime
    standing: Standing
    content_hash: str


@dataclass(frozen=True, slots=True)
class FoundOther:
    """The authority holds something else under our intent: a person must look."""

    receipt: str
    authority_id: str
    signed_at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """The whole list was given and our report is not on it; a cut list never says so. ``asked_at`` is their clock."""

    asked_at: datetime


Finding = Found | FoundOther | NotFound | Unknown


# --- what the authority tells by itself --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """One report on the authority's list, for the nightly comparison."""

    intent: UUID
    about: UUID
    kind: Kind
    receipt: str
    authority_id: str
    signed_at: datetime
    standing: Standing
    content_hash: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the authority did with a report; ``event_id`` is the same when it is told twice."""

    event_id: str
    what: Literal["fetched", "decided", "annulled"]
    intent: UUID
    authority_id: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on one claim with its payment specification.

    A revised decision has an id of its own and names the one it ``revises``; ``refund`` and ``supplement`` are then
    the claim's new totals, and ``pays`` is the difference to what was decided before (negative: collected).
    ``reference`` is the text by which the payment is known on the bank statement.
    """

    decision_id: str
    intent: UUID
    authority_id: str
    outcome: Literal["granted", "reduced", "refused"]
    period: Period
    days: int
    refund: Ore
    supplement: Ore
    pays: Ore
    decided_on: date
    pays_on: date
    reference: str
    revises: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list: ask on with ``marker`` until ``complete``; what is not on an incomplete list is not absent."""

    items: tuple[Item, ...]
    marker: str
    complete: bool


class Authority(Protocol):
    """An outside authority: pure coding and reading, and one call that opens a socket."""

    name: str
    read_delay: timedelta

    def encode(self, report: Report) -> Message:
        """Write a report; the same report gives the same bytes. Raises BadInput for text that can't be sent."""

    def read_answer(self, intent: UUID, answer: RawAnswer | Silence) -> Outcome:
        """Read the answer to a report."""

    def encode_inquiry(self, intent: UUID) -> Message:
        """Ask what is held under an intent of ours."""

    def read_inquiry(self, intent: UUID, content_hash: str, answer: RawAnswer | Silence) -> Finding:
        """Read the answer to an inquiry and compare the content."""

    def encode_list(self, employer_cvr: str, marker: str) -> Message:
        """Ask for all reports held for an employer, from a marker (empty: from the start)."""

    def read_list(self, answer: RawAnswer | Silence) -> Page[Held] | Unknown:
        """Read a page of reports held."""

    def encode_events(self, employer_cvr: str, marker: str) -> Message:
        """Ask for events after a marker (empty: from the start)."""

    def read_events(self, answer: RawAnswer | Silence) -> Page[Event] | Unknown:
        """Read a page of events."""

    def encode_decisions(self, employer_cvr: str, marker: str) -> Message:
        """Ask for decisions after a marker (empty: from the start)."""

    def read_decisions(self, answer: RawAnswer | Silence) -> Page[Decision] | Unknown:
        """Read a page of decisions."""

    def send(self, message: Message) -> RawAnswer | Silence:
        """Send a message and wait for the answer, up to the client's own limit."""
