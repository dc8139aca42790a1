"""What goes wrong on the way to a twin and back: by rule, drawn from the message itself, never from time or order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Copenhagen")
WHOLE = 1000


class Memory(Protocol):
    """The part of a twin's memory that the faults need."""

    def get(self, shelf: str, key: str) -> dict[str, Any] | None:
        """Give a record or None."""

    def put(self, shelf: str, key: str, record: dict[str, Any]) -> None:
        """Set a record down."""


# kind: whether the message reaches the machine, and how the answer travels
KINDS: dict[str, tuple[bool, str]] = {
    "down": (False, "hang up"),
    "lose": (False, "hang up"),
    "refuse": (False, "500"),
    "drop": (True, "hang up"),
    "fail": (True, "500"),
    "truncate": (True, "truncate"),
    "garble": (True, "garble"),
    "twice": (True, "twice"),
    "late": (True, "late"),
}


@dataclass(frozen=True)
class Fault:
    """One rule. ``down`` lasts from ``since`` until ``until`` on the twin's clock; the others fall on messages.

    A message is hit when its hash begins with one of ``hashes``, or when its hash, the seed and the number of times
    it was seen draw less than ``per_mille``; either way only the first ``times`` times that it is seen. ``on`` names
    the operations (empty: all). ``delay_ms`` is how late ``late`` is.
    """

    kind: str
    per_mille: int = 0
    hashes: tuple[str, ...] = ()
    times: int = 1
    on: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    delay_ms: int = 1000

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist."""
        if self.kind not in KINDS:
            raise ValueError(f"faults are {', '.join(sorted(KINDS))}")
        object.__setattr__(self, "hashes", tuple(self.hashes))
        object.__setattr__(self, "on", tuple(self.on))

    @property
    def reaches(self) -> bool:
        """Whether the message reaches the machine."""
        return KINDS[self.kind][0]

    @property
    def manner(self) -> str:
        """How the answer travels."""
        return KINDS[self.kind][1]


def read(rules: object) -> tuple[Fault, ...]:
    """Read rules from JSON. Raises ValueError for what is no list of rules."""
    if not isinstance(rules, list) or not all(isinstance(rule, Mapping) for rule in rules):
        raise ValueError("faults are a list of rules")
    try:
        return tuple(Fault(**rule) for rule in rules)
    except TypeError as wrong:
        raise ValueError(f"a fault has {', '.join(Fault.__dataclass_fields__)}") from wrong


def spoken(words: str) -> Fault:
    """Read a fault as a command line says it: ``drop=0.05``, ``late=5%@HentSagsbehandling``, ``down=2024-11-10..2024-11-23``.

    Raises ValueError for other words.
    """
    rule, _, operation = words.partition("@")
    kind, _, how = rule.partition("=")
    on = (operation,) if operation else ()
    if kind == "down":
        first, _, last = how.partition("..")
        since = datetime.combine(date.fromisoformat(first), time(), tzinfo=HERE)
        until = datetime.combine(date.fromisoformat(last or first) + timedelta(days=1), time(), tzinfo=HERE)
        return Fault(kind, since=since.isoformat(), until=until.isoformat(), on=on)
    return Fault(kind, per_mille=_per_mille(how), on=on)


def _per_mille(share: str) -> int:
    """Read 0.05 or 5% as 50 per mille."""
    try:
        thousandths = Fraction(share.removesuffix("%")) * (10 if share.endswith("%") else 1000)
    except ValueError as wrong:
        raise ValueError(f"a share is written as 0.05 or 5%, not {share or 'nothing'}") from wrong
    if not 0 <= thousandths <= WHOLE or thousandths.denominator != 1:
        raise ValueError("a share lies between 0 and 1, in thousandths")
    return int(thousandths)


def written(rules: tuple[Fault, ...]) -> list[dict[str, Any]]:
    """Write rules as JSON."""
    return [asdict(rule) for rule in rules]


def befalling(rules: tuple[Fault, ...], message: tuple[str, bytes], memory: Memory, now: datetime) -> Fault | None:
    """Say what befalls a message (operation and body) now, and count that it was seen."""
    operation, body = message
    matching = [rule for rule in rules if not rule.on or operation in rule.on]
    if not matching:
        return None
    content = sha256(operation.encode() + body).hexdigest()
    seen = (memory.get("seen", content) or {"times": 0})["times"] + 1
    memory.put("seen", content, {"times": seen})
    return next((rule for rule in matching if _hits(rule, content, seen, (memory, now))), None)


def _hits(rule: Fault, content: str, seen: int, world: tuple[Memory, datetime]) -> bool:
    memory, now = world
    if rule.kind == "down":
        return datetime.fromisoformat(rule.since) <= now < datetime.fromisoformat(rule.until)
    if seen > rule.times:
        return False
    seed = (memory.get("host", "seed") or {"seed": "1"})["seed"]
    drawn = sha256(f"{seed}|{rule.kind}|{content}|{seen}".encode()).digest()
    by_share = int.from_bytes(drawn[:4], "big") % 1000 < rule.per_mille
    return by_share or any(content.startswith(start) for start in rule.hashes)
