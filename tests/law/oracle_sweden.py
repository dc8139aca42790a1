"""A naive second opinion on the Swedish agreement of 2013: the text of its bilagor step by step, sharing nothing with the product."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import NamedTuple

CODES = [f"{code:02d}" for code in range(1, 26) if code not in (2, 11, 15, 16)]


class Counts(NamedTuple):
    """What was tried."""

    cases: int
    ties: int
    off: int


def kronor(pot: int, parts: dict[str, Fraction]) -> dict[str, int]:
    """Hand out whole kronor one by one: to whom the fairest part lacks most, on a tie to the lower code."""
    if not any(parts.values()):
        return dict.fromkeys(parts, 0)
    whole = sum(parts.values(), Fraction(0))
    parts = {code: part / whole for code, part in parts.items()}
    fair = {code: part * pot for code, part in parts.items()}
    given = {code: int(part) for code, part in fair.items()}
    waiting = [(fair[code] - given[code], code) for code in sorted(parts, reverse=True)]
    for _ in range(pot - sum(given.values())):
        most = max(lack for lack, _ in waiting)
        code = min(code for lack, code in waiting if lack == most)
        given[code] += 1
        waiting.remove((most, code))
    return given


def variable(pot: int, rows: dict[str, dict]) -> dict[str, int]:
    """Rörlig del, points 1 to 5."""
    quota, numbers = {}, {}
    for code, row in rows.items():
        if row["net12"] == 0:
            continue
        days = row["net13"]
        if row["sa13"] > row["sa12"]:
            days = days + 250 * (row["sa13"] - row["sa12"])
        quota[code] = days / row["net12"]
    comparison = max(quota.values()) + Fraction(1, 100)
    for code, row in rows.items():
        numbers[code] = row["net12"] * (comparison - quota[code]) if code in quota else Fraction(0)
    return kronor(pot, numbers)


def condition(pot: int, rows: dict[str, dict], which: str) -> dict[str, int]:
    """Villkor 1 to 3: the population's part of the amount, for those that fulfilled it."""
    everyone = kronor(pot, {code: Fraction(row["pop"]) for code, row in rows.items()})
    return {code: amount if rows[code][which] else 0 for code, amount in everyone.items()}


def certificates(pot: int, rows: dict[str, dict]) -> dict[str, int]:
    """Villkor 4, points 1 to 7."""
    better = {code: row["q13"] - row["q12"] for code, row in rows.items() if row["q13"] > row["q12"]}
    points = sum(better.values())
    country = sum(row["pop"] for row in rows.values())
    fifth = {code: gain / points * Fraction(rows[code]["pop"], country) for code, gain in better.items()}
    return kronor(pot, {code: fifth.get(code, Fraction(0)) for code in rows})


def exchange(rows: dict[str, dict]) -> tuple[dict[str, int], dict[str, int]]:
    """Villkor 5: the plan's 25 million and the premium's."""
    plan = {code: Fraction(row["pop"] if row["plan"] else 0) for code, row in rows.items()}
    live = {code: Fraction(row["pop"] if row["plan"] and row["live"] else 0) for code, row in rows.items()}
    return kronor(25_000_000, plan), kronor(25_000_000, live)


def investigations(rows: dict[str, dict]) -> tuple[dict[str, int], int]:
    """Bilaga 2: what is paid, and what of 250 million the orders leave."""
    worth = {code: 37_000 * row["tmu"] + 14_000 * row["slu"] for code, row in rows.items()}
    ordered = sum(37_000 * row["tmu_ordered"] + 14_000 * row["slu_ordered"] for row in rows.values())
    paid = worth if sum(worth.values()) <= 250_000_000 else kronor(250_000_000, {code: Fraction(w) for code, w in worth.items()})
    return paid, max(0, 250_000_000 - ordered)


