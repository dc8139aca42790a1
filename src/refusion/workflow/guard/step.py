"""One step of a payment: its state moves, its posting goes into the books, its task follows."""

from __future__ import annotations

from dataclasses import replace

from refusion.ledger import Cause
from refusion.salary_guard.resolving.bookings import GuardChart, book_on, default_chart
from refusion.salary_guard.resolving.states import FINISHED, WAITS, Event, State, moved
from refusion.salary_guard.resolving.window import stop_window
from refusion.values.said import Refused, Said, said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.guard.facts import Paid, Step
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import task_id

TURNS = {
    "payroll_officer": Turn.PAYROLL_OFFICER, "approver": Turn.APPROVER, "accountant": Turn.ACCOUNTANT,
    "bank": Turn.PAYROLL_OFFICER, "employee": Turn.ACCOUNTANT,
}  # fmt: skip
"""Whose turn it is to see to what a state waits for; SENT waits for nobody."""


def found(tx: Transaction, number: int) -> Paid:
    """Give a payment, with nobody else resolving; one in the file whose value date has come is paid."""
    tx.guard.alone()
    paid = tx.guard.payment(number)
    if paid.state is State.SENT and paid.value_date <= tx.at.day and tx.guard.run(paid.run_number).state != "taken":
        return take_step(tx, paid, Event.VALUE_DATE_PASSED)
    return paid


def take_step(tx: Transaction, paid: Paid, event: Event, reason: str = "", *, amount: int | None = None) -> Paid:
    """Take one step: raises Refused where the event cannot happen or moves another amount than stands there."""
    after = moved(paid.state, event)
    about = paid.amount if amount is None else amount
    cause = Cause(tx.institution.namespace, paid.id, f"step {paid.steps + 1}", tx.at.day, tx.at.now)
    chart = chart_of(tx.guard.run(paid.run_number).accounts)
    posted = book_on(chart, cause, (paid.state, event), about, tx.guard.standing(paid.id))
    if posted is not None:
        tx.guard.post(posted)
    transaction = posted.id if posted is not None else None
    step = Step(
        paid.id, paid.steps + 1, event.value, paid.state.value, after.value, about, transaction, reason, tx.actor.name, tx.at.now
    )
    tx.guard.move(paid, step)
    now = replace(paid, state=after, steps=paid.steps + 1)
    tell(tx, now)
    return now


def tell(tx: Transaction, paid: Paid) -> None:
    """Let the work list say what a payment waits for and for whom; a resolved one leaves it.

    Nothing of it is a refund that can be lost, so that no kroner stand on the task.
    """
    id = task_id(tx, Kind.STOPPED_PAYMENT, paid.id)
    if paid.state in FINISHED or paid.state is State.SENT:
        tx.tasks.close(id, tx.at.day, tx.actor.name)
        return
    turn = TURNS[WAITS[paid.state].on]
    safe = stop_window(paid.value_date).last
    task = Task(id, Kind.STOPPED_PAYMENT, waits_for(paid), turn, 0, tx.at.day, safe_day=safe, legal_day=paid.value_date)
    tx.tasks.open(task)


def waits_for(paid: Paid) -> Said:
    """Say what a payment that is not resolved waits for; nothing of the person."""
    return said(f"stopped.task_{paid.state.value}", number=paid.number, amount_ore=paid.amount, value_date=paid.value_date)


def chart_of(numbers: object) -> GuardChart:
    """Give the accounts of a run by their numbers per purpose."""
    return default_chart().with_numbers(dict(numbers)) if isinstance(numbers, dict) and numbers else default_chart()


def given(reason: str) -> str:
    """Give a reason without its margins; raises Refused when there is none."""
    if not reason.strip():
        raise Refused(said("stopped.no_reason"))
    return reason.strip()
