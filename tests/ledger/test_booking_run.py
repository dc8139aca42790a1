"""A payment is booked in the first main run of the month after it, and never quietly in a later one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.ledger.booking_run import booked_in
from refusion.values.period import first_of_month, months_after
from refusion.values.said import Refused

RUNS = [months_after(date(2025, 1, 15), months) for months in range(36)]


@given(some.dates(date(2025, 1, 1), date(2027, 10, 31)))
def test_the_first_main_run_of_the_next_month(paid_on):
    run = booked_in(paid_on, [*reversed(RUNS), *(run + timedelta(days=1) for run in RUNS)])
    assert run in RUNS
    assert first_of_month(run) == months_after(first_of_month(paid_on), 1)


def test_no_main_run_in_the_next_month_is_refused():
    with pytest.raises(Refused) as refusal:
        booked_in(date(2026, 8, 31), [date(2026, 8, 15), date(2026, 10, 15)])
    assert refusal.value.because.facts == {"first_day": date(2026, 9, 1), "last_day": date(2026, 9, 30)}
