"""The rehearsal's own clock: it stands where the simulated world has put it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from threading import local
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Copenhagen")
MORNING = time(9)
ROUND = timedelta(minutes=30)
"""Between two rounds of filing: longer than an authority needs until an inquiry sees what it took."""


class VirtualClock:
    """A clock that moves when it is told to.

    The day is the same for all; how many rounds it is into the day is known by each thread for itself, since each
    institution of a rehearsal lives in a thread of its own.
    """

    def __init__(self, instant: datetime) -> None:
        """Take the instant that it stands at."""
        self.instant = instant
        self._own = local()

    def now(self) -> datetime:
        """Give the instant in UTC."""
        return (self.instant + self._into_the_day()).astimezone(UTC)

    def today(self) -> date:
        """Give the local day."""
        return (self.instant + self._into_the_day()).astimezone(HERE).date()

    def begin(self, day: date) -> None:
        """Go to the morning of a day."""
        self.instant = datetime.combine(day, MORNING, tzinfo=HERE)
        self._own.into_the_day = timedelta()

    def next_round(self) -> None:
        """Go on to the next round of the day."""
        self._own.into_the_day = self._into_the_day() + ROUND

    def _into_the_day(self) -> timedelta:
        into: timedelta = getattr(self._own, "into_the_day", timedelta())
        return into


def morning_of(day: date) -> datetime:
    """Give the instant at which a day of the rehearsal begins."""
    return datetime.combine(day, MORNING, tzinfo=HERE)
