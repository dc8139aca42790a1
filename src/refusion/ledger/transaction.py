"""Transactions: two or more postings that sum to zero, with both clocks and the reason; they never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from refusion.values.ids import derived_id
from refusion.values.said import Said


class Reason(StrEnum):
    """Why a transaction was posted."""

    PRE_REGISTERED = "pre_registered"
    ADJUSTED = "adjusted"
    REVERSED = "reversed"
    CORRECTED = "corrected"
    LOST = "lost"
    PAID_OUT = "paid_out"
    HELD = "held"
    PAID_BY_HAND = "paid_by_hand"
    REPORTED_WRONG = "reported_wrong"
    REPOSTED = "reposted"
    RETURNED = "returned"
    REPAID = "repaid"
    WRITTEN_OFF = "written_off"


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in øre on an account for a claim: debit positive, credit negative."""

    account: str
    amount: int
    claim: UUID


@dataclass(frozen=True, slots=True)
class Cause:
    """What a transaction follows from: the same cause told twice gives the same transaction id.

    ``house`` is the institution's namespace, ``key`` the business key (claim version, bank match, decision).
    ``happened_on`` is the day it is true for, ``learned_at`` the instant we learned it, in UTC.
    """

    house: UUID
    claim: UUID
    key: str
    happened_on: date
    learned_at: datetime


@dataclass(frozen=True, slots=True)
class Transaction:
    """Postings that belong together.

    Raises ValueError unless there are two postings at least, none of them zero, all of whole øre and summing to
    zero, and unless ``learned_at`` is an instant in UTC.
    """

    id: UUID
    reason: Reason
    happened_on: date
    learned_at: datetime
    postings: tuple[Posting, ...]
    corrects: UUID | None
    text: Said

    def __post_init__(self) -> None:
        """Refuse what no bookkeeper would sign."""
        if not self.postings[1:]:
            raise ValueError("a transaction has two postings at least")
        if any(type(posting.amount) is not int or posting.amount == 0 for posting in self.postings):
            raise ValueError("a posting is a whole number of øre and not zero")
        if sum(posting.amount for posting in self.postings) != 0:
            raise ValueError(f"the postings sum to {sum(posting.amount for posting in self.postings)} øre")
        if self.learned_at.utcoffset() != timedelta(0):
            raise ValueError("the instant of learning is given in UTC")


def transaction(
    reason: Reason, cause: Cause, sums: dict[tuple[str, UUID], int], text: Said, corrects: UUID | None = None
) -> Transaction | None:
    """Post sums per account and claim, leaving zeros out; None when nothing is left to post."""
    postings = tuple(Posting(account, amount, claim) for (account, claim), amount in sums.items() if amount)
    if not postings:
        return None
    return Transaction(
        id=derived_id(cause.house, "transaction", reason.value, cause.claim, cause.key),
        reason=reason,
        happened_on=cause.happened_on,
        learned_at=cause.learned_at,
        postings=postings,
        corrects=corrects,
        text=text,
    )
