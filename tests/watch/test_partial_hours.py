"""Hours of a partial return: owed by the 12th, warned of five working days before, at Easter and Christmas too."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from refusion.watch.partial_hours import WARNING_WORKING_DAYS, MissingWeek, due_to_warn, hours_owed, is_open, warn_on


def missing(week: date, case: int = 1, ore: int = 100) -> MissingWeek:
    return MissingWeek(UUID(int=case), UUID(int=9), case, "Anna", "HR", week, ore)


@pytest.mark.parametrize(
    ("due", "warned"),
    [
        (date(2025, 9, 12), date(2025, 9, 5)),
        (date(2025, 10, 12), date(2025, 10, 3)),
        # Easter 2026: Thursday 2, Friday 3 and Monday 6 April are closed, the 12th is a Sunday.
        (date(2026, 4, 12), date(2026, 3, 31)),
        # 1 January is closed; 12 January 2026 is a Monday.
        (date(2026, 1, 12), date(2026, 1, 5)),
        # Whit Monday 9 June 2025 is closed.
        (date(2025, 6, 12), date(2025, 6, 4)),
    ],
)
def test_the_warning_comes_five_working_days_before(due: date, warned: date) -> None:
    assert warn_on(due) == warned


@given(some.dates(date(2015, 1, 1), date(2030, 12, 1)))
def test_there_are_always_five_working_days_after_the_warning(day: date) -> None:
    due = day.replace(day=12)
    since = warn_on(due)
    left = [since + timedelta(days=n) for n in range(1, (due - since).days + 1)]
    assert sum(map(is_open, left)) == WARNING_WORKING_DAYS
    assert is_open(since)


def test_weeks_are_gathered_by_case_and_by_the_month_in_which_they_closed() -> None:
    first, second, other = hours_owed([
        missing(date(2025, 4, 28)), missing(date(2025, 4, 7)), missing(date(2025, 4, 14)), missing(date(2025, 5, 5), case=2),
    ])  # fmt: skip
    assert (first.month, first.weeks, first.amount, first.due) == (
        date(2025, 4, 1), (date(2025, 4, 7), date(2025, 4, 14)), 200, date(2025, 5, 12)
    )  # fmt: skip
    # The week from 28 April closes on 4 May.
    assert (second.month, second.weeks, second.due) == (date(2025, 5, 1), (date(2025, 4, 28),), date(2025, 6, 12))
    assert (other.case_number, other.due) == (2, date(2025, 6, 12))


def test_nothing_is_warned_of_before_its_day() -> None:
    owed = hours_owed([missing(date(2025, 8, 4))])
    assert due_to_warn(owed, date(2025, 9, 4)) == ()
    assert due_to_warn(owed, date(2025, 9, 5)) == owed
