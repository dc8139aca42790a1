"""Norwegian parental refunds: bounds, adjoining deadlines, quotas that add up, tables that equal single cases."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.engine.policies import following
from refusion.law.engine.refusals import MissingFact, NotAnswered, NotKnown
from refusion.law.engine.tape import explaining
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.deadline import ReceivedClaim, claim_from_day, claimed_on, in_time
from refusion.law.norway.parental.cap import Employer, capped_shares
from refusion.law.norway.parental.claims import calculate
from refusion.law.norway.parental.month import Leave, month_expectation
from refusion.law.norway.parental.quotas import RIGHTS, Child, quotas
from refusion.law.norway.parental.timeline import Segment, claim_timeline, ended_with_employment
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month, months_after

DAYS = some.dates(date(2020, 1, 1), date(2026, 12, 31))
MONEY = some.integers(0, 120_000_000)
COVERAGES = some.sampled_from([80_00, 100_00])


def month_of(day: date) -> Period:
    return Period(first_of_month(day), last_of_month(day))


def expected(start: date, month: Period, basis: int, coverage: int = 100_00, ends: date | None = None) -> int:
    return month_expectation(Leave(start, coverage, annual_basis=basis, employment_ends=ends), month).expected


@given(DAYS, MONEY, COVERAGES)
def test_never_above_the_cap_nor_the_covered_pay(start, basis, coverage):
    found = month_expectation(Leave(start, coverage, annual_basis=basis), month_of(start))
    most = min(basis, 6 * BASE_AMOUNT.at(start.toordinal())) * coverage
    assert found.rate * 260 * 10_000 <= most + 50 * 260 * 10_000
    assert found.expected == found.rate * found.days
    assert found.rate % 100 == 0


@given(DAYS, MONEY, some.integers(0, 10_000_000), COVERAGES)
def test_more_pay_is_never_less_refund(start, basis, more, coverage):
    assert expected(start, month_of(start), basis + more, coverage) >= expected(start, month_of(start), basis, coverage)


@given(DAYS, MONEY, some.integers(-40, 40))
def test_the_end_of_the_employment_splits_a_month_without_gap(start, basis, days):
    month = month_of(months_after(start, 1))
    ends = month.first + timedelta(days=days)
    before = month_expectation(Leave(start, 100_00, annual_basis=basis, employment_ends=ends), month)
    after = Period(max(month.first, ends + ONE_DAY), month.last).weekdays if ends < month.last else 0
    whole = month_expectation(Leave(start, 100_00, annual_basis=basis), month)
    assert before.days + after == whole.days


def test_the_institutions_text_is_another_profile_and_the_explanation_names_it():
    leave = Leave(date(2026, 6, 1), 100_00, annual_basis=90_000_000, average_weekly_income=1_000_000)
    july = Period(date(2026, 7, 1), date(2026, 7, 31))
    assert month_expectation(leave, july).rate == 315_100
    with following(profile="uio"), explaining() as tape:
        assert month_expectation(leave, july).rate == 200_000
    told = json.dumps(tape.explanation.as_json())
    assert '"profile": "uio"' in told
    assert "ftrl § 8-28, ledd 3" in tape.explanation.as_tree()


def test_what_is_not_known_is_refused_or_marked():
    july = Period(date(2027, 7, 1), date(2027, 7, 31))
    assert month_expectation(Leave(date(2027, 5, 1), 100_00, annual_basis=90_000_000), july).estimated
    assert not month_expectation(Leave(date(2027, 4, 30), 100_00, annual_basis=90_000_000), july).estimated
    assert not month_expectation(Leave(date(2019, 1, 1), 100_00, annual_basis=1), july).unverified
    assert not month_expectation(Leave(date(2020, 6, 1), 100_00, annual_basis=1), july).unverified
    with pytest.raises(MissingFact):
        month_expectation(Leave(date(2026, 6, 1), 100_00), july)
    with pytest.raises(NotAnswered):
        month_expectation(Leave(date(2026, 6, 1), 100_00, annual_basis=-1), july)
    with pytest.raises(NotKnown):
        month_expectation(Leave(date(2009, 4, 30), 100_00, average_weekly_income=1), july)


EMPLOYERS = some.lists(some.builds(Employer, MONEY, MONEY, some.integers(0, 1_000_000)), min_size=1, max_size=4)


@given(EMPLOYERS, some.integers(1, 80_000_000), COVERAGES)
def test_the_shares_stay_within_claims_and_the_cap(employers, limit, coverage):
    found = capped_shares(employers, limit, coverage)
    in_all = sum(found.employers) + sum(found.person)
    whole = min(limit, sum(each.gross + each.in_kind for each in employers))
    assert in_all * 10_000 <= whole * coverage + 10_000 * 2 * len(employers)
    for each, share in zip(employers, found.employers, strict=True):
        assert 0 <= share * 10_000 <= min(each.claim, each.gross) * coverage + 10_000
    assert min(found.person) >= 0


def test_a_negative_claim_is_refused():
    with pytest.raises(NotAnswered):
        capped_shares([Employer(1, -1)], 100, 100_00)


@given(DAYS, some.sampled_from(RIGHTS), some.integers(1, 5), some.booleans(), some.booleans())
def test_the_accounts_add_up(day, right, children, birth, full):
    found = quotas(Child(day, full, right, children, birth))
    kept = ("FELLESPERIODE", "FEDREKVOTE", "MODREKVOTE", "FORELDREPENGER", "FORELDREPENGER_FOR_FODSEL")
    assert found["sum"] == sum(found.get(name, 0) for name in kept)
    with following(quota_history="history"):
        assert quotas(Child(day, full, right, children, birth)) == found


@given(DAYS)
def test_a_claim_reaches_whole_months(received):
    reach = date.fromordinal(claim_from_day(received.toordinal()))
    assert reach == months_after(first_of_month(received), -3)


@given(DAYS, some.integers(0, 200), some.integers(0, 100))
def test_late_and_timely_adjoin(received, back, length):
    first = received - timedelta(days=back)
    claimed = Period(first, first + timedelta(days=length))
    found = in_time([claimed], received, 3)
    late = found.refused.days if found.refused else 0
    timely = (claimed.last - found.granted_from).days + 1 if found.granted_from else 0
    assert late + timely == claimed.days


def test_several_claims_for_a_day():
    early = ReceivedClaim(date(2026, 4, 1), date(2026, 1, 1), 4_000_000)
    zero = ReceivedClaim(date(2026, 4, 1), date(2026, 1, 1), 0)
    late = ReceivedClaim(date(2026, 9, 1), date(2026, 1, 1), 5_000_000)
    day = date(2026, 1, 15)
    assert claimed_on(day, [early]) == 4_000_000
    assert claimed_on(day, [late]) == 0
    assert claimed_on(day, [late, early]) == 5_000_000
    assert claimed_on(day, [zero, late]) == 0
    assert claimed_on(day, [late], override=day) == 5_000_000
    assert claimed_on(date(2025, 12, 31), [early]) == 0
    assert claimed_on(date(2026, 6, 1), [zero, late]) == 5_000_000


def test_a_claim_ends_with_the_employment():
    found = claim_timeline(date(2026, 1, 1), 100, None, {date(2026, 3, 1): 50})
    assert ended_with_employment(found, date(2026, 2, 10)) == (
        Segment(date(2026, 1, 1), date(2026, 2, 10), 100),
        Segment(date(2026, 2, 11), None, 0),
    )
    assert ended_with_employment(found, date(2025, 12, 1)) == (Segment(date(2026, 1, 1), None, 0),)
    with pytest.raises(NotAnswered):
        claim_timeline(date(2026, 1, 1), -1)


def row(**facts: str | None) -> dict[str, str | None]:
    return {
        "start": "2026-06-01",
        "first_day": "2026-07-01",
        "last_day": "2026-07-31",
        "coverage_percent": "100",
        "annual_basis": "900000",
        **facts,
    }


@pytest.mark.parametrize(
    ("facts", "problem", "column"),
    [
        ({"start": "2009-04-30"}, "law.row_before_base_amount", "start"),
        ({"start": "2026-07-02"}, "law.row_before_start", "first_day"),
        ({"last_day": "2026-06-30"}, "law.row_ends_before_start", "last_day"),
        ({"last_day": "2029-12-31"}, "law.row_longer_than_right", "last_day"),
        ({"coverage_percent": "90"}, "law.row_coverage", "coverage_percent"),
        ({"annual_basis": None}, "law.row_lacks", "annual_basis"),
        ({"annual_basis": "-1"}, "law.row_no_amount", "annual_basis"),
        ({"annual_basis": "100000000.01"}, "law.row_amount_too_high", "annual_basis"),
        ({"profile": "uio"}, "law.row_lacks", "average_weekly_income"),
        ({"profile": "other"}, "law.row_profile", "profile"),
        ({"received": "soon"}, "law.row_no_day", "received"),
        ({"employment_ends": "2026-02-30"}, "law.row_no_day", "employment_ends"),
        ({"first_day": "2026-13-01"}, "law.row_no_day", "first_day"),
    ],
)
def test_a_bad_row_is_told_apart(facts, problem, column):
    rows = [row(**dict.fromkeys(facts)), row(**facts)]
    rows[0] = {**rows[0], **row()}
    names = dict.fromkeys(name for each in rows for name in each)
    batch = pa.RecordBatch.from_pydict({name: pa.array([each.get(name) for each in rows], pa.string()) for name in names})
    table = next(calculate([batch], explain=True))
    assert table.column("problem").to_pylist() == [None, problem]
    assert table.column("problem_column").to_pylist() == [None, column]
    assert [str(value) for value in table.column("refund").to_pylist()] == ["72473.00", "None"]
    assert json.loads(table.column("explanation")[0].as_py())[-1]["result"] == 7_247_300
