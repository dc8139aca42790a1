"""Danish leave: bounds of its amounts, the same for a table as for a case, weeks before and after the reform."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.law.denmark.parental import state_wage, weeks
from refusion.law.denmark.parental.amount import leave_amount
from refusion.law.denmark.parental.claims import calculate
from refusion.law.denmark.parental.deadlines import parental_request_by, pregnancy_notify_by, pregnancy_refund_from
from refusion.law.denmark.rates import WEEKLY_MAXIMUM
from refusion.law.denmark.sickness.amount import claim_amount
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.values.money import kroner
from refusion.values.period import ONE_DAY, Period

DAYS = some.dates(date(2013, 1, 7), date(2026, 11, 30))
HOURS, PAY = some.integers(0, 5000), some.integers(0, 40_000)
REFORM = date(2022, 8, 2)


def period(first: date, days: int) -> Period:
    return Period(first, min(first + timedelta(days=days), date(2026, 12, 31)))


@given(DAYS, some.integers(1, 60), HOURS, PAY, some.integers(0, 10**7))
def test_never_above_the_maximum_or_the_wage_paid(first, days, hours, pay, wage):
    claim = leave_amount(period(first, days), hours, pay, wage, None)
    assert 0 <= claim.refund <= wage + len(claim.weeks)
    for week in claim.weeks:
        assert week.refund * 10 <= WEEKLY_MAXIMUM.at(week.monday.toordinal()) * 2 * week.refundable_days + 5


@given(DAYS, some.integers(1, 60), HOURS, PAY, some.integers(0, 3000))
def test_more_pay_is_never_less_and_leave_never_less_than_sickness(first, days, hours, pay, more):
    before, after = (leave_amount(period(first, days), hours, rate, None, None) for rate in (pay, pay + more))
    assert claim_amount(period(first, days), hours, pay, None, None).refund <= before.refund <= after.refund


@given(DAYS, some.integers(1, 8), HOURS, PAY)
def test_splitting_at_a_week_boundary_changes_nothing(first, whole_weeks, hours, pay):
    boundary = first - timedelta(days=first.weekday()) + timedelta(days=7 * whole_weeks)
    last = min(boundary + timedelta(days=17), date(2026, 12, 31))
    one = leave_amount(Period(first, last), hours, pay, None, None)
    two = [leave_amount(part, hours, pay, None, None) for part in (Period(first, boundary - ONE_DAY), Period(boundary, last))]
    assert one.weeks == two[0].weeks + two[1].weeks


@settings(max_examples=30, deadline=None)
@given(some.lists(some.tuples(DAYS, some.integers(0, 40), HOURS, PAY, some.none() | some.integers(0, 10**6)), min_size=1, max_size=6))
def test_a_table_is_its_cases(claims):
    periods = [period(first, days) for first, days, *_ in claims]
    batch = pa.RecordBatch.from_pydict(
        {
            "first_day": [part.first for part in periods],
            "last_day": [part.last for part in periods],
            "weekly_hours": [kroner(hours) for _, _, hours, _, _ in claims],
            "hourly_wage_after_am": [kroner(pay) for _, _, _, pay, _ in claims],
            "wage_paid": pa.array([None if wage is None else kroner(wage) for *_, wage in claims], pa.string()),
        }
    )
    table = next(calculate([batch]))
    alone = [leave_amount(part, hours, pay, wage, None) for part, (_, _, hours, pay, wage) in zip(periods, claims, strict=True)]
    assert [int(refund.scaleb(2)) for refund in table.column("refund").to_pylist()] == [claim.refund for claim in alone]
    assert [int(more.scaleb(2)) for more in table.column("supplement").to_pylist()] == [claim.supplement for claim in alone]


def test_what_cannot_be_is_refused():
    week = Period(date(2022, 3, 7), date(2022, 3, 13))
    with pytest.raises(NotAnswered):
        leave_amount(week, -1, 1, None, None)
    with pytest.raises(MissingFact):
        leave_amount(week, None, None, None, None)


@given(DAYS)
def test_deadlines_and_refunds_adjoin(day):
    assert parental_request_by(day) == day + timedelta(weeks=8)
    last = pregnancy_notify_by(day)
    assert pregnancy_refund_from(day, last) == day
    assert pregnancy_refund_from(day, last + ONE_DAY) == last + ONE_DAY


def test_a_municipality_says_four_weeks():
    with following(pregnancy_notice="four_weeks"):
        assert pregnancy_notify_by(date(2023, 3, 1)) == date(2023, 3, 29)


@pytest.mark.parametrize(
    ("born", "own", "shared"),
    [
        (date(2022, 12, 31), [0, 0, 0], [0, 0, 0]),
        (date(2023, 1, 1), [0, 0, 0], [0, 0, 26]),
        (date(2024, 4, 30), [0, 0, 0], [0, 0, 26]),
        (date(2024, 5, 1), [0, 13, 13], [0, 0, 0]),
    ],
)
def test_two_children_count_from_the_day_of_the_act_of_2024(born, own, shared):
    assert [weeks.multiple_birth_weeks(children, born.toordinal()) for children in (1, 2, 3)] == own
    assert [weeks.multiple_birth_shared_weeks(children, born.toordinal()) for children in (1, 2, 3)] == shared


@given(some.dates(date(2008, 1, 1), date(2030, 12, 31)))
def test_a_couple_always_has_52_weeks(born):
    day = born.toordinal()
    assert weeks.weeks_of_both(day) == 52
    assert (weeks.shared_benefit_weeks(day) == 0) is (born >= REFORM)


@pytest.mark.parametrize(("given_away", "own", "other"), [(0, 14, 22), (5, 9, 27), (6, 9, 27)])
def test_weeks_given_away_are_received(given_away, own, other):
    born = date(2024, 5, 1).toordinal()
    can = weeks.mother_weeks_to_give(True, born)
    assert weeks.weeks_after_giving(14, given_away, can, 0) == own
    assert weeks.weeks_after_giving(22, 0, 13, min(given_away, can)) == other


def test_two_paid_weeks_before_birth_give_no_refund():
    assert state_wage.paid_days_without_refund(date(2026, 5, 1).toordinal()) == 14


@pytest.mark.parametrize(("born", "last"), [(date(2025, 12, 31), date(2026, 9, 30)), (date(2026, 1, 1), date(2027, 6, 30))])
def test_a_hospital_stay_prolongs_to_its_limit(born, last):
    assert weeks.hospital_extension_last_day(date(2026, 6, 30).toordinal(), 1000, born.toordinal()) == last.toordinal()
    assert weeks.hospital_extension_last_day(date(2026, 6, 30).toordinal(), 10, born.toordinal()) == date(2026, 7, 10).toordinal()