def agreement(rows: dict[str, dict], pilot: int) -> dict[str, dict[str, int]]:
    """Compute the whole of it: kronor by pot and county."""
    paid, unused = investigations(rows)
    plan, premium = exchange(rows)
    return {
        "investigations": paid,
        "variable": variable(230_800_000 + unused + 50_000_000 - pilot, rows),
        "condition_1": condition(50_000_000, rows, "c1"),
        "condition_2": condition(150_000_000, rows, "c2"),
        "condition_3": condition(50_000_000, rows, "c3"),
        "condition_4": certificates(100_000_000, rows),
        "condition_5_plan": plan,
        "condition_5_premium": premium,
    }


def drawn(chance: Random) -> tuple[dict[str, dict], int]:
    """Draw the facts of 21 counties; every third time several are alike, so that remainders tie exactly."""
    alike = chance.random() < 0.34
    rows: dict[str, dict] = {}
    for code in CODES:
        if alike and rows and chance.random() < 0.6:
            rows[code] = dict(chance.choice(list(rows.values())))
            continue
        base = Fraction(chance.choice([0, 1, 400, chance.randrange(4_000_000), chance.randrange(24_000_000)]), 4)
        tmu, slu = chance.randrange(700), chance.randrange(500)
        rows[code] = {
            "pop": chance.choice([1, 57_241, chance.randrange(50_000, 2_200_000)]),
            "net12": base,
            "net13": base + Fraction(chance.randrange(-int(base), int(base) + 40), 8) if base else Fraction(chance.randrange(50)),
            "sa12": chance.randrange(4000), "sa13": chance.randrange(4000),
            "q12": Fraction(chance.randrange(1001), 10), "q13": Fraction(chance.randrange(1001), 10),
            "c1": chance.random() < 0.9, "c2": chance.random() < 0.9, "c3": chance.random() < 0.5,
            "plan": chance.random() < 0.8, "live": chance.random() < 0.2,
            "tmu": tmu, "slu": slu, "tmu_ordered": tmu + chance.randrange(3), "slu_ordered": slu + chance.choice([0, 0, 40]),
        }  # fmt: skip
        rows[code]["net13"] = Fraction(int(4 * max(rows[code]["net13"], 0)), 4)
    if not any(row["net12"] for row in rows.values()):
        rows["01"]["net12"] = Fraction(1000)
    return rows, chance.choice([0, 50_000_000, chance.randrange(50_000_001)])


def tied(rows: dict[str, dict]) -> bool:
    """Tell whether two counties of other codes have the same facts, so that a krona is given by code alone."""
    seen = [tuple(row.values()) for row in rows.values()]
    return len(set(seen)) < len(seen)


NAMES = {
    "pop": "population", "net12": "net_days_2012", "net13": "net_days_2013", "sa12": "new_grants_2012", "sa13": "new_grants_2013",
    "q12": "share_ok_2012", "q13": "share_ok_2013", "c1": "condition_1_fulfilled", "c2": "condition_2_fulfilled",
    "c3": "condition_3_fulfilled", "plan": "plan_in_time", "live": "realised_in_2013", "tmu": "team_investigations",
    "slu": "doctor_statements", "tmu_ordered": "team_investigations_ordered", "slu_ordered": "doctor_statements_ordered",
}  # fmt: skip


def product(rows: dict[str, dict], pilot: int) -> dict[str, dict[str, int]]:
    """Ask the product for the same."""
    from refusion.grants.given import Facts
    from refusion.grants.payout import compute
    from refusion.grants.table import AGREEMENT

    facts = {code: {NAMES[name]: fact if isinstance(fact, bool) else Fraction(fact) for name, fact in row.items()} for code, row in rows.items()}
    country = {"pilot_used": Fraction(pilot), "follow_up_released": True, "condition_5_national_released": True}
    run = compute(AGREEMENT, Facts(facts, country))
    assert run.paid + run.unpaid == 1_000_000_000_00
    return {name: {code: amount // 100 for code, amount in pot.by_county.items()} for name, pot in run.pots.items()}


def run(count: int, seed: int) -> Counts:
    """Let both answer so many random agreements."""
    chance = Random(seed)
    ties = off = 0
    for _ in range(count):
        rows, pilot = drawn(chance)
        ties += tied(rows)
        expected, got = agreement(rows, pilot), product(rows, pilot)
        off += any(got[name] != expected[name] for name in expected)
    return Counts(count, ties, off)
