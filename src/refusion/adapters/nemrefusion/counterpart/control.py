"""The twin's control door: how it behaves, and what it witnessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from refusion.adapters.nemrefusion.counterpart import rules
from refusion.adapters.nemrefusion.counterpart.records import DEFAULTS, Filed, Record, State, Taken, every, load, settings

PAGE = 5000


def obey(order: Record, state: State) -> Record:
    """Carry out an order or answer a question. Raises ValueError for an order that the twin does not know."""
    name = str(order.get("order", ""))
    if name not in _ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(_ORDERS))}")
    return _ORDERS[name](order, state)


def _set(order: Record, state: State) -> Record:
    changes = {key: value for key, value in order.items() if key != "order"}
    unknown = sorted(set(changes) - set(DEFAULTS))
    if unknown:
        raise ValueError(f"settings are {', '.join(sorted(DEFAULTS))}")
    held = settings(state)
    merged = {key: {**held[key], **new} if isinstance(new, dict) else new for key, new in changes.items()}
    state.put("settings", "twin", (state.get("settings", "twin") or {}) | merged)
    return settings(state)


def _accepted(order: Record, state: State) -> Record:
    """List what was accepted, by intent; ``standing`` is that of the report it concerns, as it stands now."""
    return _listed("accepted", order, state, _witnessed)


def _witnessed(state: State, record: Record) -> Record:
    filed = load(state, Filed, record["authority_id"])
    return {key: value for key, value in record.items() if key != "raw"} | {"standing": filed.standing if filed else ""}


def _as_it_is(_state: State, record: Record) -> Record:
    return record


def _listed(shelf: str, order: Record, state: State, show: Callable[[State, Record], Record] = _as_it_is) -> Record:
    limit = int(order.get("limit", PAGE))
    rows = list(state.scan(shelf, after=str(order.get("after", "")), limit=limit))
    marker = rows[-1][0] if rows else str(order.get("after", ""))
    return {"items": [show(state, record) for _, record in rows], "marker": marker, "complete": len(rows) < limit}


def _payments(order: Record, state: State) -> Record:
    """List what is paid from one day to another, both included."""
    since, until = str(order.get("from", "0001-01-01")), str(order.get("to", "9999-12-31"))
    rows = [record for _, record in state.scan("payment", after=since) if record["pays_on"] <= until]
    return {"items": rows, "complete": True}


def _counts(_order: Record, state: State) -> Record:
    taken = list(every(state, Taken))
    doubles = Counter(_business_key(state, filed) for filed in every(state, Filed) if filed.active)
    return {
        "accepted": len(taken),
        "received": sum(one.received for one in taken),
        "by_form": dict(sorted(Counter(f"{one.action} {one.form}" for one in taken).items())),
        "double_filings": sum(count - 1 for count in doubles.values()),
        "decisions": _size(state.scan("verdict")),
        "payments": _size(state.scan("payment")),
        "paid_ore": sum(record["amount_ore"] for _, record in state.scan("payment")),
    }


def _size(rows: Iterator[object]) -> int:
    return sum(1 for _ in rows)


def _business_key(state: State, filed: Filed) -> tuple[object, ...]:
    """Say what a report is about: the same twice under two intents is a double filing."""
    fields = filed.fields
    if rules.sort_of(filed.form) == rules.NOTIFICATION:
        return filed.form, filed.cvr, fields["PersonCivilRegistrationIdentifier"], fields["FoersteFravaersdag"]
    notification = load(state, Filed, fields["AnmeldelseIdentifikator"])
    person = notification.fields["PersonCivilRegistrationIdentifier"] if notification else ""
    days = fields.get("RefusionsperiodeFra"), fields.get("RefusionsperiodeTil"), fields.get("SidsteFravaersdag")
    return filed.form, filed.cvr, person, *(days[:2] if rules.sort_of(filed.form) == rules.CLAIM else days[2:])


_ORDERS: dict[str, Callable[[Record, State], Record]] = {
    "set": _set,
    "settings": lambda _order, state: settings(state),
    "accepted": _accepted,
    "decisions": lambda order, state: _listed("verdict", order, state),
    "payments": _payments,
    "counts": _counts,
}
