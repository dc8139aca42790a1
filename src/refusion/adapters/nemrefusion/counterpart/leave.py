"""Udbetaling Danmark's own sums for parental leave and the care of a seriously ill child, in exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from refusion.adapters.nemrefusion.counterpart.records import Filed, Record
from refusion.adapters.nemrefusion.counterpart.rules import PARENTAL, PREGNANCY, absence_of

ONE_DAY, SATURDAY = timedelta(days=1), 5
REQUEST_DAYS, DAYS_BEFORE_BIRTH, NOTICE_DAYS = timedelta(days=56), timedelta(days=28), timedelta(days=35)
NEW_WEEKS_SINCE = date(2022, 8, 2)
# weeks of benefit after the birth that a parent begins with, children born since and before the new weeks
NEW_WEEKS, OLD_WEEKS = {"Mor": 24, "FarEllerMedmor": 24}, {"Mor": 14 + 32, "FarEllerMedmor": 2 + 32}
# the most that one parent can give: of the first ten weeks and of the parental weeks; before, all that they shared
MOST_GIVEN, MOST_GIVEN_BEFORE = 13, 32
CHILD_DAYS, ADULT, LEAST_STAY, LEAST_STAY_ALONE = timedelta(weeks=52), 18, 12, 1


def granted_days(notification: Filed, claim: Filed, last_absence_day: date | None) -> tuple[list[date], int]:
    """Give the weekdays of a claim that give benefit, and how many weekdays were claimed; holidays are leave days."""
    claimed = [day for day in _weekdays(claim.fields) if last_absence_day is None or day <= last_absence_day]
    ended = last_absence_day or date.fromisoformat(claim.fields["RefusionsperiodeTil"])
    if date.fromisoformat(claim.signed_day) > ended + REQUEST_DAYS:
        return [], len(claimed)
    first = date.fromisoformat(notification.fields["FoersteFravaersdag"])
    if absence_of(claim.form) == PREGNANCY:
        told = date.fromisoformat(notification.signed_day)
        return [day for day in claimed if day >= (told if told > first + NOTICE_DAYS else first)], len(claimed)
    of_its_kind = _parental if absence_of(claim.form) == PARENTAL else _ill_child
    since, until = of_its_kind(claim.fields, first)
    return [day for day in claimed if since <= day <= until], len(claimed)


def _parental(fields: Record, first: date) -> tuple[date, date]:
    born, parent = date.fromisoformat(fields["BarnetsFoedselsdag"]), fields["Foraelder"]
    since = max(first, born - DAYS_BEFORE_BIRTH) if parent == "Mor" else first
    own, most_given = (NEW_WEEKS, MOST_GIVEN) if born >= NEW_WEEKS_SINCE else (OLD_WEEKS, MOST_GIVEN_BEFORE)
    weeks = own[parent] + max(int(fields["OverdragneUger"]), -most_given)
    day, left = max(first, born) - ONE_DAY, 5 * weeks
    while left > 0:
        day += ONE_DAY
        left -= day.weekday() < SATURDAY
    return since, day


def _ill_child(fields: Record, first: date) -> tuple[date, date]:
    born, stay = date.fromisoformat(fields["BarnetsFoedselsdag"]), int(fields["ForventedeDagePaaSygehus"])
    needed = LEAST_STAY_ALONE if fields["Eneforsoerger"] == "true" else LEAST_STAY
    is_child = (first.year - born.year - ((first.month, first.day) < (born.month, born.day))) < ADULT
    return first, first + CHILD_DAYS - ONE_DAY if is_child and stay >= needed else first - ONE_DAY


def _weekdays(fields: Record) -> Iterator[date]:
    day, last = (date.fromisoformat(fields[f"Refusionsperiode{end}"]) for end in ("Fra", "Til"))
    while day <= last:
        if day.weekday() < SATURDAY:
            yield day
        day += ONE_DAY
