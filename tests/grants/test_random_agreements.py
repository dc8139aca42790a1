"""10,000 random agreements: every pot adds up to the krona, nothing is negative, nothing is paid twice or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from refusion.grants.agreement import Agreement, Pot
from refusion.grants.given import Facts
from refusion.grants.payout import compute
from refusion.grants.rules.catalogue import RULE_TYPES
from refusion.law.sweden.population import whole_kronor
from refusion.values.money import Ore

SEED = 20_261_121
PARAMETERS = {
    "threshold_then_population_share": {"threshold": 50},
    "no_significant_deterioration": {"deviations": Fraction(196, 100)},
    "improvement_share": {"deviations": Fraction(196, 100)},
    "unit_price_with_cap_and_overflow": {"prices": {"units": 37}},
    "relative_change_share": {"comparison_addition": Fraction(1, 100), "days_per_new_grant": 250},
    "absence_dependent_total": {
        "comparison_addition": Fraction(1, 100), "days_per_new_grant": 250, "steps": [[Fraction(9, 10), 100], [1, 50], [2, Fraction(1, 3)]],
    },
}  # fmt: skip
ALL_OR_NOTHING = {"improvement_share", "shared_pot", "absolute_reduction_share"}


def pot(chance: Random, name: str, rule: str, unused_to: str | None) -> Pot:
    parameters = PARAMETERS.get(rule, {})
    if rule == "fixed_payee":
        parameters = {"payee": name, "paid_by": "use" if unused_to else "decision"}
    amount = chance.choice([0, 1, 20, 1_000, chance.randrange(10**9)])
    return Pot(name, name, Ore(100 * amount), "total", rule, {"used": f"{name}_used"}, parameters, unused_to, None, name, "made up", True)


def agreement(chance: Random) -> Agreement:
    pots = [pot(chance, "receiver", "relative_change_share", None)]
    for place in range(chance.randrange(1, 5)):
        rule = chance.choice(sorted(RULE_TYPES))
        flows = rule in {"fixed_payee", "unit_price_with_cap_and_overflow"} and chance.random() < 0.7
        pots.append(pot(chance, f"pot{place}", rule, "receiver" if flows else None))
    root = replace(pots[0], name="total", amount=Ore(sum(pot.amount for pot in pots)), part_of=None, rule=None, unused_to=None)
    return Agreement("random", None, 2031, date(2030, 11, 1), (), (root, *pots), (), (), "made up")


def facts(chance: Random, held: Agreement) -> Facts:
    counties = chance.sample([f"{code:02d}" for code in range(1, 26)], chance.choice([1, 2, 3, 5, 21]))
    rows = {}
    for county in counties:
        days, reviewed = chance.choice([0, 4, chance.randrange(10**7)]), [chance.randrange(1, 500) for _ in range(2)]
        rows[county] = {
            "population": Fraction(chance.choice([1, 7, chance.randrange(1, 2_200_000)])),
            "base_days": Fraction(days, 4), "days": Fraction(chance.randrange(2 * days + 8), 4),
            "grants_before": Fraction(chance.randrange(50)), "grants_after": Fraction(chance.randrange(50)),
            "share": Fraction(chance.randrange(1001), 10), "share_before": Fraction(chance.randrange(1001), 10),
            "share_after": Fraction(chance.randrange(1001), 10), "fulfilled": chance.random() < 0.7, "qualifies": chance.random() < 0.5,
            "approved_before": Fraction(chance.randrange(reviewed[0] + 1)), "reviewed_before": Fraction(reviewed[0]),
            "approved_after": Fraction(chance.randrange(reviewed[1] + 1)), "reviewed_after": Fraction(reviewed[1]),
            "units": Fraction(chance.choice([0, 3, chance.randrange(10**6)])),
        }  # fmt: skip
    rows[counties[0]]["base_days"] = Fraction(1000)
    used = {f"{one.name}_used": Fraction(chance.randrange(one.amount // 100 + 1)) for one in held.pots}
    return Facts(rows, {"released": chance.random() < 0.5, **used})


@pytest.mark.slow
def test_every_pot_adds_up_to_the_krona_in_10_000_random_agreements():
    chance = Random(SEED)
    used: set[str] = set()
    for _ in range(10_000):
        held = agreement(chance)
        run = compute(held, facts(chance, held))
        assert run.paid + run.unpaid == held.root.amount
        assert sum(run.by_county.values()) + sum(run.by_payee.values()) == run.paid
        overflow = sum(paid.overflow for paid in run.pots.values())
        assert run.pots["receiver"].available == held.pot("receiver").amount + overflow
        for name, paid in run.pots.items():
            rule = str(held.pot(name).rule)
            used.add(rule)
            amounts = [*paid.by_county.values(), *paid.by_payee.values(), paid.overflow, paid.unpaid]
            assert min(amounts) >= 0
            assert all(amount % 100 == 0 for amount in amounts)
            assert sum(amounts) == paid.available
            if rule == "relative_change_share":
                assert paid.unpaid == 0
            if rule in ALL_OR_NOTHING:
                assert paid.unpaid in {0, paid.available}
    assert used == set(RULE_TYPES)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    kronor=some.integers(0, 10**12),
    parts=some.dictionaries(some.from_regex(r"[0-9]{2}", fullmatch=True), some.fractions(0, 10**6), min_size=1, max_size=25),
)
def test_whole_kronor_add_up_and_stand_within_one_krona_of_the_exact_part(kronor, parts):
    shared = whole_kronor(Ore(100 * kronor), parts)
    whole = sum(parts.values())
    assert sum(shared.values()) == (100 * kronor if whole else 0)
    for code, part in parts.items():
        exact = Fraction(kronor * part, whole) if whole else Fraction(0)
        assert abs(Fraction(shared[code], 100) - exact) < 1
    assert whole_kronor(Ore(100 * kronor), dict(reversed(parts.items()))) == shared
