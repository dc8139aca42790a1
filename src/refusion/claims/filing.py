"""The outbox: each report we owe an authority, from intent to receipt.

Every answer of the authority is exactly one of three: yes with a receipt, no with a reason, or unknown. Unknown is
never sent again; it is inquired, and only when the authority twice did not know it is the same intent sent anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID


class Kind(StrEnum):
    """What kind of report it is."""

    NOTIFICATION = "notification"
    CLAIM = "claim"
    RECOVERY = "recovery"
    CORRECTION = "correction"
    ANNULMENT = "annulment"


class State(StrEnum):
    """Where a report stands."""

    INTENDED = "intended"
    SENDING = "sending"
    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    FOREIGN = "foreign"
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What a report can meet."""

    ATTEMPTED = "attempted"
    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"
    LOST_SIGHT = "lost_sight"
    FOUND = "found"
    FOUND_OTHER = "found_other"
    NOT_FOUND = "not_found"
    NOT_FOUND_TWICE = "not_found_twice"
    CANCELLED = "cancelled"


S, E = State, Event
MOVES: Mapping[tuple[State, Event], State] = MappingProxyType({
    (S.INTENDED, E.ATTEMPTED): S.SENDING,
    (S.INTENDED, E.CANCELLED): S.CANCELLED,
    (S.SENDING, E.YES): S.ACCEPTED,
    (S.SENDING, E.NO): S.REJECTED,
    # The authority has not fetched the report that this one changes (1103): the same intent goes again another day.
    (S.SENDING, E.NOT_YET): S.INTENDED,
    (S.SENDING, E.LOST_SIGHT): S.UNKNOWN,
    # The inquiry itself got no answer: it is asked again.
    (S.UNKNOWN, E.LOST_SIGHT): S.UNKNOWN,
    (S.UNKNOWN, E.FOUND): S.ACCEPTED,
    (S.UNKNOWN, E.FOUND_OTHER): S.FOREIGN,
    (S.UNKNOWN, E.NOT_FOUND): S.UNKNOWN,
    (S.UNKNOWN, E.NOT_FOUND_TWICE): S.INTENDED,
    # The authority answered late, after we had lost sight of the attempt.
    (S.UNKNOWN, E.YES): S.ACCEPTED,
    (S.UNKNOWN, E.NO): S.REJECTED,
    (S.REJECTED, E.CANCELLED): S.CANCELLED,
    (S.FOREIGN, E.CANCELLED): S.CANCELLED,
})
_WHY: Mapping[State, str] = MappingProxyType({
    S.INTENDED: "filing.not_sent_yet",
    S.SENDING: "filing.under_way",
    S.UNKNOWN: "filing.outcome_unknown",
    S.ACCEPTED: "filing.accepted_already",
    S.REJECTED: "filing.refused_by_authority",
    S.FOREIGN: "filing.found_other",
    S.CANCELLED: "filing.cancelled",
})
REFUSALS: Mapping[tuple[State, Event], str] = MappingProxyType({
    (state, event): _WHY[state] for state in State for event in Event if (state, event) not in MOVES
})
OPEN = frozenset({S.INTENDED, S.SENDING, S.UNKNOWN})
READ_AFTER_WRITE_DELAY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Filing:
    """One report in the outbox; ``content`` is canonical JSON, ``content_hash`` its business identity.

    ``subject`` is the case of a notification, recovery or its correction, else the claim; ``due_on`` the first day it
    may go, ``deadline`` the legal last day; ``at_stake`` øre; ``next_try_at`` an instant in UTC.
    """

    id: UUID
    case: UUID
    kind: Kind
    subject: UUID
    version: int
    content: bytes
    content_hash: str
    state: State
    due_on: date
    deadline: date
    at_stake: int
    intended_at: datetime
    next_try_at: datetime
    signed_at: datetime | None = None
    attempts: int = 0
    not_found: int = 0
    receipt: str | None = None
    authority_id: str | None = None
    answer_code: str | None = None
    supersedes: str | None = None


def asked_in_vain(filing: Filing, now: datetime) -> Filing:
    """Note that the authority did not know the report; the second time it may be sent anew, as the same intent."""
    if filing.not_found == 0:
        return replace(filing, not_found=1, next_try_at=now + READ_AFTER_WRITE_DELAY)
    return replace(filing, state=MOVES[filing.state, Event.NOT_FOUND_TWICE], not_found=0, next_try_at=now)


def lost_sight(filing: Filing, now: datetime) -> Filing:
    """Note that nobody knows what became of the attempt; it is inquired after the authority's read-after-write delay."""
    return replace(filing, state=MOVES[filing.state, Event.LOST_SIGHT], next_try_at=now + READ_AFTER_WRITE_DELAY)
