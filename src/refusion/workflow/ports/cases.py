"""Cases, claims, losses, tasks and the outbox as the verbs see them: single facts found and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from refusion.cases.facts import Case, Kind
from refusion.claims.facts import Claim, Loss
from refusion.claims.facts import State as ClaimState
from refusion.claims.filing import Filing, State
from refusion.watch.facts import Task


class Cases(Protocol):
    """Where cases lie."""

    def open_many(self, cases: Sequence[Case]) -> int:
        """Open cases in one statement, numbered in the order given; those that stand already are left alone."""

    def find(self, id: UUID) -> Case:
        """Give a case; raises Refused when the institution has none of that id. Locks the row in this transaction."""

    def find_all(self, ids: Sequence[UUID]) -> tuple[Case, ...]:
        """Give cases in the order asked and lock them, always in one order, so that two transactions never wait for each other."""

    def of_absence(self, absence: UUID) -> Case | None:
        """Give the case of an absence, or None."""

    def of_employment(self, employment: UUID) -> tuple[Case, ...]:
        """Give the cases of an employment."""

    def of_fund(self, employment: UUID, kind: Kind) -> Case | None:
        """Give the case of an employment with a fund and hold it, or None."""

    def keep(self, case: Case, because: str, at: datetime) -> None:
        """Keep the case as it stands now, and its history line when the state changed."""

    def due_for_notification(self, day: date) -> tuple[UUID, ...]:
        """Give cases in ``watching`` whose ``file_on`` has come, by ``notify_by``."""

    def to_review(self, day: date) -> tuple[UUID, ...]:
        """Give cases in ``running`` or ``ended`` in which something waits for the day.

        They have a drafted claim whose period ends before it, or lack a claim for a period that began before it.
        """

    def all_claims_finished(self) -> tuple[UUID, ...]:
        """Give cases in ``ended`` none of whose claims is open; those that had nothing to claim among them."""


class Claims(Protocol):
    """Where claims and their versions lie."""

    def find(self, id: UUID) -> Claim:
        """Give a claim in its current version and lock it."""

    def look_at(self, ids: Sequence[UUID]) -> tuple[Claim, ...]:
        """Give claims in their current version by number, locking none."""

    def states(self, ids: Sequence[UUID]) -> Mapping[UUID, ClaimState]:
        """Give the states of claims; one that the institution has not is left out."""

    def of_case(self, case: UUID) -> tuple[Claim, ...]:
        """Give the claims of a case in the order of their sequence, annulled and dropped ones too."""

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read at once what is then asked of each case."""

    def keep(self, claim: Claim, at: datetime) -> None:
        """Keep the claim; a new version number adds an immutable version with answers, expected and explanation.

        A draft may be written again under the same version until it is filed.
        """

    def awaiting_decision(self, requested_before: date) -> tuple[Claim, ...]:
        """Give accepted claims without a decision that were requested before the day."""

    def keep_loss(self, loss: Loss) -> None:
        """Keep a loss once; the same id again changes nothing."""


class Outbox(Protocol):
    """Where reports wait and what became of them."""

    def intend(self, filing: Filing) -> bool:
        """Put a report into the outbox; False when the same id lies there. Raises when its hash is another."""

    def keep(self, filing: Filing) -> None:
        """Keep what became of a report."""

    def find(self, id: UUID) -> Filing:
        """Give a report and lock it."""

    def due(self, now: datetime, day: date, limit: int) -> tuple[UUID, ...]:
        """Give intended reports that may go now: per case only the oldest open one, by deadline, at most ``limit``."""

    def to_inquire(self, now: datetime, limit: int) -> tuple[UUID, ...]:
        """Give reports of unknown outcome whose next inquiry is due."""

    def in_doubt(self) -> tuple[tuple[UUID, State], ...]:
        """Give the reports of which nobody knows yet whether the authority took them: sending or unknown."""

    def begin_attempt(self, filing: Filing, number: int, at: datetime) -> None:
        """Note an attempt before its socket opens."""

    def end_attempt(self, filing: UUID, number: int, at: datetime, outcome: str, error: str = "") -> None:
        """Note how an attempt ended."""

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read at once what is then asked of each case."""

    def last_accepted(self, subject: UUID) -> Filing | None:
        """Give the newest accepted notification, claim or correction of a subject: what a later change must name."""

    def open_of_case(self, case: UUID) -> tuple[Filing, ...]:
        """Give the reports of a case that are not answered yet, oldest first."""


class Tasks(Protocol):
    """The work list."""

    def open(self, task: Task) -> None:
        """Open a task; the same id again brings its words, kroner and days up to date and opens it if it was done."""

    def find(self, id: UUID) -> Task:
        """Give a task; raises Refused when there is none."""

    def close(self, id: UUID, day: date, by: str) -> None:
        """Close a task; nothing happens when it is closed or was never opened."""

    def close_for(self, *, case: UUID | None = None, claim: UUID | None = None, day: date, by: str) -> None:
        """Close all open tasks of a case or a claim."""

    def read_ahead(self, cases: Sequence[UUID]) -> None:
        """Read at once what is then asked of each case."""

    def open_tasks(self, *, case: UUID | None = None) -> tuple[Task, ...]:
        """Give open tasks, of one case or all, by safe day and kroner."""
