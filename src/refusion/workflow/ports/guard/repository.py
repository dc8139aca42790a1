"""Where pay runs, limits and stopped payments lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from refusion.ledger import Transaction
from refusion.salary_guard.resolving.states import State
from refusion.values.said import Said
from refusion.workflow.ports.guard.facts import Approval, Paid, Parked, PayLimit, Receiver, Run, Step, StopRequest


@dataclass(frozen=True, slots=True)
class PaymentColumns:
    """The rows of a run as they are kept, one column each; ``receivers`` are sealed on the way in."""

    payment: Sequence[str]
    employment: Sequence[str]
    person: Sequence[UUID]
    receivers: Sequence[Receiver]
    row: Sequence[int]
    net: Sequence[int]
    amount: Sequence[int]
    hold: Sequence[int]
    total: Sequence[int]
    limit: Sequence[int]
    applied: Sequence[int]
    warned: Sequence[bool]
    unapproved: Sequence[bool]
    findings: Mapping[int, tuple[Said, ...]]
    state: Sequence[State]


class Guards(Protocol):
    """Where pay runs, their payments, limits and everything that people did about them lie."""

    def alone(self) -> None:
        """Let nobody else guard or resolve at the institution until the transaction ends."""

    def people(self, national_numbers: Sequence[str]) -> tuple[UUID, ...]:
        """Give the opaque ids of persons, known to payroll or not yet."""

    def person_of(self, employment: str) -> UUID:
        """Give the person of an employment number, from payroll or from a run. Raises Refused when nobody has it."""

    def keep_run(self, run: Run, payments: PaymentColumns) -> tuple[int, tuple[UUID, ...]]:
        """Keep a run with its payments; give its number and the ids of the payments in order."""

    def run(self, number: int) -> Run:
        """Give a run and lock it. Raises Refused when there is none."""

    def run_of_file(self, file: UUID) -> Run | None:
        """Give the run that a file brought, or None."""

    def run_named(self, name: str) -> Run | None:
        """Give the run of a name, or None."""

    def sharing(self, value_date: date, payments: Sequence[str]) -> Run | None:
        """Give a run of the same value date that has one of the payments already, or None."""

    def runs(self) -> tuple[Run, ...]:
        """Give all runs, the newest first."""

    def set_run_state(self, run: Run, state: str, *, written: bool = False) -> None:
        """Move a run on; with ``written`` note who wrote its bank file."""

    def payment(self, number: int) -> Paid:
        """Give a payment and lock it. Raises Refused when there is none."""

    def numbered(self, run: UUID, payment: str) -> int | None:
        """Give the number of the part of a payment that stands in the file, or None."""

    def payments_of(self, run: UUID, *, in_file: bool) -> tuple[Paid, ...]:
        """Give a run's payments in its order: those in the file, or those that do not go."""

    def pointed_out(self) -> tuple[Paid, ...]:
        """Give the payments that a check points at in files that are not written yet."""

    def receivers(self, payments: Collection[Paid]) -> Mapping[UUID, Receiver]:
        """Open the receivers of payments."""

    def stopped(self, *, every: bool) -> tuple[Paid, ...]:
        """Give the payments that a person must still resolve; with ``every`` all that ever left the ordinary way."""

    def move(self, payment: Paid, step: Step) -> None:
        """Move a payment on and keep the step; the database refuses what needs a second person and has none."""

    def set_bank_status(self, payment: UUID, status: str, reason: str) -> None:
        """Note what the bank answered about a payment."""

    def steps(self, payment: UUID) -> tuple[Step, ...]:
        """Give what happened to a payment, oldest first."""

    def standing(self, payment: UUID) -> Mapping[str, int]:
        """Give what stands of a payment on each account in øre, debit positive."""

    def post(self, transaction: Transaction) -> bool:
        """Post once; a posting on a payment names it, one on a run names nobody. False when it was posted already."""

    def propose(self, approval: Approval) -> int:
        """Keep a proposal and give its number. Raises Refused when one for the payment is open."""

    def proposals(self, payment: UUID | None = None, *, only_open: bool = True) -> tuple[Approval, ...]:
        """Give proposals, newest first: all, or those of one payment."""

    def decide(self, approval: Approval) -> None:
        """Keep a decision; the database refuses the proposer's own approval, a late one and another content."""

    def ask_stop(self, request: StopRequest) -> None:
        """Keep a request to stop a payment."""

    def stop_requests(self, payment: UUID) -> tuple[StopRequest, ...]:
        """Give the requests to stop a payment, oldest first."""

    def answer_stop(self, request: StopRequest) -> None:
        """Keep the answer to a request."""

    def propose_limit(self, limit: PayLimit) -> int:
        """Keep a limit and give its number."""

    def limit(self, number: int) -> PayLimit:
        """Give a limit and lock it. Raises Refused when there is none."""

    def limits(self, *, every: bool = False) -> tuple[PayLimit, ...]:
        """Give limits that are proposed or in force, newest first; with ``every`` all of them."""

    def change_limit(self, limit: PayLimit) -> None:
        """Keep what was decided of a limit, that a run used it up, that it ended or was deleted."""

    def park(self, file: UUID, answers: Sequence[Parked]) -> int:
        """Keep answers about payments that nobody here sent, once each; give how many were new."""

    def parked(self) -> tuple[Parked, ...]:
        """Give the answers about payments that nobody here sent."""

    def setting(self, name: str) -> str | None:
        """Give one setting of the guard, or None."""

    def set_setting(self, name: str, value: str) -> None:
        """Keep one setting of the guard."""

    def settings(self) -> Mapping[str, str]:
        """Give all settings of the guard."""
