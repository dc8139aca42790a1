"""Suggests what lines that evidence left may be for: whole, in part, split, joined or taken back, the best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from refusion.settlements.coding import Open, opens
from refusion.settlements.facts import DecisionLine, Expected, Matching, Received
from refusion.settlements.suggestions.facts import Kind, Related, Share, Suggestion
from refusion.settlements.suggestions.relation import related
from refusion.settlements.suggestions.subsets import MOST_CANDIDATES, summing_to
from refusion.settlements.suggestions.tolerance import Basis, Reason, explain
from refusion.values.said import Said, said

EXACT, BY_REASON, BY_ROUNDING, BY_SUM, IN_PART, AMOUNT_ALONE = 35, 25, 20, 25, 5, 10
BEST, MOST_PER_LINE = 99, 5


@dataclass(frozen=True, slots=True)
class Left:
    """What matching left: lines with what is left of them, rows with what is still to come, and what amounts rest on."""

    lines: tuple[Received, ...]
    opens: tuple[Open, ...]
    bases: Mapping[UUID, Basis]


def suggest(left: Left) -> Mapping[UUID, tuple[Suggestion, ...]]:
    """Suggest for each line what it may be for, the best first, at most MOST_PER_LINE; an empty tuple says nothing fits.

    Splits and joins look at the MOST_CANDIDATES nearest claims or lines, and say so when there are more. The order of
    the input doesn't matter.
    """
    by_line = {line.line: _by_line(line, left) for line in left.lines}
    for joined in _joins(left):
        for line in joined.lines:
            by_line[line].append(joined)
    return {line: _best(found) for line, found in sorted(by_line.items())}


def left_over(
    found: Matching,
    received: Iterable[Received],
    decided: Iterable[DecisionLine],
    expected: Iterable[Expected],
    bases: Mapping[UUID, Basis] | None = None,
) -> Left:
    """Give what a matching left of the facts that it was given; ``bases`` are by claim."""
    gone: dict[UUID, int] = {}
    for pair in found.pairs:
        gone[pair.line] = gone.get(pair.line, 0) + pair.amount
    came: dict[tuple[UUID, UUID | None], int] = {}
    for pair in found.pairs:
        came[pair.claim, pair.decision] = came.get((pair.claim, pair.decision), 0) + pair.amount
    names = {one.line for one in found.unmatched}
    lines = {one.line: replace(one, amount=one.amount - gone.get(one.line, 0)) for one in received if one.line in names}
    rows = [_after(row, came.get((row.claim, row.decision), 0)) for row in opens(tuple(decided), expected)]
    return Left(tuple(lines[key] for key in sorted(lines)), tuple(sorted(set(rows), key=_place)), bases or {})


def _after(row: Open, came: int) -> Open:
    return replace(row, amount=row.amount - came, matched=row.matched + came)


def _place(row: Open) -> tuple[UUID, str]:
    return row.claim, str(row.decision or "")


def _by_line(line: Received, left: Left) -> list[Suggestion]:
    """Suggest for one line alone."""
    pairs = [one for one in (related(line, opened) for opened in left.opens) if one is not None]
    if line.amount < 0:
        return [one for pair in pairs for one in _taken_back(pair)]
    owed = [pair for pair in pairs if pair.opened.amount > 0]
    return [*(one for pair in owed for one in _to_one(pair, left.bases)), *_splits(line, [pair for pair in owed if pair.points])]


def _to_one(pair: Related, bases: Mapping[UUID, Basis]) -> Iterator[Suggestion]:
    """Suggest one claim: to the øre, with a named reason for the difference, or as a part of what is to come."""
    difference = pair.line.amount - pair.opened.amount
    share = (_share(pair, pair.line.amount),)
    if difference == 0:
        points = EXACT if pair.points else AMOUNT_ALONE
        told = said("settlements.speaks_amount", amount_ore=pair.line.amount)
        yield _made(Kind.WHOLE, share, 0, pair.points + points, (*pair.because, told))
        return
    reasons = explain(difference, bases.get(pair.opened.claim))
    for one in reasons:
        points = BY_ROUNDING if one.reason is Reason.ROUNDING else BY_REASON
        if pair.points:
            yield _made(Kind.WHOLE, share, difference, pair.points + points, (*pair.because, one.because))
    if not reasons and pair.points and difference < 0:
        told = said("settlements.speaks_part", amount_ore=pair.line.amount, to_come_ore=pair.opened.amount)
        yield _made(Kind.PARTIAL, share, difference, pair.points + IN_PART, (*pair.because, told))


def _taken_back(pair: Related) -> Iterator[Suggestion]:
    """Suggest the claim from which money is taken back: exactly what came, or a part of it."""
    if not pair.points or pair.opened.matched < -pair.line.amount:
        return
    whole = pair.opened.matched == -pair.line.amount
    told = said("settlements.speaks_recovery", amount_ore=pair.line.amount, matched_ore=pair.opened.matched)
    points = pair.points + (EXACT if whole else IN_PART)
    yield _made(Kind.RECOVERY, (_share(pair, pair.line.amount),), pair.line.amount, points, (*pair.because, told))


def _splits(line: Received, pairs: Sequence[Related]) -> Iterator[Suggestion]:
    """Suggest several claims that sum to the line."""
    near = sorted(pairs, key=lambda pair: (-pair.points, pair.days_apart, _place(pair.opened)))[:MOST_CANDIDATES]
    for chosen in summing_to(line.amount, [pair.opened.amount for pair in near]):
        some = [near[place] for place in chosen]
        shares = tuple(_share(pair, pair.opened.amount) for pair in some)
        told = said("settlements.speaks_split", claims=len(some), amount_ore=line.amount)
        yield _made(Kind.SPLIT, shares, 0, _weakest(some) + BY_SUM, (*_weakest_because(some), told, *_cut(pairs)))


def _joins(left: Left) -> Iterator[Suggestion]:
    """Suggest several lines that sum to one claim."""
    for opened in (row for row in left.opens if row.amount > 0):
        pairs = [pair for pair in (related(line, opened) for line in left.lines if line.amount > 0) if pair is not None and pair.points]
        near = sorted(pairs, key=lambda pair: (-pair.points, pair.days_apart, pair.line.line))[:MOST_CANDIDATES]
        for chosen in summing_to(opened.amount, [pair.line.amount for pair in near]):
            some = [near[place] for place in chosen]
            shares = tuple(_share(pair, pair.line.amount) for pair in some)
            told = said("settlements.speaks_join", lines=len(some), to_come_ore=opened.amount)
            yield _made(Kind.JOIN, shares, 0, _weakest(some) + BY_SUM, (*_weakest_because(some), told, *_cut(pairs)))


def _weakest(pairs: Sequence[Related]) -> int:
    """Give the points that every pair of several has at least."""
    return min(pair.points for pair in pairs)


def _weakest_because(pairs: Sequence[Related]) -> tuple[Said, ...]:
    """Say what speaks for the weakest of several."""
    return min(pairs, key=lambda pair: (pair.points, _place(pair.opened), pair.line.line)).because


def _cut(pairs: Sequence[Related]) -> tuple[Said, ...]:
    """Say that there were more candidates than were looked at."""
    if len(pairs) <= MOST_CANDIDATES:
        return ()
    return (said("settlements.candidates_cut", candidates=len(pairs), looked_at=MOST_CANDIDATES),)


def _share(pair: Related, amount: int) -> Share:
    return Share(pair.line.line, pair.opened.claim, pair.opened.decision, amount)


def _made(kind: Kind, shares: tuple[Share, ...], difference: int, score: int, because: tuple[Said, ...]) -> Suggestion:
    ordered = tuple(sorted(shares, key=lambda share: (share.line, share.claim, str(share.decision or ""))))
    return Suggestion(kind, ordered, difference, max(1, min(score, BEST)), because)


def _best(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Put the best first; what has rivals of equal worth shares its points with them."""
    ordered = sorted(found, key=_order)
    weighed = []
    for _, equal in groupby(ordered, key=lambda one: one.score):
        alike = list(equal)
        weighed += [replace(one, score=max(1, one.score // len(alike)), rivals=len(alike) - 1) for one in alike]
    return tuple(sorted(weighed, key=_order)[:MOST_PER_LINE])


def _order(one: Suggestion) -> tuple[int, str, str, str]:
    """Give an order that no order of the input changes."""
    shares = "".join(f"{share.line}{share.claim}{share.decision}{share.amount}" for share in one.shares)
    return -one.score, one.kind.value, shares, "".join(reason.key for reason in one.because)
