"""What NAV's twin answers over HTTP: notices, requests, and the settlement reports of the published interface."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from refusion.adapters.nav.counterpart import intake
from refusion.adapters.nav.counterpart.intake import Refusal, opened
from refusion.adapters.nav.counterpart.paying import UNIT
from refusion.adapters.nav.counterpart.records import Record, State, chosen, settings

LIMIT_HEADER = "X-Warning-limit-reached"
JSON, CSV, TEXT = "application/json", "text/csv; charset=ISO-8859-1", "text/plain; charset=utf-8"
ORGANISATION_LENGTH, DIGITS, MOST = 9, 12, 10**12
_TYPES = {"orgnr": str, "aar": int, "fraDato": str, "tilDato": str, "etterId": int, "rapportTyper": list, "inkluderArkiverte": bool}


@dataclass(frozen=True)
class Reply:
    """What the host sends back."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()


def written(status: int, told: object) -> Reply:
    """Answer with JSON."""
    return Reply(status, json.dumps(told, ensure_ascii=False).encode())


def notices(body: bytes, state: State, now: datetime) -> Reply:
    """List notices by filter, oldest first, at the most as many as the limit."""
    asked = _filter(body)
    intake.settle(state, now)
    seen_until = now - timedelta(seconds=settings(state)["read_delay_seconds"])
    found = (state.get("notice", row["id"]) for row in _rows(state, "notice_by_serial", asked))
    told = (_notice(one) for one in found if one is not None and datetime.fromisoformat(one["received"]) <= seen_until)
    wanted = (("forespoerselId", "request"), ("inntektsmeldingId", "id"), ("soekerFnr", "soekerFnr"))
    return _cut(state, (one for one in told if all(asked.get(ask) in {None, one.get(name)} for ask, name in wanted)), drop="request")


def notice(number: str, state: State, now: datetime) -> Reply:
    """Tell one notice."""
    one = intake.standing(state, number, now)
    if one is None:
        raise Refusal(404, "INNTEKTSMELDING_IKKE_FUNNET", "Inntektsmelding ikke funnet", number)
    told = _notice(one)
    del told["request"]
    return written(200, told)


def requests(body: bytes, state: State) -> Reply:
    """List NAV's requests by filter, oldest first."""
    asked = _filter(body)
    found = (state.get("request", row["id"]) for row in _rows(state, "request_by_serial", asked))
    hidden = ("application", "notices")
    return _cut(state, ({name: value for name, value in one.items() if name not in hidden} for one in found if one is not None))


def reports(body: bytes, state: State, now: datetime) -> Reply:
    """Search reports: by id above, by year or by days, never together; archived ones when they are asked for."""
    asked = _search(body)
    by_days = [name for name in ("aar", "fraDato", "tilDato") if asked.get(name) is not None]
    if ("etterId" in asked and by_days) or {"aar", "fraDato"} <= set(by_days) or by_days == ["tilDato"]:
        raise Refusal(400, "UGYLDIG_FILTERPARAMETER", "Parametrene kan ikke kombineres")
    if "etterId" in asked and not asked.get("orgnr"):
        raise Refusal(400, "UGYLDIG_FILTERPARAMETER", "etterId krever orgnr")
    kinds = asked.get("rapportTyper") or ["ref-arbg"]
    rows = (one for _, one in state.scan("report") if datetime.fromisoformat(one["created"]) <= now)
    wanted = _wanted(asked, now)
    found = [_head(one) for one in rows if wanted(one)] if {"ref-arbg", "K27"} & set(kinds) else []
    return written(200, found)


def report(number: str, state: State, now: datetime) -> Reply:
    """Tell one report's head."""
    return written(200, _head(_report(number, state, now)))


def content(number: str, accept: str, state: State, now: datetime) -> Reply:
    """Give a report's twelve fields; another form than text/csv is not to be had here."""
    one = _report(number, state, now)
    if accept.partition(";")[0].strip() != "text/csv":
        raise Refusal(406, "NOT_ACCEPTABLE", "Bare text/csv")
    lines = [_row(one, line) for line in one["lines"]]
    if one["told"] == 0 and chosen(state, "contradictory_reports", one["id"]):
        # The first time it is asked for, its last line is another organisation's; asked again it is right.
        lines[-1] = _row(one | {"orgnr": "999999999"}, one["lines"][-1])
    state.put("report", f"{one['id']:012d}", one | {"told": one["told"] + 1})
    return Reply(200, "".join(f"{line}\r\n" for line in lines).encode("iso-8859-1", "replace"), CSV)


def archive(number: str, wanted: bool, state: State, now: datetime) -> Reply:
    """Put a report away, or take it out again."""
    one = _report(number, state, now)
    state.put("report", f"{one['id']:012d}", one | {"archived": wanted})
    return Reply(204, b"", TEXT)


