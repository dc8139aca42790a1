"""Norwegian sickness refunds: employer period, limit through years, split within the budget, tables that refuse bad rows."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.law.engine.refusals import NotAnswered
from refusion.law.norway.sickness.claims import calculate
from refusion.law.norway.sickness.employer_period import HOLIDAY, SICK, WORK, counted_absence
from refusion.law.norway.sickness.limit import last_paid_day
from refusion.law.norway.sickness.split import Work, day_split
from refusion.values.period import FRIDAY, ONE_DAY, Period

DAYS = some.dates(date(2012, 1, 1), date(2024, 12, 31))


def weekdays_from(first: date, count: int) -> Period:
    last = first
    while Period(first, last).weekdays < count:
        last += ONE_DAY
    return Period(first, last)


@given(some.lists(some.tuples(some.sampled_from([SICK, WORK, HOLIDAY]), some.integers(1, 40)), max_size=8))
def test_every_sick_day_is_the_employers_or_comes_after(sequence):
    found = counted_absence(sequence)
    sick = sum(days for kind, days in sequence if kind == SICK)
    assert found.sick_days_after + found.employer_days >= sick
    if HOLIDAY not in {kind for kind, _ in sequence}:
        assert found.sick_days_after + found.employer_days == sick


@given(DAYS, some.integers(1, 300))
def test_248_weekdays_are_paid_wherever_they_begin(first, count):
    absence = weekdays_from(first, count)
    found = last_paid_day([absence])
    assert len(found.refused) == max(0, absence.weekdays - 248)
    assert found.last_day is not None
    assert Period(first, found.last_day).weekdays == 248


def test_26_weeks_without_give_a_new_right_and_a_day_less_does_not():
    first = weekdays_from(date(2018, 1, 1), 248)
    again = first.last + timedelta(days=183)
    assert last_paid_day([first, weekdays_from(again, 10)]).refused == ()
    sooner = weekdays_from(first.last + timedelta(days=182), 10)
    assert len(last_paid_day([first, sooner]).refused) == 10


def test_days_older_than_three_years_no_longer_count():
    old = weekdays_from(date(2015, 1, 5), 100)
    between = [weekdays_from(date(year, month, 1), 20) for year in (2015, 2016, 2017) for month in (7, 12)]
    last = weekdays_from(date(2018, 5, 1), 140)
    found = last_paid_day([old, *between, last])
    assert found.refused == tuple(day for day in last if day.weekday() <= FRIDAY)[120 + 20 :]
    without_window = 100 + 20 * 6 + 140
    assert without_window > 248


def test_staying_sick_after_the_end_gives_no_new_right():
    always = weekdays_from(date(2018, 1, 1), 248 + 200)
    assert len(last_paid_day([always]).refused) == 200


def test_absences_out_of_order_are_refused():
    with pytest.raises(NotAnswered):
        last_paid_day([])
    with pytest.raises(NotAnswered):
        last_paid_day([Period(date(2018, 1, 5), date(2018, 1, 9)), Period(date(2018, 1, 9), date(2018, 1, 10))])


def test_over_70_nothing_is_paid():
    found = last_paid_day([Period(date(2018, 1, 15), date(2018, 1, 16))], date(1948, 1, 10))
    assert (found.last_day, len(found.refused)) == (None, 2)


WORKS = some.lists(
    some.builds(Work, some.integers(0, 10_000), some.integers(0, 90_000_000), some.integers(0, 90_000_000)), min_size=1, max_size=4
)


@given(WORKS, some.integers(0, 90_000_000))
def test_a_day_is_never_more_than_the_graded_basis(works, basis):
    income = sum(work.income for work in works)
    if income == 0:
        with pytest.raises(NotAnswered):
            day_split(works, basis)
        return
    found = day_split(works, basis)
    weighted = sum(work.income * work.grade for work in works)
    in_all = sum(found.employers) + sum(found.person)
    assert in_all * 260 * 10_000 * income <= min(basis, income) * weighted + 100 * len(works) * 260 * 10_000 * income
    for work, share in zip(works, found.employers, strict=True):
        assert share * 260 * 10_000 <= min(work.claim, work.income) * work.grade + 50 * 260 * 10_000


def row(**facts: str | None) -> dict[str, str | None]:
    return {"first_absence_day": "2026-06-01", "first_day": "2026-06-01", "last_day": "2026-06-30", "monthly_income": "50000", **facts}


@pytest.mark.parametrize(
    ("facts", "problem", "column"),
    [
        ({"first_absence_day": "2009-04-30"}, "law.row_before_base_amount", "first_absence_day"),
        ({"first_absence_day": "2026-06-02"}, "law.row_before_start", "first_day"),
        ({"grade_percent": "100.01"}, "law.row_share", "grade_percent"),
        ({"monthly_income": None}, "law.row_lacks", "monthly_income"),
        ({"monthly_claim": "-5"}, "law.row_no_amount", "monthly_claim"),
        ({"received": "1026-01-01"}, "law.row_no_day", "received"),
    ],
)
def test_a_bad_row_is_told_apart(facts, problem, column):
    rows = [row(), row(**facts)]
    names = dict.fromkeys(name for each in rows for name in each)
    batch = pa.RecordBatch.from_pydict({name: pa.array([each.get(name) for each in rows], pa.string()) for name in names})
    table = next(calculate([batch], explain=True))
    assert table.column("problem").to_pylist() == [None, problem]
    assert table.column("problem_column").to_pylist() == [None, column]
    assert [str(value) for value in table.column("refund").to_pylist()] == ["23080.00", "None"]
    assert json.loads(table.column("explanation")[0].as_py())[-1]["result"] == 2_308_000
