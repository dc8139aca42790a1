"""Matching gives what evidence makes certain, in any order, once, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.settlements.evidence import named, words
from refusion.settlements.facts import DecisionLine, Expected, Matching, Received
from refusion.settlements.match import match
from refusion.values.period import Period

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
DAY = date(2025, 3, 6)


def line(name: str, amount: int, *told: str) -> Received:
    return Received(uuid5(HOUSE, f"line {name}"), amount, DAY, told)


def decision(name: str, amount: int, reference: str, claim: str | None = None) -> DecisionLine:
    return DecisionLine(uuid5(HOUSE, f"decision {name}"), uuid5(HOUSE, f"claim {claim or name}"), amount, 0, reference)


def shares(found: Matching) -> list[tuple[UUID, UUID, int]]:
    return [(pair.line, pair.claim, pair.amount) for pair in found.pairs]


def reasons(found: Matching) -> list[str]:
    return [one.because.key for one in found.unmatched]


def test_a_line_that_names_the_reference_pays_the_claim() -> None:
    paid, decided = line("1", 100, "KSD-2025-17 SYGEDAGPENGE"), decision("a", 100, "KSD-2025-17")
    found = match([paid], [decided])
    assert shares(found) == [(paid.line, decided.claim, 100)]
    assert found.pairs[0].reason == "settlements.reference"
    assert found.unmatched == ()


@pytest.mark.parametrize(
    "told",
    [("ksd-2025-17",), ("end", "(KSD-2025-17)."), ("502:REF:KSD-2025-17;x",), ("REFUSION KSD-20", "25-17 MARTS"), ("KSD-2025-17\nMARTS",)],
)
def test_a_reference_is_found_however_it_is_written(told: tuple[str, ...]) -> None:
    assert reasons(match([line("1", 100, *told)], [decision("a", 100, "KSD-2025-17")])) == []


@pytest.mark.parametrize("told", [(), ("KSD-2025-1",), ("KSD-2025-171",), ("XKSD-2025-17",), ("100.00",)])
def test_another_reference_is_none(told: tuple[str, ...]) -> None:
    assert reasons(match([line("1", 100, *told)], [decision("a", 100, "KSD-2025-17")])) == ["settlements.no_reference"]


def test_one_claim_takes_several_lines_and_wrong_sums() -> None:
    found = match([line("1", 60, "R"), line("2", 30, "R"), line("3", -10, "R")], [decision("a", 100, "R")])
    assert sorted(amount for *_, amount in shares(found)) == [-10, 30, 60]


def test_a_lump_sum_pays_each_claim_its_own() -> None:
    claims = [decision("a", 100, "R"), decision("b", 250, "R"), decision("c", -50, "R")]
    found = match([line("1", 300, "R")], claims)
    assert {(claim, amount) for _, claim, amount in shares(found)} == {(one.claim, one.refund) for one in claims}
    assert {pair.reason for pair in found.pairs} == {"settlements.lump_sum"}


def test_a_lump_sum_that_lists_several_references() -> None:
    claims = [decision("a", 100, "R1"), decision("b", 250, "R2")]
    assert reasons(match([line("1", 350, "R1", "R2")], claims)) == []
    assert reasons(match([line("1", 351, "R1", "R2")], claims)) == ["settlements.sum_differs"]


def test_several_lines_for_several_claims_pair_equal_amounts() -> None:
    found = match([line("1", 250, "R"), line("2", 100, "R")], [decision("a", 100, "R"), decision("b", 250, "R")])
    assert sorted(amount for *_, amount in shares(found)) == [100, 250]


@pytest.mark.parametrize(
    ("lines", "because"),
    [
        ([line("1", 90, "R")], ["settlements.sum_differs"]),
        ([line("1", 100, "R")], ["settlements.sum_differs"]),
        ([line("1", 400, "R"), line("2", -50, "R")], ["settlements.mixed_signs"] * 2),
        ([line("1", 0, "R")], ["settlements.nothing_to_match"]),
    ],
)
def test_several_claims_are_never_guessed(lines: list[Received], because: list[str]) -> None:
    assert reasons(match(lines, [decision("a", 100, "R"), decision("b", 250, "R")])) == because


def test_references_that_overlap_are_left() -> None:
    claims = [decision("a", 100, "R1"), decision("b", 200, "R2")]
    found = match([line("1", 150, "R1"), line("2", 150, "R1 R2")], claims)
    assert reasons(found) == ["settlements.references_overlap"] * 2
    assert found.pairs == ()


def test_what_was_matched_before_counts() -> None:
    claims = [replace(decision("a", 100, "R"), matched=100), decision("b", 250, "R")]
    assert [amount for *_, amount in shares(match([line("1", 250, "R")], claims))] == [250]


def test_a_revision_pays_the_difference_only() -> None:
    first = replace(decision("a", 100, "R", "x"), matched=100)
    revised = replace(decision("b", 130, "R", "x"), pays=30)
    found = match([line("1", 30, "R")], [first, revised])
    assert [(pair.decision, pair.amount) for pair in found.pairs] == [(revised.decision, 30)]


def test_an_unmatched_line_says_what_is_known() -> None:
    open_claims = [Expected(uuid5(HOUSE, str(n)), "p", Period(DAY, DAY), 100) for n in range(2)]
    facts = match([line("1", 100, "hello")], [], open_claims).unmatched[0].because.facts
    assert dict(facts) == {"amount_ore": 100, "booked_on": DAY, "references": "", "claims_of_this_amount": 2}


def test_the_same_told_twice_is_once_and_two_contents_are_refused() -> None:
    paid, decided = line("1", 100, "R"), decision("a", 100, "R")
    assert match([paid, paid], [decided, decided]) == match([paid], [decided])
    with pytest.raises(ValueError, match="two contents"):
        match([paid, replace(paid, amount=99)], [decided])


def test_nothing_gives_nothing() -> None:
    assert match([], []) == Matching((), ())
    assert match([], [decision("a", 1, "R")]) == Matching((), ())


def test_words_and_names() -> None:
    assert {"KSD-1", "2", "KSD-12"} <= words(["A KSD-1", "2 B"])
    assert named(["A KSD-1", "2 B"], {"KSD-1", "KSD-12"}) == {"KSD-1", "KSD-12"}, "two candidates, no guess"


lines_of = st.lists(st.tuples(st.integers(-3, 6), st.lists(st.sampled_from(["R1", "R2", "R3"]), max_size=2, unique=True)), max_size=4)
decisions_of = st.lists(st.tuples(st.integers(-2, 5), st.sampled_from(["R1", "R2", "R3"]), st.sampled_from("abc")), max_size=4)


def build(raw_lines: list[tuple[int, list[str]]], raw_decisions: list[tuple[int, str, str]]) -> tuple[list[Received], list[DecisionLine]]:
    lines = [line(str(n), amount, *told) for n, (amount, told) in enumerate(raw_lines)]
    return lines, [decision(str(n), amount, ref, claim) for n, (amount, ref, claim) in enumerate(raw_decisions)]


@given(lines_of, decisions_of, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(raw_lines, raw_decisions, random) -> None:  # type: ignore[no-untyped-def]
    lines, decisions = build(raw_lines, raw_decisions)
    found = match(lines, decisions)
    random.shuffle(lines)
    random.shuffle(decisions)
    assert match(lines + lines[:1], decisions) == found


@settings(max_examples=300)
@given(lines_of, decisions_of)
def test_every_certain_match_and_no_other(raw_lines: list[tuple[int, list[str]]], raw_decisions: list[tuple[int, str, str]]) -> None:
    lines, decisions = build(raw_lines, raw_decisions)
    found = match(lines, decisions)
    by_claim: defaultdict[UUID, int] = defaultdict(int)
    for _, claim, amount in shares(found):
        by_claim[claim] += amount
    certain, given_lines = oracle(lines, decisions)
    assert {claim: amount for claim, amount in by_claim.items() if amount} == certain
    assert {pair.line for pair in found.pairs} | {one.line for one in found.unmatched} == {one.line for one in lines}
    assert {pair.line for pair in found.pairs} & {one.line for one in found.unmatched} == set()
    assert {pair.line for pair in found.pairs} == given_lines
    for paid in lines:
        share = sum(pair.amount for pair in found.pairs if pair.line == paid.line)
        assert share == (paid.amount if paid.line in given_lines else 0)


def oracle(lines: list[Received], decisions: list[DecisionLine]) -> tuple[dict[UUID, int], set[UUID]]:
    """Find by trying every way to hand out the money what evidence makes certain.

    Lines that name the same references form a heap. A heap that shares no reference with another goes to its one
    claim whole, or to several claims when some way gives each its own and leaves nothing over.
    """
    known = {one.reference for one in decisions}
    heaps: defaultdict[frozenset[str], list[Received]] = defaultdict(list)
    for one in lines:
        if one.amount and known & set(one.told):
            heaps[frozenset(known & set(one.told))].append(one)
    certain: defaultdict[UUID, int] = defaultdict(int)
    matched: set[UUID] = set()
    for references, heap in heaps.items():
        if any(references & other for other in heaps if other != references):
            continue
        owed = [one for one in decisions if one.reference in references]
        if len({one.claim for one in owed}) == 1:
            certain[owed[0].claim] += sum(one.amount for one in heap)
        elif can_pay([one.amount for one in heap], tuple(one.refund for one in owed)):
            for one in owed:
                certain[one.claim] += one.refund
        else:
            continue
        matched |= {one.line for one in heap}
    return {claim: amount for claim, amount in certain.items() if amount}, matched


def can_pay(amounts: list[int], owed: tuple[int, ...]) -> bool:
    """Try every way to hand out the lines; sums of both signs are netted by one line alone."""
    if len(amounts) == 1:
        return amounts[0] == sum(owed)
    if min(amounts) < 0 or min(owed) < 0:
        return False
    states = {owed}
    for amount in amounts:
        for _ in range(amount):
            states = {(*state[:n], state[n] - 1, *state[n + 1 :]) for state in states for n in range(len(owed)) if state[n] > 0}
    return states == {(0,) * len(owed)}
