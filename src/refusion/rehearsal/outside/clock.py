"""The rehearsal's own clock: it stands where the simulated world has put it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Copenhagen")
MORNING = time(9)
ROUND = timedelta(minutes=30)
"""Between two rounds of filing: longer than an authority needs until an inquiry sees what it took."""


@dataclass(slots=True)
class VirtualClock:
    """A clock that moves when it is told to."""

    instant: datetime

    def now(self) -> datetime:
        """Give the instant in UTC."""
        return self.instant.astimezone(UTC)

    def today(self) -> date:
        """Give the local day."""
        return self.instant.astimezone(HERE).date()

    def begin(self, day: date) -> None:
        """Go to the morning of a day."""
        self.instant = datetime.combine(day, MORNING, tzinfo=HERE)

    def next_round(self) -> None:
        """Go on to the next round of the day."""
        self.instant += ROUND


def morning_of(day: date) -> datetime:
    """Give the instant at which a day of the rehearsal begins."""
    return datetime.combine(day, MORNING, tzinfo=HERE)
