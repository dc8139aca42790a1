"""The rows that reports are made of, as the store reads them; money in øre, periods inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.values.period import Period
from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as it stands: what was expected, decided and received.

    ``person`` is the name as the reader may see it, never a national number. ``claim_number`` None means a draft
    without a number, ``requested_on`` None that it was not filed, ``decided`` None that nobody decided yet.
    ``kind`` and ``state`` are the words of ``cases.facts.Kind`` and ``claims.facts.State``; ``reason`` is the key that
    explains a difference (``settlements.…``), or empty.
    """

    case_number: int
    claim_number: int | None
    person: str
    unit: str
    kind: str
    period: Period
    requested_on: date | None
    expected: int
    decided: int | None
    received: int
    state: str
    reason: str = ""
    request_by: date | None = None

    @property
    def difference(self) -> int | None:
        """Expected less received, in øre; None before a decision."""
        return None if self.decided is None else self.expected - self.received


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One open task that a date or kroner hang on."""

    case_number: int | None
    person: str
    unit: str
    matter: Said
    turn: str
    at_stake: int
    safe_day: date | None
    legal_day: date | None


@dataclass(frozen=True, slots=True)
class LossLine:
    """Kroner that can no longer be had, with the cause in a key."""

    case_number: int
    person: str
    unit: str
    period: Period
    amount: int
    cause: str
    certain_on: date
    avoidable: bool
