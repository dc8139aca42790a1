"""Each named reason explains exactly the amount that its facts give, and no percentage explains anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.settlements.suggestions.subsets import MOST_CANDIDATES, summing_to
from refusion.settlements.suggestions.tolerance import Basis, RateChange, Reason, explain, explanations
from refusion.values.period import Period
from refusion.wiring import texts

DECEMBER_TO_JANUARY = Period(date(2025, 12, 22), date(2026, 1, 11))  # 8 weekdays of 2025, 7 of 2026
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))  # 21 weekdays
RATE = RateChange(date(2026, 1, 1), 4_865_00, 5_085_00)

TABLE = [
    ("supplement on top", Basis(MARCH, supplement=35_00), 35_00, Reason.SUPPLEMENT),
    ("supplement lacking", Basis(MARCH, supplement=35_00), -35_00, Reason.SUPPLEMENT),
    ("old rate throughout", Basis(DECEMBER_TO_JANUARY, rate=RATE), -308_00, Reason.RATE_CHANGE),  # 7 of 5 of 220 kr
    ("new rate throughout", Basis(DECEMBER_TO_JANUARY, rate=RATE), 352_00, Reason.RATE_CHANGE),  # 8 of 5 of 220 kr
    ("old rate, half absent", Basis(DECEMBER_TO_JANUARY, rate=RATE, absent_hours=5550, normal_hours=11100), -154_00, Reason.RATE_CHANGE),
    ("31 sevenths for 21 fifths", Basis(MARCH, weekly=4_865_00), 1_112_00, Reason.CALENDAR_DAYS),
    ("hours worked not taken off", Basis(MARCH, hourly=131_49, absent_hours=10000, normal_hours=15540), 7_284_55, Reason.PARTIAL_HOURS),
    ("hours rounded down", Basis(MARCH, hourly=131_49, absent_hours=10033), -43_39, Reason.ROUNDED_HOUR),
    ("hours rounded up", Basis(MARCH, hourly=131_49, absent_hours=10033), 88_10, Reason.ROUNDED_HOUR),
    ("rounding", Basis(MARCH), 3_00, Reason.ROUNDING),
    ("rounding down", Basis(MARCH), -1, Reason.ROUNDING),
    ("a supplement and rounding", Basis(MARCH, supplement=35_00), 37_00, Reason.SUPPLEMENT),
]


@pytest.mark.parametrize(("basis", "difference", "reason"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_reason_explains_what_it_computes(basis: Basis, difference: int, reason: Reason) -> None:
    assert [one.reason for one in explain(difference, basis)] == [reason]


@pytest.mark.parametrize(("basis", "difference"), [(row[1], row[2]) for row in TABLE], ids=[row[0] for row in TABLE])
def test_beyond_rounding_it_explains_nothing(basis: Basis, difference: int) -> None:
    beyond = difference + 3_01 if difference > 0 else difference - 3_01
    assert [one for one in explain(beyond, basis) if one.difference == difference] == []


@pytest.mark.parametrize("difference", [3_01, -3_01, 100_00, 48_65])
def test_without_facts_nothing_but_rounding_is_explained(difference: int) -> None:
    assert explain(difference, None) == explain(difference, Basis(MARCH)) == ()


def test_a_rate_that_changed_outside_the_period_explains_the_whole_period_or_nothing() -> None:
    before = Basis(MARCH, rate=RATE)
    assert [one.difference for one in explanations(before)] == [924_00], "21 weekdays at the new rate"
    after = replace(before, rate=RateChange(date(2025, 1, 1), 4_695_00, 4_865_00))
    assert [one.difference for one in explanations(after)] == [-714_00], "21 weekdays at the old rate"


@settings(deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2029, 1, 1)),
    st.integers(0, 90),
    st.integers(1, 6_000_00),
    st.integers(0, 20_000),
    st.integers(1, 300_00),
)
def test_amounts_are_those_of_exact_fractions(first: date, length: int, weekly: int, hours: int, hourly: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + length))
    found = {
        one.reason: one.difference
        for one in explanations(Basis(period, weekly=weekly, hourly=hourly, absent_hours=hours, normal_hours=20_000))
    }
    worked = Fraction(hourly * (20_000 - hours), 100)
    assert abs(found.get(Reason.PARTIAL_HOURS, 0) - worked) <= Fraction(1, 2)
    by_days = Fraction(weekly * period.days, 7) - Fraction(weekly * period.weekdays, 5)
    assert abs(found.get(Reason.CALENDAR_DAYS, 0) - by_days) <= 1


def test_every_reason_has_its_sentence() -> None:
    for language in ("da", "en"):
        assert {f"settlements.tolerance_{reason.value}" for reason in Reason} <= texts.catalogue("settlements", language).keys()


@settings(deadline=None)
@given(st.integers(-50, 50), st.lists(st.integers(-20, 20), max_size=8))
def test_every_choice_that_sums_is_found(whole: int, amounts: list[int]) -> None:
    every = [chosen for size in range(2, len(amounts) + 1) for chosen in combinations(range(len(amounts)), size)]
    assert list(summing_to(whole, amounts)) == [chosen for chosen in every if sum(amounts[place] for place in chosen) == whole]


def test_more_candidates_than_the_bound_are_refused() -> None:
    assert len(summing_to(2, [1] * MOST_CANDIDATES)) == 66
    with pytest.raises(ValueError, match="13 amounts"):
        summing_to(2, [1] * (MOST_CANDIDATES + 1))
