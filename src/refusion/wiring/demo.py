"""The demo as the house knows it: a Protocol that the rehearsal fills while it serves, so that nothing below knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LogIn:
    """A user of the demo, named on the log-in page while the demo runs."""

    name: str
    password: str
    roles: tuple[str, ...]
    institution: str


class Demo(Protocol):
    """A running demo: its day, its users, and how to go one day on."""

    def today(self) -> date:
        """Give the day that the demo stands at."""

    def next_day(self) -> date:
        """Live the next day and give it."""

    def log_ins(self) -> Sequence[LogIn]:
        """Name the demo's users."""
