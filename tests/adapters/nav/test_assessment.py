"""The twin's own reading of the rules against the house's law: two implementations that share nothing give the same øre."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as some

from refusion.absences.norwegian import Benefit
from refusion.adapters.nav.counterpart.applications import apply
from refusion.adapters.nav.counterpart.assessment import Degree, Share, basic_amount, cap_of, daily_of_leave, daily_of_sickness
from refusion.adapters.nav.counterpart.entitlement import own_days_left
from refusion.cases.nav_case import Leave
from refusion.claims.nav_refund.employer_days import nav_from
from refusion.law.norway.base_amount import base_amount, least_basis, six_base_amounts
from refusion.law.norway.parental.cap import Employer, capped_shares
from refusion.law.norway.parental.rate import graded_refund_rate
from refusion.law.norway.sickness.split import Work, day_split, sickness_basis
from refusion.rehearsal.shelves import Shelves

STARTS = some.dates(date(2019, 1, 1), date(2027, 4, 30))
SHARES = some.lists(
    some.builds(lambda income, part: Share(income, income * part // 100), some.integers(100_000, 15_000_000), some.integers(0, 120)), min_size=1, max_size=4
)  # fmt: skip


@given(STARTS)
def test_the_base_amount(day: date) -> None:
    assert basic_amount(day) * 100 == base_amount(day.toordinal())


@given(STARTS, SHARES, some.sampled_from([80, 100]), some.integers(1, 100), some.integers(1, 100), some.integers(0, 100))
def test_leave_with_any_number_of_employers(start: date, shares: list[Share], coverage: int, payout: int, position: int, work: int) -> None:
    work = min(work, position)
    position = position if payout < 100 else 100
    basis = sum(12 * share.income for share in shares)
    house = [0] * len(shares)
    if basis >= int(least_basis(start.toordinal())):
        employers = [Employer(12 * share.income, 12 * share.claim) for share in shares]
        yearly = capped_shares(employers, int(six_base_amounts(base_amount(start.toordinal()))), coverage * 100).employers
        assume(not any(on_the_edge(one) for one in yearly))
        house = [int(graded_refund_rate(one, position * 100, work * 100, payout * 100)) for one in yearly]
    twins = daily_of_leave(start, tuple(shares), Degree(coverage, payout, position, work))
    for one, other in zip(twins, house, strict=True):
        # The house's law rounds a year's share to øre first (its settled point); at half a krone that may be one krone.
        assert abs(one - other) in ({0} if len(shares) == 1 and payout == 100 else {0, 100})


@given(STARTS, SHARES, some.integers(0, 100))
def test_sickness_with_any_number_of_employers(start: date, shares: list[Share], payout: int) -> None:
    basis = sum(12 * share.income for share in shares)
    house = [0] * len(shares)
    if basis >= int(least_basis(start.toordinal())):
        works = [Work(payout * 100, 12 * share.income, 12 * share.claim) for share in shares]
        house = [int(one) for one in day_split(works, int(sickness_basis(basis, start.toordinal()))).employers]
    assert list(daily_of_sickness(start, tuple(shares), Degree(100, payout))) == house


@given(STARTS, SHARES, some.sampled_from([80, 100]))
def test_no_day_pays_more_than_six_base_amounts(start: date, shares: list[Share], coverage: int) -> None:
    daily = daily_of_leave(start, tuple(shares), Degree(coverage))
    assert sum(daily) <= Fraction(cap_of(start), 260) + 50 * len(shares)
    assert all(one % 100 == 0 for one in daily)


SPELLS = some.lists(some.tuples(some.integers(1, 40), some.integers(1, 40)), min_size=1, max_size=5)


@given(some.dates(date(2020, 1, 1), date(2026, 1, 1)), SPELLS)
def test_the_employers_own_days_over_spells(start: date, spells: list[tuple[int, int]]) -> None:
    state = Shelves(":memory:")
    leaves: list[Leave] = []
    first = start
    for number, (gap, days) in enumerate(spells):
        first += timedelta(gap)
        last = first + timedelta(days - 1)
        employer = {"workplace": "933001547", "income_ore": 5_000_000}
        period = {"first": first.isoformat(), "last": last.isoformat()}
        with state.transaction():
            apply({"fnr": "1", "code": "4", "start": first.isoformat(), "periods": [period], "employers": [employer]}, state)
        leaves.append(Leave(UUID(int=number), "1", "1", Benefit.SICKNESS, UUID(int=99), first, last, first, 5_000_000))
        first = last + timedelta(1)
    house = nav_from(leaves, first)
    for leave in leaves:
        application = state.get("application", f"1|4|{leave.first_day}")
        assert application is not None
        left = own_days_left(state, application)
        days = (leave.last_day - leave.first_day).days + 1 if leave.last_day else 0
        assert leave.first_day + timedelta(min(left, days)) == house[leave.case]
    state.close()


def on_the_edge(yearly: int) -> bool:
    """Tell whether a year's øre lies so near half a krone a day that a rounding before the last one decides."""
    return abs(yearly % 26_000 - 13_000) <= 1
