"""What a case waits for today: each with its day, whose turn it is, on what the day rests, and what rescues it when it passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from refusion.cases.self_employed.facts import Course, Event, State, Track
from refusion.cases.self_employed.limits import clarification_end, limit_day
from refusion.law.denmark.self_employed.follow_up import application_decided_by, milestones, municipality_reassesses_by, payday
from refusion.law.denmark.self_employed.waiting import Cover, self_notify_by
from refusion.law.denmark.sickness.duration import reassess_by
from refusion.values.period import ONE_DAY, first_of_month, months_after

S, E = State, Event
# Where no text names a day, the house itself looks again after four weeks, at a standing extension after eight.
LOOK_AGAIN, LOOK_AT_EXTENSION = timedelta(days=28), timedelta(days=56)


class Turn(StrEnum):
    """Whose turn it is."""

    PERSON = "person"
    MUNICIPALITY = "municipality"
    DOCTOR = "doctor"
    CLINICAL_FUNCTION = "clinical_function"
    APPEALS_BOARD = "appeals_board"
    HOUSE = "house"


class Rests(StrEnum):
    """What a day rests on: the law, the service goal, a letter that names it, or the house's own control."""

    LAW = "law"
    GOAL = "goal"
    LETTER = "letter"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Wait:
    """Something awaited: its kind, the last day, whose turn, what the day rests on.

    Its words are ``self_employed.wait_<kind>``; what helps once the day has passed, ``self_employed.rescue_<kind>``.
    """

    kind: str
    due: date
    turn: Turn
    rests: Rests


def waits(course: Course) -> tuple[Wait, ...]:
    """Give everything that a case waits for, by its day."""
    if course.main is S.WITHDRAWN:
        found: Iterable[Wait] = ()
    else:
        found = (*_main(course), *_beside(course))
    return tuple(sorted(found, key=lambda wait: (wait.due, wait.kind)))


def request_by(course: Course) -> date:
    """Give the last day of the request: three weeks after the first absence day, insured or not (S3)."""
    return self_notify_by(course.first_absence_day, Cover())


def notify_by(course: Course) -> date:
    """Give the last day of the notification by the cover that the person has."""
    return self_notify_by(course.first_absence_day, course.cover)


def first_meeting_by(course: Course) -> date:
    """Give the last day of the first meeting, fast track looked at."""
    asked = course.day(E.FAST_TRACK_ASKED.value) if course.on(Track.FOLLOW_UP) is S.FAST_TRACK else None
    last = milestones(course.first_absence_day, asked).first_follow_up_by
    if last is None:
        raise ValueError("without standby there is a meeting")
    return last


def next_payday(course: Course) -> date:
    """Give the day of the next payment after the last one that was told, from the decision on."""
    told = course.day("paid_for")
    decided = (course.day(name.value) for name in (E.GRANTED, E.RIGHT_RESTORED))
    since = max(filter(None, (course.day("benefit_from"), *decided, course.first_absence_day)))
    day = payday(since)
    while day < since or (told is not None and day <= told):
        day = payday(months_after(first_of_month(day), 1))
    return day


def _main(course: Course) -> Iterator[Wait]:
    state = course.main
    if state is S.OPENED:
        yield Wait("notification", notify_by(course), Turn.PERSON, Rests.LAW)
    if state in (S.OPENED, S.NOTIFIED):
        yield Wait("request", request_by(course), Turn.PERSON, Rests.LAW)
    elif state is S.REQUESTED:
        yield Wait("form", _goal(course.days[E.REQUESTED.value]), Turn.MUNICIPALITY, Rests.GOAL)
    elif state is S.FORM_SENT:
        yield Wait("answer", course.days["answer_by"], Turn.PERSON, Rests.LETTER)
    elif state in (S.APPLIED, S.DELAYED, S.INCOMPLETE):
        yield _undecided(course)
    else:
        yield from _decided(course)


def _undecided(course: Course) -> Wait:
    if course.main is S.INCOMPLETE:
        return Wait("completion", course.days["completion_by"], Turn.PERSON, Rests.LETTER)
    if course.main is S.DELAYED:
        return Wait("delayed_decision", course.days["decision_expected"], Turn.MUNICIPALITY, Rests.LETTER)
    received = course.day(E.COMPLETED.value) or course.days[E.FORM_ANSWERED.value]
    return Wait("decision", _goal(received), Turn.MUNICIPALITY, Rests.GOAL)


