"""A municipality's stop: benefit and refund rest because the employee did not answer or cooperate, with the kroner at risk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from refusion.claims.facts import Claim, State
from refusion.law.engine.words import portion
from refusion.values.period import ONE_DAY, Period

# The employee has eight days to answer the municipality's letter (SDL § 40 (5)).
ANSWER_DAYS = 8
NOT_CLAIMED = frozenset({State.ANNULLED, State.DROPPED})


class Cause(StrEnum):
    """Why the municipality stopped the benefit."""

    NO_ANSWER = "no_answer"
    NO_COOPERATION = "no_cooperation"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of one case: since when, why, on which document; and what lifted it.

    ``stopped_from`` is the first day without benefit, ``letter_on`` the day of the letter that was not answered.
    ``resumed_from`` is the first day with benefit again; it may be ``stopped_from`` when all of it was given back.
    """

    id: UUID
    case: UUID
    cause: Cause
    stopped_from: date
    letter_on: date | None
    document: str
    noted_on: date
    noted_by: str
    at_risk: int
    lifted_on: date | None = None
    lifted_by: str = ""
    resumed_from: date | None = None
    lift_document: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the stop still stands."""
        return self.lifted_on is None


def answer_by(letter_on: date) -> date:
    """Give the last day on which the employee's answer to a letter is in time."""
    return letter_on + timedelta(days=ANSWER_DAYS)


def at_risk(stop: Stop, claims: Iterable[Claim]) -> int:
    """Add the øre of the case's claims that fall on days without benefit and have not been received."""
    until = None if stop.resumed_from is None else stop.resumed_from - ONE_DAY
    return sum(_resting(claim, stop.stopped_from, until) for claim in claims if claim.state not in NOT_CLAIMED)


def _resting(claim: Claim, since: date, until: date | None) -> int:
    """Give the øre of a claim that fall on the stopped days, by weekdays, as far as they are not in the bank."""
    last = claim.period.last if until is None else min(until, claim.period.last)
    first = max(since, claim.period.first)
    if last < first or not claim.period.weekdays:
        return 0
    if claim.period == Period(first, last):
        share = claim.expected.total
    else:
        share = int(portion(claim.expected.total, Period(first, last).weekdays, claim.period.weekdays))
    return min(share, max(claim.expected.total - claim.received, 0))
