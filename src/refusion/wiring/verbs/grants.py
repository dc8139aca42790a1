"""The verbs on grant agreements: what is recorded, reported, decided and paid, each under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date

from refusion.grants.course.records import Decided, Order, Paper, PayoutRun, Received
from refusion.grants.course.standing import Standing
from refusion.workflow.grants import deciding, opening, ordering, papers, paying, reporting, reviewing
from refusion.workflow.grants.deciding import Proposal
from refusion.workflow.grants.papers import Heard, Table
from refusion.workflow.grants.paying import Wanted
from refusion.workflow.grants.reporting import Report
from refusion.workflow.ports.grants.agreements import Opened
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports

Dated = tuple[str, date, str]
Words = tuple[str, str, str]


class GrantVerbs(ABC):
    """What the house does about grant agreements."""

    ports: Ports

    def agreements(self, actor: Actor, institution: str) -> tuple[Opened, ...]:
        """Give the agreements that were opened."""
        self._require(actor, "see_grants")
        with self.ports.work(institution, actor) as tx:
            return tx.agreements.every()

    def names_of_agreements(self, actor: Actor, institution: str) -> tuple[str, ...]:
        """Name the agreements that were opened, to those who report on them too."""
        self._require(actor, "report_condition")
        with self.ports.work(institution, actor) as tx:
            return tuple(one.name for one in tx.agreements.every())

    def agreement(self, actor: Actor, institution: str, name: str) -> Standing:
        """Give an agreement with all its records."""
        self._require(actor, "see_grants")
        with self.ports.work(institution, actor) as tx:
            return tx.agreements.standing(name)

    def open_agreement(self, actor: Actor, institution: str, content: str, file: str) -> Opened:
        """Open the agreement of a text of figures."""
        self._require(actor, "administer_grant")
        return opening.open_agreement(self.ports, actor, institution, content, file)

    def record_approval(self, actor: Actor, institution: str, name: str, given: Dated) -> int:
        """Record an approval with its day and document."""
        self._require(actor, "administer_grant")
        return papers.record_approval(self.ports, actor, institution, name, given)

    def set_requirement(self, actor: Actor, institution: str, name: str, given: Dated, heard: Heard) -> Paper:
        """Record what must be reported on a pot, and who was heard before."""
        self._require(actor, "administer_grant")
        return papers.set_requirement(self.ports, actor, institution, name, given, heard=heard)

    def add_statistics(self, actor: Actor, institution: str, name: str, table: Table) -> Paper:
        """Keep statistics with their day and source."""
        self._require(actor, "administer_grant")
        return papers.add_statistics(self.ports, actor, institution, name, table)

    def close_pot(self, actor: Actor, institution: str, name: str, given: Dated, used: int | None = None) -> Paper:
        """Close a pot whose unused money goes to another."""
        self._require(actor, "administer_grant")
        return papers.close_pot(self.ports, actor, institution, name, given, used=used)

    def reopen_pot(self, actor: Actor, institution: str, name: str, given: Dated) -> Paper:
        """Open a closed pot again."""
        self._require(actor, "administer_grant")
        return papers.reopen_pot(self.ports, actor, institution, name, given)

    def note_account(self, actor: Actor, institution: str, name: str, given: Words) -> Paper:
        """Note the bankgiro number of a payee."""
        self._require(actor, "administer_grant")
        return papers.note_account(self.ports, actor, institution, name, given)

    def name_reporter(self, actor: Actor, institution: str, name: str, given: Words) -> Paper:
        """Name the user who reports for a county."""
        self._require(actor, "administer_grant")
        return papers.name_reporter(self.ports, actor, institution, name, given)

    def reconcile_purpose(self, actor: Actor, institution: str, name: str, given: Mapping[str, str], day: date) -> Paper:
        """Record whether the parties found the purpose reached."""
        self._require(actor, "administer_grant")
        return papers.reconcile_purpose(self.ports, actor, institution, name, given, day=day)

    def register_report(self, actor: Actor, institution: str, name: str, report: Report) -> Received:
        """Register a report on a condition."""
        self._require(actor, "report_condition")
        return reporting.register_report(self.ports, actor, institution, name, report)

    def own_conditions(self, actor: Actor, institution: str, name: str) -> Standing | None:
        """Give an agreement with what concerns the reporter's own county; None for somebody who reports for none."""
        self._require(actor, "report_condition")
        return reporting.own_conditions(self.ports, actor, institution, name)

    def begin_review(self, actor: Actor, institution: str, name: str, pot: str, whos: Sequence[str] = ()) -> int:
        """Begin to review what was reported."""
        self._require(actor, "administer_grant")
        return reviewing.begin_review(self.ports, actor, institution, name, pot, whos=whos)

    def ask_completion(self, actor: Actor, institution: str, name: str, asked: Words, due: date) -> None:
        """Ask for the completion of a report."""
        self._require(actor, "administer_grant")
        reviewing.ask_completion(self.ports, actor, institution, name, asked, due=due)

    def reopen_condition(self, actor: Actor, institution: str, name: str, asked: Words) -> None:
        """Review anew what was decided."""
        self._require(actor, "administer_grant")
        reviewing.reopen(self.ports, actor, institution, name, asked)

    def propose_decisions(self, actor: Actor, institution: str, name: str, proposal: Proposal) -> tuple[Decided, ...]:
        """Propose decisions on a condition."""
        self._require(actor, "administer_grant")
        return deciding.propose_decisions(self.ports, actor, institution, name, proposal)

    def approve_decisions(self, actor: Actor, institution: str, name: str, pot: str, digits: str) -> tuple[Decided, ...]:
        """Approve what another person proposed."""
        self._require(actor, "approve_grant")
        return deciding.approve_decisions(self.ports, actor, institution, name, pot, digits=digits)

    def withdraw_decisions(self, actor: Actor, institution: str, name: str, pot: str) -> int:
        """Withdraw open proposals."""
        self._require(actor, "administer_grant")
        return deciding.withdraw_decisions(self.ports, actor, institution, name, pot)

    def absorb_orders(self, actor: Actor, institution: str, name: str, orders: Sequence[tuple[int, Order]], file: str) -> tuple[int, int]:
        """Absorb orders of investigations and their deliveries."""
        self._require(actor, "administer_grant")
        return ordering.absorb_orders(self.ports, actor, institution, name, orders, file=file)

    def propose_run(self, actor: Actor, institution: str, name: str, wanted: Wanted) -> PayoutRun:
        """Propose a payout run."""
        self._require(actor, "administer_grant")
        return paying.propose_run(self.ports, actor, institution, name, wanted)

    def approve_run(self, actor: Actor, institution: str, name: str, number: int, digits: str) -> PayoutRun:
        """Approve a run that another person proposed."""
        self._require(actor, "approve_grant")
        return paying.approve_run(self.ports, actor, institution, name, number, digits=digits)

    def withdraw_run(self, actor: Actor, institution: str, name: str, number: int) -> None:
        """Withdraw a run that was not paid."""
        self._require(actor, "administer_grant")
        paying.withdraw_run(self.ports, actor, institution, name, number)

    def pay_run(self, actor: Actor, institution: str, name: str, number: int) -> PayoutRun:
        """Note that an approved run went to the bank."""
        self._require(actor, "administer_grant")
        return paying.pay_run(self.ports, actor, institution, name, number)

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
