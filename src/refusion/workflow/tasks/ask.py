"""Open tasks: what a person must answer or see, with its kroner, its last safe day and its legal day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from refusion.absences.facts import Question
from refusion.cases.facts import Case
from refusion.claims.expectation import at_most
from refusion.claims.facts import Claim, Loss
from refusion.claims.filing import Filing
from refusion.values.ids import derived_id
from refusion.values.period import Period, last_of_month, sunday_of
from refusion.values.said import Said, said
from refusion.watch.deadlines import Deadline, Layer, Step, follow_up_by, of_case, safe_day
from refusion.watch.facts import Kind, Task, Turn
from refusion.workflow.ports.bank import Decision
from refusion.workflow.ports.institution import Settings
from refusion.workflow.ports.work import Transaction


def task_id(tx: Transaction, kind: Kind, subject: UUID, about: str = "") -> UUID:
    """Give the id of the task for a matter: the same matter is one task."""
    return derived_id(tx.institution.namespace, "task", kind.value, subject, about)


def ask_weekly_hours(tx: Transaction, case: Case) -> None:
    """Ask for the weekly hours that payroll does not know, before the notification is due."""
    first_month = Period(case.refund_from, last_of_month(case.refund_from))
    _ask(tx, case, Question.WEEKLY_HOURS, "", at_stake=at_most(first_month), legal=case.notify_by)


def leave_fact_task(tx: Transaction, case: Case, question: str) -> UUID:
    """Give the id of the task that asks for a fact of a leave."""
    return task_id(tx, Kind.ANSWER_MISSING, case.id, f"{question}:")


def ask_leave_fact(tx: Transaction, case: Case, question: Question) -> None:
    """Ask for what only a person knows of a leave: the parent, the child, the weeks given or received."""
    first_month = Period(case.refund_from, last_of_month(case.refund_from))
    _ask(tx, case, question, "", at_stake=at_most(first_month, case.kind), legal=case.notify_by)


def ask_hours_worked(tx: Transaction, case: Case, claim: Claim, week: date) -> None:
    """Ask for the hours worked in one week of a partial return, before the claim's request is due.

    The whole week is at stake; of two claims that share it the earlier one is meant.
    """
    stake, legal = at_most(Period(week, sunday_of(week))), claim.request_by
    _ask(tx, case, Question.HOURS_WORKED, week.isoformat(), at_stake=stake, legal=legal, claim=claim.id)


def tell_payroll_lacks(tx: Transaction, case: Case, claim: Claim, field: str) -> None:
    """Tell that payroll's figure for a claim whose period has passed is not in the house."""
    what = said("watch.payroll_lacks", field=field, first=claim.period.first, last=claim.period.last)
    _open(tx, Kind.PAYROLL_ROW, what, claim.expected.total, claim.request_by, case=case.id, claim=claim.id, about=field)


def tell_refused(tx: Transaction, filing: Filing, why: Said) -> None:
    """Tell that a report was refused, and why."""
    claim = None if filing.subject == filing.case else filing.subject
    at_stake, deadline, about = filing.at_stake, filing.deadline, str(filing.id)
    _open(tx, Kind.REFUSED_BY_AUTHORITY, why, at_stake, deadline, case=filing.case, claim=claim, about=about)


def tell_foreign(tx: Transaction, filing: Filing) -> None:
    """Tell that the authority holds another report under our intent."""
    what = said("watch.foreign_filing", kind=filing.kind.value)
    _open(tx, Kind.FOREIGN_FILING, what, filing.at_stake, filing.deadline, case=filing.case, about=str(filing.id))


def tell_unknown(tx: Transaction, filing: Filing) -> None:
    """Tell that for more than a day nobody knows what became of a report."""
    what = said("watch.answer_unknown", kind=filing.kind.value, since=tx.at.day_of(filing.intended_at))
    _open(tx, Kind.ANSWER_UNKNOWN, what, filing.at_stake, filing.deadline, case=filing.case, about=str(filing.id))


def tell_lost(tx: Transaction, loss: Loss) -> None:
    """Tell that kroner are lost, why and since when it is certain."""
    what = said("watch.refund_lost", cause=loss.cause.value, first=loss.period.first, last=loss.period.last)
    _open(tx, Kind.REFUND_LOST, what, loss.amount, None, case=loss.case, about=str(loss.id))


