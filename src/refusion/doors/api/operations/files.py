"""Files received, and files sent: whole or not at all, the same bytes again change nothing."""

from __future__ import annotations

from refusion.access import Duty
from refusion.doors.api.operation import Call, Field, Operation
from refusion.doors.api.operations.fields import LIMIT, USUAL
from refusion.store.reads.files import FileRow
from refusion.workflow.funds.decide import DecisionsAbsorbed
from refusion.workflow.payroll.absorb import PayrollAbsorbed
from refusion.workflow.settlements.absorb import BankAbsorbed
from refusion.workflow.settlements.absorb_specification import SpecificationAbsorbed

KIND = Field("kind", "What the file holds.", choices=("payroll-employments", "payroll-pay", "payroll-absences"))
NAME = Field("name", "The file's name; its ending says csv, xlsx or parquet.", longest=120)


def _files(call: Call) -> tuple[FileRow, ...]:
    with call.reading() as reads:
        return reads.files(call.given["limit"] or USUAL)


def _payroll(call: Call) -> PayrollAbsorbed:
    return call.house.absorb_payroll(*call.at, call.given["kind"], call.given["name"], call.raw)


def _bank(call: Call) -> BankAbsorbed:
    return call.house.absorb_bank(*call.at, call.given["name"], call.raw)


def _specification(call: Call) -> SpecificationAbsorbed:
    return call.house.absorb_payments(*call.at, call.given["name"], call.raw)


def _decisions(call: Call) -> DecisionsAbsorbed:
    return call.house.absorb_decisions(*call.at, call.given["name"], call.raw)


FILES = (
    Operation("files", "GET", "/files", Duty.SEE_FILES, "Files received, and why one was refused.", _files, tuple[FileRow, ...],
              query=(LIMIT,)),
    Operation("absorb_payroll", "POST", "/files/payroll/{kind}", Duty.ABSORB_PAYROLL, "Take in a payroll file.", _payroll,
              PayrollAbsorbed, at=(KIND,), query=(NAME,), takes_file=True),
    Operation("absorb_bank", "POST", "/files/bank", Duty.ABSORB_BANK, "Take in a bank file (camt.053 or camt.054).", _bank, BankAbsorbed,
              query=(NAME,), takes_file=True),
    Operation("absorb_payments", "POST", "/files/payments", Duty.ABSORB_BANK, "Take in a payer's payment specification.", _specification,
              SpecificationAbsorbed, query=(NAME,), takes_file=True),
    Operation("absorb_decisions", "POST", "/files/decisions", Duty.ABSORB_BANK, "Take in a fund's decision file.", _decisions,
              DecisionsAbsorbed, query=(NAME,), takes_file=True),
)  # fmt: skip
