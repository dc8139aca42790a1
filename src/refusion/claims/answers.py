"""The answers of a report, prefilled from payroll and from what persons entered; each says where it came from.

A value of None is a missing answer: it is asked for, never assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.absences.facts import Absence, Employment, Entered, JobKind, Learned, Pay, Question
from refusion.cases.facts import LEAVE, Case, Kind
from refusion.claims.answer_rules import AnswerRule, by_rule
from refusion.claims.facts import Answer
from refusion.law.denmark.sickness.amount import hourly_after_am
from refusion.law.engine.words import portion
from refusion.values.period import Period, first_of_month, last_of_month, monday_of, months_after

MONTHS_OF_EARNINGS = 3
MOTHER, FATHER = "mother", "father"


LEAVE_FACTS: Mapping[Kind, tuple[Question, ...]] = MappingProxyType({
    Kind.PARENTAL: (Question.PARENT, Question.CHILD_BORN, Question.WEEKS_TRANSFERRED),
    Kind.ILL_CHILD: (Question.CHILD_BORN, Question.HOSPITAL_DAYS, Question.SOLE_PROVIDER),
})
"""What a notification and a claim for leave need and payroll does not tell."""
READ: Mapping[Question, Callable[[str], object]] = MappingProxyType({
    Question.WEEKS_TRANSFERRED: int,
    Question.HOSPITAL_DAYS: int,
    Question.SOLE_PROVIDER: lambda value: value == "yes",
})


@dataclass(frozen=True, slots=True)
class Known:
    """All that the house knows of one case's employment: payroll's current versions and the entered answers.

    ``used_before`` is what earlier leaves used of the same right, in days as the right counts them; ``rules`` are the
    institution's own, approved ones and others.
    """

    employment: Employment
    absence: Absence
    pay: Sequence[Pay]
    entered: Sequence[Entered]
    used_before: int = 0
    rules: Sequence[AnswerRule] = ()


def notification_answers(case: Case, known: Known, contact: str) -> tuple[Answer, ...]:
    """Prefill the notification (anmeldelse): of sickness (DP201), or of leave with the facts of parent and child."""
    employment, absence = known.employment, known.absence
    answers = (
        _payroll("first_absence_day", absence.first_day.isoformat(), absence.learned),
        _payroll("last_absence_day", absence.last_day and absence.last_day.isoformat(), absence.learned),
        _payroll("partial", absence.partial_from is not None, absence.learned),
        _payroll("employed_since", employment.employed_since.isoformat(), employment.learned),
        *(() if case.kind in LEAVE else (_job_kind(known),)),
        weekly_hours(known, absence.first_day),
        earnings(known),
        Answer("wage_paid", True, "rule"),
        *(leave_answers(case.kind, known) if case.kind in LEAVE else _sickness_answers(case, known)),
        Answer("contact", contact, "rule"),
    )
    return by_rule(answers, known.rules, absence.first_day)


def _sickness_answers(case: Case, known: Known) -> tuple[Answer, ...]:
    return (
        _yes_or_no("agreement_56", known, case.kind is Kind.AGREEMENT_56, Question.AGREEMENT_56),
        _yes_or_no("pregnancy", known, False, Question.PREGNANCY_CAUSE),
    )


def leave_answers(kind: Kind, known: Known) -> tuple[Answer, ...]:
    """Prefill what only persons know of a leave: the parent, the child's birth, weeks given or received; the child's stay."""
    return tuple(_asked(question, known) for question in LEAVE_FACTS.get(kind, ()))


def _asked(question: Question, known: Known) -> Answer:
    said = said_on(known, question, known.absence.first_day)
    if said is None:
        return Answer(question.value, None, "entered")
    read = READ.get(question)
    return _entered(question.value, read(said.value) if read else said.value, said)


def claim_answers(sequence: int, period: Period, known: Known, kind: Kind = Kind.ORDINARY) -> tuple[Answer, ...]:
    """Prefill one claim (anmodning) with payroll's values for its period; hours absent by week when partial."""
    absence = known.absence
    return (
        Answer("number", sequence, "case"),
        Answer("first_day", period.first.isoformat(), "case"),
        Answer("last_day", period.last.isoformat(), "case"),
        weekly_hours(known, period.first),
        earnings(known),
        wage_paid(known, period),
        absent_hours(known, period),
        *leave_answers(kind, known),
        _payroll("last_absence_day", absence.last_day and absence.last_day.isoformat(), absence.learned),
    )


def weekly_hours(known: Known, day: date) -> Answer:
    """Give the agreed weekly hours in hundredths: a person's answer for the day, else payroll's, else an approved rule's."""
    said = said_on(known, Question.WEEKLY_HOURS, day)
    if said is not None:
        return _entered("weekly_hours", int(said.value), said)
    (answer,) = by_rule((_payroll("weekly_hours", known.employment.weekly_hours, known.employment.learned),), known.rules, day)
    return answer


