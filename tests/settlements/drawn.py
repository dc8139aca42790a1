"""Tables of claims and of the lines that pay them, drawn with every fault, and the evidence read row against row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

Pair = tuple[int, int, int, str]
DAY = 20_000
PERSONS_PER_CLAIM = 4


@dataclass
class Drawn:
    """Rows as a payer would write them; ``truth`` says which claims a line is really for."""

    expected: list[dict[str, object]] = field(default_factory=list)
    received: list[dict[str, object]] = field(default_factory=list)
    truth: list[set[int]] = field(default_factory=list)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Give both sides as Arrow tables: received, expected."""
        days = {"first": pa.date32(), "last": pa.date32()}
        kinds = {"reference": pa.string(), "person": pa.int64(), **days, "amount": pa.int64()}
        received = pa.Table.from_pylist(self.received, pa.schema({**kinds, "identity": pa.int64()}))
        return received, pa.Table.from_pylist(self.expected, pa.schema({**kinds, "claim": pa.int64(), "matched": pa.int64()}))

    def pay(self, *claims: int, amount: int | None = None, told: tuple[str, ...]) -> None:
        """Pay claims in one line that tells the columns named."""
        rows = [self.expected[claim] for claim in claims]
        whole = {
            "reference": rows[0]["reference"], "person": rows[0]["person"],
            "first": min(row["first"] for row in rows), "last": max(row["last"] for row in rows),  # type: ignore[type-var]
        }  # fmt: skip
        line = {name: whole[name] if name in told else None for name in whole}
        paid = sum(int(row["amount"]) for row in rows) if amount is None else amount  # type: ignore[call-overload]
        self.received.append({**line, "amount": paid, "identity": len(self.received)})
        self.truth.append(set(claims))


BY_REFERENCE, BY_PERIOD, BY_PERSON = ("reference",), ("person", "first", "last"), ("person",)


def drawn(size: int, seed: int) -> Drawn:
    """Draw claims of persons month by month, some under one reference, and pay each in one of fifteen ways."""
    chance = np.random.default_rng(seed)
    made = Drawn()
    references = 0
    while len(made.expected) < size:
        person, month = int(chance.integers(size // PERSONS_PER_CLAIM)), int(chance.integers(24))
        together = int(chance.choice([1, 1, 1, 2, 4]))
        references += 1
        begins = len(made.expected)
        for place in range(together):
            first = DAY + 30 * (month + place)
            made.expected.append({
                "reference": f"KSD-{references:012d}", "person": person if chance.random() < 0.5 else person + place,
                "first": first, "last": first + 29, "amount": int(chance.choice([450_00, 450_00, int(chance.integers(100_00, 900_00))])),
                "claim": begins + place, "matched": 0,
            })  # fmt: skip
        _paid(made, list(range(begins, begins + together)), chance)
    return made


def _paid(made: Drawn, claims: list[int], chance: np.random.Generator) -> None:
    """Pay the claims of one reference in a way of its own."""
    way = int(chance.integers(15))
    owed = sum(int(made.expected[claim]["amount"]) for claim in claims)  # type: ignore[call-overload]
    if way == 0:
        return
    if way in (1, 2, 3):
        made.pay(*claims, told=BY_REFERENCE)
    elif way == 4:
        made.pay(*claims, amount=owed - 7_00, told=BY_REFERENCE)
    elif way == 5:
        made.pay(*claims, amount=100, told=BY_REFERENCE)
        made.pay(*claims, amount=owed - 100, told=BY_REFERENCE)
    elif way == 6:
        made.expected[claims[0]].update(amount=0, matched=450_00)
        made.pay(claims[0], amount=-450_00, told=BY_PERIOD)
    else:
        for claim in claims:
            told = {7: BY_PERIOD, 8: BY_PERIOD, 9: BY_PERSON, 10: (*BY_REFERENCE, *BY_PERIOD), 11: (*BY_REFERENCE, *BY_PERSON)}.get(
                way, BY_PERIOD
            )
            amount = int(made.expected[claim]["amount"])  # type: ignore[call-overload]
            made.pay(claim, amount=amount - 50_00 if way == 12 else amount, told=told if way != 13 else ())
            if way == 14:
                made.pay(claim, told=BY_PERIOD)
