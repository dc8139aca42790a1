"""Rows of Danish tables that cannot be: each says why and in which column, and the rows beside it are calculated."""

from __future__ import annotations

import pyarrow as pa
import pytest

from refusion.law.denmark.parental import claims as parental
from refusion.law.denmark.self_employed import claims as self_employed
from refusion.law.denmark.sickness import claims as sickness

CLAIM = {"first_day": "2022-03-07", "last_day": "2022-03-13", "weekly_hours": "37", "hourly_wage_after_am": "500"}
BAD_CLAIMS = {
    "no day at all": ({"first_day": None}, "law.row_lacks", "first_day"),
    "no such day": ({"first_day": "2022-02-30"}, "law.row_no_day", "first_day"),
    "the day before the rates": ({"first_day": "2008-01-06", "last_day": "2008-01-07"}, "law.row_before_rates", "first_day"),
    "ends before it starts": ({"last_day": "2022-03-06"}, "law.row_ends_before_start", "last_day"),
    "more than a year": ({"last_day": "2023-03-08"}, "law.row_too_long", "last_day"),
    "after the calendar": ({"first_day": "2060-12-31", "last_day": "2061-01-01"}, "law.row_outside_calendar", "last_day"),
    "more hours than a week has": ({"weekly_hours": "168.01"}, "law.row_too_many_hours", "weekly_hours"),
    "more absence than a week has": ({"absent_hours_per_week": "168.01"}, "law.row_too_many_hours", "absent_hours_per_week"),
    "negative hours": ({"weekly_hours": "-1"}, "law.row_no_amount", "weekly_hours"),
    "negative pay": ({"hourly_wage_after_am": "-0.01"}, "law.row_no_amount", "hourly_wage_after_am"),
    "three decimals": ({"wage_paid": "1.005"}, "law.row_no_amount", "wage_paid"),
    "no number": ({"wage_paid": "much"}, "law.row_no_amount", "wage_paid"),
    "more wage than anyone has": ({"wage_paid": "100000000.01"}, "law.row_amount_too_high", "wage_paid"),
    "no pay": ({"hourly_wage_after_am": None}, "law.row_lacks", "hourly_wage_after_am"),
    "nothing but a day": (
        {"last_day": None, "weekly_hours": None, "hourly_wage_after_am": None},
        "law.row_lacks",
        "last_day, weekly_hours, hourly_wage_after_am",
    ),
}
GOOD_CLAIMS = {
    "the first day of the rates": {"first_day": "2008-01-07", "last_day": "2008-01-07"},
    "a year to the day": {"last_day": "2023-03-07"},
    "as many hours as a week has": {"weekly_hours": "168"},
    "the highest wage": {"wage_paid": "100000000"},
}
PERSON = {"day": "2022-03-07", "first_absence_day": "2022-03-01", "income_year": "200000", "insurance": "day1_min"}
BAD_PERSONS = {
    "the day before the rates": ({"day": "2008-01-06", "first_absence_day": "2008-01-01"}, "law.row_before_rates", "day"),
    "before the absence": ({"first_absence_day": "2022-03-08"}, "law.row_before_absence", "day"),
    "an insurance that is none": ({"insurance": "day2"}, "law.row_insurance_unknown", "insurance"),
    "a share above all": ({"working_share_percent": "100.01"}, "law.row_share_outside", "working_share_percent"),
    "a negative share": ({"working_share_percent": "-1"}, "law.row_no_amount", "working_share_percent"),
    "a negative income": ({"income_year": "-1"}, "law.row_no_amount", "income_year"),
    "no income": ({"income_year": None}, "law.row_lacks", "income_year"),
    "more income than anyone has": ({"income_year": "10000000000.01"}, "law.row_amount_too_high", "income_year"),
}


def table(*rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.RecordBatch.from_pydict({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def problems(calculate, *rows):
    found = next(calculate([table(*rows)]))
    return list(zip(found.column("problem").to_pylist(), found.column("problem_column").to_pylist(), strict=True))


@pytest.mark.parametrize("room", [sickness, parental])
@pytest.mark.parametrize("name", BAD_CLAIMS)
def test_a_bad_claim_says_why_and_the_good_one_beside_it_is_calculated(room, name):
    change, problem, column = BAD_CLAIMS[name]
    assert problems(room.calculate, CLAIM, {**CLAIM, **change}, CLAIM) == [(None, None), (problem, column), (None, None)]


@pytest.mark.parametrize("room", [sickness, parental])
@pytest.mark.parametrize("name", GOOD_CLAIMS)
def test_the_other_side_of_each_border_is_calculated(room, name):
    assert problems(room.calculate, {**CLAIM, **GOOD_CLAIMS[name]}) == [(None, None)]


@pytest.mark.parametrize("name", BAD_PERSONS)
def test_a_bad_row_of_a_self_employed_person_says_why(name):
    change, problem, column = BAD_PERSONS[name]
    assert problems(self_employed.calculate, {**PERSON, **change}, PERSON) == [(problem, column), (None, None)]
