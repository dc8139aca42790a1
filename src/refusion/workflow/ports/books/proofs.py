"""What a proof of the books is made from, what it can find, and the certificate it ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from refusion.claims.facts import State
from refusion.claims.filing import Kind
from refusion.claims.filing import State as FilingState


class What(StrEnum):
    """In what the books, the claims, the bank and the authority can differ."""

    LEDGER_UNBALANCED = "ledger_unbalanced"
    NOT_PRE_REGISTERED = "not_pre_registered"
    PRE_REGISTERED_OTHERWISE = "pre_registered_otherwise"
    MONEY_NOT_BOOKED = "money_not_booked"
    RECEIVABLE_LEFT = "receivable_left"
    LINE_OVERMATCHED = "line_overmatched"
    NOT_WITH_AUTHORITY = "not_with_authority"
    OTHER_WITH_AUTHORITY = "other_with_authority"
    ONLY_WITH_AUTHORITY = "only_with_authority"
    HELD_BUT_REFUSED = "held_but_refused"
    IN_DOUBT = "in_doubt"
    AUTHORITY_SILENT = "authority_silent"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree, with its øre; ``subject`` is the claim, line or report that it is about."""

    what: What
    subject: UUID
    amount: int
    case: UUID | None = None
    claim: UUID | None = None
    line: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClaimBooks:
    """A claim whose books may not agree with it, in øre.

    ``standing`` is what its newest accepted report asks for (an annulment: 0; None: no report was accepted);
    ``pre_registered``, ``booked`` (money) and ``waiting`` stand in the ledger, ``matched`` is what bank lines gave it.
    ``has_postings`` is False for a claim that was never pre-registered; ``voided`` says that its last posting took one back.
    """

    claim: UUID
    case: UUID
    kind: str
    state: State
    requested_on: date | None
    standing: int | None
    pre_registered: int
    booked: int
    waiting: int
    matched: int
    has_postings: bool
    voided: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A report of ours: what became of it, with its receipt, hash and øre at stake."""

    id: UUID
    kind: Kind
    case: UUID
    subject: UUID
    state: FilingState
    receipt: str | None
    content_hash: str
    at_stake: int
    intended_at: datetime
    signed_at: datetime | None = None
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Overmatched:
    """A bank line of which more was given away than came, in øre."""

    line: UUID
    amount: int
    matched: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """One proof of the books of a day: signed off when ``certified``, else it names what differs.

    ``differences`` are ``(what, subject, øre)``; ``digest`` covers day, number, figures, differences and ``previous``.
    """

    day: date
    number: int
    certified: bool
    figures: Mapping[str, int]
    differences: tuple[tuple[str, str, int], ...]
    digest: str
    previous: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """What the books come to in all: ``figures`` counts and øre, ``imbalance`` øre that must be 0, ``overmatched`` lines.

    ``number`` is the next one of the day's proofs; ``previous`` is the digest of the newest proof (empty before the
    first), and ``was_certified`` tells whether that one found nothing.
    """

    figures: Mapping[str, int]
    imbalance: int
    overmatched: int
    number: int
    previous: str
    was_certified: bool
