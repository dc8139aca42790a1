"""What a look back through history can find: days that gave a right and nobody claimed, and claims on too little."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.values.period import Period


class Sort(StrEnum):
    """What is lacking: a case for the absence, a claim for some days, or kroner on a claim."""

    NO_CASE = "no_case"
    UNCOVERED = "uncovered"
    UNDER_CLAIMED = "under_claimed"


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """One finding.

    ``claimable`` øre can still be had until ``last_day``, the last day that loses nothing more of them; ``lost`` øre are
    time-barred already. ``in_time`` says that nothing at all has come too late yet.
    """

    sort: Sort
    kind: Kind
    absence: UUID
    person: UUID
    employment: str
    case: UUID | None
    case_number: int | None
    claim: UUID | None
    period: Period
    claimable: int
    last_day: date | None
    lost: int
    in_time: bool


def uncovered(wanted: Period, claimed: tuple[Period, ...]) -> tuple[Period, ...]:
    """Give the runs of days of a period that no claim covers; a run without a weekday is worth nothing and left out."""
    left = [wanted]
    for claim in claimed:
        left = [part for run in left for part in _without(run, claim)]
    return tuple(run for run in left if run.weekdays)


def _without(run: Period, claim: Period) -> list[Period]:
    shared = run.overlap(claim)
    if shared is None:
        return [run]
    before = [Period(run.first, date.fromordinal(shared.first.toordinal() - 1))] if run.first < shared.first else []
    after = [Period(date.fromordinal(shared.last.toordinal() + 1), run.last)] if shared.last < run.last else []
    return before + after
