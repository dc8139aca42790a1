"""Verbs and reads of funds, each under its duty: report files given out, received and taken back, decisions, the list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from refusion.absences.facts import Question
from refusion.access import Duty
from refusion.cases.facts import FUNDS, Kind
from refusion.store.funds.together import StoredFunds
from refusion.store.tenant import Tenant
from refusion.values.period import Period
from refusion.workflow.cases.answer import Told, enter_fact
from refusion.workflow.funds.decide import DecisionsAbsorbed, absorb_decisions, lay_aside
from refusion.workflow.funds.give_out import GivenOut, give_out, receive, take_back
from refusion.workflow.ports.funds import FundClaim, Report, Unplaced
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


class FundVerbs(ABC):
    """What the house does about funds that are asked by report file."""

    ports: Ports

    def give_out_funds(self, actor: Actor, institution: str, kind: Kind, period: Period) -> GivenOut:
        """Write the claims on a fund of a period that are ready into a report file."""
        self._require(actor, "give_out_funds")
        return give_out(self.ports, actor, institution, kind, period)

    def fund_file(self, actor: Actor, institution: str, number: int) -> GivenOut:
        """Give a report file that was given out before, as it was."""
        self._require(actor, "fund_file")
        with self.ports.work(institution, actor) as tx:
            report = tx.funds.report(number)
            raw = tx.funds.raw(report)
            tx.audit.note("fund_file", str(number), {"file": report.name})
        return GivenOut(report, raw)

    def receive_fund_report(self, actor: Actor, institution: str, number: int, *, receipt: str, on: date) -> Report:
        """Note that a fund received a report."""
        self._require(actor, "receive_fund_report")
        return receive(self.ports, actor, institution, number, receipt=receipt, on=on)

    def take_back_fund_report(self, actor: Actor, institution: str, number: int) -> Report:
        """Take back a report that never left the house."""
        self._require(actor, "take_back_fund_report")
        return take_back(self.ports, actor, institution, number)

    def absorb_decisions(self, actor: Actor, institution: str, name: str, raw: bytes) -> DecisionsAbsorbed:
        """Absorb a decision file."""
        self._require(actor, "absorb_decisions")
        return absorb_decisions(self.ports, actor, institution, name, raw)

    def lay_aside_answer(self, actor: Actor, institution: str, decision: str, reason: str) -> None:
        """Close the matter of an answer that is about no claim of ours."""
        self._require(actor, "lay_aside_answer")
        lay_aside(self.ports, actor, institution, decision, reason)

    def enter_job_fact(self, actor: Actor, institution: str, number: str, question: str, told: Told) -> None:
        """Enter a fact that payroll lacks about the employment of payroll's number; its cases are looked at again."""
        self._require(actor, "enter_job_fact")
        with self.ports.work(institution, actor) as tx:
            employment = tx.funds.employment_numbered(number)
        enter_fact(self.ports, actor, institution, employment, (Question(question), told))

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""


class FundReads(ABC):
    """What may be seen of funds."""

    __slots__ = ()
    tenant: Tenant

    def fund_claims(self, kinds: Collection[Kind] = FUNDS, period: Period | None = None) -> tuple[FundClaim, ...]:
        """Read the claims on funds, everybody shown noted."""
        self._may(Duty.SEE_CASES)
        found = StoredFunds(self.tenant).listed(kinds, period)
        self._note("fund_claims", (claim.person for claim in found))
        return found

    def fund_reports(self) -> tuple[Report, ...]:
        """Read the report files, the newest first; they are named without persons."""
        self._may(Duty.SEE_CASES)
        return StoredFunds(self.tenant).reports()

    def unplaced_answers(self) -> tuple[Unplaced, ...]:
        """Read the answers that are about no claim of ours."""
        self._may(Duty.SEE_PAYMENTS)
        return StoredFunds(self.tenant).unplaced()

    @abstractmethod
    def _may(self, duty: Duty) -> None:
        """Raise Refused where none of the reader's roles carries the duty."""

    @abstractmethod
    def _note(self, page: str, persons: Iterable[UUID | None]) -> None:
        """Note who was shown on which page."""
