"""Opens the house's transactions: tenant set, repositories at hand, the audit line written at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo

from django.db import connection, transaction

from refusion.store import institutions
from refusion.store.access.answers import stored_access
from refusion.store.agreements.agreements import StoredAgreements
from refusion.store.audit import StoredAudit
from refusion.store.bank import StoredBank
from refusion.store.books.books import StoredBooks
from refusion.store.cases import StoredCases
from refusion.store.claims import StoredClaims
from refusion.store.files import StoredFiles, StoredMessages
from refusion.store.filings import StoredOutbox
from refusion.store.funds.together import StoredFunds
from refusion.store.guard.together import StoredGuards
from refusion.store.ledger import StoredLedger
from refusion.store.losses import StoredLosses
from refusion.store.matching.together import StoredMatching
from refusion.store.nav.together import stored_norway
from refusion.store.payroll import StoredPayroll
from refusion.store.self_employed.filings import stored_self_employed
from refusion.store.sets.days import StoredDays
from refusion.store.switches.stages import StoredStages
from refusion.store.tasks import StoredTasks
from refusion.store.tenant import Tenant, open_connection
from refusion.store.waits.together import stored_waits
from refusion.wiring.keys import Vault
from refusion.workflow.ports.access.tokens import Access
from refusion.workflow.ports.audit import Audit
from refusion.workflow.ports.bank import Bank
from refusion.workflow.ports.books.ledger import Ledger
from refusion.workflow.ports.books.repository import Books
from refusion.workflow.ports.cases import Cases, Claims, Outbox, Tasks
from refusion.workflow.ports.days import Days
from refusion.workflow.ports.files import Files, Messages
from refusion.workflow.ports.funds import Funds
from refusion.workflow.ports.grants.agreements import Agreements
from refusion.workflow.ports.guard.repository import Guards
from refusion.workflow.ports.institution import Actor, Institution
from refusion.workflow.ports.losses import Losses
from refusion.workflow.ports.matching import Matching
from refusion.workflow.ports.norway.kept import Norway
from refusion.workflow.ports.payroll import Payroll
from refusion.workflow.ports.self_employed.cases import SelfEmployed
from refusion.workflow.ports.stages import Stages
from refusion.workflow.ports.waits import Waits
from refusion.workflow.ports.work import Clock, Moment

_WROTE = "SELECT pg_current_xact_id_if_assigned() IS NOT NULL"


class NotNoted(Exception):
    """A transaction changed rows and noted nothing in the audit trail: a defect of the verb."""


@dataclass(slots=True)
class OpenTransaction:
    """One database transaction under one institution and one actor, with all its repositories."""

    institution: Institution
    actor: Actor
    at: Moment
    files: Files
    messages: Messages
    payroll: Payroll
    cases: Cases
    claims: Claims
    losses: Losses
    outbox: Outbox
    bank: Bank
    matching: Matching
    ledger: Ledger
    books: Books
    tasks: Tasks
    days: Days
    stages: Stages
    waits: Waits
    agreements: Agreements
    funds: Funds
    norway: Norway
    guard: Guards
    self_employed: SelfEmployed
    access: Access
    audit: Audit


@dataclass(frozen=True, slots=True)
class HouseWork:
    """Opens transactions on this process's connection; never one inside another.

    With ``must_note`` a transaction that writes and notes nothing raises NotNoted; the tests of the verbs set it.
    """

    clock: Clock
    vault: Vault
    zone: tzinfo
    must_note: bool = False

    @contextmanager
    def __call__(self, institution: str, actor: Actor) -> Iterator[OpenTransaction]:
        """Open a transaction for the institution of that code; raises Refused when there is none."""
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()
        with connection.wrap_database_errors, transaction.atomic(durable=True):
            tenant = self._tenant(institution, actor)
            audit = StoredAudit(tenant)
            tasks = StoredTasks(tenant)
            yield _opened(tenant, audit, tasks)
            tasks.write()
            self._end(tenant, audit)

    def _tenant(self, code: str, actor: Actor) -> Tenant:
        opened = open_connection()
        standing = institutions.enter(opened, code)
        keys = self.vault.open(standing.wrapped_keys)
        at = Moment(self.clock.now(), self.zone)
        return Tenant(standing.institution, actor, at, keys, opened)

    def _end(self, tenant: Tenant, audit: StoredAudit) -> None:
        if self.must_note and not audit.noted and tenant.found(_WROTE)[0]:
            raise NotNoted("rows were changed and nothing was noted")
        audit.write()


def _opened(tenant: Tenant, audit: StoredAudit, tasks: StoredTasks) -> OpenTransaction:
    return OpenTransaction(
        institution=tenant.institution,
        actor=tenant.actor,
        at=tenant.at,
        files=StoredFiles(tenant),
        messages=StoredMessages(tenant),
        payroll=StoredPayroll(tenant),
        cases=StoredCases(tenant),
        claims=StoredClaims(tenant),
        losses=StoredLosses(tenant),
        outbox=StoredOutbox(tenant),
        bank=StoredBank(tenant),
        matching=StoredMatching(tenant),
        ledger=StoredLedger(tenant),
        books=StoredBooks(tenant),
        tasks=tasks,
        days=StoredDays(tenant),
        stages=StoredStages(tenant),
        waits=stored_waits(tenant),
        agreements=StoredAgreements(tenant),
        norway=stored_norway(tenant),
        guard=StoredGuards(tenant),
        funds=StoredFunds(tenant),
        self_employed=stored_self_employed(tenant),
        access=stored_access(tenant),
        audit=audit,
    )
