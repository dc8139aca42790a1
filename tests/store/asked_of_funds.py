"""A row in every table of funds, made through their repository."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from refusion.cases.facts import Kind
from refusion.claims.facts import Claim
from refusion.values.period import Period
from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.funds import NEW, Decided, Report, ReportLine

DAY = date(2025, 3, 3)
QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))


def answer_of(number: int, claim: str = "1-1") -> Decided:
    """Make a row of a decision file."""
    return Decided(Kind.STATE_FLEKSJOB, f"D{number}", claim, "granted", 100_00, 0, 100_00, DAY, None, "FLEKS 1")


def ask_funds(tx: OpenTransaction, claim: Claim) -> None:
    """Give a report file out and take an answer in."""
    file = tx.files.keep("fund-report", "out.csv", b"a;b", tx.at.now)
    line = ReportLine(claim.id, 1, NEW, 100_00)
    report = Report(UUID(int=7400), None, Kind.STATE_FLEKSJOB, QUARTER, "out.csv", file.id, 100_00, "kim", tx.at.now, lines=(line,))
    tx.funds.keep_report(report)
    tx.funds.keep_answer(UUID(int=7401), file.id, answer_of(1), None, tx.at.now)
