"""A claim, its versions, and the answers a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from refusion.values.period import Period


class State(StrEnum):
    """Where a claim stands."""

    DRAFTED = "drafted"
    FILING = "filing"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    DIFFERING = "differing"
    SETTLED = "settled"
    CORRECTING = "correcting"
    REJECTED = "rejected"
    ANNULLING = "annulling"
    ANNULLED = "annulled"
    DROPPED = "dropped"


# No last absence day says that the person is still absent; every other empty answer is missing.
MAY_BE_EMPTY = frozenset({"last_absence_day"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a report: its value, where it came from and which version of that source.

    ``source`` is ``payroll``, ``entered``, ``rule`` or ``case``; ``value`` None means that it is missing.
    """

    field: str
    value: Any
    source: str
    version: int | None = None
    learned_on: date | None = None

    @property
    def missing(self) -> bool:
        """Tell whether the answer is owed and not there."""
        return self.value is None and self.field not in MAY_BE_EMPTY


@dataclass(frozen=True, slots=True)
class Expected:
    """What the law gives for a period, in øre, and the explanation that goes with it."""

    refund: int
    supplement: int
    estimated: bool
    explanation: Mapping[str, Any]
    law_version: str

    @property
    def total(self) -> int:
        """Add refund and supplement."""
        return self.refund + self.supplement


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim (anmodning) in its current version.

    ``request_by`` is the last day in law on which a request still reaches the first day of the period.
    ``decided`` and ``received`` are sums in øre over decisions and bank lines, None before the first.
    """

    id: UUID
    number: int | None
    case: UUID
    sequence: int
    version: int
    state: State
    period: Period
    request_by: date
    answers: tuple[Answer, ...]
    expected: Expected
    made_on: date
    requested_on: date | None = None
    authority_id: str | None = None
    decided: int | None = None
    received: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the mandatory answers that nobody has given yet."""
        return tuple(answer.field for answer in self.answers if answer.missing)

    @property
    def difference(self) -> int | None:
        """Expected less received, in øre; None before a decision."""
        return None if self.decided is None else self.expected.total - self.received


class LossCause(StrEnum):
    """Why kroner were lost."""

    LATE_NOTIFICATION = "late_notification"
    LATE_REQUEST = "late_request"
    REJECTED = "rejected"
    STOPPED = "stopped"
    UNDER_DECIDED = "under_decided"
    WRITTEN_OFF = "written_off"


@dataclass(frozen=True, slots=True)
class Loss:
    """Kroner that can no longer be had: which days of which case, why, and since when the absence was known.

    ``claim`` is the claim on which they were not obtained, None where no claim was made of them.
    """

    id: UUID
    case: UUID
    period: Period
    amount: int
    cause: LossCause
    certain_on: date
    deadline: date
    known_on: date
    claim: UUID | None = None

    @property
    def avoidable(self) -> bool:
        """Tell whether the absence was in the house at least 15 days before its deadline."""
        return (self.deadline - self.known_on).days >= 15
