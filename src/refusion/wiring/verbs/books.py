"""The verbs on the books: accounts, exports, proofs, and postings that are taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from refusion.adapters.accounting.writer import Writer
from refusion.ledger import Chart, Transaction
from refusion.wiring.database.turns import turn
from refusion.wiring.texts import render
from refusion.workflow.books.accounts import Place, charts, set_account, set_nightly
from refusion.workflow.books.export import Means, Order, export_journal, journal_batch, journal_batches
from refusion.workflow.books.reconcile import accept_difference, certificates, reconcile_books
from refusion.workflow.books.void import Proposed, approve_void, propose_void, voids, withdraw_void
from refusion.workflow.ports.books.journal import Batch
from refusion.workflow.ports.books.proofs import Certificate
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


class BookVerbs(ABC):
    """What may be done with the books beyond the postings that follow by themselves."""

    ports: Ports

    def account_charts(self, actor: Actor, institution: str) -> Mapping[str, Chart]:
        """Give the accounts for every kind (under the empty name), and for each kind that has its own."""
        self._require(actor, "see_books")
        return charts(self.ports, actor, institution)

    def set_account(self, actor: Actor, institution: str, purpose: str, number: str, *, kind: str = "") -> Chart:
        """Give a purpose an account of the institution's own; an empty number takes it back to the state's chart."""
        self._require(actor, "set_accounts")
        return set_account(self.ports, actor, institution, Place(purpose, kind), number)

    def set_nightly(self, actor: Actor, institution: str, *, nightly: bool) -> None:
        """Have the books proved each night, or on the last day of each month only."""
        self._require(actor, "set_accounts")
        set_nightly(self.ports, actor, institution, nightly=nightly)

    def export_journal(self, actor: Actor, institution: str, order: Order) -> Batch:
        """Give out what never went to the target, or once more the batch of the same days."""
        self._require(actor, "export_journal")
        return export_journal(self.ports, actor, institution, order, Means(Writer(), render))

    def journal_batch(self, actor: Actor, institution: str, target: str, number: int) -> Batch:
        """Give a batch once more, byte for byte."""
        self._require(actor, "export_journal")
        return journal_batch(self.ports, actor, institution, target, number)

    def journal_batches(self, actor: Actor, institution: str) -> tuple[Batch, ...]:
        """Give all batches without their bytes, newest first."""
        self._require(actor, "see_books")
        return journal_batches(self.ports, actor, institution)

    def reconcile_books(self, actor: Actor, institution: str) -> Certificate:
        """Prove the books as they stand."""
        self._require(actor, "prove_books")
        with turn(institution):
            return reconcile_books(self.ports, actor, institution)

    def certificates(self, actor: Actor, institution: str, day: date | None = None) -> tuple[tuple[Certificate, bool], ...]:
        """Give the proofs of a day or all of them, each with whether it still says what it was signed for."""
        self._require(actor, "see_books")
        return certificates(self.ports, actor, institution, day)

    def accept_difference(self, actor: Actor, institution: str, subject: UUID, reason: str) -> None:
        """Note that a report that only the authority knows is another system's."""
        self._require(actor, "prove_books")
        accept_difference(self.ports, actor, institution, subject, reason)

    def propose_void(self, actor: Actor, institution: str, entry: int, reason: str) -> Proposed:
        """Propose to take an entry back."""
        self._require(actor, "propose_void")
        return propose_void(self.ports, actor, institution, entry, reason)

    def approve_void(self, actor: Actor, institution: str, entry: int) -> Transaction:
        """Approve what another person proposed; gives the entry that undoes it."""
        self._require(actor, "approve_void")
        return approve_void(self.ports, actor, institution, entry)

    def withdraw_void(self, actor: Actor, institution: str, entry: int) -> None:
        """Withdraw an open proposal."""
        self._require(actor, "propose_void")
        withdraw_void(self.ports, actor, institution, entry)

    def voids(self, actor: Actor, institution: str) -> tuple[Proposed, ...]:
        """Give all proposals, open ones first."""
        self._require(actor, "see_books")
        return voids(self.ports, actor, institution)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where the actor's roles do not carry the duty."""
