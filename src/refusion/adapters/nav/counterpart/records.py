"""What NAV's twin remembers, as plain records on named shelves that its host keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Record = dict[str, Any]  # JSON as the host stores it
OSLO = ZoneInfo("Europe/Oslo")
ONE_DAY = timedelta(days=1)
_NAMES = UUID("0b6c9d52-7c1e-5b0a-8a75-4d1f3c2e9b60")
FRIDAY = 4


class State(Protocol):
    """Shelves of records with sorted keys; one request or order is one transaction of the host."""

    def get(self, shelf: str, key: str) -> Record | None:
        """Give a record or None."""

    def put(self, shelf: str, key: str, record: Record) -> None:
        """Set a record down, in the place of an earlier one."""

    def drop(self, shelf: str, key: str) -> None:
        """Take a record away; nothing happens when there is none."""

    def scan(self, shelf: str, after: str = "", prefix: str = "", limit: int = -1) -> Iterator[tuple[str, Record]]:
        """Go through the records with a key above ``after`` that begins with ``prefix``, in order."""


DEFAULTS: Record = {
    "seed": "1",
    "process_seconds": 60,
    "list_limit": 1000,
    "read_delay_seconds": 0,
    "pay_day": 3,
    "income_check": True,
    "failed_notices": {"per_mille": 0, "requests": [], "code": "TEKNISK_FEIL"},
    "blind_duplicates": {"per_mille": 0},
    "overpayments": {"per_mille": 0, "applications": [], "by_ore": 100_000, "back_after_months": 2},
    "duplicate_reports": {"per_mille": 0},
    "partial_reports": {"per_mille": 0},
    "late_reports": {"per_mille": 0, "days": 5},
    "contradictory_reports": {"per_mille": 0},
}


def settings(state: State) -> Record:
    """Give how the twin behaves: the defaults and what its control door changed."""
    return DEFAULTS | (state.get("settings", "twin") or {})


def drawn(*parts: object) -> int:
    """Draw a large whole number from what it is about: the same thing always draws the same."""
    return int.from_bytes(sha256("\x1f".join(map(str, parts)).encode()).digest()[:8], "big")


def named(*parts: object) -> str:
    """Give an id that follows from what it names."""
    return str(uuid5(_NAMES, "\x1f".join(map(str, parts))))


def chosen(state: State, what: str, *about: object) -> bool:
    """Tell whether a misbehaviour falls on something, by a share that it and the seed draw."""
    ordered = settings(state)
    return drawn(ordered["seed"], what, *about) % 1000 < int(ordered[what].get("per_mille", 0))


def counted(state: State, what: str) -> int:
    """Count on by one: serials and ids of reports have no gaps."""
    number = int((state.get("counter", what) or {"last": 0})["last"]) + 1
    state.put("counter", what, {"last": number})
    return number


def local_day(moment: datetime) -> date:
    """Give the day in Oslo."""
    return moment.astimezone(OSLO).date()


def is_weekday(day: date) -> bool:
    """Tell Monday to Friday, public holidays among them."""
    return day.weekday() <= FRIDAY


def month_of(day: date) -> str:
    """Name a month as YYYY-MM."""
    return f"{day:%Y-%m}"


def next_month(month: str) -> str:
    """Name the month after."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + 1}-01" if number == 12 else f"{year}-{number + 1:02d}"


def last_day_of(month: str) -> date:
    """Give the last day of a month."""
    return date.fromisoformat(f"{next_month(month)}-01") - ONE_DAY
