"""Take a pay run in: the raw file first, every row held against its limits, each krone booked where it stands, the same run once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from refusion.ledger import Cause
from refusion.salary_guard.approved import together
from refusion.salary_guard.basis import Basis, prepare
from refusion.salary_guard.checks.findings import explain
from refusion.salary_guard.columns import PayCodes, PayRun
from refusion.salary_guard.decision import Decision, decide
from refusion.salary_guard.guard import Guarded, guarded
from refusion.salary_guard.holds import Split, split
from refusion.salary_guard.intake import Announced, need_sound
from refusion.salary_guard.resolving.bookings import book_whole_run
from refusion.salary_guard.resolving.states import State
from refusion.salary_guard.run_rows import RunRows, empty, laid_out, limits_told, need_whole_limits
from refusion.values.ids import derived_id
from refusion.values.said import BadInput, Refused, Said, said
from refusion.workflow.guard.in_force import InForce, in_force, use_up
from refusion.workflow.guard.remembered import remembered
from refusion.workflow.guard.settings import HOLDS_PARTS, ON, accounts
from refusion.workflow.guard.step import chart_of, tell
from refusion.workflow.ports.files import RawFile
from refusion.workflow.ports.guard.facts import Paid, Receiver, Run
from refusion.workflow.ports.guard.repository import PaymentColumns
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

KIND = "pay-run"
LONGEST_NAME = 28


@dataclass(frozen=True, slots=True)
class Delivered:
    """A run as it was delivered: its file, the name it goes to the bank under, its value date and what it says of itself."""

    file: str
    raw: bytes
    name: str
    value_date: date
    announced: Announced


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a run: what is stopped, and what a check points at in the file, which a person may still hold back."""

    run: Run
    stopped: tuple[Paid, ...]
    pointed_out: tuple[Paid, ...] = ()
    again: bool = False

    @property
    def unapproved(self) -> int:
        """Count the stopped payments for which the run named a raise that nobody approved."""
        return sum(paid.unapproved for paid in self.stopped)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A run with all that the guard says of it."""

    rows: RunRows
    laid: PayRun
    basis: Basis
    decision: Decision
    unapproved: np.ndarray[tuple[int], np.dtype[np.bool_]]
    checked: Guarded
    divided: Split


def take_run(ports: Ports, actor: Actor, institution: str, delivered: Delivered) -> Taken:
    """Take a run in. Raises BadInput with every row that is wrong: the file is then kept as refused and nothing was decided.

    The same file again gives the run that it brought. Raises Refused for a name or a payment that another run has, for the
    same file under another name or day, and for a value date that has passed.
    """
    with ports.work(institution, actor) as tx:
        _need_usable(tx, delivered)
        file = tx.files.keep(KIND, delivered.file, delivered.raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_pay_run", str(file.id), {})
        known = tx.guard.run_of_file(file.id)
        if known is not None:
            return _again(tx, known, delivered)
    try:
        rows = ports.pay_runs.read(delivered.file, delivered.raw, institution)
        need_whole_limits(rows, delivered.file)
        laid = laid_out(rows, delivered.value_date)
        need_sound(laid, delivered.announced, delivered.file)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_pay_run", str(file.id), {"problems": len(bad.problems)})
        raise
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        _need_new(tx, delivered, rows)
        return _kept(tx, file, delivered, rows, laid)


def _again(tx: Transaction, known: Run, delivered: Delivered) -> Taken:
    if (known.name, known.value_date) != (delivered.name, delivered.value_date):
        raise Refused(said("stopped.taken_otherwise", number=known.number, name=known.name, value_date=known.value_date))
    return Taken(known, tx.guard.payments_of(known.id, in_file=False), _pointed_out(tx, known), again=True)


def _need_usable(tx: Transaction, delivered: Delivered) -> None:
    if not 0 < len(delivered.name.strip()) <= LONGEST_NAME:
        raise Refused(said("stopped.name_length", most=LONGEST_NAME))
    if delivered.value_date < tx.at.day:
        raise Refused(said("stopped.value_date_passed", value_date=delivered.value_date))


def _need_new(tx: Transaction, delivered: Delivered, rows: RunRows) -> None:
    standing = tx.guard.run_named(delivered.name)
    if standing is not None:
        raise Refused(said("stopped.name_taken", name=delivered.name, number=standing.number))
    other = tx.guard.sharing(delivered.value_date, rows.payment.tolist())
    if other is not None:
        raise Refused(said("stopped.payments_taken", number=other.number, name=other.name))


def _kept(tx: Transaction, file: RawFile, delivered: Delivered, rows: RunRows, laid: PayRun) -> Taken:
    numbers = tuple(dict.fromkeys(rows.national_number.tolist()))
    people = tx.guard.people(numbers)
    limits = in_force(tx, delivered.value_date)
    judged = _judged(tx, rows, laid, people, limits)
    goes, held = int(judged.divided.goes.sum()), int(judged.divided.held.sum())
    run = Run(
        id=derived_id(tx.institution.namespace, "pay_run", delivered.name),
        number=None, name=delivered.name, file=file.id, value_date=delivered.value_date, payments=len(rows.payment),
        total=goes + held, goes=goes, held=held, state="taken",
        not_checked=tuple(outcome.check.name.lower() for outcome in judged.checked.outcomes if not outcome.is_made),
        accounts=accounts(tx), made_at=tx.at.now.replace(microsecond=0), taken_by=tx.actor.name,
    )  # fmt: skip
    columns = _columns(judged, people)
    number, ids = tx.guard.keep_run(run, columns)
    _book(tx, run, columns, ids)
    use_up(tx, limits, run.id)
    tx.files.set_state(file.id, "absorbed")
    stopped = tx.guard.payments_of(run.id, in_file=False)
    for paid in stopped:
        tell(tx, paid)
    facts = {"run": number, "payments": run.payments, "stopped": len(stopped), "held_ore": held, "goes_ore": goes}
    tx.audit.note("take_pay_run", str(run.id), facts)
    return Taken(tx.guard.run(number), stopped, _pointed_out(tx, run))


def _pointed_out(tx: Transaction, run: Run) -> tuple[Paid, ...]:
    return tuple(paid for paid in tx.guard.pointed_out() if paid.run == run.id)


def _judged(tx: Transaction, rows: RunRows, laid: PayRun, people: Sequence[UUID], limits: InForce) -> _Judged:
    """Hold the run against payroll's limits and those in force here, make the checks, divide every payment."""
    told = limits_told(laid.payments.person, rows)
    joined = together(told, limits.of_people(people), limits.institution)
    decision = decide(laid.payments, joined.limits, limits.institution)
    basis = prepare(laid, PayCodes(*empty(PayCodes)), remembered(tx, rows, people))
    checked = guarded(basis)
    divided = split(basis, decision, checked.findings, holds_parts=tx.guard.setting(HOLDS_PARTS) == ON)
    return _Judged(rows, laid, basis, decision, joined.unapproved, checked, divided)


