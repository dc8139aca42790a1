"""The offices' twin: a pure machine that takes report files, gives receipts, decides and pays, and errs on request.

It speaks the files of the README and shares no rule, rate or reading with the product.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from refusion.adapters.udbetaling_danmark.assessment import granted, month_end, ore
from refusion.adapters.udbetaling_danmark.codec import read_report, write_decisions
from refusion.adapters.udbetaling_danmark.messages import Afgoerelse
from refusion.values.money import kroner
from refusion.values.said import BadInput

Record = dict[str, Any]
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
THOUSAND = 1000
DEFAULTS: Record = {
    "seed": "1", "decide_days": 10, "refused_per_mille": 0, "reduced_per_mille": 0, "strange_per_mille": 0, "wrong_payment_per_mille": 0,
}  # fmt: skip
"""How it errs: refusals and cuts without cause, decisions on claims that nobody sent, payments of another amount."""


class Request(Protocol):
    """What a host hands on: the path and the body of a message."""

    @property
    def path(self) -> str:
        """The path that was asked for."""

    @property
    def body(self) -> bytes:
        """The raw message."""


class State(Protocol):
    """The twin's memory, kept by its host."""

    def get(self, shelf: str, key: str) -> Record | None:
        """Give a record or None."""

    def put(self, shelf: str, key: str, record: Record) -> None:
        """Set a record down."""

    def scan(self, shelf: str, after: str = "", prefix: str = "", limit: int = -1) -> Iterator[tuple[str, Record]]:
        """Go through the records in order."""


@dataclass(frozen=True)
class Reply:
    """What the host sends back."""

    status: int
    body: bytes
    content_type: str = "text/csv; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


def answer(request: Request, state: State, now: datetime) -> tuple[Reply, State]:
    """Answer one message: a report file under ``/indberetninger``, or the wish for decisions under ``/afgoerelser``."""
    operation = _OPERATIONS.get(request.path.rpartition("/")[2])
    if operation is None:
        return Reply(404, b"unknown operation", "text/plain"), state
    return operation(request.body, state, now), state


def advance(state: State, now: datetime) -> State:
    """Let the days pass up to now: decide what is due, and pay at the end of the month."""
    today = now.astimezone(COPENHAGEN).date()
    for key, told in list(state.scan("due")):
        if told["decide_on"] <= today.isoformat() and not told["decided"]:
            _decide(state, told, date.fromisoformat(told["decide_on"]))
            state.put("due", key, {**told, "decided": True})
    return state


def obey(order: Record, state: State) -> Record:
    """Answer the control door. Raises ValueError for an order that is not known."""
    name = str(order.get("order", ""))
    if name not in _ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(_ORDERS))}")
    return _ORDERS[name](order, state)


def _take(body: bytes, state: State, now: datetime) -> Reply:
    """Take a report file whole; the same file again has the receipt that it had."""
    digest = sha256(body).hexdigest()
    receipt = f"KV-{digest[:10].upper()}"
    if state.get("file", digest) is None:
        try:
            rows = read_report("indberetning", body)
            sums = [granted(row.celler) for row in rows]
        except (BadInput, ValueError, KeyError):
            return Reply(400, "filen kan ikke læses".encode(), "text/plain; charset=utf-8")
        day = now.astimezone(COPENHAGEN).date()
        state.put("file", digest, {"receipt": receipt, "received_on": day.isoformat(), "rows": len(rows)})
        for row, amount in zip(rows, sums, strict=True):
            _note(state, dict(row.celler), amount, (receipt, day))
    return Reply(200, json.dumps({"kvittering": receipt}).encode(), "application/json")


def _note(state: State, cells: Record, amount: int, came: tuple[str, date]) -> None:
    """Set a claim down as it was told; a version that stands already is a double."""
    receipt, day = came
    key = f"{cells['cvr']}|{cells['ordning']}|{cells['anmodning']}"
    double = state.get("claim", key) is not None
    decide_on = day + timedelta(days=int(_settings(state)["decide_days"]))
    state.put("claim", key, {**cells, "receipt": receipt, "double": double})
    state.put("due", f"{decide_on}|{receipt}|{key}", {**cells, "granted": amount, "decide_on": decide_on.isoformat(), "decided": False})


def _decide(state: State, told: Record, day: date) -> None:
    """Decide a claim: its sum, less what an earlier version of it was paid; and a stranger now and then."""
    held, name = _settings(state), f"{told['cvr']}|{told['ordning']}|{told['anmodning']}"
    refund = 0 if _drawn(held, "refused_per_mille", name) else told["granted"]
    refund = refund * 9 // 10 if _drawn(held, "reduced_per_mille", name) else refund
    supplement = ore(told["tillaeg"]) if refund == ore(told["refusion"]) else 0
    _tell(state, told, (refund, supplement), day)
    if _drawn(held, "strange_per_mille", name):
        _tell(state, {**told, "anmodning": f"{90_000_000 + _hash(held, name) % 1000}-1"}, (100_00, 0), day)


