"""A naive second opinion on the Swedish agreement of 2013: the text of its bilagor step by step, sharing nothing with the product.

Every share is a whole number over one denominator that all counties have in common, so nothing is lost and nothing need be divided.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from random import Random

from tests.law.oracle_counting import Counts, Run

CODES = [f"{code:02d}" for code in range(1, 26) if code not in (2, 11, 15, 16)]
Rows = dict[str, dict]


def kronor(pot: int, parts: dict[str, int]) -> dict[str, int]:
    """Hand out whole kronor one by one: to whom the fairest part lacks most, on a tie to the lower code."""
    whole = sum(parts.values())
    if not whole:
        return dict.fromkeys(parts, 0)
    given, lacks = {}, {}
    for code in sorted(parts):
        given[code] = pot * parts[code] // whole
        lacks[code] = pot * parts[code] - given[code] * whole
    for _ in range(pot - sum(given.values())):
        # The first of several equal ones is the lowest code: they stand in its order.
        code = max(lacks, key=lacks.__getitem__)
        given[code] += 1
        del lacks[code]
    return given


def variable(pot: int, rows: Rows) -> dict[str, int]:
    """Rörlig del, points 1 to 5; days are counted in quarters."""
    days = {code: row["net13"] + 4 * 250 * max(row["sa13"] - row["sa12"], 0) for code, row in rows.items()}
    most, base = 0, 0
    for code, row in rows.items():
        if row["net12"] and (base == 0 or days[code] * base > most * row["net12"]):
            most, base = days[code], row["net12"]
    # The comparison number is most / base + 1 / 100; all that follows is counted in (100 * base)ths.
    numbers = {}
    for code, row in rows.items():
        numbers[code] = row["net12"] * (100 * most + base) - days[code] * 100 * base if row["net12"] else 0
    return kronor(pot, numbers)


def condition(pot: int, rows: Rows, which: str) -> dict[str, int]:
    """Villkor 1 to 3: the population's part of the amount, for those that fulfilled it."""
    everyone = kronor(pot, {code: row["pop"] for code, row in rows.items()})
    return {code: amount if rows[code][which] else 0 for code, amount in everyone.items()}


def certificates(pot: int, rows: Rows) -> dict[str, int]:
    """Villkor 4, points 1 to 7: gain over all gains, times population over the country's; both denominators are the same for all."""
    return kronor(pot, {code: max(row["q13"] - row["q12"], 0) * row["pop"] for code, row in rows.items()})


def exchange(rows: Rows) -> tuple[dict[str, int], dict[str, int]]:
    """Villkor 5: the plan's 25 million and the premium's."""
    plan = {code: row["pop"] if row["plan"] else 0 for code, row in rows.items()}
    live = {code: row["pop"] if row["plan"] and row["live"] else 0 for code, row in rows.items()}
    return kronor(25_000_000, plan), kronor(25_000_000, live)


def investigations(rows: Rows) -> tuple[dict[str, int], int]:
    """Bilaga 2: what is paid, and what of 250 million the orders leave."""
    worth = {code: 37_000 * row["tmu"] + 14_000 * row["slu"] for code, row in rows.items()}
    ordered = sum(37_000 * row["tmu_ordered"] + 14_000 * row["slu_ordered"] for row in rows.values())
    paid = worth if sum(worth.values()) <= 250_000_000 else kronor(250_000_000, worth)
    return paid, max(0, 250_000_000 - ordered)


def agreement(rows: Rows, pilot: int) -> dict[str, dict[str, int]]:
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


def drawn(chance: Random) -> tuple[Rows, int]:
    """Draw the facts of all 21 counties, or of one to eight of them; every third time several are alike, so that remainders tie exactly.

    Net days are counted in quarters, shares of certificates in tenths of a per cent.
    """
    alike = chance.random() < 0.34
    rows: Rows = {}
    for code in chance.choice([CODES, CODES, CODES[:8], CODES[3:11], CODES[-3:], CODES[5:6]]):
        if alike and rows and chance.random() < 0.6:
            rows[code] = dict(chance.choice(list(rows.values())))
        else:
            rows[code] = county(chance)
    if not any(row["net12"] for row in rows.values()):
        next(iter(rows.values()))["net12"] = 4000
    return rows, chance.choice([0, 50_000_000, chance.randrange(50_000_001)])


def county(chance: Random) -> dict[str, object]:
    """Draw the facts of one county."""

    def below(most: int) -> int:
        return int(chance.random() * most)

    base = chance.choice([0, 1, 400, below(4_000_000), below(24_000_000)])
    tmu, slu = below(700), below(500)
    return {
        "pop": chance.choice([1, 57_241, 50_000 + below(2_150_000)]),
        "net12": base,
        "net13": max(base + (below(2 * base + 160) - base) // 8, 0) if base else 4 * below(50),
        "sa12": below(4000), "sa13": below(4000), "q12": below(1001), "q13": below(1001),
        "c1": chance.random() < 0.9, "c2": chance.random() < 0.9, "c3": chance.random() < 0.5,
        "plan": chance.random() < 0.8, "live": chance.random() < 0.2,
        "tmu": tmu, "slu": slu, "tmu_ordered": tmu + below(3), "slu_ordered": slu + (40 if chance.random() < 0.34 else 0),
    }  # fmt: skip


def tied(rows: Rows) -> bool:
    """Tell whether two counties of other codes have the same facts, so that a krona is given by code alone."""
    seen = [tuple(row.values()) for row in rows.values()]
    return len(set(seen)) < len(seen)


NAMES = {
    "pop": "population", "net12": "net_days_2012", "net13": "net_days_2013", "sa12": "new_grants_2012", "sa13": "new_grants_2013",
    "q12": "share_ok_2012", "q13": "share_ok_2013", "c1": "condition_1_fulfilled", "c2": "condition_2_fulfilled",
    "c3": "condition_3_fulfilled", "plan": "plan_in_time", "live": "realised_in_2013", "tmu": "team_investigations",
    "slu": "doctor_statements", "tmu_ordered": "team_investigations_ordered", "slu_ordered": "doctor_statements_ordered",
}  # fmt: skip


PARTS_OF_ONE = {"net12": 4, "net13": 4, "q12": 10, "q13": 10}


@lru_cache(maxsize=1 << 15)
def exact(parts: int, of_one: int) -> Fraction:
    """Write a number of parts as the product takes it."""
    return Fraction(parts, of_one)


def product(rows: Rows, pilot: int) -> dict[str, dict[str, int]]:
    """Ask the product for the same."""
    from refusion.grants.given import Facts
    from refusion.grants.payout import compute
    from refusion.grants.table import AGREEMENT

    facts = {}
    for code, row in rows.items():
        facts[code] = {NAMES[name]: fact if isinstance(fact, bool) else exact(fact, PARTS_OF_ONE.get(name, 1)) for name, fact in row.items()}
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


RULES: dict[str, Run] = {"Sweden: the agreement of 2013": run}
