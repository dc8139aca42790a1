"""Norwegian refunds: SAP's files, NAV's reports, runs, reconciliation, deadlines, and what a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import FIRST, LAST, MONTH, NUMBER, REASON
from refusion.doors.api.operations.files import NAME
from refusion.doors.api.operations.money import YEAR, period_of
from refusion.reports.nav.reconciliation import Reconciliation
from refusion.reports.nav.shares import UnitShare
from refusion.values.period import Period
from refusion.workflow.nav.absorb import SapAbsorbed
from refusion.workflow.nav.reconcile import YearEnd
from refusion.workflow.nav.reports import ReportAbsorbed
from refusion.workflow.nav.watch import Deadlines
from refusion.workflow.ports.norway.kept import ClosedRun, KeptCase, KeptNotice, NavSettings, ParkedLine

KIND = Field("kind", "What the file holds.", choices=("sap-employments", "sap-pay", "sap-absences", "sap-allocations"))
PAYS_ON = Field("pays_on", "The day of payment, for a file that lacks it.", date, required=False)
SETTING = Field("name", "Which setting.", longest=60)
VALUE = Field("value", "Its value.", longest=100)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines were taken in."""

    lines: int


def _sap(call: Call) -> SapAbsorbed:
    return call.house.absorb_sap(*call.at, call.given["kind"], call.given["name"], call.raw)


def _rejected(call: Call) -> Taken:
    return Taken(call.house.take_sap_rejected(*call.at, call.given["name"], call.raw))


def _report(call: Call) -> ReportAbsorbed:
    return call.house.import_nav_report(*call.at, call.given["name"], call.raw, pays_on=call.given["pays_on"])


def _runs(call: Call) -> tuple[ClosedRun, ...]:
    return call.house.nav_runs(*call.at)


def _reconciliation(call: Call) -> Reconciliation:
    return call.house.nav_reconciliation(*call.at, call.given["month"])


def _year_end(call: Call) -> YearEnd:
    return call.house.nav_year_end(*call.at, call.given["year"])


def _shares(call: Call) -> tuple[UnitShare, ...]:
    return call.house.nav_shares(*call.at, Period(*period_of(call)))


def _deadlines(call: Call) -> Deadlines:
    return call.house.nav_deadlines(*call.at)


def _notices(call: Call) -> tuple[tuple[KeptCase, KeptNotice | None], ...]:
    return call.house.nav_notices(*call.at)


def _parked(call: Call) -> tuple[ParkedLine, ...]:
    return call.house.nav_parked(*call.at)


def _settings(call: Call) -> NavSettings:
    return call.house.nav_settings(*call.at)


def _decide(call: Call) -> NavSettings:
    return call.house.decide_nav_setting(*call.at, call.given["name"], call.given["value"])


def _accept_pay(call: Call) -> None:
    call.house.accept_nav_pay(*call.at, call.given["number"], month=call.given["month"], reason=call.given["reason"])


def _retry(call: Call) -> None:
    call.house.retry_nav_notice(*call.at, call.given["number"])


ABROAD = (
    Operation("absorb_sap", "POST", "/files/sap/{kind}", Duty.ABSORB_PAYROLL, "Take in a file of SAP.", _sap, SapAbsorbed, at=(KIND,),
              query=(NAME,), takes_file=True),
    Operation("take_sap_rejected", "POST", "/files/sap-rejected", Duty.ABSORB_PAYROLL, "Take in the lines that SAP did not take.",
              _rejected, Taken, query=(NAME,), takes_file=True),
    Operation("import_nav_report", "POST", "/files/nav-report", Duty.ABSORB_BANK, "Take in a settlement report of NAV.", _report,
              ReportAbsorbed, query=(NAME, PAYS_ON), takes_file=True),
    Operation("nav_runs", "GET", "/nav/runs", Duty.SEE_BOOKS, "Closed runs.", _runs, ClosedRun, paged=True),
    Operation("nav_reconciliation", "GET", "/nav/reconciliation", Duty.SEE_BOOKS, "NAV's reports, the accounts and the claims compared.",
              _reconciliation, Reconciliation, query=(MONTH,)),
    Operation("nav_year_end", "GET", "/nav/year-end/{year}", Duty.SEE_BOOKS, "Refunds by month of receipt, and what came after the year.",
              _year_end, YearEnd, at=(YEAR,)),
    Operation("nav_shares", "GET", "/nav/shares", Duty.SEE_REPORTS, "How much of each unit's wage cost NAV covers.", _shares, UnitShare,
              query=(FIRST, LAST), paged=True),
    Operation("nav_deadlines", "GET", "/nav/deadlines", Duty.SEE_WORK, "Claims at risk, contracts that end, maximum dates.", _deadlines,
              Deadlines),
    Operation("nav_notices", "GET", "/nav/notices", Duty.SEE_CASES, "Each case with its newest notice.", _notices,
              tuple[KeptCase, KeptNotice | None], paged=True),
    Operation("nav_parked", "GET", "/nav/parked", Duty.SEE_PAYMENTS, "Lines that wait for a person.", _parked, ParkedLine, paged=True),
    Operation("nav_settings", "GET", "/nav/settings", Duty.SEE_BOOKS, "What is decided about Norwegian refunds.", _settings, NavSettings),
    Operation("decide_nav_setting", "POST", "/nav/settings", Duty.SET_ACCOUNTS, "Decide a setting.", _decide, NavSettings,
              body=(SETTING, VALUE)),
    Operation("accept_nav_pay", "POST", "/nav/cases/{number}/accept-pay", Duty.ANSWER_QUESTION,
              "Say that a month with less pay than is claimed is right as it is.", _accept_pay, at=(NUMBER,), body=(MONTH, REASON)),
    Operation("retry_nav_notice", "POST", "/nav/cases/{number}/retry", Duty.RETRY_REFUSED, "Send what NAV refused once more.", _retry,
              at=(NUMBER,)),
)  # fmt: skip
