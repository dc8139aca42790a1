"""How far the days of an institution have been worked, so that an interrupted day goes on where it stopped."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class Days(Protocol):
    """Where finished steps are noted."""

    def mark(self, day: date, step: str) -> None:
        """Note that a step of the day is done; once more changes nothing."""

    def done(self, day: date) -> frozenset[str]:
        """Give the steps of a day that are done."""

    def last(self, step: str) -> date | None:
        """Give the last day on which the step was done."""
