"""A transaction of the house: the tenant is set, the repositories are at hand, the audit line is written at its end."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from refusion.workflow.ports.audit import Audit
from refusion.workflow.ports.authority import Authority
from refusion.workflow.ports.bank import Bank, BankReader
from refusion.workflow.ports.cases import Cases, Claims, Outbox, Tasks
from refusion.workflow.ports.files import Files, Messages
from refusion.workflow.ports.institution import Actor, Institution
from refusion.workflow.ports.ledger import Ledger
from refusion.workflow.ports.payroll import Payroll, PayrollReader


class Clock(Protocol):
    """Tells the day at the institution and the instant in UTC."""

    def today(self) -> date:
        """Give the local day."""

    def now(self) -> datetime:
        """Give the instant in UTC."""


class Transaction(Protocol):
    """One database transaction under one institution and one actor."""

    institution: Institution
    actor: Actor
    files: Files
    messages: Messages
    payroll: Payroll
    cases: Cases
    claims: Claims
    outbox: Outbox
    bank: Bank
    ledger: Ledger
    tasks: Tasks
    audit: Audit


class Work(Protocol):
    """Opens transactions: ``with work("SDU", actor) as tx``; an exception rolls everything back."""

    def __call__(self, institution: str, actor: Actor) -> AbstractContextManager[Transaction]:
        """Open a transaction for the institution of that code; raises Refused when there is none."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All that the verbs need from outside."""

    work: Work
    clock: Clock
    authority: Authority
    payroll_reader: PayrollReader
    bank_reader: BankReader
    institutions: Sequence[str] = ()
