"""Funds that are asked by report file: claims, files given out, answers that are about no claim of ours."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date

from refusion.access import Duty
from refusion.cases.facts import FUNDS as KINDS
from refusion.cases.facts import Kind
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import FIRST, LAST, NUMBER, REASON
from refusion.doors.api.operations.money import period_of
from refusion.values.period import Period
from refusion.workflow.funds.give_out import GivenOut
from refusion.workflow.ports.funds import FundClaim, Report, Unplaced

KIND = Field("kind", "The kind of refund.", choices=tuple(sorted(kind.value for kind in KINDS)))
RECEIPT = Field("receipt", "The fund's receipt.")
ON = Field("on", "The day on which it was received.", date)
DECISION = Field("decision", "The decision's own number.")


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report file with its bytes in base64."""

    report: Report
    content: str


def _file(given: GivenOut) -> ReportFile:
    return ReportFile(given.report, base64.b64encode(given.raw).decode())


def _claims(call: Call) -> tuple[FundClaim, ...]:
    with call.reading() as reads:
        return reads.fund_claims()


def _reports(call: Call) -> tuple[Report, ...]:
    with call.reading() as reads:
        return reads.fund_reports()


def _unplaced(call: Call) -> tuple[Unplaced, ...]:
    with call.reading() as reads:
        return reads.unplaced_answers()


def _give_out(call: Call) -> ReportFile:
    return _file(call.house.give_out_funds(*call.at, Kind(call.given["kind"]), Period(*period_of(call))))


def _again(call: Call) -> ReportFile:
    return _file(call.house.fund_file(*call.at, call.given["number"]))


def _receive(call: Call) -> Report:
    given = call.given
    return call.house.receive_fund_report(*call.at, given["number"], receipt=given["receipt"], on=given["on"])


def _take_back(call: Call) -> Report:
    return call.house.take_back_fund_report(*call.at, call.given["number"])


def _lay_aside(call: Call) -> None:
    call.house.lay_aside_answer(*call.at, call.given["decision"], call.given["reason"])


FUNDS = (
    Operation("fund_claims", "GET", "/funds/claims", Duty.SEE_CASES, "Claims on funds.", _claims, FundClaim, paged=True),
    Operation("fund_reports", "GET", "/funds/reports", Duty.SEE_CASES, "Report files, the newest first.", _reports, Report, paged=True),
    Operation("unplaced_answers", "GET", "/funds/unplaced", Duty.SEE_PAYMENTS, "Answers that are about no claim of ours.", _unplaced,
              Unplaced, paged=True),
    Operation("give_out_funds", "POST", "/funds/reports/{kind}", Duty.FOLLOW_FUND, "Write the claims of some days into a report file.",
              _give_out, ReportFile, at=(KIND,), body=(FIRST, LAST)),
    Operation("fund_file", "POST", "/funds/reports/{number}/file", Duty.FOLLOW_FUND, "A report file once more, as it was.", _again,
              ReportFile, at=(NUMBER,)),
    Operation("receive_fund_report", "POST", "/funds/reports/{number}/received", Duty.FOLLOW_FUND, "Note a fund's receipt.", _receive,
              Report, at=(NUMBER,), body=(RECEIPT, ON)),
    Operation("take_back_fund_report", "POST", "/funds/reports/{number}/take-back", Duty.FOLLOW_FUND,
              "Take back a report that never left the house.", _take_back, Report, at=(NUMBER,)),
    Operation("lay_aside_answer", "POST", "/funds/unplaced/lay-aside", Duty.MATCH_PAYMENTS,
              "Close an answer that is about no claim of ours.", _lay_aside, body=(DECISION, REASON)),
)  # fmt: skip
