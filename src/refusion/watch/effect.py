"""What a change of an institution's settings would move, told before it is saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from refusion.cases.facts import Case
from refusion.cases.opening import filing_day_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A case whose filing day moves."""

    case: Case
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Effect:
    """How many open cases there are that are not notified yet, and which of them move."""

    open_cases: int
    moved: tuple[Moved, ...]


def effect(cases: Iterable[Case], filing_day: int, margin_days: int, day: date) -> Effect:
    """Plan the filing days of cases not notified yet anew; a day that has come stays, and none is planned in the past."""
    every = tuple(cases)
    planned = ((case, planned_day(case, filing_day, margin_days, day)) for case in every)
    moved = tuple(Moved(case, case.file_on, after) for case, after in planned if after != case.file_on)
    return Effect(len(every), moved)


def planned_day(case: Case, filing_day: int, margin_days: int, day: date) -> date:
    """Give the day on which a case is notified under a filing day and a margin."""
    if case.file_on <= day:
        return case.file_on
    return max(filing_day_of(case, filing_day, margin_days), day)
