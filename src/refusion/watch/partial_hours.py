"""Partial return: who must tell the hours of which weeks before the 12th, and when a warning is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.law.denmark.working_days import is_working_day
from refusion.values.period import ONE_DAY, first_of_month, sunday_of
from refusion.watch.deadlines import follow_up_by

# Nobody is taken for fully sick without a warning at least this many working days before.
WARNING_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class MissingWeek:
    """A week (its Monday) of a partial return whose hours worked nobody entered, with the øre that wait for them."""

    case: UUID
    person_id: UUID
    case_number: int
    person: str
    unit: str
    week: date
    amount: int


@dataclass(frozen=True, slots=True)
class HoursOwed:
    """What one case owes for the weeks that closed in one month: due on the 12th after it, warned of before."""

    case: UUID
    case_number: int
    person: str
    unit: str
    month: date
    weeks: tuple[date, ...]
    amount: int
    due: date
    warn_on: date


def hours_owed(missing: Iterable[MissingWeek]) -> tuple[HoursOwed, ...]:
    """Gather missing weeks by case and by the month in which they closed (their Sunday's), the first due first."""
    gathered: dict[tuple[UUID, date], list[MissingWeek]] = {}
    for one in missing:
        gathered.setdefault((one.case, first_of_month(sunday_of(one.week))), []).append(one)
    return tuple(sorted((_owed(month, weeks) for (_, month), weeks in gathered.items()), key=lambda owed: (owed.due, owed.case_number)))


def _owed(month: date, weeks: list[MissingWeek]) -> HoursOwed:
    one, due = weeks[0], follow_up_by(month)
    days = tuple(sorted({each.week for each in weeks}))
    return HoursOwed(
        one.case, one.case_number, one.person, one.unit, month, days, sum(each.amount for each in weeks), due, warn_on(due)
    )


def warn_on(due: date) -> date:
    """Give the last working day that leaves five working days until the due day, the due day counted."""
    day, left = due, WARNING_WORKING_DAYS - is_open(due)
    while left > 0:
        day -= ONE_DAY
        left -= is_open(day)
    return _back(day - ONE_DAY)


def _back(day: date) -> date:
    while not is_open(day):
        day -= ONE_DAY
    return day


def is_open(day: date) -> bool:
    """Tell a working day: Monday to Friday, not a public holiday."""
    return bool(is_working_day(day.toordinal()))


def due_to_warn(owed: Iterable[HoursOwed], day: date) -> tuple[HoursOwed, ...]:
    """Give what must be warned of on the day: its warning day has come."""
    return tuple(one for one in owed if one.warn_on <= day)
