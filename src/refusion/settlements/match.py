"""Matches what came in with what is to come, on exact evidence; two candidates are no match, and nothing is guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from refusion.settlements.by_columns.columns import PairColumns, Reason
from refusion.settlements.by_columns.ladder import match_columns
from refusion.settlements.coding import Coded, Open, Unit, code, opens, references_of, units
from refusion.settlements.facts import DecisionLine, Expected, Matching, Pair, Received, Specified, Unmatched
from refusion.settlements.specification import TakenApart, take_apart
from refusion.values.said import Fact, said

Told = TypeVar("Told")
REASONS = {
    Reason.REFERENCE: "settlements.reference",
    Reason.LUMP_SUM: "settlements.lump_sum",
    Reason.REFERENCE_PERSON: "settlements.reference_person",
    Reason.PERSON_PERIOD: "settlements.person_period",
    Reason.PERIOD_SUM: "settlements.period_sum",
    Reason.PERSON_SUM: "settlements.person_sum",
    Reason.RECOVERY: "settlements.recovery",
    Reason.NO_REFERENCE: "settlements.no_reference",
    Reason.OVERLAP: "settlements.references_overlap",
    Reason.SUM_DIFFERS: "settlements.sum_differs",
    Reason.MIXED_SIGNS: "settlements.mixed_signs",
    Reason.NOTHING: "settlements.nothing_to_match",
    Reason.CONTRADICTION: "settlements.contradiction",
    Reason.PERSON_UNCERTAIN: "settlements.person_uncertain",
}


def match(
    received: Iterable[Received],
    decided: Iterable[DecisionLine],
    expected: Iterable[Expected] = (),
    specified: Iterable[Specified] = (),
) -> Matching:
    """Match on exact evidence: references first, then person, period and amount, then the person alone.

    ``expected`` tells the person and the period of claims, and stands for claims that nobody has decided yet.
    ``specified`` takes lump sums apart where a specification certainly belongs to a line. The order of the input
    doesn't matter and the same thing told twice counts once.
    Raises ValueError when one line, decision, claim or part is told with two contents.
    """
    lines = _once(received, lambda one: (one.line.int,))
    claims = _once(expected, lambda one: (one.claim.int,))
    rows = opens(_once(decided, lambda one: (one.claim.int, one.decision.int)), claims)
    known = references_of(rows)
    apart = take_apart(lines, specified, known)
    parts = units(lines, apart.payments, known)
    coded = code(parts, rows)
    paired = match_columns(coded.lines, coded.opens)
    alike = Counter(one.amount for one in claims)
    return Matching(_pairs(parts, rows, paired), _unmatched(parts, coded, paired, alike, apart))


def _pairs(parts: Sequence[Unit], rows: Sequence[Open], paired: PairColumns) -> tuple[Pair, ...]:
    """Write the pairs of the columns as facts: what one line gives one decision is one share."""
    shares: defaultdict[tuple[UUID, UUID, UUID | None], list[tuple[Unit, int, int]]] = defaultdict(list)
    columns = (paired.line, paired.opened, paired.amount, paired.reason)
    for place, row, amount, reason in zip(*(column.tolist() for column in columns), strict=True):
        unit, to_come = parts[place], rows[row]
        shares[unit.line.line, to_come.claim, to_come.decision].append((unit, amount, reason))
    pairs = [_pair(key, share) for key, share in shares.items() if sum(amount for _, amount, _ in share)]
    return tuple(sorted(pairs, key=lambda pair: (pair.line.int, pair.claim.int, pair.decision.int if pair.decision else 0)))


def _pair(key: tuple[UUID, UUID, UUID | None], share: Sequence[tuple[Unit, int, int]]) -> Pair:
    """Write one share; of several reasons the strongest, and the payment that specified it."""
    amount = sum(part for _, part, _ in share)
    told = [unit.part for unit, _, _ in share if unit.part is not None]
    payments = ", ".join(sorted({part.payment for part in told}))
    because = said(REASONS[Reason(min(reason for *_, reason in share))], amount_ore=amount, payment=payments)
    return Pair(*key, amount, because, tuple(sorted({part.part for part in told})))


def _unmatched(
    parts: Sequence[Unit], coded: Coded, paired: PairColumns, alike: Mapping[int, int], apart: TakenApart
) -> tuple[Unmatched, ...]:
    """Say of every line that is left, whole or in part, what is known of it."""
    left: defaultdict[UUID, list[int]] = defaultdict(list)
    for place, reason in enumerate(paired.left.tolist()):
        if reason:
            left[parts[place].line.line].append(place)
    return tuple(_left([(parts[one], coded.named[one], int(paired.left[one])) for one in places], alike, apart) for places in left.values())


def _left(places: Sequence[tuple[Unit, frozenset[str], int]], alike: Mapping[int, int], apart: TakenApart) -> Unmatched:
    """Say what is known of what is left of one line."""
    unit, _, reason = places[0]
    amount = sum(one.amount for one, _, _ in places)
    facts: dict[str, Fact] = {
        "amount_ore": amount,
        "booked_on": unit.line.booked_on,
        "references": ", ".join(sorted(name for _, names, _ in places for name in names)),
        "claims_of_this_amount": alike.get(amount, 0),
    }
    if unit.part is not None:
        key = "settlements.part_left"
        facts |= {"line_ore": unit.line.amount, "payment": unit.part.payment, "parts": len(places)}
    elif unit.line.line in apart.differing:
        key = "settlements.specification_differs"
        facts |= {"specified_ore": apart.differing[unit.line.line]}
    else:
        key = REASONS[Reason(reason)]
    return Unmatched(unit.line.line, said(key, **facts))


def _once(facts: Iterable[Told], key: Callable[[Told], tuple[int, ...]]) -> tuple[Told, ...]:
    """Sort the facts and keep each once. Raises ValueError for two contents under one key."""
    kept: dict[tuple[int, ...], Told] = {}
    for fact in facts:
        if kept.setdefault(key(fact), fact) != fact:
            raise ValueError(f"told with two contents: {fact}")
    return tuple(sorted(kept.values(), key=key))
