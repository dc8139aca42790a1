"""Danish public holidays against an independent calendar, and where the right to benefit ends with them."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import numpy as np
import pytest

from refusion.law.denmark.holidays import (
    LAST_DAY,
    is_public_holiday,
    is_refundable_day,
    refundable_through,
    weekday_holidays,
)
from refusion.law.engine.refusals import NotKnown
from refusion.values.period import Period


@pytest.mark.parametrize("year", range(2008, 2041))
def test_agrees_with_an_independent_calendar_on_every_weekday(year):
    known = holidays.country_holidays("DK", years=year, categories=("public",))
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    weekdays = [day for day in days if day.weekday() < 5]
    ours = {day for day in weekdays if is_public_holiday(day.toordinal())}
    assert ours == {day for day in weekdays if day in known}


@pytest.mark.parametrize(
    ("day", "refundable"),
    [
        (date(2012, 4, 6), True),  # Good Friday before the rule
        (date(2012, 12, 25), False),
        (date(2023, 5, 5), False),  # the last Store Bededag
        (date(2024, 4, 26), True),  # would have been Store Bededag
        (date(2024, 12, 24), True),
        (date(2024, 12, 31), True),
        (date(2024, 5, 1), True),
        (date(2024, 6, 5), True),
        (date(2024, 6, 8), False),  # a Saturday
    ],
)
def test_the_list_of_the_law(day, refundable):
    assert bool(is_refundable_day(day.toordinal())) is refundable


def test_the_count_through_a_day_is_the_sum_of_days():
    first = date(2011, 1, 1).toordinal()
    days = np.arange(first, first + 6000)
    counted = refundable_through(days) - refundable_through(first - 1)
    assert (counted == np.cumsum(is_refundable_day(days))).all()
    assert refundable_through(int(days[-1])) - refundable_through(first - 1) == counted[-1]


@pytest.mark.parametrize("day", [date(2006, 7, 2).toordinal(), LAST_DAY + 1])
def test_a_day_outside_the_calendar_is_refused(day):
    with pytest.raises(NotKnown):
        refundable_through(day)
    with pytest.raises(NotKnown):
        refundable_through(np.array([day]))


def test_holidays_are_named():
    named = weekday_holidays(Period(date(2025, 4, 14), date(2025, 4, 27)))
    assert [(day.day, said.key) for day, said in named] == [
        (17, "law.holiday_maundy_thursday"),
        (18, "law.holiday_good_friday"),
        (21, "law.holiday_easter_monday"),
    ]
