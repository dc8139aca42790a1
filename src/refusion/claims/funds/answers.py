"""The answers of a fund's claim, from payroll, from decisions that persons entered, and from what others refund."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from refusion.absences.facts import Employment, Entered, Pay, Question
from refusion.cases.facts import Kind
from refusion.claims.facts import Answer
from refusion.claims.funds.netting import Refunded, others_before
from refusion.claims.funds.rights import FACT_OF, Right
from refusion.law.engine.words import portion
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month

DAYS_OF_A_WEEK = 5
DECIDED_BY_NUMBER = frozenset({Question.PAY_GRADE})
FIGURES_OF_PAY = ("gross", "hours", "wage_paid")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one claim of a fund rests on: the job, its pay by month, entered answers, the right, what others refund."""

    employment: Employment
    pay: Sequence[Pay]
    entered: Sequence[Entered]
    right: Right
    refunded: Sequence[Refunded]


def fund_answers(sequence: int, period: Period, facts: Facts) -> tuple[Answer, ...]:
    """Prefill one claim of a fund; an answer without a value is owed by payroll or by a person."""
    of_every_fund = (
        Answer("number", sequence, "case"),
        Answer("first_day", period.first.isoformat(), "case"),
        Answer("last_day", period.last.isoformat(), "case"),
    )
    own = tuple(_ASKED[field](period, facts) for field in FIELDS[facts.right.kind])
    others = others_before(facts.right.kind, period, facts.refunded)
    return (*of_every_fund, *own, Answer("other_refunds", others, "case"))


def said_on(entered: Sequence[Entered], question: Question, days: Period) -> Entered | None:
    """Find the newest answer to a question that holds on one of the days."""
    return next((one for one in reversed(entered) if one.question is question and _touches(one, days)), None)


def _touches(said: Entered, days: Period) -> bool:
    return said.valid_from <= days.last and (said.valid_until is None or days.first <= said.valid_until)


def _fact(period: Period, facts: Facts) -> Answer:
    question = FACT_OF[facts.right.kind]
    said = said_on(facts.entered, question, period)
    if said is None:
        return Answer(question.value, None, "entered")
    value = int(said.value) if question in DECIDED_BY_NUMBER else said.value
    return Answer(question.value, value, "entered", None, said.entered_at.date())


def _excluded(period: Period, facts: Facts) -> Answer:
    """What of the wage counts not (overtime, one-off pay): nothing where no person entered any for the quarter."""
    said = said_on(facts.entered, Question.EXCLUDED_PAY, period)
    if said is None:
        return Answer("excluded_pay", 0, "case")
    return Answer("excluded_pay", int(said.value), "entered", None, said.entered_at.date())


def _hired_on(_period: Period, facts: Facts) -> Answer:
    learned = facts.employment.learned
    return Answer("hired_on", facts.employment.employed_since.isoformat(), "payroll", learned.version, learned.recorded_at.date())


def _of_pay(field: str, figure: str) -> Callable[[Period, Facts], Answer]:
    return lambda period, facts: _summed(field, figure, (period,), facts)


def _leave_wage(period: Period, facts: Facts) -> Answer:
    return _summed("wage_paid", "wage_paid", _leave_days(period, facts), facts)


def _leave_hours(period: Period, facts: Facts) -> Answer:
    """Paid hours of leave: a fifth of the weekly hours for each weekday of leave, in months with wage."""
    learned, weekly = facts.employment.learned, facts.employment.weekly_hours
    days = _leave_days(period, facts)
    paid = _months(facts)
    months = [part for spell in days for part in spell.months()]
    if weekly is None or any(first_of_month(month.first) not in paid for month in months):
        return Answer("leave_hours", None, "payroll")
    counted = sum(month.weekdays for month in months if paid[first_of_month(month.first)].wage_paid > 0)
    hours = portion(weekly, counted, DAYS_OF_A_WEEK)
    return Answer("leave_hours", hours, "payroll", learned.version, learned.recorded_at.date())


def _leave_days(period: Period, facts: Facts) -> tuple[Period, ...]:
    return tuple(part for part in (spell.overlap(period) for spell in facts.right.spells) if part is not None)


def _before(field: str, figure: str) -> Callable[[Period, Facts], Answer]:
    """Sum a figure of pay over the days of the right in the same year before the period: what the year's limit counts."""

    def asked(period: Period, facts: Facts) -> Answer:
        first = date(period.first.year, 1, 1)
        if first == period.first:
            return Answer(field, 0, "payroll")
        earlier = Period(first, period.first - ONE_DAY)
        spells = tuple(part for part in (spell.overlap(earlier) for spell in facts.right.spells) if part is not None)
        return _summed(field, figure, spells, facts)

    return asked


def _summed(field: str, figure: str, spells: Sequence[Period], facts: Facts) -> Answer:
    """Sum a figure of pay over days: each month's by the weekdays that the days have of it; None where a month lacks."""
    months, total, learned = _months(facts), 0, []
    for part in (month for spell in spells for month in spell.months()):
        pay = months.get(first_of_month(part.first))
        if pay is None:
            return Answer(field, None, "payroll")
        whole = _employed(part, facts.employment)
        total += int(portion(getattr(pay, figure), part.weekdays, max(whole.weekdays, part.weekdays, 1)))
        learned.append(pay.learned)
    if not learned:
        return Answer(field, 0, "payroll")
    newest = max(learned, key=lambda one: one.recorded_at)
    return Answer(field, total, "payroll", newest.version, newest.recorded_at.date())


def _employed(part: Period, employment: Employment) -> Period:
    """Give the days of a part's month on which the job existed: pay of a month is of those days."""
    first, last = first_of_month(part.first), last_of_month(part.first)
    return Period(max(first, min(employment.employed_since, part.first)), min(last, max(employment.ends or last, part.last)))


def _months(facts: Facts) -> Mapping[date, Pay]:
    return {pay.month: pay for pay in facts.pay}


_ASKED: Mapping[str, Callable[[Period, Facts], Answer]] = MappingProxyType({
    "fact": _fact,
    "hired_on": _hired_on,
    "excluded_pay": _excluded,
    "gross": _of_pay("gross", "gross"),
    "paid_hours": _of_pay("paid_hours", "hours"),
    "wage_paid": _of_pay("wage_paid", "wage_paid"),
    "hours_before": _before("hours_before", "hours"),
    "wage_before": _before("wage_before", "wage_paid"),
    "leave_hours": _leave_hours,
    "leave_wage": _leave_wage,
})
FIELDS: Mapping[Kind, tuple[str, ...]] = MappingProxyType({
    Kind.FLEKSJOB_WAGE: ("fact", "gross", "paid_hours", "wage_paid"),
    Kind.WAGE_SUBSIDY: ("fact", "paid_hours", "wage_paid", "hours_before", "wage_before"),
    Kind.CLARIFICATION: ("fact", "wage_paid"),
    Kind.PARENTAL_FUND: ("fact", "leave_hours", "leave_wage"),
    Kind.STATE_FLEKSJOB: ("hired_on", "wage_paid", "excluded_pay"),
})
