"""When a day had to be notified and asked for, and whether payroll had told of it early enough; days counted one by one."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from refusion.rehearsal.institution.facts import Spell
from refusion.rehearsal.oracle.entitlement import EMPLOYER_PERIOD, Entitled

FIVE_WEEKS = timedelta(days=35)
QUARTER = 3
IN_TIME = 15
"""Days before a deadline by which the absence has to be in the house for a loss to be the house's own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the authority holds of a day: when the absence was notified, and when the day was first asked for."""

    notified_on: date | None
    requested_on: date | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a day: which deadline it missed, None when nothing is lost, and whether that could be avoided."""

    missed: date | None = None
    is_avoidable: bool = False


def judge(entitled: Entitled, day: date, asked: Asked, today: date) -> Verdict:
    """Say whether a refundable day is lost on ``today``."""
    missed = _missed_notification(entitled, day, asked, today) or _missed_request(day, asked, today)
    return Verdict() if missed is None else Verdict(missed, was_in_the_house(entitled.spell, day, missed))


def notify_by(entitled: Entitled) -> date | None:
    """Give the last day for the notification; None where only the three months of the request count."""
    is_short = (entitled.spell.last_day - entitled.spell.first_day) < EMPLOYER_PERIOD
    return None if is_short else entitled.spell.first_day + FIVE_WEEKS


@lru_cache(maxsize=4096)
def request_by(day: date) -> date:
    """Give the last day from which a request still reaches a day: the first one whose three months back miss it, less one."""
    asked_on = day + timedelta(days=80)
    while three_months_back(asked_on + timedelta(days=1)) <= day:
        asked_on += timedelta(days=1)
    return asked_on


@lru_cache(maxsize=4096)
def three_months_back(day: date) -> date:
    """Go three calendar months back; a day that the month lacks becomes its last."""
    year, month = (day.year, day.month - 3) if day.month > QUARTER else (day.year - 1, day.month + 9)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def was_in_the_house(spell: Spell, day: date, deadline: date, margin: int = IN_TIME) -> bool:
    """Tell whether payroll told, long enough before the deadline, of an absence on the day, and stood by it."""
    since = None
    for telling in spell.tellings:
        if telling.on > deadline:
            break
        covers = not telling.withdrawn and (telling.last_day is None or telling.last_day >= day)
        since = (since or telling.on) if covers else None
    return since is not None and (deadline - since).days >= margin


def _missed_notification(entitled: Entitled, day: date, asked: Asked, today: date) -> date | None:
    deadline = notify_by(entitled)
    if deadline is None or today <= deadline:
        return None
    is_late = asked.notified_on is None or asked.notified_on > deadline
    return deadline if is_late and day < (asked.notified_on or today) else None


def _missed_request(day: date, asked: Asked, today: date) -> date | None:
    deadline = request_by(day)
    is_missed = today > deadline if asked.requested_on is None else asked.requested_on > deadline
    return deadline if is_missed else None