def earnings(known: Known) -> Answer:
    """Give the average hourly earnings after labour-market contribution, øre, of the last 3 completed months.

    Someone hired too recently for a completed month is measured by the first month that payroll has.
    """
    first = first_of_month(known.absence.first_day)
    window = [pay for pay in known.pay if months_after(first, -MONTHS_OF_EARNINGS) <= pay.month < first]
    counted = window or [pay for pay in known.pay if pay.month >= first][:1]
    hours = sum(pay.hours for pay in counted)
    if not hours:
        return Answer("hourly_after_am", None, "payroll")
    newest = max(counted, key=lambda pay: pay.learned.recorded_at)
    return _payroll("hourly_after_am", hourly_after_am(sum(pay.gross for pay in counted), hours), newest.learned)


def wage_paid(known: Known, period: Period) -> Answer:
    """Give the wage paid for the period, øre: each month's wage by the weekdays that the period has of it."""
    months = {pay.month: pay for pay in known.pay}
    parts = [(months.get(first_of_month(part.first)), part) for part in period.months()]
    present = [(pay, part) for pay, part in parts if pay is not None]
    if len(present) < len(parts):
        return Answer("wage_paid", None, "payroll")
    amount = sum(
        portion(pay.wage_paid, part.weekdays, Period(pay.month, last_of_month(pay.month)).weekdays)
        for pay, part in present
    )
    newest = max((pay for pay, _ in present), key=lambda pay: pay.learned.recorded_at)
    return _payroll("wage_paid", amount, newest.learned)


def absent_hours(known: Known, period: Period) -> Answer:
    """Give hours absent by the Mondays of the period's weeks, hundredths; empty when the person is away altogether.

    A partial week whose hours worked nobody has entered makes the whole answer missing; :func:`unanswered_weeks`
    names it.
    """
    partial = partial_weeks(known, period)
    if not partial:
        return Answer("absent_hours_by_week", {}, "payroll", known.absence.learned.version)
    agreed = weekly_hours(known, period.first).value
    worked = {week: said_on(known, Question.HOURS_WORKED, week) for week in partial}
    given = [said for said in worked.values() if said is not None]
    if agreed is None or len(given) < len(partial):
        return Answer("absent_hours_by_week", None, "entered")
    weeks = (monday_of(week.first) for week in period.weeks())
    hours = {week.isoformat(): _hours_absent(agreed, worked.get(week)) for week in weeks}
    return Answer("absent_hours_by_week", hours, "entered", None, max(said.entered_at for said in given).date())


def _hours_absent(agreed: int, worked: Entered | None) -> int:
    return agreed if worked is None else max(agreed - int(worked.value), 0)


def partial_weeks(known: Known, period: Period) -> tuple[date, ...]:
    """Give the Mondays of the period's weeks in which the person works some hours."""
    since = known.absence.partial_from
    if since is None or since > period.last:
        return ()
    partly = Period(max(since, period.first), period.last)
    return tuple(monday_of(week.first) for week in partly.weeks())


def unanswered_weeks(known: Known, period: Period) -> tuple[date, ...]:
    """Give the Mondays of partial weeks whose hours worked nobody has entered."""
    return tuple(week for week in partial_weeks(known, period) if said_on(known, Question.HOURS_WORKED, week) is None)


def _job_kind(known: Known) -> Answer:
    said = said_on(known, Question.FLEKSJOB_DECISION, known.absence.first_day)
    if said is not None and said.value == "yes":
        return _entered("job_kind", JobKind.FLEKSJOB.value, said)
    return _payroll("job_kind", known.employment.job_kind.value, known.employment.learned)


def _yes_or_no(field: str, known: Known, otherwise: bool, question: Question) -> Answer:
    said = said_on(known, question, known.absence.first_day)
    return Answer(field, otherwise, "case") if said is None else _entered(field, said.value == "yes", said)


def says_yes(known: Known, question: Question, day: date) -> bool:
    """Tell whether the newest answer to a question that holds on the day is yes."""
    said = said_on(known, question, day)
    return said is not None and said.value == "yes"


def said_on(known: Known, question: Question, day: date) -> Entered | None:
    """Find the newest answer that holds on the day; for a week its Monday stands for it."""
    return next((e for e in reversed(known.entered) if e.question is question and _holds(e, day)), None)


def _holds(entered: Entered, day: date) -> bool:
    return entered.valid_from <= day and (entered.valid_until is None or day <= entered.valid_until)


def _payroll(field: str, value: object, learned: Learned) -> Answer:
    return Answer(field, value, "payroll", learned.version, learned.recorded_at.date())


def _entered(field: str, value: object, said: Entered) -> Answer:
    return Answer(field, value, "entered", None, said.entered_at.date())
