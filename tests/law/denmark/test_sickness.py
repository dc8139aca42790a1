"""Danish sickness: deadlines meet without gap, amounts keep their bounds, every rate holds from its own Monday."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.denmark.rates import SUPPLEMENT_RATE, WEEKLY_MAXIMUM, hourly_maximum
from refusion.law.denmark.sickness.amount import WeekFacts, claim_amount, hourly_after_am, refund
from refusion.law.denmark.sickness.batch import BLOCK, PAID_IN_FULL, WeekColumns, weeks
from refusion.law.denmark.sickness.dates import (
    Hiring,
    Window,
    employer_period,
    notify_by,
    refund_from,
    request_by,
    waived,
    window,
)
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered, NotKnown
from refusion.law.engine.tape import explaining
from refusion.values.period import ONE_DAY, Period, months_after

WEEK = Period(date(2022, 3, 7), date(2022, 3, 13))
DAYS = some.dates(date(2013, 1, 7), date(2026, 11, 30))
HOURS = some.integers(0, 5000)
PAY = some.integers(0, 40_000)
PUBLISHED_HOURLY = {
    2013: 10824, 2014: 11014, 2015: 11176, 2016: 11297, 2017: 11473, 2018: 11622, 2019: 11770, 2020: 11905, 2021: 12054,
    2022: 12068, 2023: 12297, 2024: 12689, 2025: 13149, 2026: 13743,
}  # fmt: skip


def full(first: date, last: date, hourly: int = 50_000) -> int:
    return claim_amount(Period(first, last), 3700, hourly, None, None).refund


@pytest.mark.parametrize("year", PUBLISHED_HOURLY)
def test_the_hourly_maximum_is_the_published_one(year):
    assert hourly_maximum(date(year, 6, 1).toordinal()) == PUBLISHED_HOURLY[year]


def test_rates_begin_on_the_first_monday_of_january():
    for value in (*WEEKLY_MAXIMUM.values, *SUPPLEMENT_RATE.values[1:]):
        assert value.since.weekday() == 0
        assert (value.since.month, value.since.day <= 7) == (1, True)
    assert [value.since.year for value in WEEKLY_MAXIMUM.values] == list(range(2008, 2027))


@given(DAYS)
def test_employer_period_and_refund_adjoin(first):
    own = employer_period(first)
    assert own is not None
    assert (own.first, own.days, own.last + ONE_DAY) == (first, 30, refund_from(first))
    assert employer_period(first, waived=True) is None
    assert refund_from(first, waived=True) == first


@given(DAYS)
def test_request_by_is_the_last_request_that_reaches_the_day(day):
    last = request_by(day)
    assert months_after(last, -3) <= day < months_after(last + ONE_DAY, -3)


def test_notification_of_a_short_absence_without_employer_period_has_three_months():
    first = date(2024, 3, 4)
    assert notify_by(first) == date(2024, 4, 8)
    assert notify_by(first, waived=True) == date(2024, 4, 8)
    assert notify_by(first, waived=True, last_absence_day=date(2024, 4, 2)) == date(2024, 6, 4)
    assert notify_by(first, waived=True, last_absence_day=date(2024, 4, 3)) == date(2024, 4, 8)
    with pytest.raises(NotKnown):
        notify_by(date(2012, 7, 1))


@pytest.mark.parametrize(
    ("hiring", "expected"),
    [
        (Hiring(), False),
        (Hiring(employed_since=date(2024, 1, 8), hours_in_eight_weeks=7400), False),
        (Hiring(employed_since=date(2024, 1, 8), hours_in_eight_weeks=7399), True),
        (Hiring(employed_since=date(2024, 1, 9), hours_in_eight_weeks=7400), True),
        (Hiring(employed_since=date(2024, 2, 1), hours_in_eight_weeks=0, hours_in_earlier_employment=7400), False),
        (Hiring(agreement_56=True), True),
        (Hiring(fleksjob=True), True),
        (Hiring(covid=True), False),
    ],
)
def test_when_there_is_no_employer_period(hiring, expected):
    assert waived(date(2024, 3, 4), hiring) is expected


@given(DAYS, some.integers(0, 200), some.integers(0, 150), some.integers(0, 60), some.integers(1, 200), some.booleans())
def test_refundable_and_lost_adjoin_and_fill_the_entitled_days(first, notified, start, length, later, is_waived):
    claimed = Period(first + timedelta(days=start), first + timedelta(days=start + length))
    found = window(
        first_absence_day=first,
        waived=is_waived,
        notified_on=first + timedelta(days=notified),
        claimed=claimed,
        requested_on=claimed.last + timedelta(days=later),
    )
    entitled = (
        claimed.overlap(Period(refund_from(first, is_waived), claimed.last)) if refund_from(first, is_waived) <= claimed.last else None
    )
    parts = [part for part in (found.lost, found.refundable) if part is not None]
    assert sum(part.days for part in parts) == (entitled.days if entitled else 0)
    assert [day for part in parts for day in part] == list(entitled or ())


def test_a_window_asked_for_too_early_is_refused():
    facts = {"first_absence_day": date(2022, 1, 3), "waived": False, "notified_on": date(2022, 2, 1)}
    claimed = Period(date(2022, 2, 2), date(2022, 2, 28))
    with pytest.raises(NotAnswered):
        window(**facts, claimed=claimed, requested_on=date(2022, 2, 28))
    assert window(**facts, claimed=claimed, requested_on=date(2022, 3, 1)) == Window(claimed, None)


@given(DAYS, some.integers(1, 60), HOURS, PAY, some.integers(0, 10**7))
def test_never_above_the_maximum_or_the_wage_paid(first, days, hours, pay, wage):
    period = Period(first, min(first + timedelta(days=days), date(2026, 12, 31)))
    claim = claim_amount(period, hours, pay, wage, None)
    assert 0 <= claim.refund <= wage + len(claim.weeks)
    for week in claim.weeks:
        most = WEEKLY_MAXIMUM.at(week.monday.toordinal())
        assert week.refund * 10 <= most * 2 * week.refundable_days + 5
        assert week.supplement % 100 == 0


@given(DAYS, some.integers(1, 60), HOURS, PAY, some.integers(0, 3000))
def test_more_pay_is_never_less_refund(first, days, hours, pay, more):
    period = Period(first, min(first + timedelta(days=days), date(2026, 12, 31)))
    before = claim_amount(period, hours, pay, None, None)
    after = claim_amount(period, hours, pay + more, None, None)
    assert after.refund >= before.refund


@given(DAYS, some.integers(1, 8), HOURS, PAY)
def test_splitting_at_a_week_boundary_changes_nothing(first, whole_weeks, hours, pay):
    boundary = first - timedelta(days=first.weekday()) + timedelta(days=7 * whole_weeks)
    last = min(boundary + timedelta(days=17), date(2026, 12, 31))
    one = claim_amount(Period(first, last), hours, pay, None, None)
    two = [claim_amount(part, hours, pay, None, None) for part in (Period(first, boundary - ONE_DAY), Period(boundary, last))]
    assert one.refund == sum(part.refund for part in two)
    assert one.weeks == two[0].weeks + two[1].weeks


def test_a_week_alone_is_the_week_of_a_claim():
    claim = claim_amount(WEEK, 3700, 50_000, 300_000, None)
    assert claim.weeks == (refund(WeekFacts(WEEK, 3700, 3700, 50_000, 300_000, 5)),)


@pytest.mark.parametrize(("gross", "hours", "expected"), [(10_000, 100, 9_200), (4_500_000, 48_100, 8_607), (1, 200, 0), (25, 200, 12)])
def test_hourly_earnings_are_rounded_once(gross, hours, expected):
    assert hourly_after_am(gross, hours) == expected


def test_what_cannot_be_is_refused():
    for facts in ((-1, 5, None), (5, -1, None), (5, 5, -1)):
        with pytest.raises(NotAnswered):
            claim_amount(WEEK, *facts, None)
    with pytest.raises(NotAnswered):
        claim_amount(WEEK, 5, 5, None, {WEEK.first: -1})
    for gross, hours in ((-1, 100), (1, 0), (1, -1)):
        with pytest.raises(NotAnswered):
            hourly_after_am(gross, hours)
    with pytest.raises(MissingFact) as refusal:
        claim_amount(WEEK, None, None, None, None)
    assert refusal.value.names == ("weekly_hours", "hourly_after_am")
    with pytest.raises(MissingFact) as refusal:
        claim_amount(Period(WEEK.first, WEEK.last + ONE_DAY), 3700, 1, None, {WEEK.first: 1700})
    assert refusal.value.names == ("absent_hours 2022-03-14",)


def test_the_last_rate_is_an_estimate_from_its_successors_day():
    last, after = (
        full(date(2026, 12, 28), date(2027, 1, 3)),
        claim_amount(Period(date(2027, 1, 4), date(2027, 1, 10)), 3700, 50_000, None, None),
    )
    assert last == 406_800  # New Year's Day is a Friday
    assert after.estimated
    assert after.refund == 508_500
    assert not claim_amount(Period(date(2026, 12, 28), date(2027, 1, 3)), 3700, 1, None, None).estimated


def test_unverified_rates_mark_the_result():
    assert claim_amount(Period(date(2010, 3, 1), date(2010, 3, 7)), 3700, 1, None, None).unverified
    assert not claim_amount(Period(date(2019, 3, 4), date(2019, 3, 10)), 3700, 1, None, None).unverified


def test_the_exact_hourly_maximum_is_a_choice():
    absent = {WEEK.first: 1700}
    assert claim_amount(WEEK, 3700, 50_000, None, absent).refund == 205_156
    with following(hourly_maximum="exact"):
        assert claim_amount(WEEK, 3700, 50_000, None, absent).refund == 205_149
        assert claim_amount(WEEK, 3700, 50_000, None, None).refund == 446_500


def test_the_floor_of_a_cut_week_is_a_choice():
    period, absent = Period(date(2022, 3, 10), date(2022, 3, 11)), {WEEK.first: 700}
    assert claim_amount(period, 3700, 10_000, None, absent).refund == 28_000
    with following(least_absence="claimed_days"):
        assert claim_amount(period, 3700, 10_000, None, absent).refund == 0


def test_an_explained_claim_tells_its_paragraphs_and_sources():
    with explaining() as tape:
        claim = claim_amount(WEEK, 3700, 50_000, 300_000, None)
    told = tape.explanation.as_json()
    assert told["result"]["refund"] == claim.refund == 300_000
    rules = [step.rule for _, step in tape.explanation.walk()]
    assert {"week_benefit", "weekly_maximum", "wage_of_week", "week_supplement", "refundable_days"} <= set(rules)
    assert "SDL § 50, stk. 1" in tape.explanation.as_tree()


def test_blocks_of_a_batch_join_without_a_seam():
    size = BLOCK + 3
    first = np.full(size, WEEK.first.toordinal())
    columns = WeekColumns(
        first, first + 6, np.full(size, 3700), np.arange(size) % 3800, np.full(size, 12_345), np.full(size, PAID_IN_FULL), np.full(size, 5)
    )
    amounts = weeks(columns)
    for row in (0, 399, 400, 3699, BLOCK - 1, BLOCK, size - 1):
        absent = {WEEK.first: int(columns.absent_hours[row])}
        alone = claim_amount(WEEK, 3700, 12_345, None, absent)
        assert (amounts.refund[row], amounts.supplement[row]) == (alone.refund, alone.supplement)
    with pytest.raises(NotKnown):
        weeks(WeekColumns(*(np.array([value]) for value in (date(2008, 1, 1).toordinal(), date(2008, 1, 6).toordinal(), 1, 1, 1, 1, 1))))
