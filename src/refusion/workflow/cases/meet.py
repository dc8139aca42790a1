"""What happens to a case: the state table says where it goes, the effects are carried out in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from refusion.absences.facts import JobKind, Question
from refusion.cases.facts import LEAVE, Case, Kind, State
from refusion.cases.opening import filing_day_of, kind_of
from refusion.cases.states import Effect, Event, move
from refusion.claims import days
from refusion.claims.answers import LEAVE_FACTS, Known, leave_answers, notification_answers, says_yes
from refusion.claims.expectation import at_most
from refusion.claims.facts import State as ClaimState
from refusion.claims.leave import right as leave
from refusion.law.denmark.sickness.dates import employer_period
from refusion.values.period import Period, last_of_month
from refusion.values.said import Refused, Said, said
from refusion.watch.facts import Kind as TaskKind
from refusion.watch.facts import Task
from refusion.workflow.claims.review import GONE, review_claims
from refusion.workflow.funds.review import review_fund
from refusion.workflow.outbox.intend import (
    intend_annulment,
    intend_notification,
    intend_notification_correction,
    intend_recovery,
)
from refusion.workflow.payroll.knowing import absence_of, known_of
from refusion.workflow.ports.work import Transaction
from refusion.workflow.tasks.ask import ask_leave_fact, ask_weekly_hours, leave_fact_task

NOTIFIED = ("first_absence_day", "job_kind", "agreement_56", *dict.fromkeys(fact.value for facts in LEAVE_FACTS.values() for fact in facts))
UNDER_WAY = frozenset({State.NOTIFYING, State.ANNULLING})


def meet(tx: Transaction, case: Case, event: Event) -> Case:
    """Take a case through an event and carry out what follows.

    Raises Refused with the table's reason when the event cannot happen in the case's state.
    """
    outcome = move(case.state, event)
    if isinstance(outcome, Said):
        raise Refused(outcome)
    case = replace(case, state=outcome.state)
    tx.cases.keep(case, event.value, tx.at.now)
    for effect in outcome.effects:
        case = EFFECTS[effect](tx, case)
    return case


def meet_payroll(tx: Transaction, case: Case) -> Case:
    """Let a case meet what payroll says of its absence now.

    While an annulment is under way payroll waits: its acceptance calls this again. A fund's case meets it by its right.
    """
    if case.is_of_fund:
        return review_fund(tx, case)
    if case.state is State.ANNULLING:
        return case
    case = with_days(tx, case)
    if case.kind in LEAVE:
        _close_answered(tx, case)
    return meet(tx, case, payroll_event(tx, case))


def _close_answered(tx: Transaction, case: Case) -> None:
    """Close the questions about a leave whose answers are in, however they came."""
    for answer in leave_answers(case.kind, known_of(tx, case)):
        if not answer.missing:
            tx.tasks.close(leave_fact_task(tx, case, answer.field), tx.at.day, tx.actor.name)


def with_days(tx: Transaction, case: Case) -> Case:
    """Give the case with payroll's first and last day, its kind, and the dates of law that follow from them.

    Once a claim has gone to the authority the kind stands: what it was notified as decides which days are claimed.
    """
    absence = absence_of(tx, case.absence)
    first, last = absence.first_day, absence.last_day
    case = replace(case, first_absence_day=first, last_absence_day=last)
    known = known_of(tx, case)
    if all(claim.state in GONE | {ClaimState.DRAFTED} for claim in tx.claims.of_case(case.id)):
        case = replace(case, kind=_kind(tx, case, known))
    case = replace(case, pilot=_is_pilot(tx, case, known))
    return replace(case, refund_from=days.refund_from(case, known), notify_by=days.notify_by(case, known))


def _is_pilot(tx: Transaction, case: Case, known: Known) -> bool:
    """Tell whether nothing of the case leaves the house: its kind is not live, or another system files it.

    What the authority holds already, or is being told, runs out as it began.
    """
    if case.authority_id is not None or case.state in UNDER_WAY:
        return False
    elsewhere = says_yes(known, Question.FILED_ELSEWHERE, case.first_absence_day)
    return elsewhere or not tx.stages.said().is_live(case.kind, tx.at.day)


def _kind(tx: Transaction, case: Case, known: Known) -> Kind:
    """Name the kind by payroll's code; once the authority knows of the absence, leave stays leave and sickness sickness."""
    told = _told(tx, known)
    may_change = case.authority_id is None and case.state not in UNDER_WAY
    if told in LEAVE and may_change:
        return told
    if case.kind in LEAVE and not (may_change and told is Kind.ORDINARY):
        return case.kind
    return _kind_of_sickness(known, case.first_absence_day)


