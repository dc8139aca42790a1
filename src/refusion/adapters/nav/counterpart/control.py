"""The control door of NAV's twin: persons' applications, how it behaves, and what it witnessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from refusion.adapters.nav.counterpart import applications
from refusion.adapters.nav.counterpart.entitlement import days_due
from refusion.adapters.nav.counterpart.intake import FAILED, compared
from refusion.adapters.nav.counterpart.paying import owed
from refusion.adapters.nav.counterpart.records import DEFAULTS, Record, State, settings

PAGE = 5000


def obey(order: Record, state: State) -> Record:
    """Carry out an order or answer a question. Raises ValueError for an order that the twin does not know."""
    name = str(order.get("order", ""))
    if name not in _ORDERS:
        raise ValueError(f"orders are {', '.join(sorted(_ORDERS))}")
    return _ORDERS[name](order, state)


def _set(order: Record, state: State) -> Record:
    changes = {key: value for key, value in order.items() if key != "order"}
    if set(changes) - set(DEFAULTS):
        raise ValueError(f"settings are {', '.join(sorted(DEFAULTS))}")
    held = settings(state)
    merged = {key: {**held[key], **new} if isinstance(new, dict) else new for key, new in changes.items()}
    state.put("settings", "twin", (state.get("settings", "twin") or {}) | merged)
    return settings(state)


def _listed(shelf: str, order: Record, state: State) -> Record:
    limit = int(order.get("limit", PAGE))
    rows = list(state.scan(shelf, after=str(order.get("after", "")), limit=limit))
    marker = rows[-1][0] if rows else str(order.get("after", ""))
    return {"items": [record for _, record in rows], "marker": marker, "complete": len(rows) < limit}


def _payments(order: Record, state: State) -> Record:
    """List what is paid from one day to another, both included."""
    since, until = str(order.get("from", "0001-01-01")), str(order.get("to", "9999-12-31"))
    return {"items": [one for _, one in state.scan("payment", after=since) if one["pays_on"] <= until], "complete": True}


def _owed(order: Record, state: State) -> Record:
    """List what is due through ``until`` and has not been paid."""
    rows = owed(state, date.fromisoformat(order["until"]))
    recoveries = [one for _, one in state.scan("recovery")]
    return {
        "items": rows,
        "recoveries": recoveries,
        "ore": sum(row["ore"] for row in rows),
        "recoveries_ore": sum(one["amount"] for one in recoveries),
    }


def _days(order: Record, state: State) -> Record:
    """Tell a decision day by day: one application's weekdays through ``until``."""
    application = state.get("application", applications.key_of(order["fnr"], order["code"], order["start"]))
    if application is None:
        raise ValueError("no such application")
    found = days_due(state, application, date.fromisoformat(order["until"]))
    return {"items": [{"workplace": one.workplace, "day": one.day.isoformat(), "ore": one.ore} for one in found]}


def _counts(_order: Record, state: State) -> Record:
    notices = sorted((one for _, one in state.scan("notice")), key=lambda one: (str(one["request"]), int(one["attempt"])))
    taken = [(one["request"], compared(one["told"])) for one in notices if one["status"] != FAILED]
    return {
        "notices": len(notices),
        "by_status": dict(sorted(Counter(one["status"] for one in notices).items())),
        "double_filings": sum(one == later for one, later in pairwise(taken)),
        "requests": sum(1 for _ in state.scan("request")),
        "reports": sum(1 for _ in state.scan("report")),
        "paid_ore": sum(one["amount_ore"] for _, one in state.scan("payment")),
    }


_ORDERS: dict[str, Callable[[Record, State], Record]] = {
    "set": _set,
    "settings": lambda _order, state: settings(state),
    "apply": applications.apply,
    "withdraw": applications.withdraw,
    "applications": lambda order, state: _listed("application", order, state),
    "requests": lambda order, state: _listed("request", order, state),
    "notices": lambda order, state: _listed("notice", order, state),
    "reports": lambda order, state: _listed("report", order, state),
    "payments": _payments,
    "owed": _owed,
    "days": _days,
    "counts": _counts,
}
