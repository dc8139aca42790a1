"""Persons' applications to NAV and NAV's requests to their employers: made by order of the rehearsal."""

from __future__ import annotations

from datetime import date

from refusion.adapters.nav.counterpart.records import Record, State, counted, named, settings

OUTDATED = "UTGÅTT"
CODES = {"1": "FORELDREPENGER", "2": "FORELDREPENGER", "3": "SVANGERSKAPSPENGER", "4": "SYKEPENGER"}


def apply(order: Record, state: State) -> Record:
    """Take an application: who, which benefit, which days, at whose employers; a repeated one changes the days.

    An application that ``replaces`` another first day outdates the requests of that one. Raises ValueError or KeyError
    for one that lacks a fact. Gives the requests by sub-unit.
    """
    key = key_of(order["fnr"], order["code"], order["start"])
    earlier = state.get("application", key)
    application = {
        "key": key,
        "fnr": order["fnr"],
        "name": str(order.get("person_name", "")),
        "code": _code(order["code"]),
        "start": date.fromisoformat(order["start"]).isoformat(),
        "coverage": int(order.get("coverage", 100)),
        "born": order.get("born", "1990-01-01"),
        "periods": [_period(one) for one in order["periods"]],
        "employers": [_employer(one) for one in order["employers"]],
        "stirred": True,
    }
    state.put("application", key, application)
    replaced = order.get("replaces")
    if replaced is not None:
        withdraw({"fnr": order["fnr"], "code": order["code"], "start": replaced}, state)
    requests = {one["workplace"]: _asked(state, application, one, replaced) for one in application["employers"] if one["asked"]}
    return {"requests": requests, "changed": earlier is not None}


def withdraw(order: Record, state: State) -> Record:
    """Take an application back: nothing is due any more and what was paid is reclaimed."""
    key = key_of(order["fnr"], order["code"], order["start"])
    application = state.get("application", key)
    if application is None:
        raise ValueError("no such application")
    state.put("application", key, application | {"periods": [], "stirred": True})
    for employer in application["employers"]:
        request = _current(state, key, employer["workplace"])
        if request is not None:
            state.put("request", request["forespoerselId"], request | {"status": OUTDATED})
    return {"withdrawn": key}


def key_of(person: str, code: str, start: str) -> str:
    """Name an application: person, benefit, first day."""
    return f"{person}|{code}|{start}"


def _current(state: State, key: str, workplace: str) -> Record | None:
    """Give the request that stands for an application at a sub-unit."""
    named_by = state.get("request_of", f"{key}|{workplace}")
    return None if named_by is None else state.get("request", named_by["id"])


def _asked(state: State, application: Record, employer: Record, replaced: str | None) -> str:
    """Ask the employer for an income notice, once for an application; a request that is outdated points to the new one."""
    key, workplace = application["key"], employer["workplace"]
    current = _current(state, key, workplace)
    if current is not None and current["status"] != OUTDATED:
        return str(current["forespoerselId"])
    serial = counted(state, "request")
    number = named(settings(state)["seed"], "request", key, workplace, "" if current is None else current["forespoerselId"])
    request = {
        "loepenr": serial,
        "forespoerselId": number,
        "orgnr": workplace,
        "soekerFnr": application["fnr"],
        "startdato": application["start"],
        "inntektsdato": application["start"],
        "status": "AKTIV",
        "ytelseType": CODES[application["code"]],
        "application": key,
        "notices": [],
    }
    state.put("request", number, request)
    state.put("request_of", f"{key}|{workplace}", {"id": number})
    state.put("request_by_serial", f"{workplace}|{serial:012d}", {"id": number})
    before = _current(state, key_of(application["fnr"], application["code"], replaced), workplace) if replaced else None
    for old in (current, before):
        if old is not None:
            state.put("successor", old["forespoerselId"], {"id": number})
    return number


def _code(code: str) -> str:
    if code not in CODES:
        raise ValueError(f"codes of an application are {', '.join(sorted(CODES))}")
    return code


def _period(told: Record) -> Record:
    first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
    if last < first:
        raise ValueError("a period ends before it starts")
    kept = {name: int(told.get(name, usual)) for name, usual in (("payout", 100), ("position", 100), ("work", 0))}
    return {"first": first.isoformat(), "last": last.isoformat(), **kept}


def _employer(told: Record) -> Record:
    """Take an employer; one that is not asked (another's) comes with the monthly claim that it makes."""
    return {
        "workplace": str(told["workplace"]),
        "organisation": str(told.get("organisation", told["workplace"])),
        "account": str(told.get("account", "")),
        "income_ore": int(told["income_ore"]),
        "claim_ore": int(told.get("claim_ore", 0)),
        "asked": bool(told.get("asked", True)),
    }
