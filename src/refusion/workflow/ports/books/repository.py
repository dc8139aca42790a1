"""Where exports, proofs and voids lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from refusion.ledger import Transaction
from refusion.workflow.ports.books.journal import Batch, BookedLine
from refusion.workflow.ports.books.proofs import Certificate, ClaimBooks, Overmatched, Reported, Stand


@dataclass(frozen=True, slots=True)
class Void:
    """A posting that somebody proposes to take back; ``outcome`` None while nobody approved or withdrew it."""

    id: UUID
    transaction: UUID
    reason: str
    content_hash: str
    proposed_by: str
    proposed_at: datetime
    outcome: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


class Books(Protocol):
    """Where exports, proofs and voids lie, and what the proofs are made from."""

    def set_accounts(self, numbers: Mapping[str, str]) -> None:
        """Keep the institution's own account numbers; its other settings stay."""

    def set_nightly(self, *, nightly: bool) -> None:
        """Keep whether the books are proved each night, or on the last day of each month only."""

    def receivables(self) -> frozenset[str]:
        """Name every account on which a claim was ever pre-registered."""

    def to_export(self, target: str, first: date, last: date) -> tuple[int, tuple[BookedLine, ...]]:
        """Give the number of a target's next batch, and what happened on the days and never went there, by entry.

        Nobody else makes a batch until the transaction ends.
        """

    def keep_batch(self, batch: Batch, entries: Sequence[int]) -> None:
        """Keep a batch with what it holds; the database refuses a transaction that went to the target before."""

    def batch(self, target: str, number: int) -> Batch:
        """Give a batch with its bytes. Raises Refused when there is none."""

    def batch_of(self, target: str, first: date, last: date) -> Batch | None:
        """Give the newest batch that was made for exactly these days, or None."""

    def batches(self) -> tuple[Batch, ...]:
        """Give all batches without their bytes, newest first."""

    def is_proved(self, day: date) -> bool:
        """Tell whether a proof of the day was made."""

    def stand(self, day: date) -> Stand:
        """Give counts and øre of ledger, matches, bank lines and reports, and which proofs went before."""

    def claims_in_question(self, *, unposted: bool) -> tuple[ClaimBooks, ...]:
        """Give the claims that differ from their postings; with ``unposted`` the filed ones without postings too."""

    def overmatched(self) -> tuple[Overmatched, ...]:
        """Give the bank lines of which more was given away than came."""

    def reported(self) -> tuple[Reported, ...]:
        """Give every report of ours with what became of it, in the order they were intended."""

    def keep_certificate(self, certificate: Certificate) -> None:
        """Keep a proof; it never changes."""

    def certificates(self, day: date | None = None) -> tuple[Certificate, ...]:
        """Give the proofs of a day, or all of them, oldest first."""

    def entry(self, number: int) -> UUID:
        """Give the transaction of an entry number. Raises Refused when there is none."""

    def family(self, transaction: UUID) -> tuple[Transaction, ...]:
        """Give a transaction first, then all that touch the claims it touches, oldest first. Raises Refused for an unknown one."""

    def propose_void(self, void: Void) -> None:
        """Keep a proposal. Raises Refused when one for the same transaction is open."""

    def open_void(self, transaction: UUID) -> Void:
        """Give the open proposal for a transaction and lock it. Raises Refused when there is none."""

    def voids(self) -> tuple[tuple[Void, int], ...]:
        """Give all proposals with the entry number they are about, open ones first, then the newest."""

    def decide_void(self, void: Void, decided_hash: str | None) -> None:
        """Keep who approved or withdrew a proposal; the database refuses the proposer's own approval and another content."""
