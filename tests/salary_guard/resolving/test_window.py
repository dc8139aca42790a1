"""A payment already sent can be stopped on the last two banking days before its value date."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.salary_guard.resolving.window import days_left, guidance, may_stop, stop_message, stop_window


@pytest.mark.parametrize(
    ("value_date", "first", "last"),
    [
        (date(2024, 9, 30), date(2024, 9, 26), date(2024, 9, 27)),  # Monday: Thursday and Friday before
        (date(2024, 10, 31), date(2024, 10, 29), date(2024, 10, 30)),
        (date(2024, 12, 30), date(2024, 12, 23), date(2024, 12, 27)),  # Christmas between them
        (date(2024, 4, 2), date(2024, 3, 26), date(2024, 3, 27)),  # Easter between them
        (date(2024, 6, 6), date(2024, 6, 3), date(2024, 6, 4)),  # 5 June is no banking day
    ],
)
def test_the_window(value_date, first, last):
    window = stop_window(value_date)
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    ("today", "key", "left"),
    [
        (date(2024, 12, 20), "guard.too_early_to_stop", 3),
        (date(2024, 12, 23), None, 2),
        (date(2024, 12, 25), "guard.bank_closed", 1),
        (date(2024, 12, 27), None, 1),
        (date(2024, 12, 28), "guard.too_late_to_stop", 0),
        (date(2024, 12, 30), "guard.too_late_to_stop", 0),
    ],
)
def test_whether_it_is_time(today, key, left):
    because = may_stop(today, date(2024, 12, 30))
    assert (because and because.key) == key
    assert days_left(today, date(2024, 12, 30)) == left


def test_the_message_and_the_guidance_name_what_they_are_about():
    assert stop_message("2409-000001", 5, date(2024, 9, 30)).facts == {"reference": "2409-000001", "amount_ore": 5, "value_date": date(2024, 9, 30)}
    assert guidance().facts["phone"] == "+45 4460 6368"
