"""A line is known again by its content: in another file, another order, under another statement's id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from refusion.settlements.bank_entry import BankDetail, BankEntry
from refusion.settlements.facts import DecisionLine, Received, Specified
from refusion.settlements.known_again import known_lines, known_parts
from refusion.settlements.match import match
from refusion.settlements.specification import details_as_specified
from refusion.values.period import Period

HOUSE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NOBODY = UUID(int=0)
DAY = date(2025, 5, 8)

line_of = st.builds(
    Received, st.just(NOBODY), st.integers(1, 3), st.just(DAY), st.sampled_from([("R1",), ("R2",), ()]), st.sampled_from([(), ("p1",)]),
    st.sampled_from([None, Period(DAY, DAY)]), st.sampled_from(["", "Kommune"]),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(line_of, max_size=6), st.randoms(use_true_random=False))
def test_a_file_told_again_in_another_order_is_the_same_lines(lines: list[Received], random) -> None:  # type: ignore[no-untyped-def]
    told = known_lines(HOUSE, lines)
    assert len({one.line for one in told}) == len(lines), "equal lines of one file are several"
    random.shuffle(lines)
    again = [replace(line, told=tuple(f" {text}\n" for text in line.told), payer=line.payer.upper()) for line in lines]
    assert {one.line for one in known_lines(HOUSE, again)} == {one.line for one in told}


@settings(deadline=None)
@given(st.lists(line_of, min_size=2, max_size=2, unique=True))
def test_lines_that_say_something_else_are_others(lines: list[Received]) -> None:
    assert known_lines(HOUSE, lines[:1])[0].line != known_lines(HOUSE, lines[1:])[0].line


def test_a_specification_told_again_is_the_same_parts() -> None:
    parts = [Specified(NOBODY, "P1", amount, ("R1",), "p1", None, "Kommune", DAY) for amount in (1, 1, 2)]
    told = known_parts(HOUSE, parts)
    assert len({one.part for one in told}) == 3
    assert {one.part for one in known_parts(HOUSE, reversed(parts))} == {one.part for one in told}
    assert {one.part for one in known_parts(HOUSE, [replace(one, payment="P2") for one in parts])}.isdisjoint({one.part for one in told})


def batch(*amounts: int | None, total: int) -> BankEntry:
    details = tuple(BankDetail(amount, None, f"E{n}", "Kommune", (), (f"KSD-{n}",), ()) for n, amount in enumerate(amounts, 1))
    return BankEntry(
        account="DK1", currency="DKK", amount=total, booked_on=DAY, value_on=DAY, status="BOOK", reference="B1", end_to_end=None,
        payer=None, payer_address=(), text=("KSD-1", "KSD-2", "KSD-3"), transaction_code="", is_reversal=False, statement="s", position="/",
        fragment_hash="", details=details,
    )  # fmt: skip


def test_a_banks_batch_is_its_own_specification() -> None:
    entry, lump = batch(100, 250, 40, total=390), uuid5(HOUSE, "lump")
    line = Received(lump, 390, DAY, entry.text)
    decided = [
        DecisionLine(uuid5(HOUSE, f"d{n}"), uuid5(HOUSE, f"c{n}"), amount, 0, f"KSD-{n}") for n, amount in ((1, 100), (2, 250), (3, 50))
    ]
    assert match([line], decided).pairs == ()
    found = match([line], decided, [], details_as_specified(entry, lump))
    assert sorted(pair.amount for pair in found.pairs) == [40, 100, 250]
    assert found.unmatched == ()


def test_a_batch_without_all_its_amounts_specifies_nothing() -> None:
    lump = uuid5(HOUSE, "lump")
    assert details_as_specified(batch(100, None, total=390), lump) == ()
    assert details_as_specified(batch(100, 250, total=390), lump) == ()
    assert details_as_specified(batch(390, total=390), lump) == ()


def test_parts_by_person_stand_under_the_lines_own_reference() -> None:
    line = Received(uuid5(HOUSE, "lump"), 340, DAY, ("KSD-1", "77123"))
    decided = [DecisionLine(uuid5(HOUSE, f"d{n}"), uuid5(HOUSE, f"c{n}"), amount, 0, "KSD-1") for n, amount in ((1, 100), (2, 250))]
    parts = [Specified(uuid5(HOUSE, f"part {person}"), "77123", amount, ("Navn",), person) for person, amount in (("p1", 100), ("p2", 240))]
    assert match([line], decided, [], parts).pairs == (), "whose claims they are is not known"
    expected = [expected_of(f"c{n}", person) for n, person in ((1, "p1"), (2, "p2"))]
    found = match([line], decided, expected, parts)
    assert sorted((pair.amount, pair.reason) for pair in found.pairs) == [
        (100, "settlements.reference_person"),
        (240, "settlements.reference_person"),
    ]


def expected_of(claim: str, person: str):  # type: ignore[no-untyped-def]
    from refusion.settlements.facts import Expected

    return Expected(uuid5(HOUSE, claim), person, Period(DAY, DAY), 0)
