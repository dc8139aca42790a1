"""The rows that reports are made of, as the store reads them; money in øre, periods inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.claims.losses import FollowedLoss
from refusion.values.period import Period


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as it stands: what was expected, decided and received.

    ``person`` is the name as the reader may see it, never a national number. ``claim_number`` None means a draft
    without a number, ``requested_on`` None that it was not filed, ``decided`` None that nobody decided yet.
    ``kind`` and ``state`` are the words of ``cases.facts.Kind`` and ``claims.facts.State``; ``reason`` is the key that
    says how the money was matched (``settlements.…``), or empty; ``request_by`` the last day in law on which a request
    reaches the first day of the period; ``decided_supplement`` the part of ``decided`` that is a supplement.
    """

    case_number: int
    claim_number: int | None
    person: str
    unit: str
    kind: str
    period: Period
    requested_on: date | None
    expected: int
    decided: int | None
    received: int
    state: str
    reason: str = ""
    request_by: date | None = None
    decided_supplement: int = 0

    @property
    def difference(self) -> int | None:
        """Expected less received, in øre; None before a decision."""
        return None if self.decided is None else self.expected - self.received


@dataclass(frozen=True, slots=True)
class LossLine:
    """One loss with its steps, the unit it fell on, and its claim's number where it is a claim's."""

    found: FollowedLoss
    claim_number: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class FilingLine:
    """One notification or claim that the authority took; ``signed_on`` is the day of signing as the authority counts it.

    ``deadline`` is the last day in law; ``known_on`` the day on which payroll told the absence.
    """

    case_number: int
    claim_number: int | None
    person: str
    unit: str
    kind: str
    filed: str
    first_absence_day: date
    last_absence_day: date | None
    period: Period
    deadline: date
    signed_on: date
    known_on: date


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One filed claim on which money is still to come; the days of its last decision, None before one."""

    case_number: int
    claim_number: int
    person: str
    unit: str
    kind: str
    period: Period
    requested_on: date
    expected: int
    decided: int | None
    received: int
    decided_on: date | None
    pays_on: date | None

    @property
    def outstanding(self) -> int:
        """Give what is still to come, in øre: of what was decided, else of what is expected."""
        return (self.expected if self.decided is None else self.decided) - self.received


@dataclass(frozen=True, slots=True)
class History:
    """How many days the last payments took: from the request, and from the decision."""

    from_request: tuple[int, ...]
    from_decision: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What a case cost in work: its claims' answers by where they came from, and how often a person had to act.

    A touch is an answer that a person entered for the days of the case, or a task about it that a person closed.
    """

    case_number: int
    person: str
    unit: str
    kind: str
    first_absence_day: date
    closed: bool
    from_payroll: int
    typed: int
    by_rule: int
    touches: int
