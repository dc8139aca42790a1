"""Puts facts into columns: what lines name, what is to come, and the numbers that both sides share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np

from refusion.settlements.by_columns.columns import NOT_TOLD, LineColumns, OpenColumns, Truth, Whole
from refusion.settlements.evidence import formed, normal, words
from refusion.settlements.facts import DecisionLine, Expected, Received, Specified
from refusion.settlements.specification import Payment
from refusion.values.period import Period

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is matched as one: a line, or one part of a line that a specification took apart; ``amount`` in øre."""

    line: Received
    part: Specified | None
    amount: int
    told: tuple[str, ...]
    people: Names
    period: Period | None

    @property
    def identity(self) -> tuple[int, int]:
        """Give what tells units apart and sorts them."""
        return self.line.line.int, 0 if self.part is None else self.part.part.int


@dataclass(frozen=True, slots=True)
class Open:
    """What is to come for a claim under one decision, or under none; amounts in øre."""

    claim: UUID
    decision: UUID | None
    amount: int
    matched: int
    payment: str
    own: Names
    person: str
    period: Period | None
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """Units and what is to come in columns; ``named`` are the known references of each unit."""

    lines: LineColumns
    opens: OpenColumns
    named: tuple[Names, ...]


def units(received: Sequence[Received], payments: Mapping[UUID, Payment], known: Names) -> tuple[Unit, ...]:
    """Give each line whole, or part by part when its specification is known; ``known`` are the references to come."""
    found = []
    for line in received:
        payment = payments.get(line.line)
        if payment is None:
            found.append(Unit(line, None, line.amount, line.told, frozenset(line.people) - {""}, line.period))
        else:
            found += _parts(line, payment, known)
    return tuple(found)


def _parts(line: Received, payment: Payment, known: Names) -> list[Unit]:
    """Give the parts of a line; where none names a known reference, all stand under the payment's, or the line's own."""
    name = payment.parts[0].payment
    is_told = any(words(part.told) & known for part in payment.parts)
    under = () if is_told else (name,) if normal(name) in known else line.told
    return [Unit(line, part, part.amount, (*part.told, *under), frozenset({part.person_key}) - {""}, part.period) for part in payment.parts]


def opens(decided: Sequence[DecisionLine], expected: Iterable[Expected]) -> tuple[Open, ...]:
    """Give a row for every decision, and one for every claim that none of them decides."""
    known = {one.claim: one for one in expected}
    rows = [_under_decision(one, known.get(one.claim)) for one in decided]
    decided_claims = {one.claim for one in decided}
    rows += [
        Open(one.claim, None, one.amount - one.matched, one.matched, "", _normals(one.references), one.person_key, one.period, one.payer)
        for claim, one in sorted(known.items())
        if claim not in decided_claims
    ]
    return tuple(rows)


def _under_decision(decision: DecisionLine, known: Expected | None) -> Open:
    row = Open(decision.claim, decision.decision, decision.outstanding, decision.matched, normal(decision.reference), frozenset(), "", None)
    if known is None:
        return row
    return replace(row, own=_normals(known.references), person=known.person_key, period=known.period, payer=known.payer)


def _normals(references: Iterable[str]) -> Names:
    return frozenset(normal(reference) for reference in references) - {""}


def references_of(rows: Iterable[Open]) -> Names:
    """Give all references by which what is to come may be named."""
    return frozenset(name for row in rows for name in (row.payment, *row.own)) - {""}


