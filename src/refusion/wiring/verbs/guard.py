"""The verbs on pay runs, limits and stopped payments, each under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from refusion.salary_guard.resolving.approval import CaseState
from refusion.salary_guard.resolving.states import Event
from refusion.workflow.guard import bank, limits, resolve, settings, stop, take
from refusion.workflow.guard.bank import Absorbed, Written
from refusion.workflow.guard.limits import Wanted
from refusion.workflow.guard.stop import StopOrdered
from refusion.workflow.guard.take import Delivered, Taken
from refusion.workflow.ports.guard.facts import Paid, PayLimit
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


class GuardVerbs(ABC):
    """What may be done about pay runs and the payments in them."""

    ports: Ports

    def take_run(self, actor: Actor, institution: str, delivered: Delivered) -> Taken:
        """Take a pay run in: limits held against it, each krone booked where it stands."""
        self._require(actor, "take_pay_run")
        return take.take_run(self.ports, actor, institution, delivered)

    def write_bank_file(
        self, actor: Actor, institution: str, run: int, *, target: Path, payer: Path, version: str = "03"
    ) -> Written:
        """Write a run's payment order."""
        self._require(actor, "take_pay_run")
        return bank.write_bank_file(self.ports, actor, institution, run, target=target, payer=payer, version=version)

    def absorb_payment_status(self, actor: Actor, institution: str, name: str, raw: bytes) -> Absorbed:
        """Absorb the bank's status report on an order."""
        self._require(actor, "take_pay_run")
        return bank.absorb_answers(self.ports, actor, institution, name, raw)

    def find_right(self, actor: Actor, institution: str, number: int, reason: str) -> Paid:
        """Propose to pay a stopped payment by hand."""
        self._require(actor, "resolve_stopped")
        return resolve.find_right(self.ports, actor, institution, number, reason)

    def find_wrong(self, actor: Actor, institution: str, number: int, reason: str) -> Paid:
        """Say that a payment is wrong."""
        self._require(actor, "resolve_stopped")
        return resolve.find_wrong(self.ports, actor, institution, number, reason)

    def hold_payment(self, actor: Actor, institution: str, number: int, reason: str) -> Paid:
        """Take a payment out of a file that is not written yet."""
        self._require(actor, "resolve_stopped")
        return resolve.hold_back(self.ports, actor, institution, number, reason)

    def ask_write_off_pay(self, actor: Actor, institution: str, number: int, reason: str) -> Paid:
        """Propose to give up what an employee still owes."""
        self._require(actor, "resolve_stopped")
        return resolve.ask_write_off(self.ports, actor, institution, number, reason)

    def withdraw_stopped(self, actor: Actor, institution: str, number: int) -> Paid:
        """Withdraw what is proposed about a payment."""
        self._require(actor, "resolve_stopped")
        return resolve.turn_down(self.ports, actor, institution, number, withdrawn=True)

    def approve_stopped(self, actor: Actor, institution: str, number: int) -> Paid:
        """Approve what another person proposed about a payment."""
        self._require(actor, "approve_stopped")
        return resolve.approve(self.ports, actor, institution, number)

    def decline_stopped(self, actor: Actor, institution: str, number: int) -> Paid:
        """Say no to what is proposed about a payment."""
        self._require(actor, "approve_stopped")
        return resolve.turn_down(self.ports, actor, institution, number, withdrawn=False)

    def report_2913(self, actor: Actor, institution: str, number: int, reference: str = "") -> Paid:
        """Note that payroll has corrected and reported the amount on component 2913."""
        self._require(actor, "resolve_stopped")
        return resolve.follow(self.ports, actor, institution, number, Event.REPORTED_2913, reference=reference)

    def follow_stopped(
        self, actor: Actor, institution: str, number: int, event: Event, *, reference: str = "", amount: int | None = None
    ) -> Paid:
        """Note what happened to a payment's money: paid by hand, re-posted, returned, repaid; ``amount`` in øre for a repayment."""
        self._require(actor, "settle_stopped")
        return resolve.follow(self.ports, actor, institution, number, event, reference=reference, amount=amount)

    def order_stop(self, actor: Actor, institution: str, number: int, *, channel: str, reason: str) -> StopOrdered:
        """Prepare the message that asks bank or NemKonto to stop a payment."""
        self._require(actor, "resolve_stopped")
        return stop.order_stop(self.ports, actor, institution, number, channel=channel, reason=reason)

    def answer_stop(self, actor: Actor, institution: str, number: int, answer: str) -> Paid:
        """Note the answer to a request to stop."""
        self._require(actor, "resolve_stopped")
        return stop.answer_stop(self.ports, actor, institution, number, answer)

    def propose_limit(self, actor: Actor, institution: str, wanted: Wanted) -> PayLimit:
        """Set a limit that is no raise, or propose one that is."""
        self._require(actor, "set_pay_limit")
        return limits.propose_limit(self.ports, actor, institution, wanted)

    def approve_limit(self, actor: Actor, institution: str, number: int) -> PayLimit:
        """Approve a raise that another person proposed."""
        self._require(actor, "approve_pay_limit")
        return limits.approve_limit(self.ports, actor, institution, number)

    def decline_limit(self, actor: Actor, institution: str, number: int) -> PayLimit:
        """Say no to a raise."""
        self._require(actor, "approve_pay_limit")
        return limits.turn_limit_down(self.ports, actor, institution, number, withdrawn=False)

    def withdraw_limit(self, actor: Actor, institution: str, number: int) -> PayLimit:
        """Withdraw a proposed raise."""
        self._require(actor, "set_pay_limit")
        return limits.turn_limit_down(self.ports, actor, institution, number, withdrawn=True)

    def note_portal_case(self, actor: Actor, institution: str, number: int, *, case_number: str, state: CaseState) -> PayLimit:
        """Note how the Serviceportal's case stands that a raise rests on."""
        self._require(actor, "set_pay_limit")
        return limits.note_case(self.ports, actor, institution, number, case_number=case_number, state=state)

    def end_limit(self, actor: Actor, institution: str, number: int, last: date) -> PayLimit:
        """End component 244 on a day; it still holds until it is deleted."""
        self._require(actor, "set_pay_limit")
        return limits.end_limit(self.ports, actor, institution, number, last)

    def delete_limit(self, actor: Actor, institution: str, number: int) -> PayLimit:
        """Delete a limit where that raises nothing."""
        self._require(actor, "set_pay_limit")
        return limits.delete_limit(self.ports, actor, institution, number)

    def set_holding(self, actor: Actor, institution: str, *, on: bool) -> None:
        """Switch the holding of deviating parts on or off."""
        self._require(actor, "change_settings")
        settings.set_holding(self.ports, actor, institution, on=on)

    def set_guard_account(self, actor: Actor, institution: str, purpose: str, number: str) -> None:
        """Give a purpose an account of the institution's own."""
        self._require(actor, "set_accounts")
        settings.set_guard_account(self.ports, actor, institution, purpose, number)

    def guard_settings(self, actor: Actor, institution: str) -> Mapping[str, str]:
        """Give what is decided of the guard."""
        self._require(actor, "see_stopped")
        return settings.guard_settings(self.ports, actor, institution)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
