"""Lines meet claims many to many: by reference, by person and period, by a specification; and never by a guess."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.settlements.facts import DecisionLine, Expected, Matching, Received, Specified
from refusion.settlements.match import match
from refusion.values.period import Period

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
DAY = date(2025, 5, 8)
JANUARY, FEBRUARY, MARCH = (Period(date(2025, month, 1), date(2025, month, days)) for month, days in ((1, 31), (2, 28), (3, 31)))
QUARTER = Period(JANUARY.first, MARCH.last)


def line(name: str, amount: int, *told: str, people: tuple[str, ...] = (), period: Period | None = None, payer: str = "") -> Received:
    return Received(uuid5(HOUSE, f"line {name}"), amount, DAY, told, people, period, payer)


def claim(name: str, person: str, period: Period, amount: int, *references: str, matched: int = 0) -> Expected:
    return Expected(uuid5(HOUSE, f"claim {name}"), person, period, amount, references, matched)


def decision(name: str, amount: int, reference: str, claim: str = "", matched: int = 0) -> DecisionLine:
    return DecisionLine(uuid5(HOUSE, f"decision {name}"), uuid5(HOUSE, f"claim {claim or name}"), amount, 0, reference, matched=matched)


def part(
    name: str, amount: int, *told: str, payment: str = "P1", person: str = "", period: Period | None = None, payer: str = ""
) -> Specified:
    return Specified(uuid5(HOUSE, f"part {name}"), payment, amount, told, person, period, payer, DAY)


def shares(found: Matching) -> list[tuple[UUID, UUID, int, str]]:
    return sorted((pair.line, pair.claim, pair.amount, pair.reason.removeprefix("settlements.")) for pair in found.pairs)


def told(*rows: tuple[str, str, int, str]) -> list[tuple[UUID, UUID, int, str]]:
    return sorted((uuid5(HOUSE, f"line {one}"), uuid5(HOUSE, f"claim {other}"), amount, reason) for one, other, amount, reason in rows)


def left(found: Matching) -> dict[UUID, str]:
    return {one.line: one.because.key.removeprefix("settlements.") for one in found.unmatched}


CLAIMS = [claim("a", "p1", JANUARY, 100), claim("b", "p1", FEBRUARY, 120), claim("c", "p1", MARCH, 130), claim("d", "p2", MARCH, 100)]

TABLE = {
    "person, period and amount": ([line("1", 100, people=("p1",), period=JANUARY)], [("1", "a", 100, "person_period")], []),
    "another amount is no evidence": ([line("1", 101, people=("p1",), period=JANUARY)], [], ["person_uncertain"]),
    "another period is no evidence": (
        [line("1", 100, people=("p1",), period=Period(date(2025, 1, 2), date(2025, 1, 31)))],
        [],
        ["person_uncertain"],
    ),
    "an unknown person": ([line("1", 100, people=("p9",), period=JANUARY)], [], ["no_reference"]),
    "two equal lines are two candidates": (
        [line("1", 100, people=("p1",), period=JANUARY), line("2", 100, people=("p1",), period=JANUARY)],
        [],
        ["person_uncertain"] * 2,
    ),
    "one line for a quarter's claims": (
        [line("1", 350, people=("p1",), period=QUARTER)],
        [("1", "a", 100, "period_sum"), ("1", "b", 120, "period_sum"), ("1", "c", 130, "period_sum")],
        [],
    ),
    "a quarter's line and a month's line: two candidates for the month": (
        [line("1", 350, people=("p1",), period=QUARTER), line("2", 119, people=("p1",), period=FEBRUARY)],
        [],
        ["person_uncertain"] * 2,
    ),
    "the exact month first, then the quarter lacks it": (
        [line("1", 350, people=("p1",), period=QUARTER), line("2", 120, people=("p1",), period=FEBRUARY)],
        [("2", "b", 120, "person_period")],
        ["person_uncertain"],
    ),
    "two lines for one claim": (
        [line("1", 40, people=("p1",), period=JANUARY), line("2", 60, people=("p1",), period=JANUARY)],
        [("1", "a", 40, "period_sum"), ("2", "a", 60, "period_sum")],
        [],
    ),
    "a person with one claim": ([line("1", 100, people=("p2",))], [("1", "d", 100, "person_sum")], []),
    "a person with three claims, all in one": (
        [line("1", 350, people=("p1",))],
        [("1", "a", 100, "person_sum"), ("1", "b", 120, "person_sum"), ("1", "c", 130, "person_sum")],
        [],
    ),
    "one of three is a guess": ([line("1", 120, people=("p1",))], [], ["person_uncertain"]),
    "a lump sum that names its persons": (
        [line("1", 450, people=("p1", "p2"))],
        [("1", "a", 100, "person_sum"), ("1", "b", 120, "person_sum"), ("1", "c", 130, "person_sum"), ("1", "d", 100, "person_sum")],
        [],
    ),
    "sets of persons that overlap": (
        [line("1", 450, people=("p1", "p2")), line("2", 100, people=("p2",))],
        [],
        ["no_reference", "person_uncertain"],
    ),
    "the amount alone is nothing": ([line("1", 130)], [], ["no_reference"]),
}


@pytest.mark.parametrize("case", TABLE, ids=list(TABLE))
def test_claims_that_nobody_has_decided(case: str) -> None:
    lines, pairs, reasons = TABLE[case]
    found = match(lines, [], CLAIMS)
    assert shares(found) == told(*pairs)
    assert sorted(left(found).values()) == sorted(reasons)


def test_a_claim_is_found_by_its_own_number() -> None:
    found = match([line("1", 90, "RFU-000123")], [], [claim("a", "p1", JANUARY, 100, "rfu-000123")])
    assert shares(found) == told(("1", "a", 90, "reference"))


def test_the_claims_number_says_more_than_the_payments() -> None:
    claims = [claim("a", "p1", JANUARY, 100, "C-1"), claim("b", "p2", JANUARY, 250, "C-2")]
    decided = [decision("a", 100, "KSD-1"), decision("b", 250, "KSD-1")]
    found = match([line("1", 100, "KSD-1", "C-1"), line("2", 240, "KSD-1", "C-2")], decided, claims)
    assert shares(found) == told(("1", "a", 100, "reference"), ("2", "b", 240, "reference"))


def test_a_person_tells_apart_what_one_reference_pays() -> None:
    claims = [claim("a", "p1", JANUARY, 100), claim("b", "p2", JANUARY, 250)]
    decided = [decision("a", 100, "KSD-1"), decision("b", 250, "KSD-1")]
    lines = [line("1", 100, "KSD-1", people=("p1",), period=JANUARY), line("2", 240, "KSD-1", people=("p2",))]
    assert shares(match(lines, decided, claims)) == told(("1", "a", 100, "reference_person"), ("2", "b", 240, "reference_person"))
    bare = [lines[0], replace(lines[1], people=())]
    assert set(left(match(bare, decided, claims)).values()) == {"sum_differs"}


def test_a_line_that_contradicts_itself_is_left() -> None:
    claims, decided = [claim("a", "p1", JANUARY, 100)], [decision("a", 100, "KSD-1")]
    assert list(left(match([line("1", 100, "KSD-1", people=("p2",))], decided, claims)).values()) == ["contradiction"]
    other = line("1", 100, "KSD-2", people=("p1",), period=JANUARY)
    assert list(left(match([other], decided, claims)).values()) == ["person_uncertain"], "it names another payment"
    assert shares(match([other], [], claims)) == told(("1", "a", 100, "person_period")), "no payment of the claim is known yet"


def test_a_lump_sum_with_one_wrong_share_leaves_only_the_difference() -> None:
    decided = [decision("a", 100, "R1"), decision("b", 250, "R2"), decision("c", 50, "R3")]
    lump = line("1", 390, "R1 R2 R3")
    assert list(left(match([lump], decided)).values()) == ["sum_differs"]
    parts = [part("x", 100, "R1"), part("y", 250, "R2"), part("z", 40, "R3")]
    found = match([lump], decided, [], parts)
    assert shares(found) == told(("1", "a", 100, "reference"), ("1", "b", 250, "reference"), ("1", "c", 40, "reference"))
    assert found.unmatched == ()
    assert [pair.parts for pair in found.pairs if pair.amount == 40] == [(parts[2].part,)]


def test_a_specification_by_person_and_period_leaves_only_the_wrong_line() -> None:
    parts = [
        part("x", 100, person="p1", period=JANUARY), part("y", 120, person="p1", period=FEBRUARY),
        part("z", 90, person="p2", period=MARCH), part("w", -10, person="p9", period=MARCH),
    ]  # fmt: skip
    found = match([line("1", 300, "UDBETALING P1")], [], CLAIMS, parts)
    assert shares(found) == told(("1", "a", 100, "person_period"), ("1", "b", 120, "person_period"))
    assert dict(found.unmatched[0].because.facts) == {
        "amount_ore": 80, "booked_on": DAY, "references": "", "claims_of_this_amount": 0, "line_ore": 300, "payment": "P1", "parts": 2,
    }  # fmt: skip
    assert sum(pair.amount for pair in found.pairs) + 80 == 300


def test_a_specification_nets_a_recovery_against_an_earlier_match() -> None:
    claims = [claim("a", "p1", JANUARY, 100, matched=100), claim("b", "p2", JANUARY, 250)]
    parts = [part("x", -100, person="p1", period=JANUARY), part("y", 250, person="p2", period=JANUARY)]
    found = match([line("1", 150, "P1")], [], claims, parts)
    assert shares(found) == told(("1", "a", -100, "recovery"), ("1", "b", 250, "person_period"))


@pytest.mark.parametrize(("amount", "reason"), [(-100, "recovery"), (-99, None), (100, None)])
def test_money_is_taken_back_from_the_claim_that_got_it(amount: int, reason: str | None) -> None:
    found = match([line("1", amount, people=("p1",), period=JANUARY)], [], [claim("a", "p1", JANUARY, 100, matched=100)])
    assert shares(found) == (told(("1", "a", amount, reason)) if reason else [])


def test_a_whole_payment_is_taken_back_from_all_its_claims() -> None:
    decided = [decision("a", 100, "R", matched=100), decision("b", 250, "R", matched=250)]
    assert shares(match([line("1", -350, "R")], decided)) == told(("1", "a", -100, "recovery"), ("1", "b", -250, "recovery"))
    assert list(left(match([line("1", -100, "R")], decided)).values()) == ["sum_differs"], "from which one is not said"


SPECIFIED = [part("x", 100, "R1", payer="Kommune"), part("y", 250, "R2", payer="Kommune")]
DECIDED = [decision("a", 100, "R1"), decision("b", 250, "R2")]


@pytest.mark.parametrize(
    ("lines", "reasons"),
    [
        ([line("1", 350, "P1")], {}),
        ([line("1", 350, "R2", "R1")], {}),
        ([line("1", 350, payer="KOMMUNE")], {}),
        ([line("1", 350, payer="Another")], {"1": "no_reference"}),
        ([line("1", 350, "P1", payer="Another")], {"1": "no_reference"}),
        ([line("1", 351, "P1")], {"1": "specification_differs"}),
        ([line("1", 350, "P1"), line("2", 350, "P1")], {"1": "specification_differs", "2": "specification_differs"}),
        ([line("1", 350, payer="Kommune"), line("2", 350, payer="Kommune")], {"1": "specification_differs", "2": "specification_differs"}),
        ([line("1", 350)], {"1": "no_reference"}),
    ],
)
def test_whose_specification_it_is_must_be_certain(lines: list[Received], reasons: dict[str, str]) -> None:
    found = match(lines, DECIDED, [], SPECIFIED)
    assert left(found) == {uuid5(HOUSE, f"line {name}"): reason for name, reason in reasons.items()}
    assert sum(pair.amount for pair in found.pairs) == (0 if reasons else 350)


def test_a_share_told_by_two_parts_is_one_share() -> None:
    parts = [part("x", 60, "R1"), part("y", 40, "R1"), part("z", 250, "R2")]
    found = match([line("1", 350, "P1")], DECIDED, [], [*parts, parts[0]])
    assert shares(found) == told(("1", "a", 100, "reference"), ("1", "b", 250, "reference"))
    with pytest.raises(ValueError, match="two contents"):
        match([line("1", 350, "P1")], DECIDED, [], [*parts, replace(parts[0], amount=61)])


# --- against every way to read the evidence ---------------------------------------------------------------

periods = st.sampled_from([JANUARY, FEBRUARY, MARCH, QUARTER, Period(JANUARY.first, FEBRUARY.last)])
claims_of = st.lists(st.tuples(st.sampled_from(["p1", "p2"]), periods, st.integers(1, 4)), max_size=5)
lines_of = st.lists(st.tuples(st.sampled_from([(), ("p1",), ("p2",), ("p1", "p2")]), st.none() | periods, st.integers(-2, 8)), max_size=4)


def built(
    raw_claims: list[tuple[str, Period, int]], raw_lines: list[tuple[tuple[str, ...], Period | None, int]]
) -> tuple[list[Received], list[Expected]]:
    claims = [claim(str(n), person, period, amount) for n, (person, period, amount) in enumerate(raw_claims)]
    return [line(str(n), amount, people=people, period=period) for n, (people, period, amount) in enumerate(raw_lines)], claims


@settings(max_examples=400, deadline=None)
@given(claims_of, lines_of)
def test_every_certain_match_and_no_other(raw_claims, raw_lines) -> None:  # type: ignore[no-untyped-def]
    lines, claims = built(raw_claims, raw_lines)
    assert shares(match(lines, [], claims)) == sorted(certain(lines, claims))


@settings(deadline=None)
@given(claims_of, lines_of, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_twice_is_once(raw_claims, raw_lines, random) -> None:  # type: ignore[no-untyped-def]
    lines, claims = built(raw_claims, raw_lines)
    parts = [part(str(n), one.amount, person=one.people[0] if one.people else "", period=one.period) for n, one in enumerate(lines)]
    lines.append(line("lump", sum(one.amount for one in lines), "P1"))
    found = match(lines, [], claims, parts)
    for shuffled in (lines, claims, parts):
        random.shuffle(shuffled)
    assert match(lines + lines[:2], [], claims + claims[:1], parts + parts[:2]) == found


def certain(lines: list[Received], claims: list[Expected]) -> list[tuple[UUID, UUID, int, str]]:
    """Find by reading each pair, then each heap: what person, period and amount say, then sums of periods, then of persons."""
    lines = [one for one in lines if one.amount]
    found: list[tuple[UUID, UUID, int, str]] = []

    def fits(one: Received, other: Expected) -> bool:
        return one.people == (other.person_key,) and one.period == other.period and one.amount == other.amount

    exact = [(one, other) for one in lines for other in claims if fits(one, other)]
    for one, other in exact:
        if sum(one is a for a, _ in exact) == sum(other is b for _, b in exact) == 1:
            found.append((one.line, other.claim, one.amount, "person_period"))
    lines = [one for one in lines if one.line not in {row[0] for row in found}]
    claims = [one for one in claims if one.claim not in {row[1] for row in found}]
    heaps = {(one.people[0], one.period) for one in lines if len(one.people) == 1 and one.period}
    for person, period in heaps:
        touched = [one for one in claims if one.person_key == person and one.period.overlap(period)]
        rivals = [
            other for name, other in heaps if name == person and other != period and any(one.period.overlap(other) for one in touched)
        ]
        heap = [one for one in lines if one.people == (person,) and one.period == period]
        if not rivals and fills(touched, period):
            found += handed_out(heap, touched, "period_sum")
    lines = [one for one in lines if one.line not in {row[0] for row in found}]
    claims = [one for one in claims if one.claim not in {row[1] for row in found}]
    sets = {frozenset(one.people) for one in lines if one.people and (len(one.people) > 1 or not one.period)}
    for people in sets:
        heap = [one for one in lines if frozenset(one.people) == people]
        is_shared = any(people & other for other in sets if other != people)
        waited_for = people & {one.person_key for one in claims}
        if not is_shared and not any(waited_for & set(one.people) for one in lines if one.period):
            found += handed_out(heap, [one for one in claims if one.person_key in people], "person_sum")
    return found


def fills(touched: list[Expected], period: Period) -> bool:
    """Tell whether the claims lie apart within the period and reach from its first to its last day."""
    spans = sorted(one.period for one in touched)
    apart = all(one.last < other.first for one, other in pairwise(spans))
    return bool(spans) and apart and spans[0].first == period.first and spans[-1].last == period.last


def handed_out(heap: list[Received], claims: list[Expected], reason: str) -> list[tuple[UUID, UUID, int, str]]:
    """Hand the money out øre by øre, the smallest first on both sides, when it is exactly what is to come."""
    amounts = [one.amount for one in heap]
    if not claims or sum(amounts) != sum(one.amount for one in claims):
        return []
    if len(claims) == 1:
        return [(one.line, claims[0].claim, one.amount, reason) for one in heap]
    if len(heap) > 1 and min(amounts) < 0:
        return []
    money = [one.line for one in sorted(heap, key=lambda one: (one.amount, one.line.int)) for _ in range(one.amount)]
    owed = [one.claim for one in sorted(claims, key=lambda one: (one.amount, one.claim.int)) for _ in range(one.amount)]
    return [(one, other, amount, reason) for (one, other), amount in Counter(zip(money, owed, strict=True)).items()]
