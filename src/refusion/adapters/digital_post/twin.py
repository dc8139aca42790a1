"""The twin of Digital Post and Mit Sygefravær: a pure machine that keeps letters and answers through its host's state.

What the municipality writes comes in through its control door; it shares no rule and no reading with the product.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

Record = dict[str, Any]  # JSON as the host stores it
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
FORM = "Oplysningsskema"
JSON = "application/json; charset=utf-8"


class State(Protocol):
    """Shelves of records with sorted keys; one request or order is one transaction of the host."""

    def get(self, shelf: str, key: str) -> Record | None:
        """Give a record or None."""

    def put(self, shelf: str, key: str, record: Record) -> None:
        """Set a record down, in the place of an earlier one."""

    def scan(self, shelf: str, after: str = "", prefix: str = "", limit: int = -1) -> Iterator[tuple[str, Record]]:
        """Go through the records with a key above ``after`` that begins with ``prefix``, in order."""


class Request(Protocol):
    """What a host hands on: the path and the body of a POST."""

    @property
    def path(self) -> str:
        """The path that was asked for."""

    @property
    def body(self) -> bytes:
        """The raw message."""


@dataclass(frozen=True)
class Reply:
    """What the host sends back."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()


def answer(request: Request, state: State, now: datetime) -> tuple[Reply, State]:
    """Answer one message; what is to be remembered is on the shelves of the state that is given back."""
    operation = _OPERATIONS.get(request.path.rpartition("/")[2])
    if operation is None:
        return _refused(404, "ukendt", "ukendt operation"), state
    try:
        return operation(dict(json.loads(request.body)), state, now), state
    except (ValueError, KeyError, TypeError) as wrong:
        return _refused(400, "ulaeselig", str(wrong)), state


def advance(state: State, now: datetime) -> State:
    """Let the days pass; letters wait for whoever fetches them."""
    state.put("clock", "day", {"day": now.astimezone(COPENHAGEN).date().isoformat()})
    return state


def obey(order: Record, state: State) -> Record:
    """Answer the control door. Raises ValueError for an order that is not known."""
    name = str(order.get("order", ""))
    if name not in _ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(_ORDERS))}")
    return _ORDERS[name](order, state)


def _reply(told: Record) -> Reply:
    return Reply(200, json.dumps(told, ensure_ascii=False, sort_keys=True).encode())


def _refused(status: int, code: str, words: str) -> Reply:
    return Reply(status, json.dumps({"kode": code, "tekst": words}, ensure_ascii=False).encode())


def _fetch(asked: Record, state: State, _now: datetime) -> Reply:
    limit = min(int(asked["hoejst"]), int((state.get("settings", "twin") or {}).get("page", 100)))
    rows = list(state.scan("letter", after=str(asked["efter"]), limit=limit + 1))
    shown = rows[:limit]
    marker = shown[-1][0] if shown else str(asked["efter"])
    return _reply({"beskeder": [record for _, record in shown], "maerke": marker, "afskaaret": len(rows) > limit})


def _answered(asked: Record, state: State, now: datetime) -> Reply:
    """Take the answer to a form once: the same again gives the same receipt, another under its id is refused."""
    content = sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    case, known = str(asked["sagsreference"]), state.get("answer", str(asked["svar"]))
    if known is not None:
        return _reply(known["receipt"]) if known["hash"] == content else _refused(422, "andet-svar", "svaret er brugt til noget andet")
    if state.get("form", case) is None:
        return _refused(422, "intet-skema", "der er ikke sendt et oplysningsskema")
    day = now.astimezone(COPENHAGEN).date().isoformat()
    receipt = {"svar": str(asked["svar"]), "kvittering": f"MS-{content[:16]}", "modtaget": day}
    state.put("answer", str(asked["svar"]), {"hash": content, "receipt": receipt, "case": case, "told": asked})
    return _reply(receipt)


def _deliver(order: Record, state: State) -> Record:
    """Lay a letter into the box; the same id again changes nothing."""
    letter = {name: order[name] for name in ("id", "sagsreference", "type", "dato")} | {"felter": dict(order.get("felter", {}))}
    if state.get("delivered", letter["id"]) is None:
        count = (state.get("count", "letters") or {"count": 0})["count"] + 1
        state.put("count", "letters", {"count": count})
        state.put("letter", f"{count:012d}", letter)
        state.put("delivered", letter["id"], {"count": count})
        if letter["type"] == FORM:
            state.put("form", letter["sagsreference"], {"sent": letter["dato"]})
    return letter


def _set(order: Record, state: State) -> Record:
    settings = (state.get("settings", "twin") or {}) | {key: value for key, value in order.items() if key in {"page", "seed"}}
    state.put("settings", "twin", settings)
    return settings


def _answers(order: Record, state: State) -> Record:
    return {"items": [record for _, record in state.scan("answer", after=str(order.get("after", "")))]}


def _letters(_order: Record, state: State) -> Record:
    return {"items": [record for _, record in state.scan("letter")]}


_OPERATIONS: dict[str, Callable[[Record, State, datetime], Reply]] = {"HentBeskeder": _fetch, "BesvarSkema": _answered}
_ORDERS: dict[str, Callable[[Record, State], Record]] = {"deliver": _deliver, "set": _set, "answers": _answers, "letters": _letters}
