"""A transaction of the house: the tenant is set, the repositories are at hand, the audit line is written at its end."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Protocol

from refusion.workflow.ports.access.tokens import Access
from refusion.workflow.ports.audit import Audit
from refusion.workflow.ports.authority import Authority
from refusion.workflow.ports.bank import Bank, BankReader
from refusion.workflow.ports.books.ledger import Ledger
from refusion.workflow.ports.books.repository import Books
from refusion.workflow.ports.cases import Cases, Claims, Outbox, Tasks
from refusion.workflow.ports.days import Days
from refusion.workflow.ports.files import Files, Messages
from refusion.workflow.ports.funds import Funds, Office
from refusion.workflow.ports.grants.agreements import Agreements
from refusion.workflow.ports.guard.files import NoPayRuns, PayRunFiles
from refusion.workflow.ports.guard.repository import Guards
from refusion.workflow.ports.institution import Actor, Institution
from refusion.workflow.ports.losses import Losses
from refusion.workflow.ports.matching import Matching, PaymentReader
from refusion.workflow.ports.norway.kept import Norway
from refusion.workflow.ports.norway.world import NorwegianWorld
from refusion.workflow.ports.payroll import Payroll, PayrollReader
from refusion.workflow.ports.self_employed.cases import SelfEmployed
from refusion.workflow.ports.self_employed.mailbox import Mailbox
from refusion.workflow.ports.stages import Stages
from refusion.workflow.ports.waits import Waits


class Clock(Protocol):
    """Tells the instant in UTC; the only way for the house to know the time."""

    def now(self) -> datetime:
        """Give the instant in UTC."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a transaction happens: the instant in UTC and the zone of the institution's days."""

    now: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """Give the institution's day."""
        return self.day_of(self.now)

    def day_of(self, instant: datetime) -> date:
        """Give the institution's day on which an instant falls."""
        return instant.astimezone(self.zone).date()


class Transaction(Protocol):
    """One database transaction under one institution and one actor."""

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


class Work(Protocol):
    """Opens transactions: ``with work("SDU", actor) as tx``; an exception rolls everything back."""

    def __call__(self, institution: str, actor: Actor) -> AbstractContextManager[Transaction]:
        """Open a transaction for the institution of that code; raises Refused when there is none."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All that the verbs need from outside; ``connected`` tells whether the authority can be reached from here at all."""

    work: Work
    clock: Clock
    zone: tzinfo
    authority: Authority
    payroll_reader: PayrollReader
    bank_reader: BankReader
    payment_reader: PaymentReader
    office: Office
    connected: bool = True
    pay_runs: PayRunFiles = field(default_factory=NoPayRuns)
    norway: NorwegianWorld | None = None
    mailbox: Mailbox | None = None