def _decided(course: Course) -> Iterator[Wait]:
    state = course.main
    if state is S.WAITING:
        yield Wait("benefit", course.days["benefit_from"], Turn.HOUSE, Rests.LAW)
    if state in (S.RUNNING, S.REASSESSING, S.EXTENDED, S.PAYING_OUT):
        yield Wait("payment", next_payday(course), Turn.MUNICIPALITY, Rests.GOAL)
    if state is S.RUNNING and course.day(E.EXTENDED.value) is None:
        yield Wait("reassessment", reassess_by(course.first_absence_day, self_employed=True), Turn.MUNICIPALITY, Rests.LAW)
    if state in (S.RUNNING, S.REASSESSING, S.EXTENDED) and (limit := limit_day(course)) is not None:
        yield Wait("limit", limit, Turn.MUNICIPALITY, Rests.LAW)
    if state is S.EXTENDED:
        looked = course.day(E.EXTENSION_CHECKED.value) or date.min
        yield Wait("extension", max(looked, course.days[E.EXTENDED.value]) + LOOK_AT_EXTENSION, Turn.HOUSE, Rests.HOUSE)
    if state is S.CLARIFICATION and (end := clarification_end(course)) is not None:
        yield Wait("clarification", end, Turn.MUNICIPALITY, Rests.LAW)


def _goal(received: date) -> date:
    return date.fromordinal(int(application_decided_by(received.toordinal())))


def _beside(course: Course) -> Iterator[Wait]:
    if course.main is not S.ENDED:
        yield from _followed_up(course)
        yield from _of_health(course)
    yield from _of_rights(course)


def _followed_up(course: Course) -> Iterator[Wait]:
    """Give the meetings: of those whom benefit was granted or may be, not of those on standby or in a course of clarification."""
    state = course.on(Track.FOLLOW_UP)
    if course.main in (S.PAYING_OUT, S.CLARIFICATION) or course.day(E.FIT_AGAIN.value) is not None:
        return
    if state in (S.FIRST_MEETING_DUE, S.FAST_TRACK):
        yield Wait("first_meeting", first_meeting_by(course), Turn.MUNICIPALITY, Rests.LAW)
    elif state is S.IN_FOLLOW_UP:
        yield Wait("meeting", course.days["next_meeting"], Turn.MUNICIPALITY, Rests.LETTER)
    elif state in (S.STANDBY_ASKED, S.STANDBY_ASKED_LATER):
        yield Wait("standby", _goal(course.days[E.STANDBY_ASKED.value]), Turn.MUNICIPALITY, Rests.GOAL)
    else:
        yield Wait("standby_review", course.days["standby_review"], Turn.MUNICIPALITY, Rests.LETTER)
    if course.on(Track.STATEMENT) is S.STATEMENT_ASKED:
        yield Wait("statement", _before_meeting(course), Turn.DOCTOR, Rests.LAW)


def _before_meeting(course: Course) -> date:
    """Give the last day of a medical statement: it is there before the next meeting, or after four weeks where none is due."""
    asked = course.days[E.STATEMENT_ASKED.value]
    if course.on(Track.FOLLOW_UP) in (S.FIRST_MEETING_DUE, S.FAST_TRACK):
        return max(first_meeting_by(course) - ONE_DAY, asked)
    if course.on(Track.FOLLOW_UP) is S.IN_FOLLOW_UP:
        return max(course.days["next_meeting"] - ONE_DAY, asked)
    return asked + LOOK_AGAIN


def _of_health(course: Course) -> Iterator[Wait]:
    if course.on(Track.CAPACITY) is S.PARTLY_REPORTED:
        yield Wait("capacity", _goal(course.days[E.PARTLY_FIT.value]), Turn.MUNICIPALITY, Rests.GOAL)
    if course.on(Track.TREATMENT) is S.AT_CLINICAL_FUNCTION:
        due = course.days[E.TREATMENT_REFUSED.value] + LOOK_AGAIN
        yield Wait("clinical_function", due, Turn.CLINICAL_FUNCTION, Rests.HOUSE)
    if course.on(Track.TREATMENT) is S.TREATMENT_PROPOSED:
        yield Wait("proposal", course.days["proposal_answer_by"], Turn.PERSON, Rests.LETTER)


def _of_rights(course: Course) -> Iterator[Wait]:
    if course.on(Track.COMPLAINT) is S.COMPLAINED:
        due = int(municipality_reassesses_by(course.days[E.COMPLAINED.value].toordinal()))
        yield Wait("complaint", date.fromordinal(due), Turn.MUNICIPALITY, Rests.LAW)
    if course.on(Track.COMPLAINT) is S.AT_APPEALS_BOARD:
        yield Wait("appeals_board", course.days[E.DECISION_KEPT.value] + LOOK_AGAIN, Turn.APPEALS_BOARD, Rests.HOUSE)
    if course.on(Track.AGREEMENT) is S.AGREEMENT_APPLIED:
        yield Wait("agreement", _goal(course.days[E.AGREEMENT_APPLIED.value]), Turn.MUNICIPALITY, Rests.GOAL)
    if course.on(Track.POWER) is S.REPRESENTED and course.main is not S.ENDED:
        yield Wait("power", course.days["power_until"], Turn.PERSON, Rests.LETTER)
    if course.on(Track.REPAYMENT) is S.REPAYMENT_ASKED:
        yield Wait("repayment", course.days["repay_by"], Turn.PERSON, Rests.LETTER)
