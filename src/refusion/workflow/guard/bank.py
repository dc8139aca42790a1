"""What goes to the bank and what it answers: the order of a run, the same bytes each time, and its status reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from refusion.salary_guard.resolving.states import MOVES, Event
from refusion.values.said import BadInput, Refused, said
from refusion.workflow.guard.step import take_step
from refusion.workflow.ports.guard.facts import Paid, Parked, Run
from refusion.workflow.ports.guard.files import BankAnswer, Going, OrderHead
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports, Transaction

KIND = "payment-status"
MOST = 10_000
"""So many payments stand in one file of an order."""
REJECTED, ACCEPTED = "rejected", "accepted"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a run's order, and what goes in them, øre."""

    run: Run
    files: tuple[Path, ...]
    payments: int
    total: int
    again: bool


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What a status report brought: answers by status, payments that came back to 95.11, answers parked as nobody's."""

    accepted: int
    pending: int
    rejected: int
    parked: int
    again: bool = False


def write_bank_file(
    ports: Ports, actor: Actor, institution: str, number: int, *, target: Path, payer: Path, version: str = "03"
) -> Written:
    """Write a run's order, all its files or none. A second time gives the same order again, which the bank knows by its name.

    Raises BadInput and Refused where it cannot be written; the run then stands as before. Raises Refused where nothing goes.
    """
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        run = tx.guard.run(number)
        payments = tx.guard.payments_of(run.id, in_file=True)
        if not payments:
            raise Refused(said("pain.none"))
        receivers = tx.guard.receivers(payments)
        going = [Going(paid.payment, paid.amount, receivers[paid.id]) for paid in payments]
        _note(tx, run, "written" if run.state == "taken" else run.state, "write_bank_file")
    head = OrderHead(run.name, run.value_date, run.made_at.isoformat(timespec="seconds"), payer, version)
    try:
        files = ports.pay_runs.write(target, head, going)
    except (BadInput, Refused, OSError):
        # What was not written can still be held back.
        with ports.work(institution, actor) as tx:
            _note(tx, run, run.state, "bank_file_not_written")
        raise
    return Written(run, files, len(going), sum(one.amount for one in going), again=run.state != "taken")


def absorb_answers(ports: Ports, actor: Actor, institution: str, name: str, raw: bytes) -> Absorbed:
    """Keep and absorb a status report (pain.002): a rejected payment never went and stands on 95.11, what nobody sent is parked.

    Raises BadInput for what is no valid report; the file is then kept as refused. The same report twice is once.
    """
    with ports.work(institution, actor) as tx:
        file = tx.files.keep(KIND, name, raw, tx.at.now)
        if not file.seen_before:
            tx.audit.note("receive_payment_status", str(file.id), {})
    if file.state == "absorbed":
        return Absorbed(0, 0, 0, 0, again=True)
    try:
        answers = ports.pay_runs.answers(name, raw)
    except BadInput as bad:
        with ports.work(institution, actor) as tx:
            tx.files.set_state(file.id, "refused", tuple(problem.what for problem in bad.problems))
            tx.audit.note("refuse_payment_status", str(file.id), {"problems": len(bad.problems)})
        raise
    with ports.work(institution, actor) as tx:
        tx.guard.alone()
        known, strange = _sorted(tx, answers)
        counts = dict.fromkeys((ACCEPTED, "pending", REJECTED), 0)
        for paid, answer in known:
            _learn(tx, paid, answer)
            counts[answer.status] += 1
        for run in {answer.order for answer in answers}:
            _follow_run(tx, run, answers)
        parked = tx.guard.park(file.id, strange)
        tx.files.set_state(file.id, "absorbed")
        tx.audit.note("absorb_payment_status", str(file.id), {**counts, "parked": parked})
    return Absorbed(counts[ACCEPTED], counts["pending"], counts[REJECTED], parked)


def _note(tx: Transaction, run: Run, state: str, verb: str) -> None:
    tx.guard.set_run_state(run, state, written=state == "written")
    tx.audit.note(verb, str(run.id), {"run": run.number, "state": state})


def _sorted(tx: Transaction, answers: Iterable[BankAnswer]) -> tuple[list[tuple[Paid, BankAnswer]], list[Parked]]:
    """Tell answers about our payments from those about nobody's; what holds for a whole file holds for each payment in it."""
    known: list[tuple[Paid, BankAnswer]] = []
    strange: list[Parked] = []
    sent: dict[str, tuple[Paid, ...]] = {}
    by_number: dict[str, Mapping[str, Paid]] = {}
    for answer in answers:
        if answer.order not in sent:
            run = tx.guard.run_named(answer.order)
            sent[answer.order] = tx.guard.payments_of(run.id, in_file=True) if run is not None and run.state != "taken" else ()
            by_number[answer.order] = {paid.payment: paid for paid in sent[answer.order]}
        if answer.payment and answer.payment in by_number[answer.order]:
            known.append((by_number[answer.order][answer.payment], answer))
        elif answer.payment or not sent[answer.order]:
            strange.append(Parked(answer.message, answer.payment, answer.code, answer.reason))
        else:
            part = sent[answer.order][(answer.part - 1) * MOST : answer.part * MOST]
            known += [(paid, answer) for paid in part] if answer.status == REJECTED else []
    return known, strange


def _learn(tx: Transaction, paid: Paid, answer: BankAnswer) -> None:
    """Take in what the bank says of one payment; a rejected one comes back to 95.11, unless it is off the way already."""
    reason = " ".join(part for part in (answer.code, answer.reason) if part)
    tx.guard.set_bank_status(paid.id, answer.status, reason)
    now = tx.guard.payment(paid.number)
    if answer.status == REJECTED and (now.state, Event.BANK_REJECTED) in MOVES:
        take_step(tx, now, Event.BANK_REJECTED, reason)


def _follow_run(tx: Transaction, name: str, answers: Iterable[BankAnswer]) -> None:
    """Say of a run whether the bank took all of it, a part, or nothing."""
    run = tx.guard.run_named(name)
    if run is None or run.state == "taken":
        return
    sent = tx.guard.payments_of(run.id, in_file=True)
    rejected = sum(paid.bank_status == REJECTED for paid in sent)
    whole = any(answer.order == name and not answer.payment and answer.status == ACCEPTED for answer in answers)
    if rejected:
        state = REJECTED if rejected == len(sent) else "partly"
    elif whole or all(paid.bank_status == ACCEPTED for paid in sent):
        state = ACCEPTED
    else:
        return
    if state != run.state:
        tx.guard.set_run_state(run, state)
