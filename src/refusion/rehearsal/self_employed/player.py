"""What people do in a simulated case: which event answers which wait, with which facts, and what comes of itself between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from refusion.cases.self_employed.asked import Asked, asked_of
from refusion.cases.self_employed.facts import REFUSABLE, Course, Event, Happened, State, Track, Way
from refusion.cases.self_employed.happening import happen
from refusion.cases.self_employed.payments import payments
from refusion.cases.self_employed.tables import TABLES, TRACK_OF
from refusion.cases.self_employed.waits import Turn, Wait
from refusion.law.denmark.self_employed.waiting import self_benefit_from
from refusion.values.period import ONE_DAY

E = Event
Cell = tuple[State, Event]
ANSWERS: Mapping[str, tuple[Event, ...]] = MappingProxyType(
    {
        "notification": (E.NOTIFIED,),
        "request": (E.REQUESTED,),
        "form": (E.FORM_SENT,),
        "answer": (E.FORM_ANSWERED,),
        "completion": (E.COMPLETED,),
        "decision": (E.GRANTED, E.GRANTED, E.GRANTED, E.REFUSED, E.DELAY_TOLD, E.COMPLETION_ASKED),
        "delayed_decision": (E.GRANTED, E.GRANTED, E.REFUSED, E.DELAY_TOLD, E.COMPLETION_ASKED),
        "payment": (E.PAID,),
        "reassessment": (E.REASSESSMENT_BEGUN,),
        "limit": (E.EXTENDED, E.EXTENDED, E.CLARIFICATION_BEGUN, E.REASSESSMENT_BEGUN),
        "extension": (E.EXTENSION_CHECKED,),
        "clarification": (E.CLARIFICATION_RENEWED, E.FIT_AGAIN),
        "first_meeting": (E.MEETING_HELD,),
        "meeting": (E.MEETING_HELD,),
        "standby": (E.STANDBY_GRANTED, E.STANDBY_REFUSED),
        "standby_review": (E.STANDBY_GRANTED, E.STANDBY_ENDED),
        "statement": (E.STATEMENT_RECEIVED,),
        "capacity": (E.ASSESSED_A_QUARTER, E.ASSESSED_HALF, E.ASSESSED_MORE, E.UNFIT_AGAIN),
        "clinical_function": (E.TREATMENT_PROPOSED, E.NO_OTHER_TREATMENT),
        "proposal": (E.PROPOSAL_ACCEPTED, E.PROPOSAL_REFUSED),
        "complaint": (E.DECISION_CHANGED, E.DECISION_KEPT),
        "appeals_board": (E.BOARD_CHANGED, E.BOARD_KEPT),
        "agreement": (E.AGREEMENT_MADE, E.AGREEMENT_DECLINED),
        "power": (E.POWER_GIVEN, E.POWER_WITHDRAWN),
        "repayment": (E.REPAID,),
    }
)
# These come on their day whatever anybody does; nobody has to answer them.
BY_ITSELF = frozenset({E.BENEFIT_BEGAN, E.TIME_LIMIT_REACHED, E.ALL_PAID})
COMES = frozenset({"benefit", "limit", "clarification"})
ENDS = frozenset({E.FIT_AGAIN, E.RIGHT_LAPSED, E.WITHDRAWN, E.REFUSED})
# A municipality that is late is late by some days; persons never are, since the house reminds them.
MAY_BE_LATE = frozenset({"form", "decision", "first_meeting", "capacity", "standby", "complaint", "agreement", "reassessment"})
LATE_PER_MILLE = 40
AHEAD = {"answer_by": 8, "decision_expected": 10, "completion_by": 7, "proposal_answer_by": 14, "next_meeting": 28, "standby_review": 60,
         "repay_by": 30, "power_until": 400, "agreement_until": 300}  # fmt: skip


def facts_of(event: Event, course: Course, today: date, chance: Random) -> dict[str, object]:
    """Give made-up facts of an event."""
    facts: dict[str, object] = {}
    for asked in asked_of(event):
        if asked.required or asked.name in ("expected_until", "share_from", "extended_until"):
            value = _fact(asked, event, course, today, chance)
            if value is not None:
                facts[asked.name] = value
    return facts


def _fact(asked: Asked, event: Event, course: Course, today: date, chance: Random) -> object:
    if asked.name == "way":
        return _way(event, course)
    if asked.name == "treatment":
        return chance.choice(sorted(REFUSABLE)).value
    if asked.sort == "word":
        return chance.choice(asked.words)
    if asked.sort == "ore":
        return chance.randrange(100_00, 9_000_00)
    return "Rådgiver" if asked.sort == "text" else _day(asked.name, course, today, chance)


def _way(event: Event, course: Course) -> str:
    exempt = course.on(Track.CHANNEL) is State.EXEMPT
    if event in (E.NOTIFIED, E.REQUESTED):
        return (Way.BORGERSERVICE if exempt else Way.NEMREFUSION).value
    if course.on(Track.CHANNEL) is State.DISPENSED:
        return Way.DIGITAL_POST.value
    return (Way.BORGERSERVICE if exempt else Way.MIT_SYGEFRAVAER).value


def _day(name: str, course: Course, today: date, chance: Random) -> date | None:
    if name in AHEAD:
        return today + timedelta(days=AHEAD[name])
    if name == "benefit_from":
        paid = course.day("paid_through")
        return paid + ONE_DAY if paid else self_benefit_from(course.first_absence_day, course.days[E.NOTIFIED.value], course.cover)
    if name == "extended_until":
        return today + timedelta(days=chance.randrange(20, 90)) if chance.random() < 0.7 else None
    return {"agreement_from": course.first_absence_day, "expected_until": today + timedelta(days=30)}.get(name, today)


def possible(course: Course, today: date, chance: Random) -> Iterator[Happened]:
    """Give everything that people could let happen in a case on a day."""
    for event in Event:
        if event in BY_ITSELF | {E.PAID} or (course.on(TRACK_OF[event]), event) not in TABLES[TRACK_OF[event]]:
            continue
        if event is E.GRANTED and E.NOTIFIED.value not in course.days:
            continue
        happened = Happened(event, today, facts_of(event, course, today, chance))
        if isinstance(happen(course, happened), Course):
            yield happened


def paid_on(course: Course, today: date, *, short: bool) -> Happened | None:
    """Give the payment of a day, with its expected øre or a little less; None where none is due."""
    told = course.day("paid_for")
    due = [one for one in payments(course, today) if one.day <= today and (told is None or one.day > told)]
    if not due:
        return None
    facts = {"paid_ore": max(due[0].amount - (100 if short else 0), 1), "paid_for": due[0].day, "paid_through": due[0].period.last}
    return Happened(E.PAID, today, facts)


def answer_to(wait: Wait, options: list[Happened], walked: set[Cell], course: Course, chance: Random) -> Happened | None:
    """Choose what answers a wait: a cell that nobody walked yet where there is one."""
    wanted = [each for each in options if each.event in ANSWERS.get(wait.kind, ())]
    if not wanted:
        return None
    new = [each for each in wanted if (course.on(TRACK_OF[each.event]), each.event) not in walked]
    if new:
        return new[0]
    weights = [ANSWERS[wait.kind].count(each.event) for each in wanted]
    return chance.choices(wanted, weights)[0]


def acts_on(wait: Wait, today: date, chance: Random) -> date:
    """Give the day on which somebody answers a wait: up to its last day, for a late municipality some days after it."""
    if wait.kind in MAY_BE_LATE and wait.turn is Turn.MUNICIPALITY and chance.randrange(1000) < LATE_PER_MILLE:
        return max(wait.due, today) + timedelta(days=chance.randrange(1, 12))
    if wait.kind == "payment" or wait.due <= today:
        return max(wait.due, today)
    return wait.due - timedelta(days=chance.randrange(min((wait.due - today).days, 6)))
