"""What follows from the facts of a leave that persons gave: its first and last day with refund, and until when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from refusion.absences.facts import Entered, Question
from refusion.cases.facts import Kind
from refusion.claims.answers import MOTHER, Known, said_on
from refusion.law.denmark.child.care import child_care_days_left, child_care_looked_back_to, child_care_right, is_child
from refusion.law.denmark.parental.benefit import leave_days
from refusion.law.denmark.parental.deadlines import parental_request_by
from refusion.law.denmark.parental.weeks import (
    father_benefit_weeks,
    father_weeks_to_give,
    mother_benefit_weeks,
    mother_first_weeks_to_give,
    mother_weeks_to_give,
    pregnancy_leave_first_day,
    shared_benefit_weeks,
    weeks_after_giving,
)
from refusion.values.period import ONE_DAY, Period, first_of_month, last_of_month

WORKING_DAYS, WEEK = 5, timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Facts:
    """What persons said of a leave; None is what nobody said yet. ``transferred`` is weeks received, less those given."""

    parent: str | None
    born: date | None
    transferred: int | None
    hospital_days: int | None
    sole_provider: bool | None


def facts_of(known: Known) -> Facts:
    """Gather what persons said of the leave."""
    parent, born = _said(known, Question.PARENT), _said(known, Question.CHILD_BORN)
    transferred, hospital = _said(known, Question.WEEKS_TRANSFERRED), _said(known, Question.HOSPITAL_DAYS)
    sole = _said(known, Question.SOLE_PROVIDER)
    return Facts(
        parent=parent.value if parent else None,
        born=date.fromisoformat(born.value) if born else None,
        transferred=int(transferred.value) if transferred else None,
        hospital_days=int(hospital.value) if hospital else None,
        sole_provider=sole.value == "yes" if sole else None,
    )


def first_refundable(kind: Kind, known: Known) -> date:
    """Give the first day with refund: a mother's right begins 4 weeks before the birth, every other one with the leave."""
    facts, first = facts_of(known), known.absence.first_day
    if kind is not Kind.PARENTAL or facts.parent != MOTHER or facts.born is None:
        return first
    return max(first, _day(pregnancy_leave_first_day(facts.born.toordinal())))


def last_refundable(kind: Kind, known: Known) -> date | None:
    """Give the last day with refund: the leave's own, the wage's, or that on which the weeks or days of benefit are used up.

    None while the leave goes on and facts lack that say how long the right lasts.
    """
    ends = [day for day in (known.absence.last_day, wage_stopped(known), _right_ends(kind, known)) if day is not None]
    return min(ends, default=None)


def gives_nothing(kind: Kind, known: Known) -> bool:
    """Tell whether the leave ended before any day with refund, or what persons said of a seriously ill child gives no right."""
    last = last_refundable(kind, known)
    if last is not None and last < first_refundable(kind, known):
        return True
    return kind is Kind.ILL_CHILD and not _child_gives_right(known)


def request_by(known: Known, period: Period) -> date:
    """Give the last day on which a period of the leave can be asked for (BL § 40): eight weeks after leave or wage ended.

    While the leave goes on they are counted from the period's own end: then it is never too late.
    """
    ended = known.absence.last_day or period.last
    stopped = wage_stopped(known)
    return parental_request_by(ended, stopped if stopped is not None and stopped < ended else None)


def wage_stopped(known: Known) -> date | None:
    """Give the last day with wage where all later months of the leave that payroll has were without."""
    first = known.absence.first_day
    months = [pay for pay in known.pay if pay.month >= first_of_month(first)]
    paid = [pay.month for pay in months if pay.wage_paid]
    if not paid or max(pay.month for pay in months) == max(paid):
        return None
    return last_of_month(max(paid))


def used_in(kind: Kind, known: Known, spells: Iterable[Period]) -> int:
    """Count what earlier leaves used of the same right: weekdays after the birth, or days within the 18 calendar months."""
    if kind is Kind.PARENTAL:
        born = facts_of(known).born or known.absence.first_day
        after_birth = [(max(spell.first, born), spell.last) for spell in spells if spell.last >= born]
        return sum(leave_days(first.toordinal(), last.toordinal()) for first, last in after_birth)
    since = _day(child_care_looked_back_to(known.absence.first_day.toordinal()))
    return sum((spell.last - max(spell.first, since) + ONE_DAY).days for spell in spells if spell.last >= since)


def _right_ends(kind: Kind, known: Known) -> date | None:
    if kind is Kind.PREGNANCY:
        return None
    if kind is Kind.ILL_CHILD:
        left = child_care_days_left(known.used_before)
        return known.absence.first_day + timedelta(days=left - 1)
    facts = facts_of(known)
    if facts.parent is None or facts.born is None or facts.transferred is None:
        return None
    left = WORKING_DAYS * _weeks(facts.parent, facts.born, facts.transferred) - known.used_before
    return _weekdays_on(max(known.absence.first_day, facts.born), left)


def _weeks(parent: str, born: date, transferred: int) -> int:
    day = born.toordinal()
    shared = shared_benefit_weeks(day)
    if parent == MOTHER:
        own, to_give = mother_benefit_weeks(day), mother_weeks_to_give(True, day) + mother_first_weeks_to_give(day)
    else:
        own, to_give = father_benefit_weeks(day), father_weeks_to_give(True, day)
    return weeks_after_giving(own + shared, max(-transferred, 0), to_give + shared, max(transferred, 0))


def _weekdays_on(first: date, count: int) -> date:
    """Give the day on which that many Mondays to Fridays from ``first`` on are used up; the day before it where none is left."""
    if count <= 0:
        return first - ONE_DAY
    while first.weekday() >= WORKING_DAYS:
        first += ONE_DAY
    weeks, days = divmod(count - 1, WORKING_DAYS)
    over_the_weekend = 2 if first.weekday() + days >= WORKING_DAYS else 0
    return first + weeks * WEEK + timedelta(days=days + over_the_weekend)


def _child_gives_right(known: Known) -> bool:
    """Tell whether the child is under 18 and its stay long enough, as far as persons have said (BL § 26)."""
    facts, first = facts_of(known), known.absence.first_day
    if facts.born is not None and not is_child(facts.born.toordinal(), first.toordinal()):
        return False
    if facts.hospital_days is None or facts.sole_provider is None:
        return True
    return child_care_right(facts.hospital_days, sole_provider=facts.sole_provider)


def _said(known: Known, question: Question) -> Entered | None:
    return said_on(known, question, known.absence.first_day)


def _day(ordinal: int) -> date:
    return date.fromordinal(int(ordinal))
