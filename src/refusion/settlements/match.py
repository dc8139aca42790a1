"""Matches lines with decisions by the references they name; two candidates are no match, and nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from refusion.settlements.columns import NO_GROUP, Columns, PairColumns, Reason, Truth, Whole, match_columns
from refusion.settlements.evidence import named, normal
from refusion.settlements.facts import DecisionLine, Expected, Matching, Pair, Received, Unmatched
from refusion.values.said import said

Fact = TypeVar("Fact")
REASONS = {
    Reason.REFERENCE: "settlements.reference",
    Reason.LUMP_SUM: "settlements.lump_sum",
    Reason.NO_REFERENCE: "settlements.no_reference",
    Reason.OVERLAP: "settlements.references_overlap",
    Reason.SUM_DIFFERS: "settlements.sum_differs",
    Reason.MIXED_SIGNS: "settlements.mixed_signs",
    Reason.NOTHING: "settlements.nothing_to_match",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """Lines and decisions in columns; ``rows`` are the facts' rows of the decisions, ``sets`` the groups' references."""

    lines: Columns
    decisions: Columns
    rows: Whole
    blocked: Truth
    sets: tuple[frozenset[str], ...]


def match(received: Iterable[Received], decided: Iterable[DecisionLine], expected: Iterable[Expected] = ()) -> Matching:
    """Match on exact evidence: a line names the payment reference of a decision, or of several whose sum it meets.

    The order of the input doesn't matter and the same line or decision told twice counts once. ``expected`` only
    serves to say of a line that is left how many open claims have its amount.
    Raises ValueError when one line or decision is told with two contents.
    """
    lines = _once(received, lambda one: (one.line.int,))
    decisions = _once(decided, lambda one: (one.claim.int, one.decision.int))
    coded = code(lines, decisions)
    paired = match_columns(coded.lines, coded.decisions, coded.blocked)
    alike = Counter(one.amount for one in {one.claim: one for one in expected}.values())
    return Matching(_pairs(lines, decisions, coded, paired), _unmatched(lines, coded, paired, alike))


def code(lines: Sequence[Received], decisions: Sequence[DecisionLine]) -> Coded:
    """Put lines and decisions into columns by the sets of references that lines name.

    A decision whose reference no line names is left out; references in two different sets block both.
    """
    references = [normal(decision.reference) for decision in decisions]
    sets = [named(line.told, set(references) - {""}) if line.amount else frozenset[str]() for line in lines]
    numbers = {one: number for number, one in enumerate(sorted({one for one in sets if one}, key=sorted))}
    group_of, blocked = _groups(numbers)
    rows = [row for row, reference in enumerate(references) if reference in group_of]
    claims: dict[int, int] = {}
    return Coded(
        lines=Columns(
            amount=_whole(line.amount for line in lines),
            group=_whole(numbers.get(one, NO_GROUP) for one in sets),
            owner=_whole(range(len(lines))),
        ),
        decisions=Columns(
            amount=_whole(decisions[row].outstanding for row in rows),
            group=_whole(group_of[references[row]] for row in rows),
            owner=_whole(claims.setdefault(decisions[row].claim.int, row) for row in rows),
        ),
        rows=_whole(rows),
        blocked=blocked,
        sets=tuple(numbers),
    )


def _groups(numbers: Mapping[frozenset[str], int]) -> tuple[dict[str, int], Truth]:
    """Give the group of each reference, and which groups share one with another group."""
    group_of: dict[str, int] = {}
    blocked = np.zeros(len(numbers), np.bool_)
    for references, number in numbers.items():
        for reference in references:
            other = group_of.setdefault(reference, number)
            if other != number:
                blocked[[other, number]] = True
    return group_of, blocked


def _pairs(lines: Sequence[Received], decisions: Sequence[DecisionLine], coded: Coded, paired: PairColumns) -> tuple[Pair, ...]:
    """Write the pairs of the columns as facts."""
    columns = (paired.line, coded.rows[paired.decision], paired.amount, paired.reason)
    pairs = [
        Pair(lines[line].line, decisions[row].claim, decisions[row].decision, amount, REASONS[Reason(reason)])
        for line, row, amount, reason in zip(*(column.tolist() for column in columns), strict=True)
    ]
    return tuple(sorted(pairs, key=lambda pair: (pair.line.int, pair.claim.int, pair.decision.int)))


def _unmatched(lines: Sequence[Received], coded: Coded, paired: PairColumns, alike: Mapping[int, int]) -> tuple[Unmatched, ...]:
    """Say of every line that is left what is known of it."""
    found = []
    for row, (line, reason) in enumerate(zip(lines, paired.left.tolist(), strict=True)):
        if reason:
            group = int(coded.lines.group[row])
            because = said(
                REASONS[Reason(reason)],
                amount_ore=line.amount,
                booked_on=line.booked_on,
                references=", ".join(sorted(coded.sets[group])) if group != NO_GROUP else "",
                claims_of_this_amount=alike.get(line.amount, 0),
            )
            found.append(Unmatched(line.line, because))
    return tuple(found)


def _once(facts: Iterable[Fact], key: Callable[[Fact], tuple[int, ...]]) -> tuple[Fact, ...]:
    """Sort the facts and keep each once. Raises ValueError for two contents under one key."""
    kept: dict[tuple[int, ...], Fact] = {}
    for fact in facts:
        if kept.setdefault(key(fact), fact) != fact:
            raise ValueError(f"told with two contents: {fact}")
    return tuple(sorted(kept.values(), key=key))


def _whole(values: Iterable[int]) -> Whole:
    """Make a column of whole numbers."""
    return np.fromiter(values, np.int64)
