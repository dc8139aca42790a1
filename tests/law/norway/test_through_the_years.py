"""Norwegian and Swedish law from 2008 to 2030: refused alike for one case and for a column, bounds that hold, weeks that add up."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from refusion.law.engine.catalogue import rests_on, rules_of
from refusion.law.engine.numbers import BASIS_POINTS, COUNT, DAY, DAYS, MONTHS, ORE, YES_OR_NO
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotKnown
from refusion.law.norway import library as norwegian
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.deadline import claim_from_day
from refusion.law.norway.parental import claims as leaves
from refusion.law.norway.parental.cap import Employer, capped_shares
from refusion.law.norway.sickness import claims as absences
from refusion.law.norway.sickness.split import Work, day_split
from refusion.law.sweden import library as swedish

MODULES = (*norwegian.MODULES, *swedish.MODULES)
RULES = rules_of(MODULES)
FIRST, LAST = date(2008, 1, 1), date(2030, 12, 31)
KNOWN = BASE_AMOUNT.values[0].since
VALUES = {
    DAY: some.integers(FIRST.toordinal(), LAST.toordinal()),
    DAYS: some.integers(0, 400),
    MONTHS: some.integers(0, 12),
    ORE: some.integers(0, 120_000_000),
    BASIS_POINTS: some.integers(0, 10_000),
    COUNT: some.integers(0, 1000),
    YES_OR_NO: some.booleans(),
}


def outcome(rule, given):
    try:
        return int(rule(*given))
    except NotKnown:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(chance=some.data())
def test_one_case_equals_a_row_of_a_batch_and_both_are_refused_alike(name, chance):
    rule = RULES[name]
    rows = chance.draw(some.lists(some.tuples(*(VALUES[unit] for unit in rule.inputs.values())), min_size=1, max_size=6))
    with following(**{policy.name: chance.draw(some.sampled_from(policy.options)) for policy in rests_on(rule).policies}):
        singly = [outcome(rule, row) for row in rows]
        columns = [np.array(column) for column in zip(*rows, strict=True)]
        if None in singly:
            with pytest.raises(NotKnown):
                rule(*columns)
            rows = [row for row, one in zip(rows, singly, strict=True) if one is not None]
            columns = [np.array(column) for column in zip(*rows, strict=True)]
        if rows:
            assert np.broadcast_to(rule(*columns), len(rows)).tolist() == [one for one in singly if one is not None]


STARTS = some.dates(KNOWN, LAST)
MONEY = some.integers(0, 9_000_000)
MONTHLY = some.integers(0, 20_000_000)


def table(calculate, rows):
    texts = [{name: None if value is None else str(value) for name, value in row.items()} for row in rows]
    batch = pa.RecordBatch.from_pydict({name: pa.array([row[name] for row in texts], pa.string()) for name in texts[0]})
    (result,) = calculate([batch])
    assert result.column("problem").to_pylist() == [None] * len(rows)
    names = ("paid_days", "lost_days", "daily_rate", "refund")
    return list(zip(*(map(ore if name in names[2:] else int, result.column(name).to_pylist()) for name in names), strict=True))


def ore(amount) -> int:
    return int(amount * 100)


def kroner(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def leave(start, first, last, **more):
    facts = {"coverage_percent": 100, "annual_basis": "600000", "average_weekly_income": "11000", "received": None, "employment_ends": None}
    return {"start": start, "first_day": first, "last_day": last, **facts, **more}


def absence(start, first, last, **more):
    facts = {"monthly_income": "50000", "monthly_claim": None, "grade_percent": 100, "received": None}
    return {"first_absence_day": start, "first_day": first, "last_day": last, **facts, **more}


def sunday_after(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


@pytest.mark.parametrize(("calculate", "row"), [(leaves.calculate, leave), (absences.calculate, absence)])
@settings(max_examples=60, deadline=None)
@given(start=STARTS, later=some.integers(0, 60), weeks=some.integers(0, 12), more=some.integers(1, 90), late=some.integers(-30, 200))
def test_a_period_split_at_the_end_of_a_week_gives_the_same(calculate, row, start, later, weeks, more, late):
    first = start + timedelta(days=later)
    cut = sunday_after(first) + timedelta(weeks=weeks)
    last = cut + timedelta(days=more)
    received = last + timedelta(days=late)
    whole, before, after = table(
        calculate,
        [
            row(start, first, last, received=received),
            row(start, first, cut, received=received),
            row(start, cut + timedelta(days=1), last, received=received),
        ],
    )
    assert whole[2] == before[2] == after[2]
    assert [one + two for one, two in zip(before, after, strict=True)] == [whole[0], whole[1], 2 * whole[2], whole[3]]


def cap(start: date) -> int:
    return 6 * BASE_AMOUNT.at(start.toordinal())


@settings(max_examples=60, deadline=None)
@given(start=STARTS, pay=MONTHLY, more=MONTHLY, coverage=some.sampled_from([80, 100]))
def test_more_pay_is_never_less_parental_refund_and_never_above_the_cap(start, pay, more, coverage):
    last = start + timedelta(days=30)
    annual, weekly = ({"annual_basis": kroner(amount * 12)} for amount in (pay, pay + more)), (pay, pay + more)
    rows = [
        leave(start, start, last, coverage_percent=coverage, average_weekly_income=kroner(week), **year)
        for year, week in zip(annual, weekly, strict=True)
    ]
    low, high = table(leaves.calculate, [{**row, "annual_basis": min(row["annual_basis"], "99999999", key=float)} for row in rows])
    assert low[3] <= high[3]
    for found in (low, high):
        assert found[2] * 260 * 100 <= cap(start) * coverage + 50 * 260 * 100
        assert found[3] == found[0] * found[2]


@settings(max_examples=60, deadline=None)
@given(start=STARTS, pay=MONTHLY, more=MONTHLY, claim=MONTHLY, grade=some.integers(0, 10_000))
def test_more_pay_or_claim_is_never_less_sickness_refund_and_never_above_cap_claim_or_wage(start, pay, more, claim, grade):
    first, last = start, start + timedelta(days=60)
    facts = {"grade_percent": kroner(grade)}
    pays = [
        (pay, claim), (pay + more, claim), (pay, claim + more), (pay, None), (pay + more, None),
    ]  # fmt: skip
    rows = [
        absence(first, first, last, monthly_income=kroner(income), monthly_claim=None if asked is None else kroner(asked), **facts)
        for income, asked in pays
    ]
    found = table(absences.calculate, rows)
    assert found[0][3] <= min(found[1][3], found[2][3])
    assert found[3][3] <= found[4][3]
    for (income, asked), (_, _, rate, _) in zip(pays, found, strict=True):
        most = min(cap(start), 12 * income, 12 * (income if asked is None else asked)) * grade
        assert rate * 260 * 10_000 <= most + 50 * 260 * 10_000


EMPLOYERS = some.lists(some.tuples(some.integers(1, 90_000_000), some.integers(0, 90_000_000)), min_size=1, max_size=4)


@settings(deadline=None)
@given(EMPLOYERS, some.integers(0, 90_000_000), some.integers(1, 80_000_000), some.sampled_from([80_00, 100_00]))
def test_a_higher_claim_never_gives_its_employer_less_of_the_cap(employers, more, limit, coverage):
    claimed = [Employer(gross, claim) for gross, claim in employers]
    raised = [Employer(claimed[0].gross, claimed[0].claim + more), *claimed[1:]]
    assert capped_shares(raised, limit, coverage).employers[0] >= capped_shares(claimed, limit, coverage).employers[0]


@settings(deadline=None)
@given(EMPLOYERS, some.integers(0, 90_000_000), some.integers(1, 80_000_000), some.integers(0, 10_000))
def test_a_higher_claim_never_gives_its_employer_less_of_a_sick_day(employers, more, basis, grade):
    works = [Work(grade, income, claim) for income, claim in employers]
    raised = [Work(grade, works[0].income, works[0].claim + more), *works[1:]]
    assert day_split(raised, basis).employers[0] >= day_split(works, basis).employers[0]


@settings(deadline=None)
@given(STARTS, some.integers(0, 400))
def test_a_later_claim_never_reaches_further_back(received, later):
    assert claim_from_day(received.toordinal() + later) >= claim_from_day(received.toordinal())
