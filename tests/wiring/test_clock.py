"""Clocks: a set one stands still at local noon, the machine's agrees with itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

from refusion.wiring.clock import HERE, SetClock, SystemClock


def test_a_set_clock_stands_at_local_noon_in_summer_and_winter() -> None:
    assert SetClock(date(2024, 7, 1)).now() == datetime(2024, 7, 1, 10, tzinfo=UTC)
    assert SetClock(date(2025, 1, 1)).now() == datetime(2025, 1, 1, 11, tzinfo=UTC)


def test_a_set_clock_goes_on_by_days() -> None:
    clock = SetClock(date(2024, 12, 31))
    assert clock.next_day() == clock.today() == date(2025, 1, 1)


def test_the_machines_clock_knows_the_local_day_of_its_instant() -> None:
    clock = SystemClock()
    before, day, after = clock.now(), clock.today(), clock.now()
    assert before.astimezone(HERE).date() <= day <= after.astimezone(HERE).date()
