"""The product against the naive oracles of Norway: 20,000 seeded cases of each rule, exact ties and every change among them, 0 øre off."""

from __future__ import annotations

from random import Random

import pytest

from tests.law import oracle_norway_parental as parental
from tests.law import oracle_norway_shares as shares
from tests.law import oracle_norway_sickness as sickness

CASES = 20_000
SEED = 20_261_121


def test_a_table_of_leaves_is_0_ore_off():
    chance = Random(SEED)
    leaves = [parental.drawn(chance) for _ in range(CASES)]
    assert sum(parental.is_tie(leave) for leave in leaves) > 1000
    assert {(day, offset) for leave in leaves for day in parental.CHANGES for offset in (-1, 0) if (leave.start - day).days == offset} >= {
        (day, offset) for day in parental.CHANGES for offset in (-1, 0)
    }
    assert parental.compared(leaves) == []


def test_a_table_of_absences_is_0_ore_off():
    chance = Random(SEED)
    absences = [sickness.drawn(chance) for _ in range(CASES)]
    assert sum(sickness.is_tie(absence) for absence in absences) > 100
    assert sickness.compared(absences) == []


def test_the_cap_across_employers_is_0_ore_off():
    chance = Random(SEED)
    assert [case for case in (shares.drawn(chance) for _ in range(CASES)) if shares.shares_differ(case)] == []


def test_the_split_of_a_sick_day_is_0_ore_off():
    chance = Random(SEED)
    days = [shares.drawn_day(chance) for _ in range(CASES)]
    assert sum(shares.is_tie(day) for day in days) > 500
    assert [day for day in days if shares.day_differs(day)] == []


@pytest.mark.slow
def test_the_window_of_holiday_pay_is_0_ore_off():
    chance = Random(SEED)
    assert [case for case in (shares.drawn_parents(chance) for _ in range(CASES)) if shares.window_differs(case)] == []


def test_what_is_made_for_make_oracle_counts():
    for oracle in (parental, sickness, shares):
        counts = oracle.run(300, SEED)
        assert (counts.cases, counts.off) == (300, 0)
