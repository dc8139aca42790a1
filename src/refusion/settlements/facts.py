"""What came in, what was decided, and what the two say together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.values.period import Period
from refusion.values.said import Said


@dataclass(frozen=True, slots=True)
class Expected:
    """What we expect for a claim, in øre; ``person_key`` is opaque."""

    claim: UUID
    person_key: str
    period: Period
    amount: int


@dataclass(frozen=True, slots=True)
class Received:
    """A booked line that isn't fully matched: ``amount`` is what is left of it in øre, signed.

    ``told`` is everything that came with it, one told thing per text: references, end-to-end ids, text lines.
    """

    line: UUID
    amount: int
    booked_on: date
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a decision gives one claim, in øre, and the reference its payment carries.

    ``pays`` is what this decision moves (a revision moves the difference only); None is refund plus supplement.
    ``matched`` is what bank lines have paid of it already.
    """

    decision: UUID
    claim: UUID
    refund: int
    supplement: int
    reference: str
    pays_on: date | None = None
    pays: int | None = None
    matched: int = 0

    @property
    def total(self) -> int:
        """Add refund and supplement."""
        return self.refund + self.supplement

    @property
    def outstanding(self) -> int:
        """Give what is still to come under this decision."""
        return (self.total if self.pays is None else self.pays) - self.matched


@dataclass(frozen=True, slots=True)
class Pair:
    """A share of a line that pays a claim under a decision; the shares of a matched line sum to it."""

    line: UUID
    claim: UUID
    decision: UUID
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line that no evidence gives to a claim, with what is known of it."""

    line: UUID
    because: Said


@dataclass(frozen=True, slots=True)
class Matching:
    """All pairs and all lines that are left, sorted by line, claim and decision."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
