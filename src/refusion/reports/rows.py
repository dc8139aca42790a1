"""The row that reports are made of, as the store reads it; money in øre, periods inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.values.period import Period


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as it stands: what was expected, decided and received.

    ``person`` is the name as the reader may see it, never a national number. ``claim_number`` None means a draft
    without a number, ``requested_on`` None that it was not filed, ``decided`` None that nobody decided yet.
    ``kind`` and ``state`` are the words of ``cases.facts.Kind`` and ``claims.facts.State``; ``reason`` is the key that
    says how the money was matched (``settlements.…``), or empty; ``request_by`` the last day in law on which a request
    reaches the first day of the period; ``decided_supplement`` the part of ``decided`` that is a supplement.
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
    decided_supplement: int = 0

    @property
    def difference(self) -> int | None:
        """Expected less received, in øre; None before a decision."""
        return None if self.decided is None else self.expected - self.received
