"""The repository of exports, proofs and voids of one institution."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.ledger import Transaction
from refusion.store.books import exports, proofs, voids
from refusion.store.tenant import Tenant
from refusion.workflow.ports.books.journal import Batch, BookedLine
from refusion.workflow.ports.books.proofs import Certificate, ClaimBooks, Overmatched, Reported, Stand
from refusion.workflow.ports.books.repository import Void

# Only the one setting is written, so that whoever changes another one meanwhile loses nothing.
_SET = "UPDATE institution SET settings = jsonb_set(settings, ARRAY[%(name)s], %(value)s::jsonb, true) WHERE id = %(institution)s"
_RECEIVABLES = """
    SELECT DISTINCT p.account FROM posting p
    JOIN ledger_transaction t ON t.institution_id = p.institution_id AND t.id = p.transaction_id
    WHERE p.institution_id = %(institution)s AND p.position = 1 AND t.reason = 'pre_registered'
"""


@dataclass(frozen=True, slots=True)
class StoredBooks:
    """What carries an institution's books out of the house and proves them."""

    tenant: Tenant

    def set_accounts(self, numbers: Mapping[str, str]) -> None:
        """Keep the institution's own account numbers; its other settings stay."""
        self.tenant.run(_SET, name="accounts", value=json.dumps(dict(numbers)))

    def set_nightly(self, *, nightly: bool) -> None:
        """Keep whether the books are proved each night, or on the last day of each month only."""
        self.tenant.run(_SET, name="nightly_reconciliation", value=json.dumps(nightly))

    def receivables(self) -> frozenset[str]:
        """Name every account on which a claim was ever pre-registered."""
        return frozenset(self.tenant.column(_RECEIVABLES))

    def to_export(self, target: str, first: date, last: date) -> tuple[int, tuple[BookedLine, ...]]:
        """Give the number of a target's next batch, and what happened on the days and never went there, by entry."""
        return exports.to_export(self.tenant, target, first, last)

    def keep_batch(self, batch: Batch, entries: Sequence[int]) -> None:
        """Keep a batch with what it holds; the database refuses a transaction that went to the target before."""
        exports.keep_batch(self.tenant, batch, entries)

    def batch(self, target: str, number: int) -> Batch:
        """Give a batch with its bytes. Raises Refused when there is none."""
        return exports.batch(self.tenant, target, number)

    def batch_of(self, target: str, first: date, last: date) -> Batch | None:
        """Give the newest batch that was made for exactly these days, or None."""
        return exports.batch_of(self.tenant, target, first, last)

    def batches(self) -> tuple[Batch, ...]:
        """Give all batches without their bytes, newest first."""
        return exports.batches(self.tenant)

    def is_proved(self, day: date) -> bool:
        """Tell whether a proof of the day was made."""
        return proofs.is_proved(self.tenant, day)

    def stand(self, day: date) -> Stand:
        """Give counts and øre of ledger, matches, bank lines and reports, and which proofs went before."""
        return proofs.stand(self.tenant, day)

    def claims_in_question(self, *, unposted: bool) -> tuple[ClaimBooks, ...]:
        """Give the claims that differ from their postings; with ``unposted`` the filed ones without postings too."""
        return proofs.claims_in_question(self.tenant, unposted=unposted)

    def overmatched(self) -> tuple[Overmatched, ...]:
        """Give the bank lines of which more was given away than came."""
        return proofs.overmatched(self.tenant)

    def reported(self) -> tuple[Reported, ...]:
        """Give every report of ours with what became of it, in the order they were intended."""
        return proofs.reported(self.tenant)

    def keep_certificate(self, certificate: Certificate) -> None:
        """Keep a proof; it never changes."""
        proofs.keep_certificate(self.tenant, certificate)

    def certificates(self, day: date | None = None) -> tuple[Certificate, ...]:
        """Give the proofs of a day, or all of them, in the order they were made."""
        return proofs.certificates(self.tenant, day)

    def entry(self, number: int) -> UUID:
        """Give the transaction of an entry number. Raises Refused when there is none."""
        return voids.entry(self.tenant, number)

    def family(self, transaction: UUID) -> tuple[Transaction, ...]:
        """Give a transaction first, then all that touch the claims it touches, oldest first. Raises Refused for an unknown one."""
        return voids.family(self.tenant, transaction)

    def propose_void(self, void: Void) -> None:
        """Keep a proposal. Raises Refused when one for the same transaction is open."""
        voids.propose(self.tenant, void)

    def open_void(self, transaction: UUID) -> Void:
        """Give the open proposal for a transaction and lock it. Raises Refused when there is none."""
        return voids.open_void(self.tenant, transaction)

    def voids(self) -> tuple[tuple[Void, int], ...]:
        """Give all proposals with the entry number they are about, open ones first, then the newest."""
        return voids.voids(self.tenant)

    def decide_void(self, void: Void, decided_hash: str | None) -> None:
        """Keep who approved or withdrew a proposal; the database refuses the proposer's own approval and another content."""
        voids.decide(self.tenant, void, decided_hash)
