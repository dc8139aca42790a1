"""Suggestions say what speaks for them, share their points among rivals, and never depend on an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.settlements.facts import DecisionLine, Expected, Received
from refusion.settlements.match import match
from refusion.settlements.suggestions.facts import Kind, Suggestion
from refusion.settlements.suggestions.suggest import Left, left_over, suggest
from refusion.settlements.suggestions.tolerance import Basis, RateChange
from refusion.values.period import Period

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
DAY = date(2025, 5, 8)
JANUARY, FEBRUARY, MARCH = (Period(date(2025, month, 1), date(2025, month, days)) for month, days in ((1, 31), (2, 28), (3, 31)))


def line(name: str, amount: int, *told: str, people: tuple[str, ...] = (), period: Period | None = None, payer: str = "") -> Received:
    return Received(uuid5(HOUSE, f"line {name}"), amount, DAY, told, people, period, payer)


def claim(name: str, person: str, period: Period, amount: int, matched: int = 0) -> Expected:
    return Expected(uuid5(HOUSE, f"claim {name}"), person, period, amount, (), matched, "Kommunen")


def left(
    lines: list[Received], claims: list[Expected], bases: dict[UUID, Basis] | None = None, decided: tuple[DecisionLine, ...] = ()
) -> Left:
    return left_over(match(lines, decided, claims), lines, decided, claims, bases)


def best(lines: list[Received], claims: list[Expected], bases: dict[UUID, Basis] | None = None) -> Suggestion:
    return suggest(left(lines, claims, bases))[lines[0].line][0]


def keys(one: Suggestion) -> list[str]:
    return [reason.key.removeprefix("settlements.") for reason in one.because]


CLAIMS = [
    claim("a", "p1", JANUARY, 1_000_00),
    claim("b", "p1", FEBRUARY, 1_200_00),
    claim("c", "p1", MARCH, 1_300_00),
    claim("d", "p2", MARCH, 900_00),
]

TABLE = {
    "one of three claims of a person": (line("1", 1_200_00, people=("p1",)), Kind.WHOLE, ["b"], 60, ["speaks_person", "speaks_amount"]),
    "two of three": (line("1", 2_200_00, people=("p1",)), Kind.SPLIT, ["a", "b"], 50, ["speaks_person", "speaks_split"]),
    "a part": (line("1", 600_00, people=("p2",), period=MARCH), Kind.PARTIAL, ["d"], 45, ["speaks_person", "speaks_period", "speaks_part"]),
    "rounding": (line("1", 902_00, people=("p2",), period=MARCH), Kind.WHOLE, ["d"], 60, ["speaks_person", "speaks_period", "tolerance_rounding"]),
    "the payer and the amount": (line("1", 900_00, payer="KOMMUNEN"), Kind.WHOLE, ["d"], 45, ["speaks_payer", "speaks_amount"]),
    "the amount alone": (line("1", 900_00), Kind.WHOLE, ["d"], 10, ["speaks_amount"]),
    "days that overlap": (
        line("1", 1_000_00, people=("p1",), period=Period(date(2025, 1, 3), date(2025, 1, 31))),
        Kind.WHOLE, ["a"], 65, ["speaks_person", "speaks_overlap", "speaks_amount"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE, ids=list(TABLE))
def test_the_best_suggestion(case: str) -> None:
    given_line, kind, claims, score, because = TABLE[case]
    found = best([given_line], CLAIMS)
    assert (found.kind, found.score, keys(found), found.rivals) == (kind, score, because, 0)
    assert sorted(found.claims) == sorted(uuid5(HOUSE, f"claim {name}") for name in claims)
    assert sum(share.amount for share in found.shares) == given_line.amount


def test_a_named_reason_explains_a_difference() -> None:
    basis = Basis(MARCH, rate=RateChange(date(2025, 1, 1), 4_695_00, 4_865_00))
    found = best([line("1", 900_00 - 714_00, people=("p2",))], CLAIMS, {CLAIMS[3].claim: basis})
    assert (found.kind, found.difference, found.score) == (Kind.WHOLE, -714_00, 50)
    assert keys(found) == ["speaks_person", "tolerance_rate_change"]
    assert found.because[1].facts["weekdays"] == 21


def test_rivals_share_their_points() -> None:
    twins = [claim("a", "p1", JANUARY, 500_00), claim("b", "p1", FEBRUARY, 500_00)]
    found = suggest(left([line("1", 500_00, people=("p1",))], twins))[uuid5(HOUSE, "line 1")]
    assert [(one.kind, one.score, one.rivals) for one in found] == [(Kind.WHOLE, 30, 1)] * 2


def test_two_lines_are_joined_for_one_claim() -> None:
    lines = [line("1", 400_00, people=("p2",)), line("2", 500_00, people=("p2",), period=MARCH)]
    found = suggest(left(lines, CLAIMS))
    for one in lines:
        assert (found[one.line][0].kind, set(found[one.line][0].lines)) == (Kind.JOIN, {lines[0].line, lines[1].line})


@pytest.mark.parametrize(("amount", "score"), [(-900_00, 60), (-400_00, 30), (-900_01, None)])
def test_money_taken_back_is_sought_where_it_came(amount: int, score: int | None) -> None:
    paid = [claim("d", "p2", MARCH, 900_00, matched=900_00)]
    found = suggest(left([line("1", amount, people=("p2",))], paid))[uuid5(HOUSE, "line 1")]
    assert [(one.kind, one.score) for one in found] == ([] if score is None else [(Kind.RECOVERY, score)])


@pytest.mark.parametrize(
    "given_line",
    [
        line("1", 900_00, people=("p3",)),
        line("1", 900_00, payer="Another"),
        replace(line("1", 900_00, people=("p2",)), booked_on=date(2025, 3, 30)),
        replace(line("1", 900_00, people=("p2",)), booked_on=date(2025, 10, 8)),
        line("1", 5_000_00, people=("p2",)),
    ],
)
def test_what_contradicts_or_lies_too_far_is_not_suggested(given_line: Received) -> None:
    found = suggest(left([given_line], CLAIMS[3:])).get(given_line.line, ())
    assert [one for one in found if "speaks_amount" in keys(one)] == []
    assert given_line.amount < 5_000_00 or found == ()


def test_more_candidates_than_are_looked_at_are_said() -> None:
    many = [claim(str(n), "p1", Period(date(2025, 1, n), date(2025, 1, n)), 100_00 + n) for n in range(1, 21)]
    found = best([line("1", 200_00 + 39, people=("p1",))], many)
    assert (found.kind, keys(found)[-1]) == (Kind.SPLIT, "candidates_cut")
    assert found.because[-1].facts == {"candidates": 20, "looked_at": 12}


def test_what_matching_gave_is_not_suggested_again() -> None:
    decided = (DecisionLine(uuid5(HOUSE, "decision d"), CLAIMS[3].claim, 900_00, 0, "KSD-1"),)
    lines = [line("1", 900_00, "KSD-1"), line("2", 900_00, people=("p2",), period=JANUARY)]
    rest = left(lines, CLAIMS, decided=decided)
    assert [one.line for one in rest.lines] == [lines[1].line]
    assert [(row.amount, row.matched) for row in rest.opens if row.claim == CLAIMS[3].claim] == [(0, 900_00)]
    assert suggest(rest)[lines[1].line] == ()


raw_lines = st.lists(st.tuples(st.integers(-3, 9), st.sampled_from(["", "p1", "p2"]), st.sampled_from([None, JANUARY, MARCH])), max_size=5)
raw_claims = st.lists(
    st.tuples(st.sampled_from(["p1", "p2"]), st.sampled_from([JANUARY, FEBRUARY, MARCH]), st.integers(1, 5), st.integers(0, 2)), max_size=6
)


@settings(deadline=None)
@given(raw_lines, raw_claims, st.randoms(use_true_random=False))
def test_suggestions_add_up_in_any_order(drawn_lines, drawn_claims, random) -> None:  # type: ignore[no-untyped-def]
    lines = [
        line(str(n), amount * 1000, people=(person,) if person else (), period=period)
        for n, (amount, person, period) in enumerate(drawn_lines)
    ]
    claims = [
        claim(str(n), person, period, amount * 1000, matched * 1000) for n, (person, period, amount, matched) in enumerate(drawn_claims)
    ]
    found = suggest(left(lines, claims))
    amounts = {one.line: one.amount for one in lines}
    for line_id, several in found.items():
        assert [one.score for one in several] == sorted((one.score for one in several), reverse=True)
        for one in several:
            assert line_id in one.lines
            assert 1 <= one.score <= 99
            assert one.because
            assert sum(share.amount for share in one.shares) == sum(amounts[name] for name in one.lines)
    random.shuffle(lines)
    random.shuffle(claims)
    assert suggest(left(lines, claims)) == found
