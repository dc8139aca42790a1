"""Gather what matching rests on: open lines, decisions, claims with persons and periods, and payment specifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from refusion.settlements.evidence import words
from refusion.settlements.facts import DecisionLine, Expected, Received, Specified
from refusion.settlements.known_again import known_parts
from refusion.settlements.period_told import period_told
from refusion.workflow.ports.bank import Decision
from refusion.workflow.ports.matching import OpenLine, Wanted
from refusion.workflow.ports.work import Transaction


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may be matched today: ``lines`` are all open ones, ``received`` those that the house may match by itself.

    ``waiting`` are claims that nobody has decided yet. Their money waits for the decision, so that it doesn't matter
    which of the two comes first; a person may match it before.
    """

    lines: Mapping[UUID, OpenLine]
    received: tuple[Received, ...]
    decided: tuple[DecisionLine, ...]
    expected: tuple[Expected, ...]
    specified: tuple[Specified, ...]
    waiting: tuple[Expected, ...] = ()


def evidence_of(tx: Transaction, lines: Sequence[OpenLine], *, by_hand: bool = False) -> Evidence:
    """Gather the evidence for open lines; what a person took back is left to a person, unless ``by_hand``."""
    free = [line for line in lines if by_hand or not line.undone]
    specified = (*tx.matching.specified(), *_inside(tx, free))
    decided = tx.bank.unpaid_decisions()
    people = {one for line in free for one in line.people} | {one.person_key for one in specified if one.person_key}
    told = [text for line in free for text in line.told] + [text for one in specified for text in one.told]
    wanted = Wanted(
        claims={one.claim for one in decided},
        people=people,
        words=words(told),
        amounts={line.rest for line in free} | {one.amount for one in specified},
    )
    return Evidence(
        lines={line.id: line for line in lines},
        received=tuple(map(_received, free)),
        decided=tuple(_decision(tx, one) for one in decided),
        expected=tx.matching.expected(wanted, decided=True),
        specified=specified,
        waiting=tx.matching.expected(wanted, decided=False) if by_hand else (),
    )


def decision_lines(tx: Transaction, decisions: Iterable[Decision]) -> tuple[DecisionLine, ...]:
    """Give decisions with what was matched with each."""
    return tuple(_decision(tx, one) for one in decisions)


def _received(line: OpenLine) -> Received:
    return Received(line.id, line.rest, line.booked_on, line.told, line.people, period_told(line.told), line.payer)


def _inside(tx: Transaction, lines: Sequence[OpenLine]) -> tuple[Specified, ...]:
    """Give the transactions inside lines as their specifications, but for those that were matched already."""
    batches = [line for line in lines if line.details]
    done = tx.matching.matched_parts([line.id for line in batches])
    parts = [part for line in batches for part in known_parts(line.id, _details(line))]
    return tuple(part for part in parts if part.part not in done)


def _details(line: OpenLine) -> list[Specified]:
    """Give the transactions inside a line; the first thing that it tells, which is the bank's reference, names the payment."""
    return [
        Specified(
            part=line.id,
            payment=next(iter(line.told), line.booked_on.isoformat()),
            amount=detail.amount,
            told=detail.told,
            person_key=detail.person,
            period=period_told(detail.told),
            pays_on=line.booked_on,
            of_line=line.id,
        )
        for detail in line.details
    ]


def _decision(tx: Transaction, one: Decision) -> DecisionLine:
    return DecisionLine(
        decision=one.id,
        claim=one.claim,
        refund=one.refund,
        supplement=one.supplement,
        reference=one.reference,
        pays_on=one.pays_on,
        pays=one.pays,
        matched=tx.bank.matched_decision(one.id),
    )
