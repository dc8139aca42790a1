"""What the twin remembers, as plain records on named shelves that its host keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

Record = dict[str, Any]  # JSON as the host stores it; its shape is that of the dataclass that it was written from
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_NAMES = UUID("6f2f6f0a-52a1-5b7e-9d0c-3f1f3c1b7a55")

R = TypeVar("R")


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


@dataclass
class Filed:
    """One report as it stands now: what the municipality would see."""

    authority_id: str
    intent: str
    bundle: str
    cvr: str
    form: str
    fields: Record
    token: str
    standing: str
    signed_at: str
    decisions: list[str] = field(default_factory=list)

    @property
    def signed_day(self) -> str:
        """The local day of the signing."""
        return datetime.fromisoformat(self.signed_at).astimezone(COPENHAGEN).date().isoformat()

    @property
    def active(self) -> bool:
        """Whether the report counts: signed and not annulled."""
        return self.standing not in {"kladde", "annulleret"}


@dataclass
class Taken:
    """One acceptance: what came under one intent, as it came, and the receipt that was given for it."""

    intent: str
    bundle: str
    cvr: str
    form: str
    action: str
    authority_id: str
    receipt: str
    signed_at: str
    signed_on: str
    content_hash: str
    business_hash: str
    fields: Record
    raw: list[str]
    warnings: list[list[str]]
    received: int = 1


@dataclass
class Case:
    """The reports of one bundle, in the order in which they were accepted."""

    bundle: str
    claims: list[str] = field(default_factory=list)
    recoveries: list[str] = field(default_factory=list)


SHELVES: dict[type, str] = {Filed: "report", Taken: "accepted", Case: "case"}


def load(state: State, kind: type[R], key: str) -> R | None:
    """Take a record from its shelf."""
    record = state.get(SHELVES[kind], key)
    return None if record is None else kind(**record)


def keep(state: State, record: Filed | Taken | Case) -> None:
    """Set a record on its shelf."""
    key = {Filed: "authority_id", Taken: "intent", Case: "bundle"}[type(record)]
    state.put(SHELVES[type(record)], getattr(record, key), dict(vars(record)))


def every(state: State, kind: type[R]) -> Iterator[R]:
    """Go through all records of a kind."""
    return (kind(**record) for _, record in state.scan(SHELVES[kind]))


def drawn(*parts: object) -> int:
    """Draw a large whole number from what it is about: the same thing always draws the same."""
    return int.from_bytes(sha256("\x1f".join(map(str, parts)).encode()).digest()[:8], "big")


def named(*parts: object) -> str:
    """Give an id that follows from what it names."""
    return str(uuid5(_NAMES, "\x1f".join(map(str, parts))))


DEFAULTS: Record = {
    "seed": "1",
    "decide_days": [14, 21],
    "list_limit": 1000,
    "read_delay_seconds": 0,
    "wrong_payments": {"per_mille": 0, "intents": [], "by_ore": -10000},
    "duplicate_decisions": {"per_mille": 0, "intents": []},
    "revised_decisions": {"per_mille": 0, "intents": [], "after_days": 30, "per_cent": 90},
}


def settings(state: State) -> Record:
    """Give how the twin behaves: the defaults and what its control door changed."""
    return DEFAULTS | (state.get("settings", "twin") or {})


def chosen(state: State, what: str, intent: str) -> bool:
    """Tell whether a misbehaviour falls on a report: by list, or by a share that its intent and the seed draw."""
    ordered = settings(state)
    rule = ordered[what]
    return intent in rule.get("intents", []) or drawn(ordered["seed"], what, intent) % 1000 < rule.get("per_mille", 0)
