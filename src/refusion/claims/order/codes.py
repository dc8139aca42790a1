"""The order that NemRefusion asks of messages on one absence, as far as it can be told before they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from refusion.values.period import ONE_DAY

NO_NOTIFICATION = "1106"
ENDS_BEFORE_IT_STARTS = "1110"
NOT_LATER = "1108"
OVERLAP_OR_GAP = "1107"
OVERLAPS_A_REPORT = "1109"
NOT_FETCHED = "1103"
NOT_A_DRAFT = "1104"


@dataclass(frozen=True, slots=True)
class Notify:
    """A signed notification."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A signed request for a period, which may end before it starts."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Annul:
    """The notification is to be annulled."""


@dataclass(frozen=True, slots=True)
class Delete:
    """The notification is to be deleted."""


Message = Notify | Claim | Annul | Delete


@dataclass(frozen=True, slots=True)
class Taken:
    """What was accepted of one absence; nothing of it has been fetched by the authority yet."""

    notified: bool = False
    claims: tuple[Claim, ...] = ()

    def after(self, message: Message, code: str | None) -> Taken:
        """Give what is accepted after a message and its answer; what was refused does not enter."""
        if isinstance(message, Notify):
            return Taken(notified=True, claims=self.claims)
        if isinstance(message, Claim) and code is None:
            return Taken(self.notified, (*self.claims, message))
        return self


def codes(messages: Iterable[Message]) -> tuple[str | None, ...]:
    """Give the answer to each message of one absence in order, None = accepted (message codes of 2014-04-04).

    Where several apply, the first of 1106, 1110, 1108, 1107, 1109. A second notification is accepted with the warning 1109.
    """
    taken, answers = Taken(), []
    for message in messages:
        answers.append(code(taken, message))
        taken = taken.after(message, answers[-1])
    return tuple(answers)


def code(taken: Taken, message: Message) -> str | None:
    """Give the code that a message is answered with, None = accepted without a word."""
    if isinstance(message, Notify):
        return OVERLAPS_A_REPORT if taken.notified else None
    if not taken.notified:
        return NO_NOTIFICATION
    if isinstance(message, Annul):
        return NOT_FETCHED
    if isinstance(message, Delete):
        return NOT_A_DRAFT
    return _code_of_claim(taken.claims, message)


def _code_of_claim(earlier: tuple[Claim, ...], claim: Claim) -> str | None:
    if claim.first > claim.last:
        return ENDS_BEFORE_IT_STARTS
    if not earlier:
        return None
    if claim.first <= earlier[-1].first:
        return NOT_LATER
    return None if claim.first == earlier[-1].last + ONE_DAY else OVERLAP_OR_GAP
