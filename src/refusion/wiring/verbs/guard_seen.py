"""The reads of pay runs, limits and stopped payments, each under its duty, everybody shown noted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from refusion.access import Duty
from refusion.salary_guard import seeing
from refusion.salary_guard.resolving.bookings import places_on
from refusion.salary_guard.resolving.states import Place, State
from refusion.salary_guard.resolving.window import days_left, guidance, may_stop, stop_message, stop_window
from refusion.salary_guard.seeing import AdviceLine, Stopped
from refusion.store.guard import limits as stored_limits
from refusion.store.guard import resolving, runs
from refusion.store.tenant import Tenant
from refusion.values.period import Period
from refusion.values.said import Said
from refusion.workflow.guard.step import chart_of
from refusion.workflow.ports.guard.facts import Approval, Paid, Parked, PayLimit, Run, Step, StopRequest

SHOWN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """A payment that does not go the ordinary way, with its person's name, why, and the banking days left to stop one."""

    paid: Paid
    name: str
    why: tuple[Said, ...]
    days_left: int
    proposal: Approval | None


@dataclass(frozen=True, slots=True)
class StoppedCard:
    """All of one payment: where its money stands, the limit that applied and who set it, the person's earlier runs, what happened."""

    row: StoppedRow
    run: Run
    masked_number: str
    places: Mapping[Place, int]
    limit: PayLimit | None
    window: Period
    why_not_stop: Said | None
    message: Said
    guidance: Said
    earlier: tuple[Paid, ...]
    steps: tuple[Step, ...]
    proposals: tuple[Approval, ...]
    requests: tuple[StopRequest, ...]


@dataclass(frozen=True, slots=True)
class RunSeen:
    """A run with what of it does not go, as payroll lists it."""

    run: Run
    stopped: tuple[StoppedRow, ...]
    advice: tuple[AdviceLine, ...]


class GuardReads(ABC):
    """What may be seen of pay runs and stopped payments."""

    __slots__ = ()
    tenant: Tenant

    def stopped(self, *, every: bool = False) -> tuple[StoppedRow, ...]:
        """Read the payments that a person must still resolve, the first payday first; with ``every`` the resolved ones too."""
        self._may(Duty.SEE_STOPPED)
        return self._rows("stopped", runs.stopped(self.tenant, every=every))

    def pointed_out(self) -> tuple[StoppedRow, ...]:
        """Read the payments that a check points at in files that are not written yet; they can still be held back."""
        self._may(Duty.SEE_STOPPED)
        return self._rows("pointed_out", runs.pointed_out(self.tenant))

    def stopped_payment(self, number: int) -> StoppedCard | None:
        """Read all of one payment, in the file or not; None where the institution has none of that number."""
        self._may(Duty.SEE_STOPPED)
        found = runs.payments(self.tenant, " AND p.number = %(number)s", number=number)
        return self._card(found[0]) if found else None

    def pay_runs(self) -> tuple[Run, ...]:
        """Read the runs, the newest first; nothing of a person."""
        self._may(Duty.SEE_STOPPED)
        return runs.runs(self.tenant)

    def guarded_run(self, number: int) -> RunSeen | None:
        """Read a run with what of it does not go."""
        self._may(Duty.SEE_STOPPED)
        found = runs.runs(self.tenant, " AND number = %(number)s", number=number)
        if not found:
            return None
        rows = self._rows("guarded_run", runs.of_run(self.tenant, found[0].id, in_file=False))
        advice = tuple(line for row in rows for line in seeing.advice(stopped_of(row.paid)))
        return RunSeen(found[0], rows, advice)

    def pay_limits(self, *, every: bool = False) -> tuple[PayLimit, ...]:
        """Read the limits that are proposed or in force; with ``every`` those that are over too."""
        self._may(Duty.SEE_STOPPED)
        found = stored_limits.limits(self.tenant, every=every)
        self._note("pay_limits", (limit.person for limit in found))
        return found

    def customer_letter(self, number: int) -> tuple[Said, ...] | None:
        """Read the mail about a stopped payment; it names no person."""
        self._may(Duty.SEE_STOPPED)
        found = runs.payments(self.tenant, " AND p.number = %(number)s", number=number)
        return next((seeing.letter(one.number, one.employment, one.amount, one.value_date) for one in found), None)

    def parked_answers(self) -> tuple[Parked, ...]:
        """Read what banks answered about payments that nobody here sent."""
        self._may(Duty.SEE_STOPPED)
        return resolving.parked(self.tenant)

    def _rows(self, page: str, found: tuple[Paid, ...]) -> tuple[StoppedRow, ...]:
        self._note(page, (paid.person for paid in found))
        named = runs.receivers(self.tenant, found) if found else {}
        waiting = {one.payment: one for one in resolving.proposals(self.tenant, None, only_open=True)} if found else {}
        today = self.tenant.at.day
        return tuple(
            StoppedRow(
                paid, named[paid.id].name, seeing.why(stopped_of(paid)), days_left(today, paid.value_date), waiting.get(paid.id)
            )
            for paid in found
        )

    def _card(self, paid: Paid) -> StoppedCard:
        (row,) = self._rows("stopped_payment", (paid,))
        (run,) = runs.runs(self.tenant, " AND id = %(run)s", run=paid.run)
        receiver = runs.receivers(self.tenant, (paid,))[paid.id]
        earlier = " AND p.person_id = %(person)s AND p.run_id <> %(run)s ORDER BY r.value_date DESC, p.number DESC LIMIT 12"
        return StoppedCard(
            row=row,
            run=run,
            masked_number=f"{receiver.national_number[:SHOWN_DIGITS]}-••••",
            places=places_on(chart_of(run.accounts), resolving.standing(self.tenant, paid.id)),
            limit=self._limit_of(paid),
            window=stop_window(paid.value_date),
            why_not_stop=_why_not_stop(run, paid, self.tenant),
            message=stop_message(f"{run.name} {paid.payment}", paid.amount, paid.value_date),
            guidance=guidance(),
            earlier=runs.payments(self.tenant, earlier, person=paid.person, run=paid.run),
            steps=resolving.steps(self.tenant, paid.id),
            proposals=resolving.proposals(self.tenant, paid.id, only_open=False),
            requests=resolving.stop_requests(self.tenant, paid.id),
        )

    def _limit_of(self, paid: Paid) -> PayLimit | None:
        """Give the limit that was set here and applied, so that the page says who set it; None for payroll's and the default."""
        mine = (one for one in stored_limits.limits(self.tenant, every=True) if one.outcome == "approved" and one.amount == paid.limit)
        return next((one for one in mine if one.person in (None, paid.person) and one.used_run in (None, paid.run)), None)

    @abstractmethod
    def _may(self, duty: Duty) -> None:
        """Raise Refused where none of the reader's roles carries the duty."""

    @abstractmethod
    def _note(self, page: str, persons: Iterable[UUID | None]) -> None:
        """Note who was shown on which page."""


def stopped_of(paid: Paid) -> Stopped:
    """Give what payroll shows of a payment."""
    return Stopped(paid.employment, paid.amount, paid.total, paid.limit, paid.applied, paid.hold)


def _why_not_stop(run: Run, paid: Paid, tenant: Tenant) -> Said | None:
    """Say why a payment in the file cannot be stopped at the bank today; None where it can, or where nothing is to be stopped."""
    if paid.state is not State.SENT or run.state == "taken":
        return None
    return may_stop(tenant.at.day, paid.value_date)
