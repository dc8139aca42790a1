"""What NAV's twin owes for whole leaves against what the house expects: months and holiday pay, by two implementations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.adapters.nav import twin
from refusion.adapters.nav.counterpart.applications import apply
from refusion.adapters.nav.counterpart.entitlement import holiday_pay, months_due
from refusion.adapters.nav.notices import encode
from refusion.cases.nav_case import Leave
from refusion.claims.income_notice import Contact
from refusion.claims.nav_refund.employer_days import nav_from
from refusion.claims.nav_refund.holiday import Earned, expected_holiday
from refusion.claims.nav_refund.months import MonthExpected, columns_of, expected_months
from refusion.claims.nav_refund.notice import Asked, notice_of
from refusion.claims.nav_refund.rate import day_rate
from refusion.rehearsal.host import Request
from refusion.rehearsal.shelves import Shelves
from tests.adapters.nav.world import ACCOUNT, CODES, HEAD, WORKPLACE, person

UNTIL = date(2027, 12, 31)
LATER = datetime(2027, 12, 31, 12, tzinfo=UTC)


@some.composite
def leaves(draw: some.DrawFn, code: str, first: date) -> Leave:
    whole = code == "4" or draw(some.booleans())
    position = draw(some.sampled_from([100, 80, 50]))
    days = draw(some.integers(0, 120 if code == "4" else 300))
    ends = draw(some.none() | some.integers(0, 400))
    return Leave(
        case=UUID(int=first.toordinal()),
        number="1",
        employment_number="1",
        benefit=CODES[code],
        person=UUID(int=1),
        first_day=first,
        last_day=first + timedelta(days),
        registered_on=first,
        monthly_income=draw(some.integers(700_000, 12_000_000)),
        workplace=WORKPLACE,
        coverage=draw(some.sampled_from([8000, 10000])) if code in "12" else 10000,
        degree=10000 if whole else draw(some.integers(20, 99)) * 100,
        position=position * 100,
        employment_ends=None if ends is None else first + timedelta(ends),
        born=draw(some.dates(date(1960, 1, 1), date(1972, 1, 1))),
    )


@some.composite
def cases(draw: some.DrawFn) -> list[Leave]:
    code = draw(some.sampled_from(["1", "2", "3", "4", "4"]))
    first = draw(some.dates(date(2024, 1, 1), date(2025, 6, 1)))
    found = [draw(leaves(code, first))]
    for gap in draw(some.lists(some.integers(1, 40), max_size=3 if code == "4" else 0)):
        last = found[-1].last_day
        assert last is not None
        later = draw(leaves(code, last + timedelta(gap)))
        found.append(replace(later, born=found[0].born, employment_ends=None))
    # An employment that ends takes the later sicknesses with it: none of these ends then.
    return found if len(found) == 1 else [replace(leave, employment_ends=None) for leave in found]


def house(found: list[Leave]) -> list[MonthExpected]:
    first_days = nav_from(found, UNTIL)
    rates = {leave.case: rate.rate for leave in found if (rate := day_rate(leave)) is not None}
    return list(expected_months(columns_of(found, rates, first_days, {}), UNTIL))


def told(found: list[Leave], state: Shelves) -> None:
    """Let the person apply for each leave and the employer send its notice in time."""
    first_days, code = nav_from(found, UNTIL), next(code for code, benefit in CODES.items() if benefit is found[0].benefit)
    for leave in found:
        assert leave.born is not None
        assert leave.last_day is not None
        work = leave.position - leave.position * leave.degree // 10_000
        period = {"first": leave.first_day.isoformat(), "last": leave.last_day.isoformat(), "payout": leave.degree // 100}
        period |= {"position": leave.position // 100, "work": work // 100}
        employer = {"workplace": WORKPLACE, "organisation": HEAD, "account": ACCOUNT, "income_ore": leave.monthly_income}
        order = {"fnr": person(), "code": code, "start": leave.first_day.isoformat(), "coverage": leave.coverage // 100}
        asked = apply(order | {"born": leave.born.isoformat(), "periods": [period], "employers": [employer]}, state)
        notice = notice_of(leave, Asked(asked["requests"][WORKPLACE], person(), Contact("x", "1"), first_days[leave.case]))
        sent = datetime.combine(leave.first_day, datetime.min.time(), tzinfo=UTC)
        reply, _ = twin.answer(Request("/v1/inntektsmelding", encode(notice)), state, sent)
        assert reply.status == 201, reply.body
    twin.advance(state, LATER)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_same_months_and_the_same_holiday_pay(found: list[Leave]) -> None:
    assert all(one.last_day is not None and one.last_day < later.first_day for one, later in pairwise(found))
    state = Shelves(":memory:")
    with state.transaction():
        told(found, state)
        twins: dict[str, int] = {}
        holidays: dict[int, int] = {}
        for _, application in list(state.scan("application")):
            for (_, month), (_, _, ore) in months_due(state, application, UNTIL).items():
                twins[month] = twins.get(month, 0) + ore
            for year in range(2024, 2027):
                holidays[year] = holidays.get(year, 0) + sum(holiday_pay(state, application, year).values())
    state.close()
    mine: dict[str, int] = {}
    for one in house(found):
        mine[f"{one.month:%Y-%m}"] = mine.get(f"{one.month:%Y-%m}", 0) + one.amount
    assert twins == {month: ore for month, ore in mine.items() if ore}
    by_case = {leave.case: leave for leave in found}
    earned = [Earned(by_case[one.case], one) for one in house(found)]
    assert holidays == {year: expected_holiday(earned, year) for year in range(2024, 2027)}
