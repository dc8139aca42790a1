"""A row in every table of Norwegian refunds, made through its repositories."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.absences.norwegian import WHOLE, Benefit, EmploymentTold, PayTold
from refusion.cases.nav_case import State
from refusion.ledger.nav_chart import Role
from refusion.settlements.nav_items.book import Entry, Line, Why
from refusion.settlements.nav_items.item import Carrier, ItemKey
from refusion.settlements.nav_items.place import Part
from refusion.settlements.nav_report import ReportHead, ReportLine, SettlementReport
from refusion.values.period import Period
from refusion.values.said import said
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.norway.kept import ClosedRun, Explanation, KeptCase, KeptLine, KeptNotice, NoticeState
from refusion.workflow.ports.norway.sap import RunKind

DAY = date(2025, 3, 3)
MONTH = Period(date(2025, 3, 1), date(2025, 3, 31))


def refund(tx: OpenTransaction, person: UUID) -> None:
    """Fill the tables of Norwegian refunds."""
    at, kept = tx.at.now, tx.norway
    file = tx.files.keep("nav-report", "nav.csv", b"line", at)
    told = EmploymentTold("1", "29810000001", "Prøve", DAY, None, False, "933001547", "HF", WHOLE, DAY)
    kept.facts.absorb([told], file.id, at)
    kept.facts.absorb([PayTold("1", DAY.replace(day=1), 1, 1, 0, DAY)], file.id, at)
    kept.facts.decide("profile", "uio")
    case = UUID(int=7001)
    kept.facts.open_cases([KeptCase(case, 0, "1", "1", person, Benefit.PARENTAL_BIRTH, State.REGISTERED)])
    notice = KeptNotice(UUID(int=7002), case, 1, "r", "{}", "hash", 100, NoticeState.PLANNED, at, at)
    kept.notices.plan(notice)
    kept.notices.begin_attempt(notice.id, 1, at)
    item = ItemKey(case, MONTH.first)
    line = ReportLine(1, "8020", "974600013", "933001547", "2", "29810000001", MONTH.first, MONTH.last, 100, MONTH.last, "", "")
    report = SettlementReport(ReportHead(1, "974600013", DAY, ""), (line,), None, "aa")
    kept.reports.keep(report, file.id, [KeptLine(line, person, (Part(item, 100, MONTH),), said("refusjon.parked_code", code="2"))], at)
    run = ClosedRun(UUID(int=7003), 1, RunKind.MAIN, MONTH.first, DAY, at, 1, b"transfer", b"load")
    entry = Entry(Why.CLAIMED, item, (Line(Role.DEBTOR_PARENTAL, 100), Line(Role.INCOME_PARENTAL, -100, Carrier("100", "P"))))
    kept.books.close(run, [(UUID(int=7004), entry, DAY, ("1570", "5812"))])
    kept.books.mark_booked(run.id, kept.reports.parts(), kept.reports.parked())
    kept.books.explain(Explanation(item, "why", 5, "kim", at))
