"""The clock of kroner at risk: sums that add up, an order by what a day costs."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from refusion.watch.at_risk import HORIZONS, AtRisk, clock
from refusion.watch.deadlines import Step

DAY = date(2025, 5, 1)
ROWS = some.lists(
    some.builds(
        lambda number, amount, safe, margin: AtRisk(
            number, None, "Anna", "HR", Step.NOTIFY, amount, DAY + timedelta(days=safe), DAY + timedelta(days=safe + margin)
        ),
        some.integers(1, 99), some.integers(0, 10**7), some.integers(-20, 60), some.integers(0, 10),
    ),
    max_size=20,
)  # fmt: skip


def row(amount: int, safe: int, number: int = 1) -> AtRisk:
    day = DAY + timedelta(days=safe)
    return AtRisk(number, None, "Anna", "HR", Step.REQUEST, amount, day, day + timedelta(days=2))


def test_the_horizons_hold_the_days_from_today_on() -> None:
    found = clock([row(1, 0), row(10, 6), row(100, 7), row(1000, 13), row(10_000, 14), row(100_000, 29), row(1_000_000, 30)], DAY)
    assert found.within == ((7, 11), (14, 1111), (30, 111_111))
    assert found.total == 1_111_111


def test_past_the_safe_day_is_told_apart_from_past_the_legal_day() -> None:
    found = clock([row(1, -1), row(10, -2), row(100, -3)], DAY)
    assert (found.past_safe, found.past_legal, found.within[0]) == (11, 100, (7, 0))


def test_what_costs_most_a_day_comes_first() -> None:
    found = clock([row(700, 6, 1), row(200, 0, 2), row(2970, 29, 3)], DAY)
    assert [one.case_number for one in found.rows] == [2, 1, 3]


@given(ROWS)
def test_days_and_horizons_add_up_to_the_whole(rows: list[AtRisk]) -> None:
    found = clock(rows, DAY)
    assert sum(day.amount for day in found.by_day) + found.past_safe + found.past_legal == found.total == sum(one.amount for one in rows)
    assert [days for days, _ in found.within] == list(HORIZONS)
    for days, amount in found.within:
        assert amount == sum(each.amount for each in found.by_day if each.day < DAY + timedelta(days=days))
    costs = [one.per_day(DAY) for one in found.rows]
    assert costs == sorted(costs, reverse=True)
