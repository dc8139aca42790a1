"""What a suggestion is: shares that a person may take, what speaks for them, and the difference they would leave."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from refusion.settlements.coding import Open
from refusion.settlements.facts import Received
from refusion.values.said import Said


class Kind(StrEnum):
    """The shapes of a suggestion."""

    WHOLE = "whole"
    PARTIAL = "partial"
    SPLIT = "split"
    JOIN = "join"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Share:
    """What one line would give one claim, in øre."""

    line: UUID
    claim: UUID
    decision: UUID | None
    amount: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Shares that fit together. ``score`` is 1 to 99, never certain; ``because`` says every point of it.

    ``difference`` is what the claims would receive more (or less) than is to come, in øre. ``rivals`` counts the other
    suggestions of equal worth: with one, this is a guess.
    """

    kind: Kind
    shares: tuple[Share, ...]
    difference: int
    score: int
    because: tuple[Said, ...]
    rivals: int = 0

    @property
    def lines(self) -> tuple[UUID, ...]:
        """Give the lines, each once."""
        return tuple(dict.fromkeys(share.line for share in self.shares))

    @property
    def claims(self) -> tuple[UUID, ...]:
        """Give the claims, each once."""
        return tuple(dict.fromkeys(share.claim for share in self.shares))


@dataclass(frozen=True, slots=True)
class Related:
    """A claim that a line may be for, with what speaks for it and the points that this is worth."""

    line: Received
    opened: Open
    points: int
    because: tuple[Said, ...]
    days_apart: int
