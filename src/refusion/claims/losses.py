"""The loss ledger: what every krone not obtained came of, who follows it, and whether dispensation can still bring it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from refusion.cases.facts import FUNDS, LEAVE, Kind
from refusion.claims.facts import Loss, LossCause
from refusion.law.denmark.sickness.dates import GROUNDS, dispensation_by
from refusion.law.denmark.sickness.deadlines import is_dispensation_possible
from refusion.values.said import Refused, said

# Lateness can be excused, a refused report filed anew with the excuse; what was decided can't be (SDL § 59, stk. 6).
EXCUSABLE = frozenset({LossCause.LATE_NOTIFICATION, LossCause.LATE_REQUEST, LossCause.REJECTED})
CITATION = str(is_dispensation_possible.citation)


class Step(StrEnum):
    """What can happen to a loss after it became certain."""

    OWNED = "owned"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    RECOVERED = "recovered"


class Dispensation(StrEnum):
    """Where the dispensation of a loss stands."""

    IMPOSSIBLE = "impossible"
    POSSIBLE = "possible"
    TOO_LATE = "too_late"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Followed:
    """One step: ``text`` is the owner, the ground, or the document of the answer; ``amount`` what came back, in øre."""

    step: Step
    day: date
    by: str
    text: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True)
class FollowedLoss:
    """A loss with its number, its case, whose absence it is, and all its steps, oldest first."""

    loss: Loss
    number: int
    case_number: int
    kind: Kind
    first_absence_day: date
    person: str
    steps: tuple[Followed, ...] = ()

    @property
    def owner(self) -> str | None:
        """Name who follows the loss; None where nobody does yet."""
        return next((step.text for step in reversed(self.steps) if step.step is Step.OWNED), None)

    @property
    def recovered(self) -> int:
        """Sum up what came after all, in øre."""
        return sum(step.amount for step in self.steps if step.step is Step.RECOVERED)

    @property
    def standing(self) -> int:
        """Give what is still lost, in øre: nothing once dispensation is granted, for then it is claimed anew."""
        return 0 if self._answer is Step.GRANTED else self.loss.amount - self.recovered

    @property
    def excusable_until(self) -> date | None:
        """Give the last day for dispensation, None where the law has none for kind or cause (SDL § 59, stk. 6)."""
        is_excusable = self.loss.cause in EXCUSABLE and self.kind not in LEAVE and self.kind not in FUNDS
        return dispensation_by(self.first_absence_day) if is_excusable else None

    def dispensation(self, day: date) -> Dispensation:
        """Tell where dispensation stands on a day."""
        if self._answer is not None:
            return Dispensation(self._answer.value)
        if self.excusable_until is None:
            return Dispensation.IMPOSSIBLE
        return Dispensation.POSSIBLE if day <= self.excusable_until else Dispensation.TOO_LATE

    @property
    def _answer(self) -> Step | None:
        """Give the last step about dispensation."""
        about = (Step.APPLIED, Step.GRANTED, Step.REFUSED)
        return next((step.step for step in reversed(self.steps) if step.step in about), None)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A settled claim on which less came than was expected, or less was lost than is kept; øre."""

    claim: UUID
    expected: int
    decided: int
    received: int


def shortfalls(short: Shortfall) -> dict[LossCause, int]:
    """Split what did not come: decided lower and accepted, or decided and never paid. Nothing where all came."""
    lacking = max(short.expected - short.received, 0)
    under = min(lacking, max(short.expected - short.decided, 0))
    return {LossCause.UNDER_DECIDED: under, LossCause.WRITTEN_OFF: lacking - under}


def require_ground(ground: str) -> None:
    """Raise Refused for a ground that the law does not know."""
    if ground not in GROUNDS:
        raise Refused(said("losses.unknown_ground", ground=ground, known=", ".join(GROUNDS)))


def require_possible(found: FollowedLoss, day: date) -> None:
    """Raise Refused unless dispensation may be applied for on the day."""
    state = found.dispensation(day)
    if state is not Dispensation.POSSIBLE:
        raise Refused(said(_WHY_NOT[state], number=found.number, until=found.excusable_until, citation=CITATION))


def require_waiting(found: FollowedLoss) -> None:
    """Raise Refused unless an application waits for its answer."""
    if found.dispensation(found.loss.certain_on) is not Dispensation.APPLIED:
        raise Refused(said("losses.nothing_applied", number=found.number))


_WHY_NOT = {
    Dispensation.IMPOSSIBLE: "losses.cannot_be_excused",
    Dispensation.TOO_LATE: "losses.dispensation_too_late",
    Dispensation.APPLIED: "losses.applied_already",
    Dispensation.GRANTED: "losses.granted_already",
    Dispensation.REFUSED: "losses.refused_already",
}
