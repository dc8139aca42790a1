"""Whether a filed claim still says what the house knows: what differs enough to be put right."""

from __future__ import annotations

from collections.abc import Sequence

from refusion.claims.facts import Answer, Claim
from refusion.values.period import Period

# The authority learns the last absence day by the recovery; an earlier claim is not wrong for lack of it.
TOLD_OTHERWISE = frozenset({"last_absence_day"})


def says_the_same(claim: Claim, period: Period, answers: Sequence[Answer]) -> bool:
    """Tell whether the claim has this period and these values, wherever they came from."""
    return claim.period == period and _values(claim.answers) == _values(answers)


def differing(claim: Claim, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Name the answers whose values differ from those that the claim was filed with."""
    filed, fresh = _values(claim.answers), _values(answers)
    return tuple(field for field, value in fresh.items() if filed.get(field) != value)


def _values(answers: Sequence[Answer]) -> dict[str, object]:
    return {answer.field: answer.value for answer in answers if answer.field not in TOLD_OTHERWISE}