def _told(tx: Transaction, known: Known) -> Kind | None:
    """Name the kind that payroll's code and a person's word tell: sickness that a pregnancy causes is a kind of leave."""
    told = tx.stages.said().kind_by_code(known.absence.code, tx.at.day)
    if told is Kind.ORDINARY and says_yes(known, Question.PREGNANCY_CAUSE, known.absence.first_day):
        return Kind.PREGNANCY
    return told


def _kind_of_sickness(known: Known, first: date) -> Kind:
    fleksjob = known.employment.job_kind is JobKind.FLEKSJOB or says_yes(known, Question.FLEKSJOB_DECISION, first)
    agreement = says_yes(known, Question.AGREEMENT_56, first)
    return kind_of(first, known.employment.employed_since, agreement_56=agreement, fleksjob=fleksjob)


def payroll_event(tx: Transaction, case: Case) -> Event:
    """Name what payroll's current version of the absence means to the case."""
    absence = absence_of(tx, case.absence)
    told = _told(tx, known_of(tx, case))
    if absence.withdrawn or told is None or ((told in LEAVE or case.kind in LEAVE) and told is not case.kind):
        return Event.WITHDRAWN
    if case.kind in LEAVE and leave.gives_nothing(case.kind, known_of(tx, case)):
        return Event.ENDED_INSIDE
    if absence.last_day is None:
        return Event.STILL_ABSENT
    own = employer_period(absence.first_day, case.waived)
    return Event.ENDED_INSIDE if own is not None and absence.last_day in own else Event.ENDED_AFTER


def ask_what_lacks(tx: Transaction, case: Case) -> bool:
    """Ask for what the notification lacks and a person can answer; tell whether any answer lacks."""
    answers = notification_answers(case, known_of(tx, case), tx.institution.settings.contact)
    lacking = {answer.field for answer in answers if answer.missing}
    if "weekly_hours" in lacking:
        ask_weekly_hours(tx, case)
    for question in LEAVE_FACTS.get(case.kind, ()):
        if question.value in lacking:
            ask_leave_fact(tx, case, question)
    return bool(lacking)


def _plan_filing(tx: Transaction, case: Case) -> Case:
    if case.authority_id is not None:
        return meet_payroll(tx, meet(tx, case, Event.ACCEPTED))
    settings = tx.institution.settings
    planned = filing_day_of(case, settings.filing_day, settings.safe_margin_days)
    # A day that has come stays the day: what lacks an answer is looked at again each day.
    come = min(max(case.file_on, planned), tx.at.day)
    case = replace(case, file_on=planned if planned > tx.at.day else come)
    tx.cases.keep(case, Effect.PLAN_FILING.value, tx.at.now)
    ask_what_lacks(tx, case)
    if case.pilot:
        review_claims(tx, case)
    return case


def _notify(tx: Transaction, case: Case) -> Case:
    if case.pilot:
        raise Refused(said("cases.pilot_files_nothing"))
    stake = at_most(Period(case.refund_from, last_of_month(case.refund_from)), case.kind)
    return _kept(tx, intend_notification(tx, case, known_of(tx, case), stake), Effect.NOTIFY)


def _review_claims(tx: Transaction, case: Case) -> Case:
    review_claims(tx, case)
    return case


