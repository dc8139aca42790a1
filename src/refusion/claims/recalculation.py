"""What a change of law does to the claims and cases in the books: each calculated anew, as the law stands and as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

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

    @property
    def total(self) -> int:
        """Add refund and supplement, in øre."""
        return self.refund + self.supplement


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A claim calculated anew: øre by the law as it stands and as it would be, and the rules that read what changes.

    ``refused`` says why the law gives no answer any more; the amounts are then those of the books.
    """

    kept: Kept
    today: int
    changed: int
    rules: tuple[Applied, ...] = ()
    refused: Said | None = None

    @property
    def difference(self) -> int:
        """Give what the change adds to the amount in the books, in øre; negative where it takes away."""
        return self.changed - self.kept.total


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
    """Give the cases whose days the change moves; which absences open a case, and of which kind, is not asked again."""
    for case in cases:
        with trying(instead):
            changed = _days(case)
        if changed != _days(case):
            yield Moved(case, *changed)


def _recalculated(kept: Kept, instead: Instead) -> Recalculated:
    try:
        today = _amount(kept)
        with trying(instead):
            changed = _amount(kept)
        rules = _rules(kept, instead) if today != changed else ()
    except Refused as refusal:
        return Recalculated(kept, kept.total, kept.total, refused=refusal.because)
    return Recalculated(kept, today, changed, rules)


def _amount(kept: Kept) -> Ore:
    refundable = _window(kept).refundable
    if refundable is None:
        return Ore(0)
    amount = amount_of(refundable, kept.answers)
    return Ore(amount.refund + amount.supplement)


def _rules(kept: Kept, instead: Instead) -> tuple[Applied, ...]:
    with trying(instead), explaining() as tape:
        _amount(kept)
    return applied(tape.steps, instead)


def _window(kept: Kept) -> Window:
    """Give the refundable days as they were given when the amounts were calculated."""
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
