"""The loss ledger as the verbs see it, and what a sweep of history looks through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from refusion.absences.columns import TouchedColumns
from refusion.claims.facts import LossCause
from refusion.claims.losses import Followed, FollowedLoss, Shortfall
from refusion.values.period import Period


@dataclass(frozen=True, slots=True)
class Short:
    """A claim whose shortfall is not what the loss ledger keeps of it; ``kept`` is net of what came after all, in øre.

    ``is_stopped`` says that the authority stopped the benefit on days of the claim; what was decided lower, then or else,
    is kept under ``UNDER_DECIDED``.
    """

    fall: Shortfall
    is_settled: bool
    is_stopped: bool
    case: UUID
    period: Period
    deadline: date
    known_on: date
    kept: Mapping[LossCause, int]
    times_kept: int


class Losses(Protocol):
    """Where losses and their steps lie; neither ever changes."""

    def find(self, number: int) -> FollowedLoss:
        """Give a loss by its number; raises Refused when there is none. Holds its case in this transaction."""

    def keep_step(self, loss: UUID, step: Followed, letter: str | None = None) -> None:
        """Keep a step; the letter of an application is sealed."""

    def letter(self, loss: UUID) -> str | None:
        """Give the letter of the last application, None where none was made."""

    def of_claim(self, claim: UUID) -> tuple[FollowedLoss, ...]:
        """Give the losses kept of a claim, oldest first."""

    def granted(self, case: UUID) -> tuple[Period, ...]:
        """Give the days of a case for which dispensation was granted."""

    def short(self) -> tuple[Short, ...]:
        """Give the claims whose shortfall is not what the ledger keeps."""

    def out_of_reach(self, ended_before: date) -> tuple[UUID, ...]:
        """Give claims never accepted by the authority whose period ended before a day and of which no loss is kept."""

    def never_notified(self, ended_before: date) -> tuple[UUID, ...]:
        """Give cases never accepted by the authority whose absence ended before a day and of which no loss is kept."""

    def absences_since(self, first: date) -> TouchedColumns:
        """Give all current absences that last until a day or longer, handled or not."""

    def cases_since(self, first: date) -> tuple[UUID, ...]:
        """Give the cases that may claim and whose absence lasts until a day or longer, by number."""

    def touch(self, absences: Sequence[UUID]) -> None:
        """Let absences be handled again by the next day's work."""
