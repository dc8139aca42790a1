"""What happens to a case by itself when its day has come: nobody has to report that benefit begins or that a limit is reached."""

from __future__ import annotations

from datetime import date

from refusion.cases.self_employed.facts import Course, Event, Happened, State
from refusion.cases.self_employed.limits import clarification_end, last_benefit_day, limit_day

S, E = State, Event
WITH_LIMIT = (S.RUNNING, S.REASSESSING, S.EXTENDED)


def by_itself(course: Course, today: date) -> Happened | None:
    """Give what happens to a case by itself on a day, one thing at a time; None where nothing does."""
    begins = course.day("benefit_from")
    if course.main is S.WAITING and begins is not None and begins <= today:
        return Happened(E.BENEFIT_BEGAN, max(begins, course.days[_granted_by(course).value]))
    fit = course.day(E.FIT_AGAIN.value)
    # Told before anything was granted: the benefit ends on the day that was told.
    if course.main in WITH_LIMIT and fit is not None:
        return Happened(E.FIT_AGAIN, fit)
    limit = limit_day(course)
    if course.main in WITH_LIMIT and limit is not None and limit < today:
        return Happened(E.TIME_LIMIT_REACHED, limit)
    return _ending(course, today)


def _granted_by(course: Course) -> Event:
    return E.RIGHT_RESTORED if E.RIGHT_RESTORED.value in course.days else E.GRANTED


def _ending(course: Course, today: date) -> Happened | None:
    end = clarification_end(course) if course.main is S.CLARIFICATION else None
    if end is not None and end < today:
        return Happened(E.TIME_LIMIT_REACHED, end)
    last = last_benefit_day(course)
    begins, paid_through = course.day("benefit_from"), course.day("paid_through")
    if course.main is S.PAYING_OUT and last is not None and begins is not None:
        nothing_owed = last < begins
        if nothing_owed or (paid_through is not None and paid_through >= last):
            return Happened(E.ALL_PAID, today)
    return None