def code(lines: Sequence[Unit], rows: Sequence[Open]) -> Coded:
    """Put units and what is to come into columns.

    Units that name the same rows form a group. A unit that names rows of which another set holds some, but not all,
    overlaps, and both stay. A reference that is written as an authority's, but known to nobody, is a group without rows.
    """
    known = references_of(rows)
    named = tuple(words(line.told) & known if line.amount else frozenset[str]() for line in lines)
    by_reference = _Sets.of(_rows_named(named, rows))
    parties = _Sets.of([_party(line) if line.amount and not names else frozenset() for line, names in zip(lines, named, strict=True)])
    people = {person: number for number, person in enumerate(sorted({row.person for row in rows} | _all_people(lines)))}
    is_named = by_reference.numbers != NOT_TOLD
    return Coded(
        LineColumns(
            identity=np.arange(len(lines), dtype=np.int64),
            amount=_whole(line.amount for line in lines),
            group=np.where(is_named, by_reference.numbers, _strangers(lines, len(lines))),
            person=_whole(people[next(iter(line.people))] if len(line.people) == 1 else NOT_TOLD for line in lines),
            party=parties.numbers,
            first=_whole(_day(line.period, first=True) for line in lines),
            last=_whole(_day(line.period, first=False) for line in lines),
            overlaps=np.where(is_named, by_reference.overlaps, parties.overlaps),
        ),
        OpenColumns(
            owner=_claims(rows),
            amount=_whole(row.amount for row in rows),
            matched=_whole(row.matched for row in rows),
            group=_groups_of_rows(rows, by_reference, 2 * len(lines)),
            person=_whole(people[row.person] if row.person else NOT_TOLD for row in rows),
            party=_whole(parties.of_member.get(row.person, NOT_TOLD) for row in rows),
            first=_whole(_day(row.period, first=True) for row in rows),
            last=_whole(_day(row.period, first=False) for row in rows),
        ),
        named,
    )


@dataclass(frozen=True, slots=True)
class _Sets:
    """Numbered sets: of each row its set's number and whether another set shares a member; and of each member its number.

    Sets that share a member have one number.
    """

    numbers: Whole
    overlaps: Truth
    of_member: Mapping[Hashable, int]

    @classmethod
    def of(cls, sets: Sequence[frozenset[Any]]) -> _Sets:
        """Number the sets that aren't empty, in an order that doesn't depend on that of the rows."""
        several: set[int] = set()
        of_member: dict[Hashable, int] = {}
        members: dict[int, set[Any]] = {}
        for number, one in enumerate(sorted({one for one in sets if one}, key=sorted)):
            met = {of_member[member] for member in one if member in of_member}
            joint = min(met, default=number)
            several |= {joint} if met else set()
            members[joint] = set(one).union(*(members.pop(other) for other in met))
            of_member.update(dict.fromkeys(members[joint], joint))
        numbers = _whole(of_member[next(iter(one))] if one else NOT_TOLD for one in sets)
        return cls(numbers, np.isin(numbers, list(several)), of_member)


def _rows_named(named: Sequence[Names], rows: Sequence[Open]) -> list[frozenset[int]]:
    """Give the rows that each unit's references stand for.

    A reference of the claim itself says more than the payment's, as long as the claim is one of the payment's.
    """
    paid, own = defaultdict(set), defaultdict(set)
    for place, row in enumerate(rows):
        paid[row.payment].add(place)
        for name in row.own:
            own[name].add(place)
    found = []
    for names in named:
        by_payment = frozenset(place for name in names for place in paid.get(name, ()))
        by_claim = frozenset(place for name in names for place in own.get(name, ()))
        found.append(by_claim if by_claim and by_claim <= (by_payment or by_claim) else by_payment | by_claim)
    return found


def _strangers(lines: Sequence[Unit], after: int) -> Whole:
    """Number the sets of references that are written as an authority's, beyond ``after``; NOT_TOLD where there are none."""
    numbers = _Sets.of([formed(line.told) for line in lines]).numbers
    return np.where(numbers == NOT_TOLD, NOT_TOLD, numbers + after)


def _party(line: Unit) -> Names:
    """Give the persons who together say what a line is for; one person with a period says more."""
    return line.people if line.period is None or len(line.people) > 1 else frozenset()


def _groups_of_rows(rows: Sequence[Open], sets: _Sets, after: int) -> Whole:
    """Give each row its group: that of the lines that name it, one of its own for a payment that none names, or none."""
    return _whole(sets.of_member.get(place, after + place if row.payment else NOT_TOLD) for place, row in enumerate(rows))


def _all_people(lines: Sequence[Unit]) -> set[str]:
    return {person for line in lines for person in line.people}


def _claims(rows: Sequence[Open]) -> Whole:
    """Number the claims by their ids."""
    numbers = {claim: number for number, claim in enumerate(sorted({row.claim for row in rows}))}
    return _whole(numbers[row.claim] for row in rows)


def _day(period: Period | None, *, first: bool) -> int:
    if period is None:
        return NOT_TOLD
    return (period.first if first else period.last).toordinal()


def _whole(values: Iterable[int]) -> Whole:
    """Make a column of whole numbers."""
    return np.fromiter(values, np.int64)
