"""Where cases of self-employed persons lie, as the verbs see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from refusion.cases.self_employed.facts import Course, Happened
from refusion.cases.self_employed.waits import Wait


@dataclass(frozen=True, slots=True)
class Person:
    """Who is ill, as NemRefusion must be told; ``cvr`` is the person's own business, ``email`` where reminders go."""

    national_number: str
    name: str
    cvr: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class SelfCase:
    """One case: who, how it was opened and where it stands; ``number`` is None until it is kept."""

    id: UUID
    number: int | None
    person: Person
    opening: Course
    course: Course
    version: int
    opened_on: date
    opened_by: str
    next_look: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, in its order; who said so, when we learned it, and whether it was undone."""

    position: int
    happened: Happened
    document: str
    by: str
    learned_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenWait:
    """A wait as it stands in the house: of which case, since when, ended when, warned of when."""

    case: UUID
    number: int
    wait: Wait
    opened_on: date
    ended_on: date | None = None
    warned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A case as lists show it: nothing of the person."""

    number: int
    state: str
    first_absence_day: date
    opened_on: date
    next_due: date | None


class Form(StrEnum):
    """What is filed with NemRefusion."""

    NOTIFICATION = "notification"
    REQUEST = "request"


class FilingState(StrEnum):
    """How far a form is."""

    INTENDED = "intended"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class SelfFiling:
    """One form on its way: its intent, content, and what the authority answered."""

    id: UUID
    case: UUID
    form: Form
    state: FilingState
    content: bytes = field(repr=False)
    content_hash: str
    intended_at: datetime
    attempts: int = 0
    not_found: int = 0
    tried_at: datetime | None = None
    receipt: str = ""
    authority_id: str = ""
    signed_at: datetime | None = None
    answer: str = ""


class SelfCases(Protocol):
    """Cases, what happened in them, what they wait for."""

    def open(self, case: SelfCase) -> SelfCase:
        """Keep a new case and give it with its number; the one that stands where the same illness is there already."""

    def find(self, number: int) -> SelfCase:
        """Give a case by its number and hold it; raises Refused when there is none."""

    def held(self, id: UUID) -> SelfCase:
        """Give a case by its id and hold it; raises Refused when there is none."""

    def of_person(self, national_number: str) -> tuple[int, ...]:
        """Give the numbers of a person's cases, newest first."""

    def keep(self, case: SelfCase) -> None:
        """Keep a case's course, version and the day it is looked at next."""

    def add(self, case: UUID, step: Step) -> None:
        """Keep one more thing that happened."""

    def steps(self, case: UUID) -> tuple[Step, ...]:
        """Give all that happened, undone things among them, in order."""

    def undo(self, case: UUID, position: int, by: str, at: datetime) -> None:
        """Note that a thing is undone; the database refuses a second time."""

    def to_look_at(self, day: date) -> tuple[int, ...]:
        """Give the numbers of the cases that are looked at on a day or were to be before it."""

    def listed(self, state: str | None, limit: int) -> tuple[Listed, ...]:
        """Give cases of a state, of all where none is named, newest first."""

    def waits(self, case: UUID | None, until: date | None) -> tuple[OpenWait, ...]:
        """Give the waits that stand, of one case or all, with a day up to ``until``; by their day."""

    def all_waits(self, case: UUID) -> tuple[OpenWait, ...]:
        """Give all waits of a case, those that ended among them, by their day."""

    def begin_wait(self, case: UUID, wait: Wait, day: date) -> None:
        """Keep a wait that begins on a day."""

    def end_wait(self, wait: OpenWait, day: date) -> None:
        """Note that a wait ended."""

    def warn(self, wait: OpenWait, day: date) -> None:
        """Note that somebody was warned of a wait whose day has passed."""


class SelfFilings(Protocol):
    """Forms on their way to NemRefusion, and messages as they were sent and came."""

    def intend(self, filing: SelfFiling) -> bool:
        """Keep an intent; False where a form of that kind is on its way or accepted already."""

    def find(self, id: UUID) -> SelfFiling:
        """Give a filing and hold it; raises Refused when there is none."""

    def of_case(self, case: UUID) -> tuple[SelfFiling, ...]:
        """Give the filings of a case, oldest first."""

    def keep(self, filing: SelfFiling) -> None:
        """Keep how far a filing is."""

    def open_ones(self) -> Sequence[tuple[UUID, FilingState]]:
        """Give the filings that are not answered with yes or no, notifications before requests."""

    def letters(self, case: UUID) -> tuple[str, ...]:
        """Give the ids of the letters of a case, oldest first."""

    def keep_message(self, case: UUID | None, channel: str, direction: str, reference: str, raw: bytes) -> bool:
        """Keep a raw message; False where the same one is there already."""


class SelfEmployed(Protocol):
    """All of it, for one transaction."""

    cases: SelfCases
    filings: SelfFilings
