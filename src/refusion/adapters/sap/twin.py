"""SAP's twin with the accounting system behind it: gives its feed, takes load files and transfers, each key once.

It speaks the files of the README and shares no code with the adapter that reads and writes them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

Record = dict[str, Any]  # JSON as the host stores it
FEED = {
    "sap-employments": "institution;employment_number;national_number;name;employed_since;employment_ends;contract;workplace;unit;"
    "position_percent;registered_on",
    "sap-pay": "institution;employment_number;month;agreed_pay;paid_pay;benefits_in_kind;registered_on",
    "sap-absences": "institution;employment_number;absence_number;benefit;first_day;last_day;degree_percent;coverage;due_on;status;"
    "registered_on",
    "sap-allocations": "institution;employment_number;first_day;last_day;cost_centre;project;share_percent;registered_on",
}
NAMED_BY = {
    "sap-employments": ("employment_number",),
    "sap-pay": ("employment_number", "month"),
    "sap-absences": ("employment_number", "absence_number"),
    "sap-allocations": ("employment_number", "first_day", "cost_centre", "project"),
}
REJECTED = ("run", "key", "code", "text")
DEFAULTS: Record = {"seed": "1", "rejected": {"per_mille": 0, "keys": []}, "closed_runs": []}
LOCKED, UNKNOWN = ("PG/017", "Personnummer sperret"), ("PG/344", "Ukjent ansettelse")
PAGE = 5000
CSV, TEXT = "text/csv; charset=utf-8", "text/plain; charset=utf-8"


class State(Protocol):
    """Shelves of records with sorted keys; one request or order is one transaction of the host."""

    def get(self, shelf: str, key: str) -> Record | None:
        """Give a record or None."""

    def put(self, shelf: str, key: str, record: Record) -> None:
        """Set a record down, in the place of an earlier one."""

    def scan(self, shelf: str, after: str = "", prefix: str = "", limit: int = -1) -> Iterator[tuple[str, Record]]:
        """Go through the records with a key above ``after`` that begins with ``prefix``, in order."""


class Request(Protocol):
    """What a host hands on."""

    @property
    def path(self) -> str:
        """The path that was asked for."""

    @property
    def body(self) -> bytes:
        """The raw file."""

    @property
    def method(self) -> str:
        """GET or POST."""


@dataclass(frozen=True)
class Reply:
    """What the host sends back."""

    status: int
    body: bytes
    content_type: str = CSV
    headers: tuple[tuple[str, str], ...] = ()


class Refusal(Exception):
    """A file that is not taken at all; the message says why."""


def answer(request: Request, state: State, _now: datetime) -> tuple[Reply, State]:
    """Answer one message; what is to be remembered is on the shelves of the state that is given back."""
    try:
        return _answered(request, state), state
    except Refusal as refusal:
        return Reply(400, str(refusal).encode(), TEXT), state


def advance(state: State, _now: datetime) -> State:
    """Let the days pass: SAP does nothing by itself."""
    return state


def obey(order: Record, state: State) -> Record:
    """Answer the control door. Raises ValueError for an order that is not known."""
    name = str(order.get("order", ""))
    if name not in _ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(_ORDERS))}")
    return _ORDERS[name](order, state)


def _answered(request: Request, state: State) -> Reply:
    match request.method, request.path:
        case "GET", path if path.removeprefix("/feed/") in FEED:
            kind = path.removeprefix("/feed/")
            return Reply(200, _sheet(FEED[kind].split(";"), (row for _, row in state.scan(kind))))
        case "POST", "/load":
            return _load(request.body, state)
        case "POST", "/transfer":
            return _transfer(request.body, state)
    return Reply(404, b"unknown address", TEXT)


def _load(body: bytes, state: State) -> Reply:
    """Take the lines of a load file one by one; what is not taken is told and may come again."""
    rejected = []
    for row in _rows(body, {"run", "key", "kind", "employment_number"}):
        known = state.get("loaded", row["key"])
        if known is not None:
            state.put("loaded", row["key"], known | {"received": known["received"] + 1})
            continue
        why = _why_not(row, state)
        if why is None:
            state.put("loaded", row["key"], row | {"received": 1})
        else:
            rejected.append({"run": row["run"], "key": row["key"], "code": why[0], "text": why[1]})
    return Reply(200, _sheet(REJECTED, rejected))


def _why_not(row: Mapping[str, str], state: State) -> tuple[str, str] | None:
    rule = _settings(state)["rejected"]
    drawn = int.from_bytes(sha256(f"{_settings(state)['seed']}|{row['key']}".encode()).digest()[:4], "big") % 1000
    if row["key"] in rule["keys"] or drawn < rule["per_mille"]:
        return LOCKED
    return None if state.get("sap-employments", row["employment_number"]) is not None else UNKNOWN


def _transfer(body: bytes, state: State) -> Reply:
    """Take a transfer whole: lines that are new must sum to nought; lines that are known are passed over."""
    new = []
    for row in _rows(body, {"run", "key", "account", "amount"}):
        known = state.get("transferred", row["key"])
        if known is not None:
            state.put("transferred", row["key"], known | {"received": known["received"] + 1})
            continue
        if int(row["run"]) in _settings(state)["closed_runs"]:
            raise Refusal(f"run {row['run']} is closed")
        new.append(row)
    if sum(_ore(row["amount"]) for row in new):
        raise Refusal("the amounts do not sum to nought")
    for row in new:
        state.put("transferred", row["key"], row | {"received": 1})
    return Reply(200, f"{len(new)} new lines".encode(), TEXT)


def _rows(body: bytes, wanted: set[str]) -> list[Record]:
    try:
        rows = [dict(row) for row in csv.DictReader(io.StringIO(body.decode(), newline=""), delimiter=";", strict=True)]
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Refusal("the file can't be read") from wrong
    if any(None in row or None in row.values() or not wanted <= row.keys() for row in rows):
        raise Refusal("the file has other columns")
    return rows


def _sheet(headings: list[str] | tuple[str, ...], rows: Iterator[Record] | list[Record]) -> bytes:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return sheet.getvalue().encode()


def _ore(written: str) -> int:
    whole, _, part = written.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int((part or "0").ljust(2, "0")))


def _put_rows(order: Record, state: State) -> Record:
    """Put rows into a table of the feed; a row with the same key takes the earlier one's place."""
    kind = str(order["kind"])
    if kind not in FEED:
        raise ValueError(f"kinds are {', '.join(sorted(FEED))}")
    for row in order["rows"]:
        if set(row) - set(FEED[kind].split(";")):
            raise ValueError(f"columns are {FEED[kind]}")
        state.put(kind, "|".join(str(row.get(name, "")) for name in NAMED_BY[kind]), row)
    return {"rows": sum(1 for _ in state.scan(kind))}


