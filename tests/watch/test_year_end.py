"""The year's end: both cuts, who owes what, what is accrued and what passes to the next year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.claims.facts import State
from refusion.values.period import Period
from refusion.watch.year_end import Owner, Run, YearLine, cuts, year_end

DECEMBER = Period(date(2025, 12, 1), date(2025, 12, 31))


def line(in_on: date | None, state: State = State.ACCEPTED, period: Period = DECEMBER, ore: int = 1000, received: int = 0, **more: object) -> YearLine:
    return YearLine(1, 1, "Anna", "HR", period, state, ore, received, in_on, **more)  # type: ignore[arg-type] (facts by their names)


def test_the_cuts_are_30_december_and_12_january() -> None:
    assert cuts(2025) == (date(2025, 12, 30), date(2026, 1, 12))


@pytest.mark.parametrize(
    ("in_on", "day", "run"),
    [
        (date(2025, 12, 30), date(2026, 2, 1), Run.FIRST),
        (date(2025, 12, 31), date(2026, 2, 1), Run.SECOND),
        (date(2026, 1, 12), date(2026, 2, 1), Run.SECOND),
        (date(2026, 1, 13), date(2026, 2, 1), Run.NEXT_YEAR),
        (None, date(2025, 12, 1), Run.OPEN),
        (None, date(2026, 1, 12), Run.OPEN),
        (None, date(2026, 1, 13), Run.NEXT_YEAR),
    ],
)
def test_the_day_it_is_in_decides_the_run(in_on: date | None, day: date, run: Run) -> None:
    (placed,) = year_end(2025, [line(in_on)], day).rows
    assert placed.run is run


@pytest.mark.parametrize(
    ("state", "missing", "source", "owner"),
    [
        (State.DRAFTED, ("absent_hours_by_week",), "entered", Owner.LEADER),
        (State.DRAFTED, ("weekly_hours",), "payroll", Owner.CASEWORKER),
        (State.DRAFTED, ("wage_paid",), "payroll", Owner.PAYROLL),
        (State.DRAFTED, (), "payroll", Owner.HOUSE),
        (State.REJECTED, (), "payroll", Owner.CASEWORKER),
        (State.ACCEPTED, (), "payroll", Owner.AUTHORITY),
        (State.SETTLED, (), "payroll", None),
    ],
)
def test_who_owes_it(state: State, missing: tuple[str, ...], source: str, owner: Owner | None) -> None:
    sources = frozenset({source}) if missing else frozenset()
    (placed,) = year_end(2025, [line(None, state, missing=missing, missing_from=sources)], date(2025, 12, 20)).rows
    assert placed.owner is owner


def test_the_accrual_is_what_is_expected_and_not_received() -> None:
    found = year_end(2025, [line(date(2025, 12, 5), received=400), line(date(2026, 1, 20)), line(None, State.DRAFTED)], date(2026, 2, 1))
    assert (found.accrual, found.next_year, found.still_possible) == (600 + 1000 + 1000, 2000, 0)
    assert [row.owner for row in found.owed] == [Owner.HOUSE]
    assert found.by_owner() == ((Owner.HOUSE, 1, 1000),)


def test_other_years_claims_are_left_out_and_one_across_is_shared_by_weekdays() -> None:
    across = Period(date(2025, 12, 29), date(2026, 1, 9))
    days = line(None, State.DRAFTED, across, ore=1000)
    assert [year_end(year, [days], date(2026, 1, 1)).accrual for year in (2024, 2025, 2026)] == [0, 300, 700]


@given(some.integers(0, 10**9), some.dates(date(2025, 11, 1), date(2026, 2, 28)), some.integers(0, 60))
def test_two_years_share_a_claim_to_the_ore(ore: int, first: date, length: int) -> None:
    days = line(None, State.DRAFTED, Period(first, first + timedelta(days=length)), ore=ore)
    assert sum(row.expected for year in (2025, 2026) for row in year_end(year, [days], first).rows) == ore
