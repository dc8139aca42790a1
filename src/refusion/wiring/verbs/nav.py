"""The verbs on Norwegian refunds: SAP's files, NAV's reports and notices, runs, differences, each under its duty."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from refusion.reports.nav.reconciliation import Reconciliation
from refusion.reports.nav.shares import UnitShare
from refusion.settlements.nav_items.item import Nature
from refusion.values.period import Period, first_of_month
from refusion.wiring.database.turns import turn
from refusion.workflow.nav import absorb, explain, place, plan, reconcile, rejected, reports, run, send, watch
from refusion.workflow.nav.absorb import SapAbsorbed
from refusion.workflow.nav.reconcile import YearEnd
from refusion.workflow.nav.reports import ReportAbsorbed
from refusion.workflow.nav.run import Closing
from refusion.workflow.nav.watch import Deadlines
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.norway.kept import ClosedRun, KeptCase, KeptNotice, NavSettings, ParkedLine
from refusion.workflow.ports.norway.sap import RunKind
from refusion.workflow.ports.work import Ports

NORWAY = "norway"


@dataclass(frozen=True, slots=True)
class NavDay:
    """What a day's work with NAV came to."""

    requests: int
    planned: int
    held: int
    accepted: int
    refused: int
    waiting: int
    reports: int
    reports_refused: int
    open_deadlines: int


