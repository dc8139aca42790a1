"""Periods: the same days in fewer pieces, a day in two of them once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from refusion.values.period import ONE_DAY, Period, merged

START = date(2024, 1, 1)
PERIODS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
        lambda drawn: Period(START + timedelta(days=drawn[0]), START + timedelta(days=drawn[0] + drawn[1]))
    ),
    max_size=8,
)


@given(PERIODS)
def test_merged_periods_hold_the_same_days_once_and_never_touch(periods: list[Period]) -> None:
    found = merged(periods)
    assert [day for period in found for day in period] == sorted({day for period in periods for day in period})
    assert all(earlier.last + ONE_DAY < later.first for earlier, later in pairwise(found))
