"""What is due of one application, day by day and month by month, from the notices that NAV has accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from refusion.adapters.nav.counterpart.assessment import Degree, Share, daily_of_leave, daily_of_sickness
from refusion.adapters.nav.counterpart.intake import ACCEPTED, claims_of, income_of
from refusion.adapters.nav.counterpart.records import ONE_DAY, Record, State, is_weekday, local_day, month_of

SICKNESS = "4"
OWN_DAYS, MOST_SICK_DAYS, MONTHS_BACK = 16, 248, 3
HOLIDAY_CODES = {"1": "E", "2": "F", "3": "G", "4": "H"}
WINDOWS = {100: 60, 80: 75}
PREGNANCY_WINDOW, SICK_WINDOW = 64, 48
OLD_AGE, OLD_BEFORE = 59, "-09-01"
PER_MILLE, OLD_PER_MILLE = 102, 125


@dataclass(frozen=True)
class Claims:
    """One employer's accepted notices: of each its claims by day, and the first day it is in time for."""

    steps: tuple[tuple[tuple[str, int], ...], ...] = ()
    in_time_from: tuple[str, ...] = ()
    income: int = 0

    def on(self, day: str) -> int:
        """Give what the newest notice claims a month on a day, nothing where no claim of the day came in time."""
        if not any(day >= since and _step(steps, day) for steps, since in zip(self.steps, self.in_time_from, strict=True)):
            return 0
        return _step(self.steps[-1], day)


@dataclass(frozen=True)
class Paid:
    """What one employer is due for a weekday, in øre."""

    workplace: str
    day: date
    ore: int


def days_due(state: State, application: Record, until: date) -> Iterator[Paid]:
    """Give what each of our employers is due for each weekday up to a day, nought left out."""
    employers = application["employers"]
    claims = [_claims(state, application, one) for one in employers]
    start, sick = date.fromisoformat(application["start"]), application["code"] == SICKNESS
    rate = daily_of_sickness if sick else daily_of_leave
    used = 0
    own = own_days_left(state, application) if sick else 0
    for day, degree in _payable(application, until, own):
        written = day.isoformat()
        shares = tuple(
            Share(known.income or one["income_ore"], known.on(written) if one["asked"] else one["claim_ore"])
            for one, known in zip(employers, claims, strict=True)
        )
        used += sick
        if used > MOST_SICK_DAYS:
            return
        for one, ore in zip(employers, rate(start, shares, degree), strict=True):
            if ore and one["asked"]:
                yield Paid(one["workplace"], day, ore)


def months_due(state: State, application: Record, until: date) -> dict[tuple[str, str], tuple[str, str, int]]:
    """Sum what is due by sub-unit and month: first and last day, øre."""
    found: dict[tuple[str, str], tuple[str, str, int]] = {}
    for paid in days_due(state, application, until):
        key, day = (paid.workplace, month_of(paid.day)), paid.day.isoformat()
        first, _, ore = found.get(key, (day, day, 0))
        found[key] = (first, day, ore + paid.ore)
    return found


def holiday_pay(state: State, application: Record, year: int) -> dict[str, int]:
    """Give the holiday pay earned in a year by sub-unit, in øre of whole kroner; a year's sicknesses are paid with the first of them."""
    if application["code"] == SICKNESS:
        together = sicknesses(state, application["fnr"])
        paid = [(one["key"], each) for one in together for each in days_due(state, one, date(year, 12, 31)) if each.day.year == year]
        if not paid or paid[0][0] != application["key"]:
            return {}
        days, window = sorted((each for _, each in paid), key=lambda each: each.day), SICK_WINDOW
    else:
        days, window = list(days_due(state, application, date(year, 12, 31))), _window(application)
    counted: dict[str, int] = {}
    for number, (day, payments) in enumerate(groupby(days, key=lambda each: each.day), 1):
        for each in payments if number <= window and day.year == year else ():
            counted[each.workplace] = counted.get(each.workplace, 0) + each.ore
    rate = OLD_PER_MILLE if application["code"] == SICKNESS and _is_old(application, year) else PER_MILLE
    return {workplace: _half_up(ore * rate) for workplace, ore in counted.items() if _half_up(ore * rate)}


