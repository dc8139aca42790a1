"""NAV's pay days: each month's refunds, what is put right of earlier months, holiday pay in June, and the reports of it all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from refusion.adapters.nav.counterpart.entitlement import HOLIDAY_CODES, holiday_pay, max_date, months_due
from refusion.adapters.nav.counterpart.intake import settle
from refusion.adapters.nav.counterpart.records import (
    ONE_DAY,
    OSLO,
    Record,
    State,
    chosen,
    counted,
    is_weekday,
    last_day_of,
    local_day,
    month_of,
    next_month,
    settings,
)

DEDUCTION, MAY = "A", "-05"
UNIT = "8020"
Due = dict[str, tuple[str, str, int]]


@dataclass(frozen=True)
class Line:
    """One line of a report, in øre."""

    workplace: str
    code: str
    person: str
    name: str
    first: str
    last: str
    amount: int
    max_date: str


def pay_day_of(month: str, pay_day: int) -> date:
    """Give the day a month is paid: in the month after, on the given day or the next weekday."""
    day = date.fromisoformat(f"{next_month(month)}-{pay_day:02d}")
    while not is_weekday(day):
        day += ONE_DAY
    return day


def live(state: State, now: datetime) -> None:
    """Pay every month whose pay day has come, in order."""
    today = local_day(now)
    begun = state.get("calendar", "paid")
    if begun is None:
        begun = {"month": month_of(_before(_before(today.replace(day=1))))}
    month = str(begun["month"])
    while pay_day_of(next_month(month), settings(state)["pay_day"]) <= today:
        month = next_month(month)
        day = pay_day_of(month, settings(state)["pay_day"])
        settle(state, datetime.combine(day, time(0), tzinfo=OSLO))
        _pay(state, month, day)
    state.put("calendar", "paid", {"month": month})
    settle(state, now)


def owed(state: State, until: date) -> list[Record]:
    """List what is due through a day less what has been paid for it, by application, sub-unit and month or earning year."""
    found = []
    for _, application in state.scan("application"):
        for key, (first, last, ore) in _due(state, application, until).items():
            paid = state.get("paid", f"{application['key']}|{key}") or {"ore": 0}
            if ore != paid["ore"]:
                workplace, what = key.split("|")
                found.append(
                    {"fnr": application["fnr"], "code": application["code"], "workplace": workplace, "what": what}
                    | {"first": first, "last": last, "ore": ore - paid["ore"]}
                )
    return found


def _before(day: date) -> date:
    return (day - ONE_DAY).replace(day=1)


def _pay(state: State, month: str, day: date) -> None:
    by_organisation: defaultdict[str, list[Line]] = defaultdict(list)
    accounts: dict[str, str] = {}
    kept: defaultdict[str, list[tuple[str, str, Record]]] = defaultdict(list)
    applications = list(state.scan("application"))
    # What is heard of one sickness may move the holiday pay of another of the same person.
    heard = {one["fnr"] for _, one in applications if one["stirred"]}
    for key, application in applications:
        employers = {one["workplace"]: one for one in application["employers"]}
        due = _due(state, application, last_day_of(month)) if application["fnr"] in heard or _moves(application, month) else {}
        for what, told in due.items():
            employer = employers[what.partition("|")[0]]
            organisation = employer["organisation"]
            lines = _difference(state, application, what, told)
            accounts[organisation] = employer["account"]
            kept[organisation].append(("paid", f"{key}|{what}", {"first": told[0], "last": told[1], "ore": told[2]}))
            wrong = _errs(state, application, what, month, told) if lines else None
            if wrong is not None:
                lines.append(wrong[0])
                kept[organisation].append(("recovery", *wrong[1:]))
            by_organisation[organisation] += lines
        state.put("application", key, application | {"stirred": False})
    for organisation in sorted({*by_organisation, *_recoveries(state, month)}):
        lines = [*by_organisation[organisation], *_recovered(state, organisation, month)]
        if sum(line.amount for line in lines) < 0:
            # A month that is below nought is held back: it comes with the next one that is not.
            _hold(state, kept[organisation])
        elif lines:
            _drop_recoveries(state, organisation, month)
            for shelf, name, record in kept[organisation]:
                state.put(shelf, name, record)
            _report(state, (organisation, accounts.get(organisation, "")), day, lines)


def _moves(application: Record, month: str) -> bool:
    """Tell whether a month may hold anything new for an application: its days, or holiday pay."""
    ends = max((str(one["last"]) for one in application["periods"]), default="")
    return ends[:7] >= month or month.endswith(MAY)


def _due(state: State, application: Record, until: date) -> Due:
    """Give all that is due through a day by ``sub-unit|month`` or ``sub-unit|holiday year``, with what was paid and is due no more."""
    months = months_due(state, application, until)
    found = {f"{workplace}|{month}": told for (workplace, month), told in months.items()}
    begun = int(application["start"][:4])
    for year in range(begun, until.year):
        if until >= date(year + 1, 5, 31):
            for workplace, ore in holiday_pay(state, application, year).items():
                found[f"{workplace}|holiday {year}"] = (f"{year + 1}-05-01", f"{year + 1}-05-31", ore)
    for name, paid in state.scan("paid", prefix=f"{application['key']}|"):
        what = name.removeprefix(f"{application['key']}|")
        if paid["first"] <= until.isoformat():
            found.setdefault(what, (paid["first"], paid["last"], 0))
    return found


def _difference(state: State, application: Record, what: str, told: tuple[str, str, int]) -> list[Line]:
    """Give the lines that bring what was paid to what is due: the old taken back whole, the new given whole."""
    paid = state.get("paid", f"{application['key']}|{what}") or {"first": told[0], "last": told[1], "ore": 0}
    if paid["ore"] == told[2]:
        return []
    workplace, _, about = what.partition("|")
    code = HOLIDAY_CODES[application["code"]] if about.startswith("holiday") else application["code"]
    lines = [(paid["first"], paid["last"], -paid["ore"]), told]
    return [_line(application, (workplace, code, max_date(state, application)), *one) for one in lines if one[2]]


def _line(application: Record, place: tuple[str, str, str], first: str, last: str, ore: int) -> Line:
    workplace, code, last_right = place
    return Line(workplace, code, application["fnr"], application["name"], first, last, ore, last_right)


def _errs(state: State, application: Record, what: str, month: str, told: tuple[str, str, int]) -> tuple[Line, str, Record] | None:
    """Pay too much by order: the line, and what is to be taken back under code A some months later, with its name."""
    rule: dict[str, Any] = settings(state)["overpayments"]
    workplace, _, about = what.partition("|")
    listed = application["key"] in rule["applications"]
    if about != month or not (listed or chosen(state, "overpayments", application["key"], what)):
        return None
    back = month
    for _ in range(rule["back_after_months"]):
        back = next_month(back)
    employer = next(one for one in application["employers"] if one["workplace"] == workplace)
    wrong = _line(application, (workplace, application["code"], max_date(state, application)), told[0], told[1], rule["by_ore"])
    name = f"{employer['organisation']}|{back}|{application['key']}|{what}"
    return wrong, name, asdict(wrong) | {"code": DEDUCTION, "amount": -rule["by_ore"]}


def _recoveries(state: State, month: str) -> set[str]:
    return {name.split("|")[0] for name, _ in state.scan("recovery") if name.split("|")[1] <= month}


def _due_recoveries(state: State, organisation: str, month: str) -> list[tuple[str, Record]]:
    rows = state.scan("recovery", prefix=f"{organisation}|")
    return [(name, line) for name, line in rows if name.split("|")[1] <= month]


def _recovered(state: State, organisation: str, month: str) -> list[Line]:
    return [Line(**line) for _, line in _due_recoveries(state, organisation, month)]


def _drop_recoveries(state: State, organisation: str, month: str) -> None:
    for name, _ in _due_recoveries(state, organisation, month):
        state.drop("recovery", name)


def _hold(state: State, kept: list[tuple[str, str, Record]]) -> None:
    """Look at these applications again on the next pay day."""
    for shelf, name, _ in kept:
        key = "|".join(name.split("|")[:3]) if shelf == "paid" else ""
        application = state.get("application", key)
        if application is not None:
            state.put("application", key, application | {"stirred": True})


def _report(state: State, receiver: tuple[str, str], day: date, lines: list[Line]) -> None:
    """Write the reports of a payment: one, or two where it is told in parts, or the same again under another id."""
    organisation, account = receiver
    parts = [lines]
    if len(lines) > 1 and chosen(state, "partial_reports", organisation, day):
        # Neither part may be below nought: each is a payment of its own.
        ordered = sorted(lines, key=lambda line: line.amount)
        parts = [part for part in (ordered[:-1], ordered[-1:]) if part] if sum(one.amount for one in ordered[:-1]) >= 0 else [lines]
    for number, part in enumerate(parts):
        times = 2 if chosen(state, "duplicate_reports", organisation, day, number) else 1
        for copy in range(times):
            _put(state, (organisation, account, day), part, is_copy=copy > 0)


def _put(state: State, about: tuple[str, str, date], lines: list[Line], *, is_copy: bool) -> None:
    organisation, account, day = about
    number = counted(state, "report")
    # All reports of a pay day are late together: a lower id is never seen after a higher one.
    late = settings(state)["late_reports"]["days"] if chosen(state, "late_reports", organisation, day) else 0
    created = datetime.combine(date.fromordinal(day.toordinal() + 1 + late), time(6, 30), tzinfo=OSLO)
    record = {
        "id": number,
        "orgnr": organisation,
        "account": account,
        "pays_on": day.isoformat(),
        "created": created.isoformat(),
        "is_copy": is_copy,
        "total_ore": sum(line.amount for line in lines),
        "lines": [asdict(line) for line in lines],
        "archived": False,
        "told": 0,
    }
    state.put("report", f"{number:012d}", record)
    if not is_copy:
        payment = {"report": number, "orgnr": organisation, "account": account, "amount_ore": record["total_ore"]}
        state.put("payment", f"{day}|{number:012d}", payment | {"pays_on": day.isoformat(), "reference": f"NAV{number:010d}"})
