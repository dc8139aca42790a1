"""The last days of a course: when the right stops, how long a ground prolongs it, when a course of clarification ends."""

from __future__ import annotations

from datetime import date

from refusion.cases.self_employed.facts import Course, Event, State
from refusion.law.denmark.sickness.duration import after_the_limit, unbroken_stops_after
from refusion.values.period import ONE_DAY, months_after

CLARIFICATION_MONTHS = 24


def longest_extension(ground: str, reassessed_on: date) -> date | None:
    """Give the last day that a ground of extension reaches (SDL § 27 (1)); None where the ground names none."""
    return after_the_limit([ground], reassessed_on).until


def limit_day(course: Course) -> date | None:
    """Give the last day with right: of the extension, of the clarification course, else the law's own; None where none is named."""
    if course.main is State.CLARIFICATION:
        return clarification_end(course)
    if course.day(Event.EXTENDED.value) is not None:
        return course.day("extended_until")
    return unbroken_stops_after(course.first_absence_day, self_employed=True)


def clarification_end(course: Course) -> date | None:
    """Give the last of the two years of a clarification course, counted from its latest beginning."""
    begun = course.day(Event.CLARIFICATION_RENEWED.value) or course.day(Event.CLARIFICATION_BEGUN.value)
    return None if begun is None else months_after(begun, CLARIFICATION_MONTHS) - ONE_DAY


def last_benefit_day(course: Course) -> date | None:
    """Give the last day with benefit of a course that ended or will; None while it is not known.

    Benefit is paid until the day of fitness, whether or not anybody reported it (S3).
    """
    ends = [day - ONE_DAY for name in (Event.FIT_AGAIN, Event.RIGHT_LAPSED, Event.CLARIFICATION_BEGUN) if (day := course.day(name.value))]
    limit = course.day(Event.TIME_LIMIT_REACHED.value)
    found = [*ends, *([limit] if limit else [])]
    return min(found) if found else None
