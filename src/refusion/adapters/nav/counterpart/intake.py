"""How NAV's twin takes income notices: at once with 201 or a refusal, and later by its own clock with a verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from refusion.adapters.nav.counterpart.records import Record, State, chosen, counted, named, settings

TAKEN, REFUSED, DOUBLE = 201, 400, 409
RECEIVED, ACCEPTED, FAILED = "MOTTATT", "GODKJENT", "FEILET"
# What NAV does not compare when it looks for a duplicate: who may be called, who sent it and what for.
NOT_COMPARED = ("kontaktinformasjon", "arbeidsgiverTlf", "avsender", "aarsakInnsending")
DIFFERS_FROM = Fraction(1, 4)
_AMOUNT = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)


class Refusal(Exception):
    """A documented no: status, code, words, and the reference that goes with it."""

    def __init__(self, status: int, code: str, words: str, reference: str | None = None) -> None:
        """Carry what is answered."""
        super().__init__(code)
        self.status = status
        self.told = {"feilkode": code, "feilmelding": words} | ({"referanseId": reference} if reference else {})


def take(body: bytes, state: State, now: datetime) -> str:
    """Take a notice and give its id; raises Refusal."""
    told = opened(body)
    request = state.get("request", str(told.get("forespoerselId") or told.get("navReferanseId")))
    if request is None:
        raise Refusal(REFUSED, "UGYLDIG_NAV_REFERANSE_ID", "Ugyldig navReferanseId")
    _refuse_old(state, request)
    _refuse_other(told, request)
    earlier = _latest(state, request, now)
    if chosen(state, "blind_duplicates", compared(told)):
        # Two that come at once pass a check that reads before it writes: each is taken.
        return _kept(state, request, told, now)
    if earlier is not None and earlier["status"] != FAILED and compared(earlier["told"]) == compared(told):
        raise Refusal(DOUBLE, "DUPLIKAT_INNSENDING", "Duplikat innsending", earlier["id"])
    if earlier is not None and earlier["status"] == RECEIVED:
        raise Refusal(REFUSED, "FEIL_INNSENDING_STATUS", "Forrige innsending er ikke ferdig behandlet")
    return _kept(state, request, told, now)


def opened(body: bytes) -> Record:
    """Read a JSON object with its numbers as they were written; raises Refusal."""
    try:
        told = json.loads(body, parse_float=str)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Refusal(REFUSED, "SERIALISERINGSFEIL", "Feil ved serialisering av json body")
    return told


def compared(told: Record) -> str:
    """Give what two notices are compared by."""
    return json.dumps({name: value for name, value in told.items() if name not in NOT_COMPARED}, sort_keys=True)


def settle(state: State, now: datetime) -> None:
    """Give every notice its verdict whose time has come."""
    for number, _ in list(state.scan("waiting")):
        notice = state.get("notice", number)
        if notice is not None and _judged(state, notice, now):
            state.drop("waiting", number)


def standing(state: State, number: str, now: datetime) -> Record | None:
    """Give a notice as it stands now."""
    settle(state, now)
    return state.get("notice", number)


def amount(written: object) -> int:
    """Read kroner of JSON into øre; raises ValueError for what is no number of at most two decimals."""
    found = _AMOUNT.fullmatch(str(written))
    if found is None:
        raise ValueError("an amount has two decimals at the most")
    sign, whole, part = found.groups()
    ore = int(whole) * 100 + int((part or "0").ljust(2, "0"))
    return -ore if sign else ore


def income_of(told: Record) -> int:
    """Give the monthly income that a notice states."""
    income = told["inntekt"]
    return amount(income["beloepPerMaaned"] if "beloepPerMaaned" in income else income["beloep"])


def claims_of(told: Record) -> list[tuple[str, int]]:
    """Give from which day which monthly claim counts, in order; nothing after a claim of nought."""
    refund = told.get("refusjon")
    if not refund:
        return []
    steps = [("0001-01-01", amount(refund["beloepPerMaaned"]))]
    for one in sorted(refund.get("endringer") or [], key=lambda one: str(one["startdato"])):
        if steps[-1][1] or len(steps) == 1:
            steps.append((one["startdato"], amount(one["beloepPerMaaned"] if "beloepPerMaaned" in one else one["beloep"])))
    return steps


def _refuse_old(state: State, request: Record) -> None:
    newest, successor = request["forespoerselId"], state.get("successor", request["forespoerselId"])
    while successor is not None:
        newest, successor = successor["id"], state.get("successor", successor["id"])
    if newest != request["forespoerselId"]:
        raise Refusal(REFUSED, "INNSENDING_PAA_GAMMEL_FORESPOERSEL", "Innsending mottatt på utgått forespørsel", newest)
    if request["status"] == "UTGÅTT":
        raise Refusal(REFUSED, "UGYLDIG_FORESPØRSEL", "Forespørselen er utgått")


def _refuse_other(told: Record, request: Record) -> None:
    """Refuse what does not fit the request, or has no form that can be read."""
    person = told.get("soekerFnr") or told.get("sykmeldtFnr")
    try:
        steps, income = claims_of(told), income_of(told)
        fits = person == request["soekerFnr"] and told.get("startdato", request["startdato"]) == request["startdato"]
        days = [date.fromisoformat(day).isoformat() for day, _ in steps[1:]]
        well = income >= 0 and all(claim >= 0 for _, claim in steps) and len(set(days)) == len(days)
        well = well and all(day > request["startdato"] for day in days)
    except (KeyError, TypeError, ValueError, AttributeError):
        fits, well = True, False
    if not fits:
        raise Refusal(REFUSED, "MISMATCH_FØRSTE_UTTAKSDATO", "Person eller startdato passer ikke med forespørselen")
    if not well:
        raise Refusal(REFUSED, "UGYLDIG_INNSENDING", "Ugyldig innsending")


def _latest(state: State, request: Record, now: datetime) -> Record | None:
    return standing(state, request["notices"][-1], now) if request["notices"] else None


def _kept(state: State, request: Record, told: Record, now: datetime) -> str:
    serial = counted(state, "notice")
    number = named(settings(state)["seed"], "notice", request["forespoerselId"], len(request["notices"]), compared(told))
    notice = {
        "id": number,
        "loepenr": serial,
        "request": request["forespoerselId"],
        "orgnr": request["orgnr"],
        "received": now.isoformat(),
        "status": RECEIVED,
        "failure": "",
        "attempt": len(request["notices"]),
        "told": told,
    }
    state.put("notice", number, notice)
    state.put("waiting", number, {})
    state.put("notice_by_serial", f"{request['orgnr']}|{serial:012d}", {"id": number})
    state.put("request", request["forespoerselId"], request | {"notices": [*request["notices"], number], "status": "BESVART"})
    return number


def _judged(state: State, notice: Record, now: datetime) -> bool:
    """Give the verdict when its time has come."""
    if now < datetime.fromisoformat(notice["received"]) + timedelta(seconds=settings(state)["process_seconds"]):
        return False
    failure = _failure(state, notice)
    state.put("notice", notice["id"], notice | {"status": FAILED if failure else ACCEPTED, "failure": failure})
    request = state.get("request", notice["request"]) or {}
    application = state.get("application", request.get("application", ""))
    if application is not None and not failure:
        state.put("application", application["key"], application | {"stirred": True})
    return True


def _failure(state: State, notice: Record) -> str:
    """Say why a notice fails: by order, or because the income is another than the one reported month by month."""
    rule: dict[str, Any] = settings(state)["failed_notices"]
    listed = notice["request"] in rule["requests"] and notice["attempt"] == 0
    if listed or chosen(state, "failed_notices", notice["request"], notice["attempt"]):
        return str(rule["code"])
    if settings(state)["income_check"] and not notice["told"]["inntekt"].get("endringAarsaker"):
        stated = income_of(notice["told"])
        for known in _reported(state, notice):
            if known and abs(stated - known) > DIFFERS_FROM * known:
                return "INNTEKT_AVVIKER_FRA_A_ORDNINGEN"
    return ""


def _reported(state: State, notice: Record) -> Iterator[int]:
    request = state.get("request", notice["request"]) or {}
    application = state.get("application", request.get("application", "")) or {"employers": []}
    return (one["income_ore"] for one in application["employers"] if one["workplace"] == notice["orgnr"])
