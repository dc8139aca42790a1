"""Mass equals batch equals one case: plans of rules applied to ints, to columns, and compiled where the extra ``mass`` is installed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from refusion.law.denmark.parental.claims import PARENTAL
from refusion.law.denmark.sickness.batch import PAID_IN_FULL, SICKNESS_WEEK, WeekColumns
from refusion.law.engine import words
from refusion.law.engine.batch import blocks, whole_numbers
from refusion.law.engine.batch.blocks import calculated
from refusion.law.engine.parameters import Dated, trying
from refusion.law.engine.policies import following
from refusion.law.engine.refusals import NotKnown
from refusion.law.engine.words import monday, only_where, portion, when, whole_part
from refusion.law.norway.base_amount import BASE_AMOUNT
from refusion.law.norway.batch import NEVER
from refusion.law.norway.parental.claims import LEAVE_DAYS, Leaves

WITH_THE_EXTRA = pytest.param(
    True,
    id="compiled",
    marks=[pytest.mark.extra, pytest.mark.skipif(find_spec("numba") is None, reason="the extra mass (make extras) is not installed")],
)
WAYS = pytest.mark.parametrize("compiled", [pytest.param(False, id="columns"), WITH_THE_EXTRA])
DAYS = some.integers(date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal())
MONDAY = date(2008, 1, 7).toordinal()
WEEKS = some.tuples(
    some.integers(0, 984), some.integers(0, 4), some.integers(0, 6), some.integers(1, 168_00), some.integers(0, 168_00),
    some.integers(0, 10**6), some.one_of(some.integers(0, 10**7), some.just(PAID_IN_FULL)), some.integers(1, 262),
)  # fmt: skip
G = date(2009, 5, 1).toordinal()
LEAVES = some.tuples(
    some.integers(G, date(2028, 1, 1).toordinal()), some.integers(0, 400), some.integers(0, 120), some.sampled_from([100_00, 80_00]),
    some.integers(0, 10**9), some.integers(0, 10**7), some.one_of(some.just(None), some.integers(-3, 60)),
    some.one_of(some.just(None), some.integers(-100, 400)), some.integers(0, 1),
)  # fmt: skip


def of_weeks(rows):
    made = []
    for week, first, last, *rest in rows:
        start = MONDAY + 7 * week
        made.append((start + first, min(start + first + last, start + 6), *rest))
    return WeekColumns(*(np.array(column, dtype=np.int64) for column in zip(*made, strict=True)))


def of_leaves(rows):
    made = []
    for start, later, length, coverage, annual, weekly, ends, received, uio in rows:
        first, last = start + later, start + later + length
        made.append(
            (
                start,
                first,
                last,
                coverage,
                annual,
                weekly,
                NEVER if ends is None else first + ends,
                NEVER if received is None else max(last + received, G),
                uio,
            )
        )
    return Leaves(*(np.array(column, dtype=np.int64) for column in zip(*made, strict=True)))


def one_by_one(plan, facts):
    rows = zip(*(getattr(facts, part.name).tolist() for part in fields(facts)), strict=True)
    return [tuple(int(value) for value in plan.body(type(facts)(*row), plan.day(row[plan.place_of_day]))) for row in rows]


def rows_of(made):
    return list(zip(*(column.astype(np.int64).tolist() for column in made), strict=True))


@pytest.mark.slow
@WAYS
@pytest.mark.parametrize("plan", [SICKNESS_WEEK, PARENTAL.week], ids=["sickness", "leave"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=some.lists(WEEKS, min_size=1, max_size=30))
def test_a_danish_week_is_the_same_in_every_way(plan, compiled, rows):
    facts = of_weeks(rows)
    assert rows_of(calculated(plan, facts, compiled=compiled)) == one_by_one(plan, facts)


@pytest.mark.slow
@WAYS
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=some.lists(LEAVES, min_size=1, max_size=30))
def test_norwegian_days_of_leave_are_the_same_in_every_way(compiled, rows):
    facts = of_leaves(rows)
    assert rows_of(calculated(LEAVE_DAYS, facts, compiled=compiled)) == one_by_one(LEAVE_DAYS, facts)


@WAYS
def test_blocks_of_one_day_and_of_many_join_without_a_seam(compiled, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 4)
    rows = [(week, 0, 4, 37_00, 37_00, 30_000, PAID_IN_FULL, 5) for week in (900, 900, 900, 900, 880, 900, 984, 3, 900)]
    facts = of_weeks(rows)
    assert [isinstance(SICKNESS_WEEK.one_day(facts.first_day[part]), int) for part in (slice(0, 4), slice(4, 8))] == [True, False]
    assert rows_of(calculated(SICKNESS_WEEK, facts, compiled=compiled)) == one_by_one(SICKNESS_WEEK, facts)


@pytest.mark.extra
@pytest.mark.skipif(find_spec("numba") is None, reason="the extra mass (make extras) is not installed")
def test_threads_change_nothing(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 3)
    rows = [(week, week % 5, 4, 37_00, 20_00, 30_000 - week, 500_000, 5) for week in range(400, 900)]
    facts = of_weeks(rows)
    assert rows_of(calculated(SICKNESS_WEEK, facts, compiled=True, threads=2)) == one_by_one(SICKNESS_WEEK, facts)
    with pytest.raises(NotKnown):
        calculated(SICKNESS_WEEK, of_weeks([*rows, (-1, *rows[0][1:])]), compiled=True, threads=2)


@WAYS
def test_no_rows_give_no_rows(compiled):
    none = WeekColumns(*(np.zeros(0, dtype=np.int64) for _ in fields(WeekColumns)))
    assert [column.size for column in calculated(SICKNESS_WEEK, none, compiled=compiled)] == [0] * 5


@WAYS
@pytest.mark.parametrize("week", [-1, 2_800])
def test_a_day_outside_the_figures_or_the_calendar_is_refused(compiled, week):
    with pytest.raises(NotKnown):
        calculated(SICKNESS_WEEK, of_weeks([(900, 0, 4, 1, 1, 1, 1, 1), (week, 0, 4, 1, 1, 1, 1, 1)]), compiled=compiled)


@WAYS
def test_another_choice_and_a_figure_on_trial_reach_every_way(compiled):
    facts = of_weeks([(890, 0, 2, 30_00, 10_00, 30_000, PAID_IN_FULL, 3), (890, 0, 0, 30_00, 3_00, 20_000, PAID_IN_FULL, 1)])
    as_it_is = one_by_one(SICKNESS_WEEK, facts)
    with following(hourly_maximum="exact", least_absence="claimed_days"):
        chosen = one_by_one(SICKNESS_WEEK, facts)
        assert rows_of(calculated(SICKNESS_WEEK, facts, compiled=compiled)) == chosen != as_it_is
    leave = of_leaves([(date(2024, 6, 3).toordinal(), 0, 30, 100_00, 90_000_000, 0, None, None, 0)])
    dear = Dated(
        "base_amount", {"says": "x", "law": "l", "unit": "ore"}, [BASE_AMOUNT.values[-1].__class__(date(2009, 5, 1), 10**8, "s", True)]
    )
    as_law_is = rows_of(calculated(LEAVE_DAYS, leave, compiled=compiled))
    with trying({BASE_AMOUNT: dear}):
        assert rows_of(calculated(LEAVE_DAYS, leave, compiled=compiled)) == one_by_one(LEAVE_DAYS, leave) != as_law_is


@given(DAYS, some.integers(-30, 30))
def test_the_calendar_in_whole_numbers_is_the_calendar(day, months):
    assert whole_numbers.year_of(day) == words.year_of(day)
    assert whole_numbers.month_end(day) == words.month_end(day)
    assert whole_numbers.months_on(day, months) == words.months_on(day, months)


@given(some.integers(0, 10**12), some.integers(0, 10**4), some.integers(1, 10**6))
def test_a_portion_is_rounded_half_up_whether_its_whole_is_odd_or_even(amount, part, whole):
    assert portion(amount, part, whole) == (2 * amount * part + whole) // (2 * whole)
    assert (
        portion(np.array([amount]), part, whole).tolist()
        == portion(amount, np.array([part]), np.array([whole])).tolist()
        == [portion(amount, part, whole)]
    )


@given(some.lists(some.tuples(some.booleans(), some.integers(-(2**62), 2**62), some.integers(-(2**62), 2**62)), min_size=1))
def test_a_choice_is_exact_at_the_ends_of_63_bits(rows):
    truths, then, otherwise = (np.array(column) for column in zip(*rows, strict=True))
    expected = [one if truth else other for truth, one, other in rows]
    assert when(truths, then, otherwise).tolist() == when(truths.astype(np.int64) * 7, then, otherwise).tolist() == expected
    assert when(truths, then > 0, otherwise > 0).tolist() == [(one if truth else other) > 0 for truth, one, other in rows]


@given(some.lists(some.tuples(some.booleans(), DAYS), min_size=1))
def test_only_where_it_holds_is_asked(rows):
    truths, days = (np.array(column) for column in zip(*rows, strict=True))

    def asked(day):
        assert np.asarray(day).size == truths.sum()
        return monday(day)

    expected = [monday(day) if truth else 0 for truth, day in rows]
    assert only_where(truths, asked, 0, days).tolist() == expected
    assert [only_where(truth, monday, 0, day) for truth, day in rows] == expected


@given(
    some.lists(some.tuples(some.integers(0, 2**40), some.integers(1, 5_000)), min_size=1),
    some.sampled_from([2**20, 2**27, 2**33, 2**40]),
    some.sampled_from([2, 300, 5_000]),
)
def test_columns_are_divided_exactly_whatever_their_size(rows, most, widest):
    above, whole = (np.array(column) for column in zip(*((n % most, 1 + d % widest) for n, d in rows), strict=True))
    assert whole_part(above, 1, whole).tolist() == [n // d for n, d in zip(above.tolist(), whole.tolist(), strict=True)]
    for one in whole.tolist()[:3]:
        assert whole_part(above, 1, one).tolist() == [n // one for n in above.tolist()]
    assert whole_part(-above, 1, whole).tolist() == [-n // d for n, d in zip(above.tolist(), whole.tolist(), strict=True)]


@pytest.mark.parametrize("bits", [1, 12, 20, 24, 27])
def test_the_nearest_miss_of_every_divisor_is_divided_exactly(bits):
    # A reciprocal that is too large fails first at the largest number that is one short of a multiple of its divisor.
    whole = np.arange(1, min(words.MOST_PARTS, 2**bits) + 1)
    above = 2**bits // whole * whole - 1
    for size in (slice(None), slice(0, 511), slice(0, 23)):
        parts, by = above[size], whole[size]
        assert whole_part(parts, 1, by).tolist() == (parts // by).tolist()


def test_the_nearest_miss_of_every_divisor_is_divided_exactly_by_compiled_rules_too():
    for whole in range(1, whole_numbers.MOST_PARTS):
        missed = whole_numbers.MOST_DIVIDED // whole * whole - 1
        assert whole_numbers.divided(missed, whole) == missed // whole
        assert whole_numbers.divided(missed + 1, whole) == (missed + 1) // whole
    assert [whole_numbers.divided(above, whole) for above, whole in ((-7, 2), (2**62, 3), (2**40, 511))] == [-4, 2**62 // 3, 2**40 // 511]


@pytest.mark.parametrize(
    "day", [date(1, 3, 1), date(1899, 12, 31), date(1900, 1, 1), date(2199, 12, 31), date(2200, 1, 1), date(9998, 1, 31)]
)
@pytest.mark.parametrize("months", [-2, -1, 0, 1, 11])
def test_the_calendar_of_columns_is_the_calendar_at_the_ends_of_what_is_listed(day, months):
    one = day.toordinal()
    column = np.array([one, one])
    assert words.year_of(column).tolist() == [day.year] * 2
    assert words.month_end(column).tolist() == [words.month_end(one)] * 2
    if date.min.toordinal() + 31 * -months <= one:
        assert words.months_on(column, months).tolist() == [words.months_on(one, months)] * 2