class NavVerbs(ABC):
    """What the house does about refunds from NAV."""

    ports: Ports

    def absorb_sap(
        self, actor: Actor, institution: str, kind: str, name: str, raw: bytes, *, mapping: Path | None = None
    ) -> SapAbsorbed:
        """Absorb a file of SAP: sap-employments, sap-pay, sap-absences or sap-allocations."""
        self._require(actor, "absorb_payroll")
        return absorb.absorb_sap(self.ports, actor, institution, (kind, name, raw), mapping)

    def take_sap_rejected(self, actor: Actor, institution: str, name: str, raw: bytes) -> int:
        """Take in the lines that SAP did not take; each becomes a task."""
        self._require(actor, "absorb_payroll")
        return rejected.take_rejected(self.ports, actor, institution, name, raw)

    def import_nav_report(
        self, actor: Actor, institution: str, name: str, raw: bytes, *, pays_on: date | None = None
    ) -> ReportAbsorbed:
        """Take in a settlement report that came as a file."""
        self._require(actor, "absorb_bank")
        done = reports.import_report(self.ports, actor, institution, name, raw, pays_on=pays_on)
        if not done.again:
            reports.look_through(self.ports, actor, institution)
        return done

    def nav_day(self, actor: Actor, institution: str) -> NavDay:
        """Do a day's work with NAV: read requests, plan and send notices, fetch reports, watch deadlines."""
        self._require(actor, "run_day")
        with turn(institution):
            put = plan.poll_requests(self.ports, actor, institution)
            planned = plan.plan_notices(self.ports, actor, institution)
            sent = send.send_notices(self.ports, actor, institution)
            polled = reports.poll_reports(self.ports, actor, institution)
            if any(not one.again for one in polled.absorbed):
                reports.look_through(self.ports, actor, institution)
            count = watch.watch_deadlines(self.ports, actor, institution)
        new = sum(not one.again for one in polled.absorbed)
        return NavDay(
            put, planned.notices, planned.held, sent.accepted, sent.refused, sent.waiting, new, polled.refused, count
        )

    def is_norwegian(self, actor: Actor, institution: str) -> bool:
        """Tell whether an institution's refunds come from NAV."""
        self._require(actor, "run_day")
        with self.ports.work(institution, actor) as tx:
            return tx.institution.country == NORWAY

    def nav_work(self, actor: Actor, institution: str, tell: Callable[[str, int], None]) -> Mapping[str, int]:
        """Do a Norwegian institution's day and tell each count; raises Refused where NAV's address is not set."""
        done = self.nav_day(actor, institution)
        counts = {f"nav_{name}": int(getattr(done, name)) for name in NavDay.__slots__}
        for name, count in counts.items():
            tell(name, count)
        return counts

    def close_nav_run(self, actor: Actor, institution: str, kind: RunKind, month: date) -> Closing:
        """Close the main or correction run of a month, or give it again."""
        self._require(actor, "prove_books")
        with turn(institution):
            return run.close_run(self.ports, actor, institution, kind, month)

    def nav_run_files(self, actor: Actor, institution: str, kind: RunKind, month: date) -> ClosedRun | None:
        """Give a closed run with its files for the accounting system and SAP, byte for byte; None where it is not closed."""
        self._require(actor, "export_journal")
        with self.ports.work(institution, actor) as tx:
            return tx.norway.books.run(first_of_month(month), kind)

    def nav_runs(self, actor: Actor, institution: str) -> tuple[ClosedRun, ...]:
        """Give the closed runs by number."""
        self._require(actor, "see_books")
        with self.ports.work(institution, actor) as tx:
            return tx.norway.books.runs()

    def nav_reconciliation(self, actor: Actor, institution: str, month: date) -> Reconciliation:
        """Compare NAV's reports, the accounts and the claims as of a month."""
        self._require(actor, "see_books")
        return reconcile.reconcile(self.ports, actor, institution, month)

    def nav_year_end(self, actor: Actor, institution: str, year: int) -> YearEnd:
        """Give refunds by month of receipt, and what belongs to a year and was claimed after it."""
        self._require(actor, "see_books")
        return reconcile.year_end(self.ports, actor, institution, year)

    def nav_shares(self, actor: Actor, institution: str, days: Period) -> tuple[UnitShare, ...]:
        """Give by unit how much of its wage cost NAV covers and what its own budget carries."""
        self._require(actor, "see_reports")
        return reconcile.unit_shares(self.ports, actor, institution, days)

    def nav_deadlines(self, actor: Actor, institution: str) -> Deadlines:
        """Give claims at risk, contracts that end inside a leave, and NAV's maximum dates."""
        self._require(actor, "see_work")
        return watch.deadlines(self.ports, actor, institution)

    def nav_notices(self, actor: Actor, institution: str) -> tuple[tuple[KeptCase, KeptNotice | None], ...]:
        """Give each case with its newest notice."""
        self._require(actor, "see_cases")
        with self.ports.work(institution, actor) as tx:
            newest = tx.norway.notices.newest()
            return tuple((case, newest.get(case.id)) for case in tx.norway.facts.cases())

    def nav_parked(self, actor: Actor, institution: str) -> tuple[ParkedLine, ...]:
        """Give the lines that wait for a person."""
        self._require(actor, "see_payments")
        with self.ports.work(institution, actor) as tx:
            return tuple(line for line in tx.norway.reports.parked() if line.placed_by is None)

    def place_nav_line(
        self, actor: Actor, institution: str, line: tuple[UUID, int], *, case_number: int, month: date
    ) -> int:
        """Place a parked line on a month of a case; gives its øre."""
        self._require(actor, "match_payments")
        return place.place_line(self.ports, actor, institution, line, case_number=case_number, month=month)

    def explain_nav_difference(self, actor: Actor, institution: str, item: tuple[int, date, Nature], reason: str) -> int:
        """Explain what NAV paid otherwise for a case and month; gives the difference in øre."""
        self._require(actor, "close_difference")
        return explain.explain_difference(self.ports, actor, institution, item, reason)

    def accept_nav_pay(self, actor: Actor, institution: str, case_number: int, *, month: date, reason: str) -> None:
        """Say that a month with less pay than is claimed is right as it is."""
        self._require(actor, "answer_question")
        explain.accept_pay(self.ports, actor, institution, case_number, month=month, reason=reason)

    def retry_nav_notice(self, actor: Actor, institution: str, case_number: int) -> None:
        """Send what NAV refused once more."""
        self._require(actor, "retry_refused")
        send.retry_notice(self.ports, actor, institution, case_number)

    def nav_settings(self, actor: Actor, institution: str) -> NavSettings:
        """Give what the institution has decided about its Norwegian refunds."""
        self._require(actor, "see_books")
        with self.ports.work(institution, actor) as tx:
            return tx.norway.facts.settings()

    def decide_nav_setting(self, actor: Actor, institution: str, name: str, value: str) -> NavSettings:
        """Decide a setting; raises Refused for what there is not, and for accounts that must stay apart."""
        self._require(actor, "set_accounts")
        with self.ports.work(institution, actor) as tx:
            tx.norway.facts.decide(name, value)
            settings = tx.norway.facts.settings()
            run.chart_of(settings)
            tx.audit.note("nav_setting", name, {"value": value})
            return settings

    @abstractmethod
    def _require(self, actor: Actor, verb: str) -> None:
        """Raise Refused where none of the actor's roles carries the verb's duty."""
