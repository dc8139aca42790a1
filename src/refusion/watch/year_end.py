"""The year's end: what must be in by which run to count in the year, who owes it, and what is expected and not received."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from refusion.claims.facts import State
from refusion.law.denmark.service_centre.deadlines import service_year_end_last_day
from refusion.law.engine.words import portion
from refusion.values.period import Period

FILED = frozenset({State.ACCEPTED, State.DECIDED, State.DIFFERING, State.SETTLED, State.CORRECTING})


class Owner(StrEnum):
    """Whose word a claim waits for."""

    LEADER = "leader"
    PAYROLL = "payroll"
    CASEWORKER = "caseworker"
    HOUSE = "house"
    AUTHORITY = "authority"


class Run(StrEnum):
    """In which run, or which year's accounts, a claim counts."""

    FIRST = "first"
    SECOND = "second"
    NEXT_YEAR = "next_year"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class YearLine:
    """A claim as the year's end sees it: øre expected and received, the day it was in, and what it still lacks.

    ``in_on`` is the day on which the request was there (with the authority, or with the service centre where the
    institution orders); ``missing`` the answers that lack, ``missing_from`` where they would come from.
    """

    case_number: int
    claim_number: int | None
    person: str
    unit: str
    period: Period
    state: State
    expected: int
    received: int
    in_on: date | None
    missing: tuple[str, ...] = ()
    missing_from: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim's part of the year: its run, who owes it while it is not in, and its accrual at the year's end in øre."""

    line: YearLine
    run: Run
    owner: Owner | None
    expected: int
    accrual: int


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year's claims with the two cuts; sums in øre.

    ``accrual`` is what is expected for the year and not received; ``next_year`` the part of it that neither run took.
    """

    year: int
    day: date
    first_cut: date
    second_cut: date
    rows: tuple[Placed, ...]

    @property
    def owed(self) -> tuple[Placed, ...]:
        """Give the claims that are not in, most kroner first."""
        waiting = [row for row in self.rows if row.owner is not None and row.run in (Run.OPEN, Run.NEXT_YEAR) and row.line.in_on is None]
        return tuple(sorted(waiting, key=lambda row: (-row.accrual, row.line.case_number)))

    @property
    def accrual(self) -> int:
        """Add what is expected for the year and not received."""
        return sum(row.accrual for row in self.rows)

    @property
    def next_year(self) -> int:
        """Add what passes to the next year's accounts because neither run took it."""
        return self._sum(lambda row: row.run is Run.NEXT_YEAR)

    @property
    def still_possible(self) -> int:
        """Add what can still be in by the next cut."""
        return self._sum(lambda row: row.run is Run.OPEN)

    def by_owner(self) -> tuple[tuple[Owner, int, int], ...]:
        """Give each owner with the number of claims he owes and their øre, most first."""
        amounts: dict[Owner, list[int]] = {}
        for row in self.owed:
            if row.owner is not None:
                amounts.setdefault(row.owner, []).append(row.accrual)
        sums = ((owner, len(each), sum(each)) for owner, each in amounts.items())
        return tuple(sorted(sums, key=lambda each: (-each[2], each[0].value)))

    def _sum(self, holds: Callable[[Placed], bool]) -> int:
        return sum(row.accrual for row in self.rows if holds(row))


def year_end(year: int, lines: Iterable[YearLine], day: date) -> YearEnd:
    """Place a year's claims on a day: in for the first run, for the second, still open, or next year's."""
    first, second = cuts(year)
    whole = Period(date(year, 1, 1), date(year, 12, 31))
    touching = ((line, line.period.overlap(whole)) for line in lines)
    rows = tuple(_placed(line, part, (first, second), day) for line, part in touching if part is not None)
    return YearEnd(year, day, first, second, rows)


def cuts(year: int) -> tuple[date, date]:
    """Give the last days of the first and of the second run of a year: 30 December and 12 January."""
    inside = date(year, 12, 31).toordinal()
    first, second = (date.fromordinal(int(service_year_end_last_day(inside, run))) for run in (False, True))
    return first, second


def _placed(line: YearLine, part: Period, both: tuple[date, date], day: date) -> Placed:
    expected, received = (_share(amount, line.period, part) for amount in (line.expected, line.received))
    return Placed(line, _run(line, both, day), _owner(line), expected, max(expected - received, 0))


def _share(amount: int, whole: Period, part: Period) -> int:
    """Give the part's share of a claim by weekdays: what is due through its end less what was due before it.

    So two years share a claim to the øre. A claim of a weekend alone belongs to the year it begins in.
    """
    if not whole.weekdays:
        return amount if part.first == whole.first else 0
    before = Period(whole.first, part.last).weekdays - part.weekdays
    return int(portion(amount, before + part.weekdays, whole.weekdays) - portion(amount, before, whole.weekdays))


def _run(line: YearLine, both: tuple[date, date], day: date) -> Run:
    first, second = both
    if line.in_on is None:
        return Run.OPEN if day <= second else Run.NEXT_YEAR
    if line.in_on <= first:
        return Run.FIRST
    return Run.SECOND if line.in_on <= second else Run.NEXT_YEAR


def _owner(line: YearLine) -> Owner | None:
    if line.state in FILED:
        return Owner.AUTHORITY if line.state in (State.ACCEPTED, State.DECIDED, State.CORRECTING) else None
    if "absent_hours_by_week" in line.missing:
        return Owner.LEADER
    if "weekly_hours" in line.missing or line.state is State.REJECTED:
        return Owner.CASEWORKER
    return Owner.PAYROLL if "payroll" in line.missing_from else Owner.HOUSE
