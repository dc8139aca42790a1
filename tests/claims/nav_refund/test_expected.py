"""What is expected of NAV for a leave: rate, months, employer's days, deadline, notice, holiday pay."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refusion.absences.norwegian import Benefit
from refusion.cases.nav_case import Leave
from refusion.claims.income_notice import Contact, RefundChange
from refusion.claims.nav_refund.birth import born_on
from refusion.claims.nav_refund.deadline import at_risk, last_day_to_claim
from refusion.claims.nav_refund.employer_days import last_right, nav_from
from refusion.claims.nav_refund.income import monthly_income, weekly_income
from refusion.claims.nav_refund.months import columns_of, expected_months
from refusion.claims.nav_refund.notice import Asked, notice_of
from refusion.claims.nav_refund.rate import covers, day_rate
from refusion.values.period import Period
from refusion.values.said import Refused

PERSON = UUID(int=9)
LEAVE = Leave(
    case=UUID(int=1),
    number="1",
    employment_number="00001",
    benefit=Benefit.PARENTAL_BIRTH,
    person=PERSON,
    first_day=date(2026, 1, 5),
    last_day=date(2026, 6, 26),
    registered_on=date(2026, 1, 2),
    monthly_income=5_000_000,
    weekly_income=1_153_846,
)
SICK = replace(LEAVE, benefit=Benefit.SICKNESS)


@pytest.mark.parametrize(
    ("leave", "profile", "rate"),
    [
        (LEAVE, "state", 230_800),
        (replace(LEAVE, coverage=80_00), "state", 184_600),
        (replace(LEAVE, monthly_income=10_000_000), "state", 300_400),
        (replace(LEAVE, monthly_income=10_000_000, other_gross=12 * 10_000_000, other_claim=12 * 10_000_000), "state", 150_200),
        (replace(LEAVE, degree=50_00), "state", 115_400),
        (replace(LEAVE, monthly_income=500_000), "state", 0),
        (replace(LEAVE, monthly_income=0, weekly_income=1_000_000), "uio", 200_000),
        (SICK, "state", 230_800),
        (replace(SICK, degree=50_00), "state", 115_400),
        (replace(SICK, degree=19_00), "state", 0),
    ],
)
def test_a_day_gives(leave: Leave, profile: str, rate: int) -> None:
    given_rate = day_rate(leave, profile)
    assert given_rate is not None
    assert given_rate.rate == rate


def test_without_income_nobody_reckons_and_no_notice_goes() -> None:
    unknown = replace(LEAVE, monthly_income=None)
    assert day_rate(unknown) is None
    with pytest.raises(Refused):
        notice_of(unknown, Asked("r", "1", Contact("", ""), LEAVE.first_day))


@pytest.mark.parametrize(("paid", "enough"), [(5_000_000, True), (4_999_999, False)])
def test_a_month_with_less_pay_than_is_claimed_is_seen(paid: int, enough: bool) -> None:
    assert covers(LEAVE, paid) is enough


@pytest.mark.parametrize(
    ("months", "monthly"),
    [
        ({date(2025, 10, 1): 300, date(2025, 11, 1): 600, date(2025, 12, 1): 600}, 500),
        ({date(2025, 12, 1): 600}, 600),
        ({date(2026, 1, 1): 700}, 700),
        ({}, None),
    ],
)
def test_income_is_the_average_of_three_whole_months(months: dict[date, int], monthly: int | None) -> None:
    assert monthly_income(date(2026, 1, 5), months) == monthly


def test_a_week_is_a_52nd_of_twelve_months() -> None:
    assert weekly_income(date(2026, 1, 5), {date(2025, 12, 1): 4_333_333}) == 1_000_000
    assert weekly_income(date(2026, 1, 5), {}) is None


def test_sick_spells_close_together_share_the_employers_sixteen_days() -> None:
    first = replace(SICK, last_day=date(2026, 1, 14))
    second = replace(SICK, case=UUID(int=2), first_day=date(2026, 1, 20), last_day=date(2026, 3, 1))
    third = replace(SICK, case=UUID(int=3), first_day=date(2026, 4, 1), last_day=None)
    found = nav_from([first, second, third, LEAVE], date(2026, 5, 1))
    assert found[second.case] == date(2026, 1, 26)
    assert found[third.case] == date(2026, 4, 17)
    assert last_right([Period(date(2026, 1, 21), date(2026, 1, 30))], None) == date(2027, 1, 1)
    assert last_right([], None) is None


def test_months_by_columns_public_holidays_paid_until_the_employment_ends() -> None:
    ends = replace(LEAVE, employment_ends=date(2026, 5, 15))
    months = expected_months(columns_of([ends], {ends.case: 100}, {ends.case: ends.first_day}, {}), date(2026, 6, 30))
    assert [(one.month.month, one.paid_days, one.amount) for one in months] == [
        (1, 20, 2000), (2, 20, 2000), (3, 22, 2200), (4, 22, 2200), (5, 11, 1100)
    ]  # fmt: skip
    assert expected_months(columns_of([replace(LEAVE, withdrawn=True)], {LEAVE.case: 100}, {LEAVE.case: LEAVE.first_day}, {}), date(2026, 6, 30)) == ()


def test_a_late_notice_loses_what_lies_before_three_months() -> None:
    late = columns_of([LEAVE], {LEAVE.case: 100}, {LEAVE.case: LEAVE.first_day}, {LEAVE.case: date(2026, 5, 20)})
    months = expected_months(late, date(2026, 2, 28))
    assert [(one.amount, one.late) for one in months] == [(0, 2000), (2000, 0)]


@pytest.mark.parametrize(("month", "last"), [(date(2026, 1, 1), date(2026, 4, 30)), (date(2025, 11, 1), date(2026, 2, 28))])
def test_the_last_day_to_claim_a_month(month: date, last: date) -> None:
    assert last_day_to_claim(month) == last


def test_what_is_at_risk_is_worth_kroner_nearest_day_first() -> None:
    months = expected_months(columns_of([LEAVE], {LEAVE.case: 100}, {LEAVE.case: LEAVE.first_day}, {}), date(2026, 2, 28))
    found = at_risk(months, [], date(2026, 5, 4))
    assert [(one.month.month, one.amount, one.lost) for one in found] == [(1, 2000, True), (2, 2000, False)]
    assert at_risk(months, [LEAVE.case], date(2026, 5, 4)) == ()


def test_the_notice_tells_the_end_that_nav_cannot_know() -> None:
    asked = Asked("r", "1", Contact("", ""), LEAVE.first_day)
    assert notice_of(LEAVE, asked).changes == ()
    ends = notice_of(replace(LEAVE, employment_ends=date(2026, 3, 31)), asked)
    assert ends.changes == (RefundChange(date(2026, 4, 1), 0),)
    assert notice_of(replace(LEAVE, withdrawn=True), asked).refund == 0
    sick = notice_of(SICK, replace(asked, nav_from=date(2026, 1, 21)))
    assert sick.employer_days == (Period(date(2026, 1, 5), date(2026, 1, 20)),)
    short = notice_of(replace(SICK, last_day=date(2026, 1, 10)), replace(asked, nav_from=date(2026, 1, 11)))
    assert short.refund == 0


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("01829010182", date(1990, 2, 1)),
        ("15858510055", date(1985, 5, 15)),
        ("41019012345", date(1990, 1, 1)),
        ("01010150000", date(2001, 1, 1)),
        ("81019012345", None),
        ("1", None),
    ],
)
def test_the_day_of_birth_of_a_number(number: str, day: date | None) -> None:
    assert born_on(number) == day


@given(st.dates(date(2026, 1, 5), date(2026, 6, 25)))
def test_a_leave_in_two_is_worth_what_it_is_worth_in_one(cut: date) -> None:
    def worth(*leaves: Leave) -> int:
        rates = dict.fromkeys((leave.case for leave in leaves), 100)
        starts = {leave.case: leave.first_day for leave in leaves}
        return sum(one.amount for one in expected_months(columns_of(leaves, rates, starts, {}), date(2026, 12, 31)))

    after = replace(LEAVE, case=UUID(int=2), first_day=date.fromordinal(cut.toordinal() + 1))
    assert worth(replace(LEAVE, last_day=cut), after) == worth(LEAVE)
