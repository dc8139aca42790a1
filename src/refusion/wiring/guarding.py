"""Guards one pay run without a database: the file read, limits held against it, what may go written for the bank."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import numpy as np

from refusion.adapters.bank.payments.checks import need_accounts
from refusion.adapters.bank.payments.files import write_files
from refusion.adapters.bank.payments.orders import Order, Payer, Payment, Scheme
from refusion.adapters.bank.payments.status import read_status
from refusion.adapters.sls.pay_run import read_pay_run
from refusion.salary_guard.basis import prepare
from refusion.salary_guard.checks.findings import Findings, explain
from refusion.salary_guard.columns import PayCodes
from refusion.salary_guard.decision import Decision, InstitutionLimits, decide
from refusion.salary_guard.decision import explain as explain_limit
from refusion.salary_guard.guard import Outcome, guarded
from refusion.salary_guard.intake import Announced, need_sound
from refusion.salary_guard.run_rows import RunRows, empty, laid_out, limits_told, need_whole_limits
from refusion.values.said import BadInput, Problem, Said, said
from refusion.wiring.clock import SystemClock
from refusion.workflow.ports.guard.files import BankAnswer, Going, OrderHead


@dataclass(frozen=True, slots=True)
class Stopped:
    """One payment that is not in the file, with the reason; the person's total counts, not the payment's."""

    row: int
    payment: str
    employment: str
    net_pay: int
    total: int
    limit: int
    because: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class GuardedRun:
    """A run that was guarded: what goes and under which odd limit, what is stopped, what the checks pointed out or could not see."""

    going: tuple[Payment, ...]
    stopped: tuple[Stopped, ...]
    warned: tuple[tuple[str, Said], ...]
    pointed_out: tuple[tuple[str, Said], ...]
    outcomes: tuple[Outcome, ...]

    @property
    def going_total(self) -> int:
        """Sum what goes, in øre."""
        return sum(payment.amount for payment in self.going)

    @property
    def stopped_total(self) -> int:
        """Sum what is stopped, in øre."""
        return sum(payment.net_pay for payment in self.stopped)


def guard_file(
    file: Path, institution: str, value_date: date, announced: Announced, limits: InstitutionLimits
) -> GuardedRun:
    """Read a run and hold it against its limits. Raises BadInput with every row that is wrong; then nothing was decided."""
    columns = read_pay_run(file.name, file.read_bytes(), institution)
    need_whole_limits(columns, file.name)
    run = laid_out(columns, value_date)
    need_sound(run, announced, file.name)
    decision = decide(run.payments, limits_told(run.payments.person, columns), limits)
    checked = guarded(prepare(run, PayCodes(*empty(PayCodes)), None))
    stopped = decision.stopped_payments
    return GuardedRun(
        going=tuple(_payment(columns, row) for row in np.flatnonzero(~stopped).tolist()),
        stopped=tuple(_stopped(columns, decision, row) for row in np.flatnonzero(stopped).tolist()),
        warned=tuple(
            (columns.payment[row], explain_limit(decision, int(decision.place[row]))[-1])
            for row in np.flatnonzero(decision.warned[decision.place] & ~stopped).tolist()
        ),
        pointed_out=_pointed_out(columns, checked.findings),
        outcomes=checked.outcomes,
    )


def write_going(guarded_run: GuardedRun, target: Path, payer: Payer, run: str, value_date: date, *, version: str) -> tuple[Path, ...]:
    """Write what may go as payment orders, all files or none; a run of which nothing goes writes none."""
    if not guarded_run.going:
        return ()
    order = Order(run, payer, value_date, SystemClock().now().isoformat(timespec="seconds"))
    return write_files(target, order, guarded_run.going, version)


def read_payer(file: Path) -> Payer:
    """Read who pays: name, company_number, iban, bic, currency in TOML. Raises BadInput naming what is missing."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadInput(Problem(said("guard.payer_broken"), said("guard.payer_remedy"), file=file.name, value=str(wrong))) from wrong
    names = [field.name for field in fields(Payer)]
    lacking = [name for name in names if not isinstance(told.get(name), str) or not told[name].strip()]
    unknown = [name for name in told if name not in names]
    problems = [
        *(Problem(said("guard.payer_lacks", name=name), said("guard.payer_remedy"), file=file.name, column=name) for name in lacking),
        *(Problem(said("guard.payer_unknown", name=name), said("guard.payer_remedy"), file=file.name, column=name) for name in unknown),
    ]
    if problems:
        raise BadInput(*problems)
    payer = Payer(**{name: told[name].strip() for name in names})
    return replace(payer, iban=payer.iban.replace(" ", ""))


class PayRunHand:
    """Reads runs and status reports and writes orders; implements :class:`refusion.workflow.ports.guard.files.PayRunFiles`."""

    def read(self, name: str, raw: bytes, institution: str) -> RunRows:
        """Give a run's rows. Raises BadInput with file, row, column, value and remedy, accounts that no bank takes among them."""
        rows = read_pay_run(name, raw, institution)
        need_accounts((_payment(rows, row) for row in range(len(rows.payment))), rows.rows.tolist(), name)
        return rows

    def write(self, target: Path, head: OrderHead, payments: Sequence[Going]) -> tuple[Path, ...]:
        """Write a payment order, all its files or none. Raises BadInput and Refused; then nothing is there."""
        order = Order(head.name, read_payer(head.payer), head.pays_on, head.made_at)
        return write_files(target, order, [_ordered(one) for one in payments], head.version)

    def answers(self, name: str, raw: bytes) -> tuple[BankAnswer, ...]:
        """Read a status report. Raises BadInput for what is no valid pain.002."""
        return tuple(
            BankAnswer(one.message, one.order, one.part, one.payment, one.status, one.code, one.reason) for one in read_status(name, raw)
        )


def _ordered(one: Going) -> Payment:
    receiver = one.receiver
    form = Scheme(receiver.form)
    account = receiver.account or (receiver.national_number if form is Scheme.NEMKONTO_CPR else "")
    return Payment(one.payment, one.amount, receiver.name, form, account, receiver.bank, receiver.text)


def _payment(columns: RunRows, row: int) -> Payment:
    form = Scheme(columns.account_form[row])
    account = columns.account[row] or (columns.national_number[row] if form is Scheme.NEMKONTO_CPR else "")
    return Payment(
        columns.payment[row], int(columns.net_pay[row]), columns.name[row], form, account, columns.bank[row], columns.text[row]
    )


def _stopped(columns: RunRows, decision: Decision, row: int) -> Stopped:
    place = int(decision.place[row])
    amounts = int(columns.net_pay[row]), int(decision.total[place]), int(decision.limit[place])
    return Stopped(int(columns.rows[row]), columns.payment[row], columns.employment[row], *amounts, explain_limit(decision, place))


def _pointed_out(columns: RunRows, findings: Findings) -> tuple[tuple[str, Said], ...]:
    return tuple((columns.payment[int(payment)], explain(findings, row)) for row, payment in enumerate(findings.payment))