def _search(body: bytes) -> Record:
    """Read a search whose every parameter is of its type."""
    asked = {name: value for name, value in opened(body).items() if value is not None}
    for name, value in asked.items():
        if name in _TYPES and (type(value) is not _TYPES[name] or (name in {"fraDato", "tilDato"} and not _is_day(value))):
            raise Refusal(400, "UGYLDIG_FILTERPARAMETER", name)
    if not all(isinstance(kind, str) for kind in asked.get("rapportTyper", [])):
        raise Refusal(400, "UGYLDIG_FILTERPARAMETER", "rapportTyper")
    return asked


def _is_day(value: object) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value), re.ASCII) is not None


def _filter(body: bytes) -> Record:
    asked = opened(body)
    number = asked.get("orgnr")
    if not isinstance(number, str) or len(number) != ORGANISATION_LENGTH or not number.isdigit():
        raise Refusal(400, "UGYLDIG_FILTERPARAMETER", "orgnr")
    if type(asked.get("fraLoepenr", 0)) is not int or not 0 <= asked.get("fraLoepenr", 0) < MOST:
        raise Refusal(400, "UGYLDIG_FILTERPARAMETER", "fraLoepenr")
    return asked


def _rows(state: State, shelf: str, asked: Record) -> Iterable[Record]:
    prefix = f"{asked['orgnr']}|"
    since = f"{prefix}{max(int(asked.get('fraLoepenr', 0)) - 1, 0):012d}"
    return (row for _, row in state.scan(shelf, after=since, prefix=prefix))


def _cut(state: State, rows: Iterable[Record], drop: str = "") -> Reply:
    """Answer with a list, cut at the limit with the warning that the real one gives."""
    limit = int(settings(state)["list_limit"])
    found = []
    for row in rows:
        found.append({name: value for name, value in row.items() if name != drop})
        if len(found) > limit:
            break
    reply = written(200, found[:limit])
    return Reply(200, reply.body, headers=((LIMIT_HEADER, str(limit)),)) if len(found) > limit else reply


def _notice(one: Record) -> Record:
    told = {name: value for name, value in one["told"].items() if name != "avsender"}
    failure = {"valideringsfeil": {"feilkode": one["failure"]}} if one["failure"] else {}
    return _numbers(told) | failure | {
        "id": one["id"],
        "loepenr": one["loepenr"],
        "arbeidsgiver": {"orgnr": one["orgnr"]},
        "innsendtTid": datetime.fromisoformat(one["received"]).astimezone(UTC).isoformat(),
        "status": one["status"],
        "request": one["request"],
    }  # fmt: skip


def _numbers(told: Record) -> Record:
    """Give amounts back as the numbers they were: the twin keeps them as they were written."""
    return {name: _number(name, value) for name, value in told.items()}


def _number(name: str, value: object) -> object:
    if isinstance(value, dict):
        return _numbers(value)
    if isinstance(value, list):
        return [_number(name, one) for one in value]
    return float(value) if isinstance(value, str) and name in {"beloep", "beloepPerMaaned"} else value


def _report(number: str, state: State, now: datetime) -> Record:
    one = state.get("report", f"{int(number):012d}") if number.isascii() and number.isdigit() and len(number) <= DIGITS else None
    if one is None or datetime.fromisoformat(one["created"]) > now:
        raise Refusal(404, "RAPPORT_IKKE_FUNNET", "Rapporten finnes ikke")
    return one


def _head(one: Record) -> Record:
    return {
        "id": one["id"],
        "orgnr": one["orgnr"],
        "type": "ref-arbg",
        "datoValutert": one["pays_on"],
        "bankkonto": one["account"],
        "opprettet": datetime.fromisoformat(one["created"]).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "arkivert": one["archived"],
    }


def _wanted(asked: Record, now: datetime) -> Callable[[Record], bool]:
    """Say which reports a search means; without days and id it is this year's."""
    first, last = asked.get("fraDato"), asked.get("tilDato")
    if first is not None and last is None:
        last = f"{first[:4]}-12-31"
    if first is None and "etterId" not in asked:
        year = asked.get("aar") or now.year
        first, last = f"{year}-01-01", f"{year}-12-31"

    def wanted(one: Record) -> bool:
        mine = asked.get("orgnr") in {None, one["orgnr"]} and (asked.get("inkluderArkiverte") or not one["archived"])
        return bool(mine) and one["id"] > int(asked.get("etterId") or 0) and (first or "") <= one["created"][:10] <= (last or "9999")

    return wanted


def _row(one: Record, line: Record) -> str:
    """Write the twelve fields by the published rules."""
    amount = f"{abs(line['amount']):010d}{'-' if line['amount'] < 0 else ' '}"
    name = re.sub(r'[;"\r\n]+', " ", line["name"])[:25].ljust(25)
    first, last, most = (day.replace("-", "") or "00000000" for day in (line["first"], line["last"], line["max_date"]))
    fields = (UNIT, one["orgnr"], line["workplace"], line["code"], line["person"], first, one["account"], name, last, amount)
    return ";".join((*fields, "0000000000 ", most))
