"""The self-employed in Denmark: bounds, tables as cases, refused rows, late notice, what makes the right lapse; the state's schemes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.denmark.fleksjob.state import quarter_refund
from refusion.law.denmark.rates import WEEKLY_MAXIMUM
from refusion.law.denmark.self_employed.benefit import self_weekly
from refusion.law.denmark.self_employed.claims import GIVES, calculate
from refusion.law.denmark.self_employed.eligibility import Person, eligibility, is_right_lapsed
from refusion.law.denmark.self_employed.follow_up import Milestones, milestones, self_paid_through
from refusion.law.denmark.self_employed.waiting import EVERY_DAY, INSURANCES, Cover, self_benefit_from, self_entitled_from, self_notify_by
from refusion.law.denmark.sickness.agreement import agreement_possible
from refusion.law.denmark.sickness.duration import GROUNDS, after_the_limit, reassess_by, unbroken_stops_after
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered
from refusion.values.period import ONE_DAY

DAYS = some.dates(date(2013, 1, 7), date(2026, 11, 30))
COVER = some.sampled_from((None, *INSURANCES))
FIT = Person(months_in_last_12=600, last_month_self_employed=True, weekly_hours=1850)


@given(DAYS, some.integers(0, 40), some.integers(0, 10**8), COVER, some.integers(0, 10_000), some.integers(0, 10**6))
def test_never_above_the_maximum_and_never_less_for_more_income(first, later, income, insurance, share, more):
    day = first + timedelta(days=later)
    amount = self_weekly(day, first, income, insurance, share)
    assert 0 <= amount <= WEEKLY_MAXIMUM.at(day.toordinal())
    assert self_weekly(day, first, income + more, insurance, share) >= amount
    assert self_weekly(day, first, income, insurance, 0) >= amount


@given(DAYS, COVER, some.frozensets(some.sampled_from(sorted(EVERY_DAY)), min_size=1), some.booleans())
def test_entitlement_never_comes_before_the_absence_and_late_notice_costs(first, insurance, weekdays, holidays):
    cover = Cover(insurance, working_weekdays=weekdays, works_public_holidays=holidays)
    entitled, last = self_entitled_from(first, cover), self_notify_by(first, cover)
    assert first <= entitled <= last
    assert self_benefit_from(first, last, cover) == entitled
    assert self_benefit_from(first, last + ONE_DAY, cover) == last + ONE_DAY


def test_a_table_is_its_cases_and_bad_rows_tell_why():
    facts = list(product(["2022-03-01"], ["2022-03-01", "2022-02-01"], ["0", "104000", "900000.50"], ["", *INSURANCES], ["", "25", "50.01"]))
    bad = [
        ("2007-03-01", "2007-03-01", "1", "", "", "law.row_before_rates"),
        ("2022-03-01", "2022-03-02", "1", "", "", "law.row_before_absence"),
        ("2022-03-01", "2022-03-01", "1", "day2", "", "law.row_insurance_unknown"),
        ("2022-03-01", "2022-03-01", "1", "", "100.01", "law.row_share_outside"),
        ("2022-03-01", "2022-03-01", "-1", "", "", "law.row_no_amount"),
        ("2022-02-30", "2022-03-01", "1", "", "", "law.row_no_day"),
        ("2061-01-01", "2060-03-01", "1", "", "", "law.row_outside_calendar"),
    ]
    names = ("day", "first_absence_day", "income_year", "insurance", "working_share_percent")
    rows = [*facts, *(row[:5] for row in bad)]
    table = next(calculate([pa.RecordBatch.from_pydict(dict(zip(names, zip(*rows, strict=True), strict=True)))], explain=True))
    assert table.column("problem").to_pylist() == [None] * len(facts) + [row[5] for row in bad]
    for row, weekly, told in zip(facts, table.column("weekly").to_pylist(), table.column("explanation").to_pylist(), strict=False):
        day, first, income, insurance, share = row
        income_ore = int(float(income) * 100)
        share_hundredths = int(float(share or 0) * 100)
        alone = self_weekly(date.fromisoformat(day), date.fromisoformat(first), income_ore, insurance or None, share_hundredths)
        assert int(weekly.scaleb(2)) == alone == json.loads(told)["result"]
    assert all(table.column(name).null_count == len(bad) for name in GIVES)


def test_the_contribution_is_a_choice():
    day = date(2022, 3, 1)
    with following(self_employed_income="after_contribution"):
        assert self_weekly(day, day, 10_400_000, None, 0) == 184_000
    assert self_weekly(day, day, 10_400_000, None, 0) == 200_000


def test_every_predicate_of_the_right():
    assert eligibility(FIT).eligible
    for name, change in {"E1": {"self_employed": False}, "E7": {"lapsed": True}, "E8": {"in_time": False}}.items():
        assert eligibility(replace(FIT, **change)).failed == (name,)
    abroad = eligibility(replace(FIT, lives_and_taxed_in_denmark=False, by_treaty=True))
    assert (abroad.eligible, abroad.failed, abroad.to_decide) == (False, (), ("E3",))
    with pytest.raises(MissingFact) as refusal:
        eligibility(Person(None, None, 1850))
    assert refusal.value.names == ("months_in_last_12", "last_month_self_employed")


@pytest.mark.parametrize("ground", range(4))
def test_each_ground_alone_makes_the_right_lapse(ground):
    assert is_right_lapsed(*(place == ground for place in range(4)))
    assert not is_right_lapsed(False, False, False, False)


def test_standby_lifts_the_meetings_only():
    first = date(2022, 3, 1)
    assert milestones(first, standby=True) == Milestones(None, date(2022, 8, 15))
    assert milestones(first).first_follow_up_by == date(2022, 4, 26)


@given(some.dates(date(2014, 7, 1), date(2030, 12, 31)))
def test_the_limit_is_the_month_end_after_the_reassessment(first):
    for own in (True, False):
        limit = unbroken_stops_after(first, self_employed=own)
        assert (limit + ONE_DAY).day == 1
        assert timedelta(0) < limit - reassess_by(first, self_employed=own) <= timedelta(days=31)


@given(some.sets(some.sampled_from(GROUNDS)), some.booleans())
def test_any_ground_extends_and_none_ends(grounds, unfit):
    outcome = after_the_limit(grounds, date(2022, 8, 31), unfit=unfit).outcome
    assert outcome == ("extended" if grounds else "clarification" if unfit else "ended")


def test_days_for_the_same_illness_are_a_choice():
    with following(same_illness="twenty_one"):
        assert agreement_possible(date(2022, 3, 7), days_paid=21)
        assert not agreement_possible(date(2022, 3, 7), days_paid=20)
    assert not agreement_possible(date(2022, 3, 7), days_paid=29)


def test_where_the_cap_comes_first_is_a_choice():
    facts = date(2013, 1, 1), 2024, 2, 20_000_000, 2_000_000
    assert quarter_refund(*facts) == 6_352_350
    with following(fleksjob_cap="deduction_first"):
        assert quarter_refund(*facts) == 7_352_350
    with pytest.raises(NotAnswered):
        quarter_refund(date(2013, 1, 1), 2024, 0, 1, 0)


@given(some.dates(date(2021, 1, 1), date(2030, 12, 31)))
def test_whole_weeks_are_paid_four_or_five_at_a_time(day):
    through = self_paid_through(day.toordinal())
    earlier = self_paid_through((day.replace(day=1) - ONE_DAY).toordinal())
    assert through % 7 == 0
    assert (through - earlier) // 7 in (4, 5)