def _tell(state: State, told: Record, amounts: tuple[int, int], day: date) -> None:
    held, claim = _settings(state), told["anmodning"].partition("-")[0]
    root = f"{told['cvr']}|{told['ordning']}|{claim}|"
    earlier = [record for _, record in state.scan("paid", prefix=root)]
    refund, supplement = amounts
    pays = refund + supplement - sum(one["pays"] for one in earlier)
    identity = f"AF-{_hash(held, root, told['anmodning']) % 10**9:09d}"
    pays_on = month_end(day)
    decision = {
        "ordning": told["ordning"], "afgoerelse": identity, "anmodning": told["anmodning"],
        "udfald": _outcome(refund + supplement, ore(told["i_alt"])), "refusion": kroner(refund), "tillaeg": kroner(supplement),
        "udbetales": kroner(pays), "afgjort": day.isoformat(), "dispositionsdag": pays_on.isoformat(),
        "betalingsreference": f"{told['ordning'][:6].upper()}-{identity[3:]}",
        "erstatter": earlier[-1]["afgoerelse"] if earlier else "", "begrundelse": "",
    }  # fmt: skip
    state.put("decision", f"{day}|{identity}", {**decision, "cvr": told["cvr"]})
    state.put("paid", f"{root}{told['anmodning']}", {"pays": pays, "afgoerelse": identity})
    wrong = 500 if _drawn(held, "wrong_payment_per_mille", identity) else 0
    if pays:
        state.put("payment", f"{pays_on}|{identity}", {
            "cvr": told["cvr"], "pays_on": pays_on.isoformat(), "amount_ore": pays + wrong, "decided_ore": pays,
            "reference": decision["betalingsreference"], "payer": PAYERS[told["ordning"]], "text": told["ordning"],
        })  # fmt: skip


def _outcome(given: int, asked: int) -> str:
    if not given:
        return "Afslag"
    return "Bevilget" if given == asked else "Nedsat"


def _decisions(body: bytes, state: State, _now: datetime) -> Reply:
    """Give every decision of an employer; the body names its company number, empty gives all."""
    employer = body.decode("ascii", "replace").strip()
    rows = [record for _, record in state.scan("decision") if employer in ("", record["cvr"])]
    return Reply(200, write_decisions(Afgoerelse(n, row) for n, row in enumerate(rows, 2)))


def _settings(state: State) -> Record:
    return {**DEFAULTS, **(state.get("settings", "twin") or {})}


def _set(order: Record, state: State) -> Record:
    changes = {key: value for key, value in order.items() if key != "order"}
    unknown = sorted(set(changes) - set(DEFAULTS))
    if unknown:
        raise ValueError(f"settings are {', '.join(sorted(DEFAULTS))}")
    state.put("settings", "twin", {**(state.get("settings", "twin") or {}), **changes})
    return _settings(state)


def _accepted(_order: Record, state: State) -> Record:
    """List what was told, by claim and version; nothing of a person."""
    items = [{name: value for name, value in record.items() if name != "cpr"} for _, record in state.scan("claim")]
    return {"items": items, "complete": True}


def _counts(_order: Record, state: State) -> Record:
    claims = [record for _, record in state.scan("claim")]
    return {"claims": len(claims), "double_filings": sum(one["double"] for one in claims), "files": len(list(state.scan("file")))}


def _payments(order: Record, state: State) -> Record:
    """List what is paid from one day to another, both included."""
    since, until = str(order.get("from", "0001-01-01")), str(order.get("to", "9999-12-31"))
    return {"items": [one for _, one in state.scan("payment", after=since) if one["pays_on"] <= until], "complete": True}


def _drawn(held: Record, name: str, *about: str) -> bool:
    return _hash(held, name, *about) % THOUSAND < int(held[name])


def _hash(held: Record, *about: str) -> int:
    return int.from_bytes(sha256("|".join((str(held["seed"]), *about)).encode()).digest()[:8])


PAYERS = {
    "Fleksjobordningen": "Økonomistyrelsen", "Barselsfonden": "Økonomistyrelsen", "Fleksjob": "Fjordby Kommune",
    "Loentilskud": "Fjordby Kommune", "Jobafklaring": "Fjordby Kommune",
}  # fmt: skip
_OPERATIONS: dict[str, Callable[[bytes, State, datetime], Reply]] = {"indberetninger": _take, "afgoerelser": _decisions}
_ORDERS: dict[str, Callable[[Record, State], Record]] = {"set": _set, "accepted": _accepted, "counts": _counts, "payments": _payments}
