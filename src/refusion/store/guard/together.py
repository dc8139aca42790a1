"""The repository of pay runs, limits and stopped payments of one institution."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.ledger import Transaction
from refusion.store.guard import limits, resolving, runs
from refusion.store.tenant import Tenant
from refusion.workflow.ports.guard.facts import Approval, Paid, Parked, PayLimit, Receiver, Run, Step, StopRequest
from refusion.workflow.ports.guard.repository import PaymentColumns

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('guard', %(institution)s))"


@dataclass(frozen=True, slots=True)
class StoredGuards:
    """An institution's pay runs, limits and stopped payments."""

    tenant: Tenant

    def alone(self) -> None:
        """Let nobody else guard or resolve at the institution until the transaction ends."""
        self.tenant.rows(_ALONE)

    def people(self, national_numbers: Sequence[str]) -> tuple[UUID, ...]:
        """Give the opaque ids of persons, known to payroll or not yet."""
        indexes = [index.hex() for index in self.tenant.keys.index_many(national_numbers)]
        return tuple(map(UUID, self.tenant.ids_of("person", indexes)))

    def person_of(self, employment: str) -> UUID:
        """Give the person of an employment number, from payroll or from a run. Raises Refused when nobody has it."""
        return runs.person_of(self.tenant, employment)

    def keep_run(self, run: Run, payments: PaymentColumns) -> tuple[int, tuple[UUID, ...]]:
        """Keep a run with its payments; give its number and the ids of the payments in order."""
        return runs.keep(self.tenant, run, payments)

    def run(self, number: int) -> Run:
        """Give a run and lock it. Raises Refused when there is none."""
        return runs.run(self.tenant, number)

    def run_of_file(self, file: UUID) -> Run | None:
        """Give the run that a file brought, or None."""
        return next(iter(runs.runs(self.tenant, " AND file_id = %(file)s", file=file)), None)

    def run_named(self, name: str) -> Run | None:
        """Give the run of a name, or None."""
        return next(iter(runs.runs(self.tenant, " AND name = %(name)s", name=name)), None)

    def sharing(self, value_date: date, payments: Sequence[str]) -> Run | None:
        """Give a run of the same value date that has one of the payments already, or None."""
        return runs.sharing(self.tenant, value_date, payments)

    def runs(self) -> tuple[Run, ...]:
        """Give all runs, the newest first."""
        return runs.runs(self.tenant)

    def set_run_state(self, run: Run, state: str, *, written: bool = False) -> None:
        """Move a run on; with ``written`` note who wrote its bank file."""
        runs.set_state(self.tenant, run, state, written=written)

    def payment(self, number: int) -> Paid:
        """Give a payment and lock it. Raises Refused when there is none."""
        return runs.payment(self.tenant, number)

    def numbered(self, run: UUID, payment: str) -> int | None:
        """Give the number of the part of a payment that stands in the file, else of the held one, or None."""
        return runs.numbered(self.tenant, run, payment)

    def payments_of(self, run: UUID, *, in_file: bool) -> tuple[Paid, ...]:
        """Give a run's payments in its order: those in the file, or those that do not go."""
        return runs.of_run(self.tenant, run, in_file=in_file)

    def pointed_out(self) -> tuple[Paid, ...]:
        """Give the payments that a check points at in files that are not written yet."""
        return runs.pointed_out(self.tenant)

    def receivers(self, payments: Collection[Paid]) -> Mapping[UUID, Receiver]:
        """Open the receivers of payments."""
        return runs.receivers(self.tenant, payments)

    def stopped(self, *, every: bool) -> tuple[Paid, ...]:
        """Give the payments that a person must still resolve; with ``every`` all that ever left the ordinary way."""
        return runs.stopped(self.tenant, every=every)

    def move(self, payment: Paid, step: Step) -> None:
        """Move a payment on and keep the step; the database refuses what needs a second person and has none."""
        resolving.move(self.tenant, payment, step)

    def set_bank_status(self, payment: UUID, status: str, reason: str) -> None:
        """Note what the bank answered about a payment."""
        runs.set_bank_status(self.tenant, payment, status, reason)

    def steps(self, payment: UUID) -> tuple[Step, ...]:
        """Give what happened to a payment, oldest first."""
        return resolving.steps(self.tenant, payment)

    def standing(self, payment: UUID) -> Mapping[str, int]:
        """Give what stands of a payment on each account in øre, debit positive."""
        return resolving.standing(self.tenant, payment)

    def post(self, transaction: Transaction) -> bool:
        """Post once; a posting on a payment names it, one on a run names nobody. False when it was posted already."""
        return resolving.post(self.tenant, transaction)

    def propose(self, approval: Approval) -> int:
        """Keep a proposal and give its number. Raises Refused when one for the payment is open."""
        return resolving.propose(self.tenant, approval)

    def proposals(self, payment: UUID | None = None, *, only_open: bool = True) -> tuple[Approval, ...]:
        """Give proposals, newest first: all, or those of one payment."""
        return resolving.proposals(self.tenant, payment, only_open=only_open)

    def decide(self, approval: Approval) -> None:
        """Keep a decision; the database refuses the proposer's own approval, a late one and another content."""
        resolving.decide(self.tenant, approval)

    def ask_stop(self, request: StopRequest) -> None:
        """Keep a request to stop a payment."""
        resolving.ask_stop(self.tenant, request)

    def stop_requests(self, payment: UUID) -> tuple[StopRequest, ...]:
        """Give the requests to stop a payment, oldest first."""
        return resolving.stop_requests(self.tenant, payment)

    def answer_stop(self, request: StopRequest) -> None:
        """Keep the answer to a request."""
        resolving.answer_stop(self.tenant, request)

    def propose_limit(self, limit: PayLimit) -> int:
        """Keep a limit and give its number."""
        return limits.propose(self.tenant, limit)

    def limit(self, number: int) -> PayLimit:
        """Give a limit and lock it. Raises Refused when there is none."""
        return limits.limit(self.tenant, number)

    def limits(self, *, every: bool = False) -> tuple[PayLimit, ...]:
        """Give limits that are proposed or in force, newest first; with ``every`` all of them."""
        return limits.limits(self.tenant, every=every)

    def change_limit(self, limit: PayLimit) -> None:
        """Keep what was decided of a limit, that a run used it up, that it ended or was deleted."""
        limits.change(self.tenant, limit)

    def park(self, file: UUID, answers: Sequence[Parked]) -> int:
        """Keep answers about payments that nobody here sent, once each; give how many were new."""
        return resolving.park(self.tenant, file, answers)

    def parked(self) -> tuple[Parked, ...]:
        """Give the answers about payments that nobody here sent."""
        return resolving.parked(self.tenant)

    def setting(self, name: str) -> str | None:
        """Give one setting of the guard, or None."""
        return limits.settings(self.tenant).get(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep one setting of the guard."""
        limits.set_setting(self.tenant, name, value)

    def settings(self) -> Mapping[str, str]:
        """Give all settings of the guard."""
        return limits.settings(self.tenant)
