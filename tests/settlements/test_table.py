"""Whole tables: every match that the evidence makes unique and no other, the same as one by one, in any order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pyarrow as pa
import pytest

from refusion.settlements import table
from refusion.settlements.by_columns import keys
from refusion.settlements.by_columns.keys import joined, packed
from refusion.settlements.facts import DecisionLine, Expected, Received
from refusion.settlements.match import match
from refusion.settlements.table import match_tables
from refusion.values.period import Period
from refusion.values.said import BadInput
from tests.settlements.drawn import Drawn, drawn
from tests.settlements.row_by_row import Reader

FIVE_THOUSAND = 5_000


@pytest.fixture(scope="module")
def year() -> Drawn:
    return drawn(FIVE_THOUSAND, 1)


def found_in(received: pa.Table, expected: pa.Table) -> list[tuple[int, int, int, str]]:
    rows = match_tables(received, expected)[0].to_pylist()
    return sorted((row["received"], row["expected"], row["amount"], row["reason"].removeprefix("settlements.")) for row in rows)


def test_every_match_that_the_evidence_makes_unique_and_no_other(year: Drawn) -> None:
    found = found_in(*year.tables())
    assert found == Reader(year.received, year.expected).read()
    assert {reason for *_, reason in found} == {
        "reference", "lump_sum", "reference_person", "person_period", "period_sum", "person_sum", "recovery"
    }  # fmt: skip


def test_no_line_is_given_to_a_claim_that_it_is_not_for(year: Drawn) -> None:
    false = [
        row
        for row in found_in(*year.tables())
        if row[3] in {"reference", "lump_sum", "reference_person"} and row[1] not in year.truth[row[0]]
    ]
    assert false == []


def test_a_line_is_given_whole_or_left_with_a_reason(year: Drawn) -> None:
    pairs, rest = match_tables(*year.tables())
    given = np.zeros(len(year.received), np.int64)
    np.add.at(given, pairs["received"].to_numpy(), pairs["amount"].to_numpy())
    left = set(rest["received"].to_pylist())
    assert set(pairs["received"].to_pylist()) | left == set(range(len(year.received)))
    assert not set(pairs["received"].to_pylist()) & left
    assert all(given[place] == (0 if place in left else line["amount"]) for place, line in enumerate(year.received))
    assert "" not in rest["reason"].to_pylist()


def test_the_order_of_rows_does_not_matter(year: Drawn) -> None:
    received, expected = year.tables()
    chance = np.random.default_rng(7)
    lines, claims = chance.permutation(len(received)), chance.permutation(len(expected))
    again = found_in(received.take(pa.array(lines)), expected.take(pa.array(claims)))
    assert sorted((int(lines[line]), int(claims[claim]), *rest) for line, claim, *rest in again) == found_in(received, expected)


def test_tables_say_what_facts_say(year: Drawn) -> None:
    lines = [
        Received(
            UUID(int=place + 1), line["amount"], date(2025, 1, 1), tuple(filter(None, [line["reference"]])), people(line), period(line)
        )  # type: ignore[arg-type, list-item]
        for place, line in enumerate(year.received)
    ]
    claims = [
        Expected(UUID(int=place + 1), str(row["person"]), days(row), int(row["amount"]), (), int(row["matched"]))  # type: ignore[call-overload]
        for place, row in enumerate(year.expected)
    ]
    decided = [
        DecisionLine(
            claim.claim, claim.claim, claim.amount, 0, str(row["reference"]), pays=claim.amount + claim.matched, matched=claim.matched
        )
        for claim, row in zip(claims, year.expected, strict=True)
    ]
    found = match(lines, decided, claims)
    told = sorted((pair.line.int - 1, pair.claim.int - 1, pair.amount, pair.reason.removeprefix("settlements.")) for pair in found.pairs)
    assert told == found_in(*year.tables())


def people(row: dict[str, Any]) -> tuple[str, ...]:
    return () if row["person"] is None else (str(row["person"]),)


def period(row: dict[str, Any]) -> Period | None:
    return None if row["first"] is None else days(row)


def days(row: dict[str, Any]) -> Period:
    return Period(*(date(1970, 1, 1) + timedelta(days=row[name]) for name in ("first", "last")))


@pytest.mark.parametrize("mixed", ["always zero", "last digit"])
def test_numbers_that_collide_are_told_apart(monkeypatch: pytest.MonkeyPatch, mixed: str, year: Drawn) -> None:
    before = found_in(*year.tables())
    worse = {"always zero": lambda columns: np.zeros(len(columns[0]), np.int64), "last digit": lambda columns: columns[-1] % 10}
    monkeypatch.setattr(keys, "mixed", worse[mixed])
    monkeypatch.setattr(table, "mixed", worse[mixed])
    assert found_in(*year.tables()) == before


def test_references_of_any_length_and_texts_for_persons() -> None:
    long = "R" * 200
    received = pa.table({
        "reference": [long, long + "X", "", None, "æøå"], "person": pa.array([None, None, "p1", "p1", None], pa.string()),
        "first": pa.array([None, None, 10, None, None], pa.int32()).cast(pa.date32()),
        "last": pa.array([None, None, 20, None, None], pa.int32()).cast(pa.date32()), "amount": [1, 2, 3, 4, 5],
    })  # fmt: skip
    expected = pa.table({
        "reference": ["æøå", long, "other", "a" * 199, "b"], "person": ["p0", "p0", "p1", "p2", "p1"],
        "first": pa.array([10, 10, 10, 10, 40], pa.int32()).cast(pa.date32()),
        "last": pa.array([20, 20, 20, 20, 50], pa.int32()).cast(pa.date32()), "amount": [5, 1, 3, 4, 4],
    })  # fmt: skip
    both = [(0, 1, 1, "reference"), (2, 2, 3, "person_period"), (3, 4, 4, "person_sum"), (4, 0, 5, "reference")]
    assert found_in(received, expected) == both
    assert found_in(received.slice(2), expected.slice(0)) == [(place - 2, *rest) for place, *rest in both[1:]], "a slice is a table too"


def test_nothing_gives_nothing() -> None:
    received, expected = Drawn().tables()
    assert found_in(received, expected) == []
    assert match_tables(received, drawn(10, 1).tables()[1])[0].num_rows == 0
    some = drawn(10, 1).tables()[0]
    assert match_tables(some, expected)[1].num_rows == some.num_rows


def test_tables_without_a_needed_column_are_refused() -> None:
    received, expected = drawn(10, 1).tables()
    empty = received.set_column(received.column_names.index("amount"), "amount", pa.nulls(len(received), pa.int64()))
    with pytest.raises(BadInput) as refused:
        match_tables(empty, expected.drop_columns(["person"]))
    assert sorted(problem.what.key for problem in refused.value.problems) == ["settlements.amount_empty", "settlements.column_lacking"]


def test_keys_meet_once_or_are_crowded() -> None:
    found = joined(np.array([5, 7, 7, 9, -3]), np.array([7, 5, 8, -3, -3]))
    assert (found.left.tolist(), found.right.tolist()) == ([0], [1])
    assert sorted(found.crowded_left.tolist()) == [1, 2, 4]
    assert sorted(found.crowded_right.tolist()) == [0, 3, 4]
    left, right = packed([np.array([1, 1]), np.array([2, 3])], [np.array([1, 2]), np.array([3, 2])])
    assert left[1] == right[0]
    assert len({*left.tolist(), *right.tolist()}) == 3
