"""What an employer claims through time: the amount at the start, its changes, and where it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from refusion.law.engine.refusals import NotAnswered
from refusion.law.engine.rule import account
from refusion.law.norway.statutes import EMPLOYER_REPORT, REFUND_RIGHT
from refusion.values.money import Ore
from refusion.values.period import ONE_DAY
from refusion.values.said import said


@dataclass(frozen=True, slots=True)
class Segment:
    """One amount from its first to its last day, None = until it is changed; øre a month."""

    first: date
    last: date | None
    amount: Ore


@account(EMPLOYER_REPORT.section("refusjon"), called="refusjonstidslinje")
def claim_timeline(start: date, amount: int, ends_on: date | None = None, changes: Mapping[date, int] | None = None) -> tuple[Segment, ...]:
    """Give the claim through time; ``ends_on`` is the last day with refund, and changes after it are ignored.

    A change on or before the start is ignored; an end before the start is zero from the start.
    Raises NotAnswered for an amount below zero.
    """
    if min([amount, *(changes or {}).values()]) < 0:
        raise NotAnswered(said("law.negative_fact", name="amount", value=min([amount, *(changes or {}).values()])))
    if ends_on is not None and ends_on < start:
        return (Segment(start, None, Ore(0)),)
    steps = {start: amount}
    steps |= {day: value for day, value in sorted((changes or {}).items()) if start < day and (ends_on is None or day <= ends_on)}
    if ends_on is not None:
        steps[ends_on + ONE_DAY] = 0
    return _joined(steps)


@account(REFUND_RIGHT, called="refusjon ved arbeidsforholdets slutt")
def ended_with_employment(timeline: tuple[Segment, ...], last_day: date) -> tuple[Segment, ...]:
    """End a claim with the employment's last day: from the next day NAV pays the person."""
    steps = {each.first: int(each.amount) for each in timeline if each.first <= last_day}
    return _joined({**steps, max(last_day + ONE_DAY, timeline[0].first): 0})


def _joined(steps: Mapping[date, int]) -> tuple[Segment, ...]:
    kept: list[tuple[date, int]] = []
    for day, value in sorted(steps.items()):
        if not kept or kept[-1][1] != value:
            kept.append((day, value))
    ends = [day - ONE_DAY for day, _ in kept[1:]]
    return tuple(Segment(day, last, Ore(value)) for (day, value), last in zip(kept, [*ends, None], strict=True))
