"""What a shell says of funds, read: the fund, its month or quarter, a fact with its days; and how claims are written out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from refusion.absences.facts import Question
from refusion.cases.facts import FUNDS, QUARTERLY, Kind
from refusion.values.said import Refused, said

if TYPE_CHECKING:
    from refusion.values.period import Period
    from refusion.workflow.ports.funds import FundClaim, Report

NAMES = {kind.value.replace("_", "-"): kind for kind in FUNDS}
FACTS = {
    question.value.replace("_", "-"): question
    for question in (
        Question.FLEKSJOB_SHARE, Question.SUBSIDY_SECTOR, Question.CLARIFICATION_GROUP, Question.PAY_GRADE,
        Question.EXCLUDED_PAY, Question.FLEKSJOB_DECISION,
    )
}  # fmt: skip
PERIOD = re.compile(r"([12]\d{3})(?:-(0[1-9]|1[0-2])|Q([1-4]))", re.ASCII)


def fund_of(written: str) -> Kind:
    """Give the fund of a name. Raises Refused naming those there are."""
    if written not in NAMES:
        raise Refused(said("funds.unknown", written=written, known=", ".join(NAMES)))
    return NAMES[written]


def period_of(kind: Kind, written: str) -> Period:
    """Read the month (2025-03) of a fund asked by month, or the quarter (2025Q1) of one asked by quarter. Raises Refused."""
    from refusion.claims.funds.periods import MONTHS_OF_A_QUARTER, asked_together

    found = PERIOD.fullmatch(written)
    quarterly = kind in QUARTERLY
    if found is None or (found[3] is not None) != quarterly:
        raise Refused(said("funds.period_wrong", written=written, example="2025Q1" if quarterly else "2025-03"))
    year, month, quarter = found.groups()
    return asked_together(kind, date(int(year), MONTHS_OF_A_QUARTER * int(quarter) if quarterly else int(month), 1))


def question_of(written: str) -> Question:
    """Give the fact of a name. Raises Refused naming those there are."""
    if written not in FACTS:
        raise Refused(said("funds.fact_unknown", written=written, known=", ".join(FACTS)))
    return FACTS[written]


def claim_as_json(claim: FundClaim) -> dict[str, object]:
    """Give a claim as plain values."""
    return {
        "number": claim.number,
        "case": claim.case,
        "fund": claim.kind.value.replace("_", "-"),
        "name": claim.name,
        "employment": claim.employment,
        "first_day": claim.period.first.isoformat(),
        "last_day": claim.period.last.isoformat(),
        "state": claim.state,
        "pilot": claim.pilot,
        "expected_ore": claim.expected,
        "decided_ore": claim.decided,
        "received_ore": claim.received,
        "request_by": claim.request_by.isoformat(),
        "missing": list(claim.missing),
        "report": claim.report,
        "receipt": claim.receipt,
    }


def report_as_json(report: Report) -> dict[str, object]:
    """Give a report file as plain values."""
    return {
        "number": report.number,
        "fund": report.kind.value.replace("_", "-"),
        "first_day": report.period.first.isoformat(),
        "last_day": report.period.last.isoformat(),
        "name": report.name,
        "total_ore": report.total,
        "made_by": report.made_by,
        "made_at": report.made_at.isoformat(),
        "receipt": report.receipt,
        "received_on": report.received_on and report.received_on.isoformat(),
        "withdrawn_by": report.withdrawn_by,
    }
