"""How fast a million lines meet a million claims, beside a Polars join on the same keys; the same pairs on both sides."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa

from refusion.settlements.by_columns.columns import NOT_TOLD, LineColumns, OpenColumns
from refusion.settlements.by_columns.ladder import match_columns
from refusion.settlements.table import match_tables
from tests.settlements.drawn import drawn
from tests.settlements.row_by_row import Reader

Row = tuple[str, str, str, bool]
ROWS = 1_000_000
ROUNDS = 7
MOST = 2
BY_PERIOD = ["person", "first", "last", "amount"]


def measure() -> list[Row]:
    """Give the rows of the bench table: what, measured, limit, whether the result was correct and within it."""
    if find_spec("polars") is None:
        return [("1 million lines matched with 1 million claims", "not measured: `make extras` fetches Polars", f"{MOST} × Polars", False)]
    lines, opens = columns()
    small = drawn(5_000, 3)
    found = [tuple(row.values()) for row in match_tables(*small.tables())[0].to_pylist()]
    right = sorted(found) == [(*row[:3], f"settlements.{row[3]}") for row in Reader(small.received, small.expected).read()]
    return [
        numbers("numbers as keys", lines, opens, right=right),
        numbers("a fifth of the claims in lump sums of four", *lumped(lines, opens), right=right),
        texts(lines, opens, right=right),
    ]


def columns() -> tuple[LineColumns, OpenColumns]:
    """Draw claims; 85 of 100 are paid by reference, the others by person, period and amount, one of 50 wrongly."""
    chance = np.random.default_rng(1)
    order = np.arange(ROWS)
    amount = chance.integers(100_00, 30_000_00, ROWS)
    reference, person = chance.permutation(ROWS) * 7919 + 10**11, chance.integers(0, 300_000, ROWS)
    first = 720_000 + order % 120 * 30
    opens = OpenColumns(order, amount, np.zeros(ROWS, np.int64), reference, person, person, first, first + 29)
    paid = chance.permutation(ROWS)
    is_named = chance.random(ROWS) < 0.85
    lines = LineColumns(
        identity=order,
        amount=amount[paid] + np.where(chance.random(ROWS) < 0.02, 100, 0),
        group=np.where(is_named, reference[paid], NOT_TOLD),
        person=np.where(is_named, NOT_TOLD, person[paid]),
        party=np.full(ROWS, NOT_TOLD),
        first=np.where(is_named, NOT_TOLD, first[paid]),
        last=np.where(is_named, NOT_TOLD, first[paid] + 29),
        overlaps=np.zeros(ROWS, np.bool_),
    )
    return lines, opens


def lumped(lines: LineColumns, opens: OpenColumns) -> tuple[LineColumns, OpenColumns]:
    """Put a fifth of the claims under one reference by fours, each four paid in one line; all lines name references."""
    fours = np.arange(ROWS // 20) * 7919 + 3
    apart = ROWS // 5
    claims = replace(opens, group=np.concatenate([fours.repeat(4), opens.group[apart:]]))
    amount = np.concatenate([opens.amount[:apart].reshape(-1, 4).sum(axis=1), opens.amount[apart:]])
    paid = np.random.default_rng(2).permutation(len(amount))
    nothing = np.full(len(amount), NOT_TOLD)
    return LineColumns(
        identity=paid,
        amount=amount[paid],
        group=np.concatenate([fours, opens.group[apart:]])[paid],
        **dict.fromkeys(("person", "party", "first", "last"), nothing),
        overlaps=np.zeros(len(amount), np.bool_),
    ), claims


def numbers(what: str, lines: LineColumns, opens: OpenColumns, *, right: bool) -> Row:
    """Measure columns of whole numbers."""
    left, other = (frame(table(side, as_text=False)) for side in (lines, opens))
    return compared(what, lambda: match_columns(lines, opens), lambda found: (found.line, found.opened), (left, other, right))


def texts(lines: LineColumns, opens: OpenColumns, *, right: bool) -> Row:
    """Measure Arrow tables whose references are texts, as they come."""
    received, expected = table(lines, as_text=True), table(opens, as_text=True)
    return compared(
        "Arrow tables, texts as keys",
        lambda: match_tables(received, expected)[0],
        lambda found: (found["received"].to_numpy(), found["expected"].to_numpy()),
        (frame(received), frame(expected), right),
    )


def table(side: LineColumns | OpenColumns, *, as_text: bool) -> pa.Table:
    """Write one side as an Arrow table."""
    names = {"reference": side.group, "person": side.person, "first": side.first, "last": side.last}
    made = {name: pa.array(column, mask=column == NOT_TOLD) for name, column in names.items()}
    if as_text:
        made["reference"] = pa.array([None if number == NOT_TOLD else f"KSD-{number:012d}" for number in side.group.tolist()])
    return pa.table({**made, "amount": side.amount})


def frame(rows: pa.Table) -> Any:
    """Give a table to Polars, with the number of each row."""
    import polars

    return polars.from_arrow(rows).with_row_index("row")


def compared(what: str, ours: Any, pairs_of: Any, peer: tuple[Any, Any, bool]) -> Row:
    """Measure both by turns; a speed counts only when both found the same pairs."""
    left, other, right = peer
    taken: list[tuple[float, float, float, float]] = []
    for _ in range(ROUNDS):
        begun = perf_counter(), process_time()
        found = ours()
        between = perf_counter(), process_time()
        joined = join(left, other)
        ended = perf_counter(), process_time()
        taken.append((between[0] - begun[0], ended[0] - between[0], between[1] - begun[1], ended[1] - between[1]))
    wall, peer_wall, used, peer_used = (median(column) for column in zip(*taken, strict=True))
    same = same_pairs(pairs_of(found), joined)
    measured = f"{wall / peer_wall:.2f} × Polars ({wall:.2f} s; processor time {used / peer_used:.2f} ×)"
    held = right and same and wall <= MOST * peer_wall
    return (f"1 million lines matched with 1 million claims, {what}", measured, f"{MOST} × a Polars join on the same keys", held)


def join(left: Any, other: Any) -> tuple[Any, Any]:
    """Let Polars join: lines with a reference by that, the others by person, period and amount."""
    import polars

    is_named = polars.col("reference").is_not_null()
    return left.filter(is_named).join(other, on="reference"), left.filter(~is_named).join(other, on=BY_PERIOD)


def same_pairs(pairs: tuple[Any, Any], joined: tuple[Any, Any]) -> bool:
    """Tell whether both found the same pairs."""
    ours = np.sort(pairs[0].astype(np.int64) * ROWS + pairs[1])
    theirs = np.sort(np.concatenate([part["row"].to_numpy().astype(np.int64) * ROWS + part["row_right"].to_numpy() for part in joined]))
    return bool(np.array_equal(ours, theirs))