def _settings(state: State) -> Record:
    return DEFAULTS | (state.get("settings", "twin") or {})


def _set(order: Record, state: State) -> Record:
    changes = {key: value for key, value in order.items() if key != "order"}
    if set(changes) - set(DEFAULTS):
        raise ValueError(f"settings are {', '.join(sorted(DEFAULTS))}")
    held = _settings(state)
    merged = {key: {**held[key], **new} if isinstance(new, dict) else new for key, new in changes.items()}
    state.put("settings", "twin", (state.get("settings", "twin") or {}) | merged)
    return _settings(state)


def _listed(shelf: str, order: Record, state: State) -> Record:
    limit = int(order.get("limit", PAGE))
    rows = list(state.scan(shelf, after=str(order.get("after", "")), limit=limit))
    marker = rows[-1][0] if rows else str(order.get("after", ""))
    return {"items": [record for _, record in rows], "marker": marker, "complete": len(rows) < limit}


def _counts(_order: Record, state: State) -> Record:
    loaded = [row for _, row in state.scan("loaded")]
    transferred = [row for _, row in state.scan("transferred")]
    balances: dict[str, int] = {}
    for row in transferred:
        balances[row["account"]] = balances.get(row["account"], 0) + _ore(row["amount"])
    return {
        "loaded": len(loaded),
        "loaded_again": sum(row["received"] - 1 for row in loaded),
        "transferred": len(transferred),
        "transferred_again": sum(row["received"] - 1 for row in transferred),
        "balances_ore": dict(sorted(balances.items())),
    }


_ORDERS: dict[str, Callable[[Record, State], Record]] = {
    "set": _set,
    "settings": lambda _order, state: _settings(state),
    "rows": _put_rows,
    "loaded": lambda order, state: _listed("loaded", order, state),
    "transferred": lambda order, state: _listed("transferred", order, state),
    "counts": _counts,
}
