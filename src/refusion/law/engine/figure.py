"""What an explanation must know of a dated figure: its values with their days and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from refusion.law.engine.numbers import Day, Truth, Unit


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure was from one day on."""

    since: date
    amount: int
    source: str
    verified: bool


class Figure(Protocol):
    """A dated figure as an explanation sees it."""

    name: str
    law: str
    unit: Unit

    def value_on(self, day: int) -> Value:
        """Give the value of one day."""

    def estimated(self, day: Day) -> Truth:
        """Tell whether the value of the day is not published yet."""

    def __hash__(self) -> int:
        """Be one of a kind, so that what was written of a figure can be kept."""
