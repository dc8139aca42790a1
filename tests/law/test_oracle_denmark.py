"""The product against the naive oracle: 20,000 seeded claims, half-øre ties and every rate change among them, 0 øre off."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from refusion.law.denmark.sickness.amount import claim_amount
from refusion.law.denmark.sickness.claims import calculate
from refusion.values.money import kroner
from refusion.values.period import Period, monday_of
from tests.law import oracle_denmark as oracle

CASES = 20_000
SEED = 20_261_121


@pytest.fixture(scope="module")
def claims() -> list[dict[str, object]]:
    chance = Random(SEED)
    return [oracle.drawn(chance) for _ in range(CASES)]


def expected(claim: dict[str, object]) -> tuple[int, int]:
    facts = {name: None if claim[name] is None else Fraction(claim[name], 100) for name in ("hours", "absent", "hourly", "wage")}
    return oracle.claim(claim["first"], claim["last"], facts)


@pytest.fixture(scope="module")
def answers(claims: list[dict[str, object]]) -> list[tuple[int, int]]:
    return [expected(claim) for claim in claims]


def test_one_case_at_a_time_is_0_ore_off(claims, answers):
    off = []
    for claim, (refund, supplement) in zip(claims, answers, strict=True):
        period = Period(claim["first"], claim["last"])
        absent = claim["absent"]
        by_week = None if absent is None else {monday_of(week.first): absent for week in period.weeks()}
        got = claim_amount(period, claim["hours"], claim["hourly"], claim["wage"], by_week)
        if (got.refund, got.supplement) != (refund, supplement * 100):
            off.append((claim, got, refund, supplement))
    assert off == []


def test_a_table_of_claims_is_0_ore_off(claims, answers):
    def text(name: str) -> list[str | None]:
        return [None if claim[name] is None else kroner(claim[name]) for claim in claims]

    batch = pa.RecordBatch.from_pydict(
        {
            "first_day": [claim["first"] for claim in claims],
            "last_day": [claim["last"] for claim in claims],
            "weekly_hours": text("hours"),
            "hourly_wage_after_am": text("hourly"),
            "wage_paid": pa.array(text("wage"), pa.string()),
            "absent_hours_per_week": pa.array(text("absent"), pa.string()),
        }
    )
    table = next(calculate([batch]))
    assert table.column("problem").null_count == CASES
    got = [
        (int(refund.scaleb(2)), int(supplement))
        for refund, supplement in zip(table.column("refund").to_pylist(), table.column("supplement").to_pylist(), strict=True)
    ]
    assert got == answers


def test_the_drawn_claims_hold_exact_half_ore_ties(claims):
    ties = 0
    for claim in claims:
        wage, days = claim["wage"], None
        if wage is None:
            continue
        period = Period(claim["first"], claim["last"])
        counts = [sum(oracle.refunded(day) for day in week) for week in period.weeks()]
        days = sum(counts)
        ties += any(days and Fraction(wage * count, days) % 1 == Fraction(1, 2) for count in counts)
    assert ties > 100


def test_supplements_hold_exact_half_krone_ties():
    # 2020: 0.3 % of 2,500.00 is 7.50; the half goes up.
    assert oracle.half_up(Fraction(2500) * Fraction(3, 1000)) == 8
    claim = claim_amount(Period(date(2020, 3, 2), date(2020, 3, 8)), 2500, 10_000, None, None)
    assert (claim.refund, claim.supplement) == (250_000, 800)
    assert np.int64(claim.supplement) % 100 == 0
