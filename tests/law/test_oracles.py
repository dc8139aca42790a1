"""The product against its naive oracles: 20,000 seeded cases of each main rule, exact halves and every change among them, nothing off."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

from refusion.law.denmark.sickness.amount import claim_amount
from refusion.values.period import Period
from tests.law import oracle_denmark, oracle_denmark_leave, oracle_denmark_self, oracle_norway_parental, oracle_norway_sickness
from tests.law.oracle_counting import Run, half_up, is_half

CASES = 20_000
SEED = 20_261_121
FEWEST_TIES = CASES // 200
NAMES = sorted(file.stem for file in Path(__file__).parent.glob("oracle_*.py"))
RULES: dict[str, Run] = {
    rule: run for name in NAMES for rule, run in getattr(import_module(f"tests.law.{name}"), "RULES", {}).items()
}  # fmt: skip
# What a table of the product answers, asked for one case at a time.
SINGLY = {module.__name__.rpartition(".")[2]: module.run_singly for module in (oracle_denmark, oracle_denmark_leave, oracle_denmark_self)}


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_20_000_random_cases_are_not_off(rule):
    counts = RULES[rule](CASES, SEED)
    assert (counts.cases, counts.off) == (CASES, 0)
    assert counts.ties > FEWEST_TIES


@pytest.mark.parametrize("rule", RULES)
def test_some_random_cases_are_not_off(rule):
    counts = RULES[rule](200, SEED + 1)
    assert (counts.cases, counts.off) == (200, 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", SINGLY)
def test_20_000_random_cases_one_at_a_time_are_not_off(name):
    assert SINGLY[name](CASES, SEED).off == 0


def test_every_oracle_is_asked():
    assert len(RULES) == sum(len(import_module(f"tests.law.{name}").RULES) for name in NAMES if name != "oracle_counting")
    assert {rule.partition(":")[0] for rule in RULES} == {"Denmark", "Norway", "Sweden"}


@pytest.mark.parametrize(
    ("drawn", "changes", "start"),
    [
        (oracle_denmark.drawn, oracle_denmark.RATE_DAYS, "first"),
        (oracle_norway_parental.drawn, oracle_norway_parental.CHANGES, "start"),
        (oracle_norway_sickness.drawn, oracle_norway_parental.CHANGES, "start"),
    ],
)
def test_the_drawn_cases_begin_on_every_change_and_the_day_before(drawn, changes, start):
    chance = Random(SEED)
    days = {getattr(drawn(chance), start) for _ in range(CASES)}
    assert {day for day in changes if day in days} == set(changes)
    assert {day for day in changes if date.fromordinal(day.toordinal() - 1) in days} == set(changes)


def test_an_oracle_rounds_a_half_up():
    assert [half_up(part, 10) for part in (-5, 0, 4, 5, 14, 15, 25)] == [0, 0, 0, 1, 1, 2, 3]
    assert [part for part in range(20) if is_half(part, 10)] == [5, 15]


def test_an_oracle_tells_when_the_product_is_off(monkeypatch):
    monkeypatch.setattr(oracle_denmark_leave, "half_up", lambda part, whole: part // whole)
    assert oracle_denmark_leave.run(500, SEED).off > 0


def test_supplements_hold_exact_half_krone_ties():
    # 2020: 0.3 % of 2,500.00 is 7.50; the half goes up.
    claim = claim_amount(Period(date(2020, 3, 2), date(2020, 3, 8)), 2500, 10_000, None, None)
    assert (claim.refund, claim.supplement) == (250_000, 800)