def _columns(judged: _Judged, people: Sequence[UUID]) -> PaymentColumns:
    """Lay a judged run out as rows: one for what goes of a payment, one for what is held of it."""
    rows, decision, divided = judged.rows, judged.decision, judged.divided
    goes, held = np.flatnonzero(divided.goes > 0), np.flatnonzero(divided.held > 0)
    at = np.concatenate([goes, held])
    stands = np.concatenate([np.zeros(len(goes), np.int64), divided.hold[held]])
    amount = np.concatenate([divided.goes[goes], divided.held[held]])
    order = np.lexsort((stands, at))
    at, stands, amount = at[order], stands[order], amount[order]
    place = decision.place[at]
    return PaymentColumns(
        payment=rows.payment[at].tolist(),
        employment=rows.employment[at].tolist(),
        person=[people[person - 1] for person in judged.laid.payments.person[at].tolist()],
        receivers=[_receiver(rows, row) for row in at.tolist()],
        row=rows.rows[at].tolist(),
        net=rows.net_pay[at].tolist(),
        amount=amount.tolist(),
        hold=stands.tolist(),
        total=decision.total[place].tolist(),
        limit=decision.limit[place].tolist(),
        applied=decision.applied[place].tolist(),
        warned=decision.warned[place].tolist(),
        unapproved=judged.unapproved[place].tolist(),
        findings=_findings(judged, at),
        state=[State.STOPPED if hold else State.SENT for hold in stands.tolist()],
    )


def _findings(judged: _Judged, at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Mapping[int, tuple[Said, ...]]:
    """Give what the checks say of the rows at ``at``, by their place."""
    told: dict[int, list[Said]] = {}
    for found, payment in enumerate(judged.checked.findings.payment.tolist()):
        told.setdefault(payment, []).append(explain(judged.checked.findings, found))
    return {place: tuple(told[row]) for place, row in enumerate(at.tolist()) if row in told} if told else {}


def _receiver(rows: RunRows, row: int) -> Receiver:
    return Receiver(
        rows.name[row], rows.national_number[row], rows.account_form[row], rows.bank[row], rows.account[row], rows.text[row]
    )


def _book(tx: Transaction, run: Run, columns: PaymentColumns, ids: Sequence[UUID]) -> None:
    """Book what goes as drawn from the refund account, what is held on 95.11."""
    amounts = list(zip(ids, columns.amount, columns.hold, strict=True))
    goes = {payment: amount for payment, amount, hold in amounts if not hold}
    held = {payment: amount for payment, amount, hold in amounts if hold}
    cause = Cause(tx.institution.namespace, run.id, "taken", tx.at.day, tx.at.now)
    for posted in book_whole_run(chart_of(run.accounts), cause, goes, held):
        tx.guard.post(posted)