def tell_correction_late(tx: Transaction, case: Case, claim: Claim, change: int) -> None:
    """Tell that a filed claim is wrong and too old to be put right by a correction; ``change`` is øre."""
    what = said("watch.correction_late", first=claim.period.first, last=claim.period.last, change_ore=change)
    _open(tx, Kind.CORRECTION_LATE, what, abs(change), None, case=case.id, claim=claim.id)


def tell_difference(tx: Transaction, claim: Claim, why: Said) -> None:
    """Tell that the money differs from what was expected, with the likely reason."""
    difference = claim.difference or 0
    task = task_id(tx, Kind.DIFFERENCE, claim.id)
    tx.tasks.open(
        Task(task, Kind.DIFFERENCE, why, Turn.ACCOUNTANT, abs(difference), tx.at.day, case=claim.case, claim=claim.id)
    )


def tell_decision_late(tx: Transaction, claim: Claim) -> None:
    """Tell that a decision is overdue."""
    what = said("watch.decision_late", first=claim.period.first, last=claim.period.last, since=claim.requested_on)
    _open(tx, Kind.DECISION_LATE, what, claim.expected.total, None, case=claim.case, claim=claim.id)


def tell_payment_late(tx: Transaction, claim: Claim, decision: Decision) -> None:
    """Tell that the money of a decision has not come, or not all of it."""
    missing = decision.pays - tx.bank.matched_decision(decision.id)
    what = said("watch.payment_late", reference=decision.reference, pays_on=decision.pays_on, missing_ore=missing)
    about = str(decision.id)
    _open(tx, Kind.PAYMENT_LATE, what, abs(missing), None, case=claim.case, claim=claim.id, about=about)


def _ask(
    tx: Transaction, case: Case, question: Question, about: str, *, at_stake: int, legal: date, claim: UUID | None = None
) -> None:
    what = said(f"watch.ask_{question.value}", week=date.fromisoformat(about) if about else None)
    task = Task(
        id=task_id(tx, Kind.ANSWER_MISSING, case.id, f"{question.value}:{about}"),
        kind=Kind.ANSWER_MISSING,
        said=what,
        turn=Turn.LEADER if question is Question.HOURS_WORKED else Turn.CASEWORKER,
        at_stake=at_stake,
        opened_on=tx.at.day,
        safe_day=answer_safe_day(tx.institution.settings, case, about, legal),
        legal_day=legal,
        case=case.id,
        claim=claim,
        question=question.value,
        about=about or None,
    )
    tx.tasks.open(_at_rest(task) if case.pilot else task)


def _at_rest(task: Task) -> Task:
    """Take kroner and days off what a pilot asks: nothing of it is filed from here, so that nothing is lost by waiting."""
    return replace(task, at_stake=0, safe_day=None, legal_day=None)


def answer_safe_day(settings: Settings, case: Case, about: str, legal: date) -> date:
    """Give the last day on which an answer, about the absence or a week's Monday, loses nothing.

    Who orders at the service centre needs it for the centre's day.
    """
    law = Deadline(legal, Layer.LAW, Step.REQUEST)
    if about:
        centre = Deadline(follow_up_by(sunday_of(date.fromisoformat(about))), Layer.SERVICE_CENTRE, Step.FOLLOW_UP)
        return safe_day((law, centre), settings.working_model, settings.safe_margin_days)
    return safe_day((law, *of_case(case)), settings.working_model, settings.safe_margin_days)


def _open(
    tx: Transaction,
    kind: Kind,
    what: Said,
    at_stake: int,
    legal: date | None,
    *,
    case: UUID,
    claim: UUID | None = None,
    about: str = "",
) -> None:
    margin = timedelta(days=tx.institution.settings.safe_margin_days)
    task = Task(
        id=task_id(tx, kind, claim or case, about),
        kind=kind,
        said=what,
        turn=Turn.CASEWORKER,
        at_stake=at_stake,
        opened_on=tx.at.day,
        safe_day=legal and legal - margin,
        legal_day=legal,
        case=case,
        claim=claim,
    )
    tx.tasks.open(task)
