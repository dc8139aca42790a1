"""The only place that reads the clock; everything else is told the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Copenhagen")
NOON = 12


class Clock(Protocol):
    """What tells the local day and the instant in UTC."""

    def today(self) -> date:
        """Give the local day."""
        ...

    def now(self) -> datetime:
        """Give the instant, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock."""

    zone: ZoneInfo = HERE

    def today(self) -> date:
        """Give the local day."""
        return datetime.now(self.zone).date()

    def now(self) -> datetime:
        """Give the instant, in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SetClock:
    """A clock that stands at noon of the day it was set to, for the demo, for a named day's work and for tests."""

    day: date
    zone: ZoneInfo = HERE

    def today(self) -> date:
        """Give the day it was set to."""
        return self.day

    def now(self) -> datetime:
        """Give local noon of that day, in UTC."""
        return datetime(self.day.year, self.day.month, self.day.day, NOON, tzinfo=self.zone).astimezone(UTC)

    def next_day(self) -> date:
        """Go one day on and give the new day."""
        self.day += timedelta(days=1)
        return self.day
