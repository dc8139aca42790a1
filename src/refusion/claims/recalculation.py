"""What a change of law does to the claims and cases in the books: each calculated anew, as the law stands and as it would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from refusion.cases.facts import FUNDS, LEAVE, Kind
from refusion.claims.expectation import amount_of
from refusion.claims.facts import Answer, State
from refusion.law.denmark.sickness.dates import Window, notify_by, refund_from, window
from refusion.law.engine.change.effect import Applied, applied
from refusion.law.engine.parameters import Dated, trying
from refusion.law.engine.tape import explaining
from refusion.values.money import Ore
from refusion.values.period import ONE_DAY, Period
from refusion.values.said import Refused, Said

Instead = Mapping[Dated, Dated]


@dataclass(frozen=True, slots=True)
class Kept:
    """A claim's current version as it stands in the books, øre, with what of its case the refundable days rest on.

    ``claim_number`` None means a draft without a number, ``decided`` None that nobody decided yet; ``made_on`` is the
    day on which the amounts were calculated.
    """

    id: UUID
    case_number: int
    claim_number: int | None
    state: State
    decided: int | None
    first_absence_day: date
    last_absence_day: date | None
    waived: bool
    notified_on: date | None
    period: Period
    answers: tuple[Answer, ...]
    refund: int
    supplement: int
    made_on: date
    kind: Kind = Kind.ORDINARY

    @property
    def total(self) -> int:
        """Add refund and supplement, in øre."""
        return self.refund + self.supplement


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A claim calculated anew, in øre: before and after a change, and the rules that read what changes.

    Where a change is tried, ``before`` is what the law gives as it stands and ``after`` what it would give; else
    ``before`` is the amount in the books and ``after`` what the law gives. ``strayed`` is what the law as it stands adds
    to the amount in the books. ``refused`` says why the law gives no amount; nothing else is then known.
    """

    kept: Kept
    before: int
    after: int
    strayed: int
    rules: tuple[Applied, ...] = ()
    refused: Said | None = None

    @property
    def difference(self) -> int:
        """Give what the change adds, in øre; negative where it takes away."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Standing:
    """An open case with the days that the law gave it."""

    case_number: int
    first_absence_day: date
    last_absence_day: date | None
    waived: bool
    refund_from: date
    notify_by: date


@dataclass(frozen=True, slots=True)
class Moved:
    """An open case whose first refundable day or last day of notification would be another."""

    standing: Standing
    refund_from: date
    notify_by: date


def recalculated(claims: Iterable[Kept], instead: Instead) -> Iterator[Recalculated]:
    """Calculate claims anew, in order; an empty ``instead`` compares the books with the law as it stands.

    Each claim keeps its answers, its period, and the day on which its amounts were calculated.
    """
    return (_recalculated(kept, instead) for kept in claims)


def moved(cases: Iterable[Standing], instead: Instead) -> Iterator[Moved]:
    """Give the cases whose days the change moves; an empty ``instead`` holds the books against the law as it stands.

    Which absences open a case, and of which kind, is not asked again.
    """
    for case in cases:
        with trying(instead):
            changed = _days(case)
        if changed != (_days(case) if instead else (case.refund_from, case.notify_by)):
            yield Moved(case, *changed)


def explained(found: Iterable[Recalculated], explanation_of: Callable[[UUID], Mapping[str, Any]]) -> Iterator[Recalculated]:
    """Add to claims that differ from the law as it stands the rules that read other values than when they were calculated.

    ``explanation_of`` gives the tree that was kept with a claim; it is asked for the differing ones alone.
    """
    for one in found:
        yield replace(one, rules=_since(one.kept, explanation_of(one.kept.id))) if one.difference else one


def _since(kept: Kept, explanation: Mapping[str, Any]) -> tuple[Applied, ...]:
    with explaining() as tape:
        _amount(kept)
    trees = [step.as_json() for step in tape.steps]
    # The days are explained anew where they moved alone; the explanation kept with a claim is of its amount.
    if explanation and trees[-1]["inputs"] == explanation["inputs"]:
        trees = trees[-1:]
    earlier = {figure for node in _nodes(explanation) for figure in _read_by(node)}
    found = (Applied(node["called"], node["citation"]) for tree in trees for node in _nodes(tree) if not earlier.issuperset(_read_by(node)))
    return tuple(dict.fromkeys(found))


def _nodes(explanation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if explanation:
        yield explanation
        for step in explanation["steps"]:
            yield from _nodes(step)


def _read_by(node: Mapping[str, Any]) -> list[tuple[object, ...]]:
    return [(figure["name"], figure["since"], figure["value"]) for figure in node["figures"]]


def _recalculated(kept: Kept, instead: Instead) -> Recalculated:
    try:
        today = _amount(kept)
        strayed = today - kept.total
        if not instead:
            return Recalculated(kept, kept.total, today, strayed)
        with trying(instead):
            changed = _amount(kept)
        return Recalculated(kept, today, changed, strayed, _rules(kept, instead) if today != changed else ())
    except Refused as refusal:
        return Recalculated(kept, kept.total, kept.total, 0, refused=refusal.because)


def _amount(kept: Kept) -> Ore:
    refundable = _window(kept).refundable
    if refundable is None:
        return Ore(0)
    amount = amount_of(refundable, kept.answers, kept.kind)
    return Ore(amount.refund + amount.supplement)


def _rules(kept: Kept, instead: Instead) -> tuple[Applied, ...]:
    with trying(instead), explaining() as tape:
        _amount(kept)
    return applied(tape.steps, instead)


def _window(kept: Kept) -> Window:
    """Give the refundable days as they were given when the amounts were calculated.

    Leave, and what a fund is asked for, was cut to its days with refund before it was claimed; one that was worth nothing
    then came too late.
    """
    if kept.kind in LEAVE or kept.kind in FUNDS:
        return Window(kept.period if kept.total else None, None)
    return window(
        first_absence_day=kept.first_absence_day,
        waived=kept.waived,
        notified_on=kept.notified_on or kept.made_on,
        claimed=kept.period,
        requested_on=max(kept.made_on, kept.period.last + ONE_DAY),
        last_absence_day=kept.last_absence_day,
    )


def _days(case: Standing) -> tuple[date, date]:
    first = case.first_absence_day
    return refund_from(first, case.waived), notify_by(first, case.waived, case.last_absence_day)
