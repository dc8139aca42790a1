"""What a person must see of a fund's claims: answers and pay that lack, claims to give out, what came too late."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from refusion.absences.facts import Question
from refusion.cases.facts import Case
from refusion.claims.expectation import expected
from refusion.claims.facts import Claim, Loss, LossCause, State
from refusion.claims.funds.rights import FACT_OF
from refusion.values.ids import derived_id
from refusion.values.period import Period, last_of_month
from refusion.values.said import said
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.funds import Report
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import task_id, tell_lost, tell_payroll_lacks

TO_GIVE_OUT = frozenset({State.DRAFTED, State.REJECTED, State.CORRECTING, State.ANNULLING})
UNSENT = frozenset({State.DRAFTED, State.REJECTED})
# A month's pay is in the house by its end; ten days later somebody must ask payroll.
PAYROLL_PATIENCE = timedelta(days=10)


def tell_what_waits(tx: Transaction, case: Case) -> None:
    """Open and close the tasks of a case's claims; a pilot's claims ask for what lacks only."""
    for claim in tx.claims.of_case(case.id):
        if claim.period.last < tx.at.day:
            _tell(tx, case, claim)


def _tell(tx: Transaction, case: Case, claim: Claim) -> None:
    missing = set(claim.missing) if claim.state in UNSENT else set()
    question = FACT_OF.get(case.kind)
    if question is not None and claim.state in UNSENT:
        _ask(tx, case, claim, question, is_missing=question.value in missing)
    for field in (answer.field for answer in claim.answers if answer.source == "payroll" and claim.state in UNSENT):
        _tell_of_payroll(tx, case, claim, field, is_missing=field in missing)
    is_due = not missing and not case.pilot and claim.state in TO_GIVE_OUT and tx.funds.open_report_of(claim.id) is None
    _tell_due(tx, claim, is_due=is_due)


def _tell_of_payroll(tx: Transaction, case: Case, claim: Claim, field: str, *, is_missing: bool) -> None:
    """Tell that payroll owes a figure that ought to be there by now."""
    if not is_missing:
        tx.tasks.close(task_id(tx, Kind.PAYROLL_ROW, claim.id, field), tx.at.day, tx.actor.name)
    elif not case.pilot and last_of_month(claim.period.last) + PAYROLL_PATIENCE < tx.at.day:
        tell_payroll_lacks(tx, case, claim, field)


def _ask(tx: Transaction, case: Case, claim: Claim, question: Question, *, is_missing: bool) -> None:
    """Ask for the fact on which the amount turns, once for the case."""
    id = task_id(tx, Kind.ANSWER_MISSING, case.id, f"{question.value}:{claim.sequence}")
    if not is_missing:
        tx.tasks.close(id, tx.at.day, tx.actor.name)
        return
    what = said(f"funds.ask_{question.value}", first=claim.period.first, last=claim.period.last)
    task = Task(id, Kind.ANSWER_MISSING, what, Turn.CASEWORKER, 0, tx.at.day, case=case.id, claim=claim.id, question=question.value)
    tx.tasks.open(_dated(tx, claim, task) if not case.pilot else task)


def _tell_due(tx: Transaction, claim: Claim, *, is_due: bool) -> None:
    id = task_id(tx, Kind.FUND_DUE, claim.id)
    if not is_due or (claim.state in UNSENT and claim.expected.total == 0):
        tx.tasks.close(id, tx.at.day, tx.actor.name)
        return
    what = said("funds.due", number=claim.number, first=claim.period.first, last=claim.period.last)
    task = Task(id, Kind.FUND_DUE, what, Turn.CASEWORKER, abs(claim.expected.total), tx.at.day, case=claim.case, claim=claim.id)
    tx.tasks.open(_dated(tx, claim, task) if claim.state in UNSENT else task)


def _dated(tx: Transaction, claim: Claim, task: Task) -> Task:
    """Give a task the days of its claim: the law's last one, and the safe one before it."""
    margin = timedelta(days=tx.institution.settings.safe_margin_days)
    return Task(task.id, task.kind, task.said, task.turn, task.at_stake, task.opened_on, claim.request_by - margin, claim.request_by,
                case=task.case, claim=task.claim, question=task.question)  # fmt: skip


def tell_receipt_due(tx: Transaction, report: Report) -> None:
    """Tell that a file was given out and that its receipt is to be noted."""
    what = said("funds.receipt_due", number=report.number, name=report.name)
    task = Task(receipt_task(tx, report), Kind.FUND_ANSWER, what, Turn.CASEWORKER, report.total, tx.at.day)
    tx.tasks.open(task)


def close_receipt_due(tx: Transaction, report: Report) -> None:
    """Close that task."""
    tx.tasks.close(receipt_task(tx, report), tx.at.day, tx.actor.name)


def receipt_task(tx: Transaction, report: Report) -> UUID:
    """Give the id of the task about a report's receipt."""
    return task_id(tx, Kind.FUND_ANSWER, report.id)


def keep_late(tx: Transaction, case: Case, claim: Claim, lost: Period) -> None:
    """Keep days that came too late, once, and tell a person; days that were worth nothing are no loss."""
    amount = expected(lost, claim.answers, case.kind).total
    if amount == 0:
        return
    loss = Loss(
        id=derived_id(tx.institution.namespace, "loss", case.id, LossCause.LATE_REQUEST.value, lost.first),
        case=case.id,
        period=lost,
        amount=amount,
        cause=LossCause.LATE_REQUEST,
        certain_on=tx.at.day,
        deadline=claim.request_by,
        known_on=case.known_on,
        claim=claim.id,
    )
    tx.claims.keep_loss(loss)
    tell_lost(tx, loss)