def _tell_recovery(tx: Transaction, case: Case) -> Case:
    """Tell the last absence day; where another one was told, or the notification is wrong, put that right instead."""
    last = case.last_absence_day
    if last is None or _must_wait(tx, case):
        return case
    if case.kind is Kind.ILL_CHILD and case.told_last_day != last:
        # There is no recovery for a seriously ill child: the notification itself tells the last day.
        return _correct(tx, case)
    if case.told_last_day not in (None, last) or _is_told_wrongly(tx, case):
        return _correct(tx, case)
    if last == case.told_last_day:
        return case
    return _kept(tx, intend_recovery(tx, case, last), Effect.TELL_RECOVERY)


def _correct_notification(tx: Transaction, case: Case) -> Case:
    """Put the notification right when the authority knows other days; a new wage or hours go with the next claim."""
    if _must_wait(tx, case) or (case.told_last_day == case.last_absence_day and not _is_told_wrongly(tx, case)):
        return case
    return _correct(tx, case)


def _correct(tx: Transaction, case: Case) -> Case:
    return _kept(tx, intend_notification_correction(tx, case, known_of(tx, case)), Effect.CORRECT_NOTIFICATION)


def _annul_notification(tx: Transaction, case: Case) -> Case:
    """Take the notification back when no claim stands before it; else the last claim's annulment calls this again."""
    if case.authority_id is None:
        return meet(tx, case, Event.ANNULMENT_ACCEPTED)
    standing = [claim for claim in tx.claims.of_case(case.id) if claim.state not in GONE]
    if standing or _must_wait(tx, case):
        return case
    return _kept(tx, intend_annulment(tx, case, None), Effect.ANNUL_NOTIFICATION)


def _close_tasks(tx: Transaction, case: Case) -> Case:
    tx.tasks.close_for(case=case.id, day=tx.at.day, by=tx.actor.name)
    return case


def _ask_person(_tx: Transaction, case: Case) -> Case:
    """Leave the case to a person; the task with the authority's words is opened where its answer is read."""
    return case


def _must_wait(tx: Transaction, case: Case) -> bool:
    """Tell whether nothing about the absence itself can go now.

    Nothing was notified; or a report is under way, whose answer brings payroll's word up again; or one was refused,
    and a person must look before another goes.
    """
    if case.authority_id is None or any(filing.subject == case.id for filing in tx.outbox.open_of_case(case.id)):
        return True
    return bool(refusals(tx, case))


def refusals(tx: Transaction, case: Case) -> tuple[Task, ...]:
    """Give the open tasks about refused reports on the absence itself."""
    open_tasks = tx.tasks.open_tasks(case=case.id)
    return tuple(task for task in open_tasks if task.kind is TaskKind.REFUSED_BY_AUTHORITY and task.claim is None)


def _is_told_wrongly(tx: Transaction, case: Case) -> bool:
    """Tell whether the notification that stands says what is not so: first day, kind of job, agreement under § 56."""
    accepted = tx.outbox.last_accepted(case.id)
    if accepted is None:
        return False
    content = json.loads(accepted.content)
    told = content.get("content", content)
    now = {answer.field: answer.value for answer in notification_answers(case, known_of(tx, case), "")}
    return any(told.get(field) != now[field] for field in NOTIFIED if field in now)


def _kept(tx: Transaction, case: Case, effect: Effect) -> Case:
    tx.cases.keep(case, effect.value, tx.at.now)
    return case


EFFECTS: Mapping[Effect, Callable[[Transaction, Case], Case]] = MappingProxyType({
    Effect.PLAN_FILING: _plan_filing,
    Effect.NOTIFY: _notify,
    Effect.REVIEW_CLAIMS: _review_claims,
    Effect.TELL_RECOVERY: _tell_recovery,
    Effect.CORRECT_NOTIFICATION: _correct_notification,
    Effect.ANNUL_CLAIMS: _review_claims,
    Effect.ANNUL_NOTIFICATION: _annul_notification,
    Effect.CLOSE_TASKS: _close_tasks,
    Effect.ASK_PERSON: _ask_person,
})
