"""What an event does to a case: a new course, or the reason why it cannot happen there and then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from refusion.cases.self_employed.facts import REFUSABLE, Course, Event, Happened, State, Track, Treatment, Way
from refusion.cases.self_employed.limits import limit_day, longest_extension
from refusion.cases.self_employed.tables import TABLES, TRACK_OF, refusals
from refusion.law.denmark.self_employed.benefit import self_paid_quarters
from refusion.law.denmark.self_employed.follow_up import complaint_in_time
from refusion.values.said import Said, said

E, S = Event, State
QUARTERS: Mapping[Event, int] = MappingProxyType(
    {
        E.ASSESSED_A_QUARTER: int(self_paid_quarters(2_500)),
        E.ASSESSED_HALF: int(self_paid_quarters(5_000)),
        E.ASSESSED_MORE: int(self_paid_quarters(5_001)),
        E.UNFIT_AGAIN: int(self_paid_quarters(0)),
    }
)
DECISIONS = frozenset({E.GRANTED, E.REFUSED, E.EXTENDED, E.CLARIFICATION_BEGUN, E.RIGHT_LAPSED, E.DECISION_CHANGED,
                       E.ASSESSED_A_QUARTER, E.ASSESSED_HALF, E.ASSESSED_MORE})  # fmt: skip
# These may come before the illness or after the case is over.
ANY_TIME = frozenset({Track.POWER, Track.AGREEMENT, Track.CHANNEL, Track.COMPLAINT, Track.REPAYMENT,
                      Track.PAYOUT})  # fmt: skip
ENDINGS: Mapping[Event, str] = MappingProxyType(
    {
        E.REFUSED: "not_eligible",
        E.FIT_AGAIN: "recovered",
        E.TIME_LIMIT_REACHED: "time_limit",
        E.RIGHT_LAPSED: "lapsed",
        E.CLARIFICATION_BEGUN: "clarification",
    }
)
LATE, IN_TIME = "late", "in_time"
# What ended the right is undone when a decision is changed.
UNDONE = frozenset({E.RIGHT_LAPSED.value, E.TIME_LIMIT_REACHED.value, E.REFUSED.value})


def happen(course: Course, happened: Happened) -> Course | Said:
    """Give the course after an event, or why it cannot happen: its cell in the table, or a fact that speaks against it."""
    track = TRACK_OF[happened.event]
    after = TABLES[track].get((course.on(track), happened.event))
    if after is None:
        key = refusals(track)[course.on(track), happened.event]
        return said(key, self_event=happened.event.value, self_state=course.on(track).value)
    against = _against(course, happened, track)
    return against if against is not None else _taken(course, happened, track, after)


def replay(opened: Course, every: Iterable[Happened]) -> Course:
    """Fold what happened into the course; raises ValueError for an event that cannot have happened."""
    course = opened
    for happened in every:
        after = happen(course, happened)
        if isinstance(after, Said):
            raise ValueError(f"{happened.event} on {happened.day}: {after.key}")  # noqa: TRY004 (the history, not a type, is wrong)
        course = after
    return course


def _taken(course: Course, happened: Happened, track: Track, after: State) -> Course:
    event = happened.event
    days = {**course.days, event.value: happened.day}
    days |= {name: value for name, value in happened.facts.items() if isinstance(value, date)}
    words = {**course.words, **{name: str(value) for name, value in happened.facts.items() if not isinstance(value, date)}}
    if event in DECISIONS:
        days["decision_received"] = _fact_day(happened, "decision_received")
    if event in ENDINGS and after is not course.on(track):
        words["ended_because"] = ENDINGS[event]
    if event is E.TIME_LIMIT_REACHED:
        days[event.value] = limit_day(course) or happened.day
    if event is E.RIGHT_RESTORED:
        days = _given_back(course, happened, days)
    if event is E.COMPLAINED:
        words["complaint"] = IN_TIME if complaint_in_time(course.days["decision_received"], happened.day) else LATE
    if event is E.EXTENDED and "extended_until" not in happened.facts:
        _set_or_drop(days, "extended_until", longest_extension(str(happened.facts["ground"]), happened.day))
    return replace(_followed(course, happened), states={**course.states, track: after}, days=days, words=words)


def _given_back(course: Course, happened: Happened, days: Mapping[str, date]) -> dict[str, date]:
    """Undo what ended the right; one given back beyond its limit in time is extended, until it is reassessed again."""
    kept = {name: day for name, day in days.items() if name not in UNDONE}
    limit = limit_day(course)
    if limit is not None and limit <= happened.day:
        kept.pop("extended_until", None)
        kept[E.EXTENDED.value] = happened.day
    return kept


def _set_or_drop(days: dict[str, date], name: str, day: date | None) -> None:
    if day is None:
        days.pop(name, None)
    else:
        days[name] = day


def _followed(course: Course, happened: Happened) -> Course:
    """Give what follows beside the state: the share paid from a day on, an agreement that reaches this illness."""
    if happened.event in QUARTERS:
        since = _fact_day(happened, "share_from")
        kept = tuple(one for one in course.shares if one[0] < since)
        return replace(course, shares=(*kept, (since, QUARTERS[happened.event])))
    if happened.event is E.AGREEMENT_MADE:
        first, until = (happened.facts[f"agreement_{end}"] for end in ("from", "until"))
        reaches = isinstance(first, date) and isinstance(until, date) and first <= course.first_absence_day <= until
        return replace(course, agreement_58a=reaches)
    return course


def _fact_day(happened: Happened, name: str) -> date:
    told = happened.facts.get(name)
    return told if isinstance(told, date) else happened.day


def _against(course: Course, happened: Happened, track: Track) -> Said | None:
    if track not in ANY_TIME and happened.day < course.first_absence_day:
        return said("self_employed.before_absence", first_day=course.first_absence_day)
    if track in (Track.CAPACITY, Track.FOLLOW_UP, Track.STATEMENT, Track.TREATMENT) and course.main in (S.ENDED, S.WITHDRAWN):
        return said("self_employed.case_closed", self_event=happened.event.value, self_state=course.main.value)
    guard = GUARDS.get(happened.event)
    return guard(course, happened) if guard else None


def _filed(course: Course, happened: Happened) -> Said | None:
    """Paper is taken from those who are exempt from digital self-service alone."""
    on_paper = happened.facts.get("way") == Way.BORGERSERVICE.value
    return said("self_employed.not_exempt") if on_paper and course.on(Track.CHANNEL) is not S.EXEMPT else None


def _answered(course: Course, happened: Happened) -> Said | None:
    if happened.facts.get("way") == Way.MIT_SYGEFRAVAER.value or course.on(Track.CHANNEL) is S.EXEMPT:
        return None
    if course.on(Track.CHANNEL) is S.DISPENSED:
        return _filed(course, happened)
    return said("self_employed.not_dispensed")


def _granted(course: Course, happened: Happened) -> Said | None:
    first = happened.facts["benefit_from"]
    if isinstance(first, date) and first < course.first_absence_day:
        return said("self_employed.before_absence", first_day=course.first_absence_day)
    return None


def _extended(_course: Course, happened: Happened) -> Said | None:
    until, longest = happened.facts.get("extended_until"), longest_extension(str(happened.facts["ground"]), happened.day)
    if isinstance(until, date) and until < happened.day:
        return said("self_employed.extension_over", until=until)
    if isinstance(until, date) and longest is not None and until > longest:
        return said("self_employed.extension_too_long", longest=longest)
    return None


def _limit(course: Course, happened: Happened) -> Said | None:
    limit = limit_day(course)
    if limit is None or happened.day < limit:
        return said("self_employed.limit_not_reached", limit=limit)
    return None


def _treatment(_course: Course, happened: Happened) -> Said | None:
    if Treatment(str(happened.facts["treatment"])) in REFUSABLE:
        return None
    return said("self_employed.treatment_not_refusable")


def _complaint(course: Course, happened: Happened) -> Said | None:
    decided, before = course.day("decision_received"), course.day(E.COMPLAINED.value)
    if decided is None or happened.day < decided:
        return said("self_employed.nothing_decided")
    return said("self_employed.complained_already") if before is not None and before >= decided else None


def _restored(course: Course, happened: Happened) -> Said | None:
    changed = course.on(Track.COMPLAINT) is S.COMPLAINT_CHANGED
    by_board = course.on(Track.COMPLAINT) is S.COMPLAINT_FINAL and _later(course, E.BOARD_CHANGED, E.BOARD_KEPT)
    return _granted(course, happened) if changed or by_board else said("self_employed.nothing_changed")


def _later(course: Course, one: Event, other: Event) -> bool:
    return (course.day(one.value) or date.min) > (course.day(other.value) or date.min)


def _agreement(course: Course, _happened: Happened) -> Said | None:
    return said("self_employed.agreement_with_insurance") if course.insurance else None


def _begins(course: Course, happened: Happened) -> Said | None:
    begins = course.day("benefit_from")
    return said("self_employed.begins_later", begins=begins) if begins is not None and happened.day < begins else None


def _power(_course: Course, happened: Happened) -> Said | None:
    until = happened.facts["power_until"]
    return said("self_employed.power_over") if isinstance(until, date) and until < happened.day else None


def _paid(course: Course, happened: Happened) -> Said | None:
    """Money came: only for days from the one that benefit was granted from, and for each payment day once."""
    first, told = course.day("benefit_from"), course.day("paid_for")
    paid_for, through = happened.facts["paid_for"], happened.facts["paid_through"]
    if first is None or not isinstance(through, date) or through < first:
        return said("self_employed.nothing_granted")
    if told is not None and isinstance(paid_for, date) and paid_for <= told:
        return said("self_employed.paid_already", paid_for=told)
    return None


def _renewed(course: Course, happened: Happened) -> Said | None:
    begun = course.day(E.CLARIFICATION_RENEWED.value) or course.day(E.CLARIFICATION_BEGUN.value)
    soonest = begun and begun + timedelta(days=1)
    return said("self_employed.renewed_too_early") if soonest is None or happened.day < soonest else None


GUARDS: Mapping[Event, Callable[[Course, Happened], Said | None]] = MappingProxyType(
    {
        E.NOTIFIED: _filed,
        E.REQUESTED: _filed,
        E.FORM_ANSWERED: _answered,
        E.COMPLETED: _answered,
        E.GRANTED: _granted,
        E.BENEFIT_BEGAN: _begins,
        E.EXTENDED: _extended,
        E.TIME_LIMIT_REACHED: _limit,
        E.TREATMENT_REFUSED: _treatment,
        E.COMPLAINED: _complaint,
        E.RIGHT_RESTORED: _restored,
        E.AGREEMENT_APPLIED: _agreement,
        E.POWER_GIVEN: _power,
        E.CLARIFICATION_RENEWED: _renewed,
        E.PAID: _paid,
    }
)