def sicknesses(state: State, person: str) -> list[Record]:
    """Give a person's applications for sickness benefit in order of their first days."""
    return sorted((one for _, one in state.scan("application", prefix=f"{person}|{SICKNESS}|")), key=lambda one: str(one["start"]))


def max_date(state: State, application: Record) -> str:
    """Give the last day of the right: of leave its last day, of sickness the 248th weekday after the employer's days."""
    if application["code"] != SICKNESS:
        return max((str(one["last"]) for one in application["periods"]), default="")
    day, left = date.fromisoformat(application["start"]) + timedelta(own_days_left(state, application)), MOST_SICK_DAYS
    while True:
        left -= is_weekday(day)
        if not left:
            return day.isoformat()
        day += ONE_DAY


def own_days_left(state: State, application: Record) -> int:
    """Give how many of an employer's sixteen days are left when a sickness begins: earlier ones count unless 16 days lie between."""
    used, ended = 0, None
    before = (one for one in sicknesses(state, application["fnr"]) if one["start"] < application["start"])
    for period in sorted((one for known in before for one in known["periods"]), key=lambda one: str(one["first"])):
        first, last = date.fromisoformat(period["first"]), date.fromisoformat(period["last"])
        used = 0 if _is_apart(ended, first) else used
        used = min(OWN_DAYS, used + (last - first).days + 1)
        ended = last if ended is None else max(ended, last)
    return OWN_DAYS - (0 if _is_apart(ended, date.fromisoformat(application["start"])) else used)


def _is_apart(ended: date | None, first: date) -> bool:
    """Tell whether sixteen days or more lie between two sicknesses."""
    return ended is not None and (first - ended).days > OWN_DAYS


def _payable(application: Record, until: date, own_days: int) -> Iterator[tuple[date, Degree]]:
    """Go through the weekdays of the periods in order, of sickness those after the employer's own days."""
    for period in sorted(application["periods"], key=lambda one: str(one["first"])):
        degree = Degree(application["coverage"], period["payout"], period["position"], period["work"])
        day = date.fromisoformat(period["first"])
        while day <= min(date.fromisoformat(period["last"]), until):
            if own_days:
                own_days -= 1
            elif is_weekday(day):
                yield day, degree
            day += ONE_DAY


def _claims(state: State, application: Record, employer: Record) -> Claims:
    notices = [one for one in _notices(state, application, employer) if one["status"] == ACCEPTED]
    if not notices:
        return Claims()
    steps = tuple(tuple(claims_of(one["told"])) for one in notices)
    return Claims(steps, tuple(_earliest(one["received"]) for one in notices), income_of(notices[-1]["told"]))


def _notices(state: State, application: Record, employer: Record) -> Iterator[Record]:
    number = state.get("request_of", f"{application['key']}|{employer['workplace']}")
    request = state.get("request", number["id"]) if number is not None else None
    for one in request["notices"] if request is not None else ():
        notice = state.get("notice", one)
        if notice is not None:
            yield notice


def _earliest(received: str) -> str:
    """Give the first day that a claim is in time for: the first of the month three months before it came."""
    day = local_day(datetime.fromisoformat(received))
    months = day.year * 12 + day.month - 1 - MONTHS_BACK
    return f"{months // 12}-{months % 12 + 1:02d}-01"


def _step(steps: tuple[tuple[str, int], ...], day: str) -> int:
    """Give the claim of the last step that has begun."""
    claim = 0
    for since, ore in steps:
        if since <= day:
            claim = ore
    return claim


def _window(application: Record) -> int:
    return PREGNANCY_WINDOW if application["code"] == "3" else WINDOWS[application["coverage"]]


def _is_old(application: Record, year: int) -> bool:
    """Tell whether the person turned 59 before 1 September of the earning year."""
    return f"{int(application['born'][:4]) + OLD_AGE}{application['born'][4:]}" < f"{year}{OLD_BEFORE}"


def _half_up(thousandths: int) -> int:
    """Round thousandths of øre to whole kroner, half up, and give them in øre."""
    return (thousandths + 50_000) // 100_000 * 100
