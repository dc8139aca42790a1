"""What may happen to a case: every state and event, the state that follows and what the house then does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from refusion.cases.facts import State
from refusion.values.said import Said, said


class Event(StrEnum):
    """What a case can meet."""

    FILING_DAY = "filing_day"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ENDED_INSIDE = "ended_inside"
    ENDED_AFTER = "ended_after"
    STILL_ABSENT = "still_absent"
    WITHDRAWN = "withdrawn"
    ALL_SETTLED = "all_settled"
    ANNULMENT_ACCEPTED = "annulment_accepted"


class Effect(StrEnum):
    """What the house does in the same transaction as the move."""

    PLAN_FILING = "plan_filing"
    NOTIFY = "notify"
    REVIEW_CLAIMS = "review_claims"
    TELL_RECOVERY = "tell_recovery"
    CORRECT_NOTIFICATION = "correct_notification"
    ANNUL_CLAIMS = "annul_claims"
    ANNUL_NOTIFICATION = "annul_notification"
    CLOSE_TASKS = "close_tasks"
    ASK_PERSON = "ask_person"


@dataclass(frozen=True, slots=True)
class Moved:
    """The case stands here now, and these things are to be done."""

    state: State
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Waits:
    """For whom a state waits and what rescues a case that waits too long."""

    on: str
    rescue: str


S, E, F = State, Event, Effect
_RECOVERED = (F.TELL_RECOVERY, F.ANNUL_CLAIMS, F.CLOSE_TASKS)
_TAKEN_BACK = (F.ANNUL_CLAIMS, F.ANNUL_NOTIFICATION)

MOVES: Mapping[tuple[State, Event], Moved] = MappingProxyType({
    (S.WATCHING, E.FILING_DAY): Moved(S.NOTIFYING, (F.NOTIFY,)),
    # The authority knows the absence already: it was notified before the case closed and opened again.
    (S.WATCHING, E.ACCEPTED): Moved(S.RUNNING, (F.REVIEW_CLAIMS,)),
    # A pilot's drafts stand before anything was notified; they go with the case.
    (S.WATCHING, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, (F.ANNUL_CLAIMS, F.CLOSE_TASKS)),
    (S.WATCHING, E.ENDED_AFTER): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.WATCHING, E.STILL_ABSENT): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.WATCHING, E.WITHDRAWN): Moved(S.WITHDRAWN, (F.ANNUL_CLAIMS, F.CLOSE_TASKS)),
    (S.NOTIFYING, E.ACCEPTED): Moved(S.RUNNING, (F.REVIEW_CLAIMS,)),
    (S.NOTIFYING, E.REJECTED): Moved(S.STOPPED, (F.ASK_PERSON,)),
    # What payroll says while the notification is under way is met when its answer is in.
    (S.NOTIFYING, E.ENDED_INSIDE): Moved(S.NOTIFYING),
    (S.NOTIFYING, E.ENDED_AFTER): Moved(S.NOTIFYING),
    (S.NOTIFYING, E.STILL_ABSENT): Moved(S.NOTIFYING),
    (S.NOTIFYING, E.WITHDRAWN): Moved(S.NOTIFYING),
    (S.RUNNING, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, _RECOVERED),
    (S.RUNNING, E.ENDED_AFTER): Moved(S.ENDED, (F.TELL_RECOVERY, F.REVIEW_CLAIMS)),
    (S.RUNNING, E.STILL_ABSENT): Moved(S.RUNNING, (F.CORRECT_NOTIFICATION, F.REVIEW_CLAIMS)),
    (S.RUNNING, E.WITHDRAWN): Moved(S.ANNULLING, _TAKEN_BACK),
    (S.ENDED, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, _RECOVERED),
    (S.ENDED, E.ENDED_AFTER): Moved(S.ENDED, (F.TELL_RECOVERY, F.REVIEW_CLAIMS)),
    (S.ENDED, E.STILL_ABSENT): Moved(S.RUNNING, (F.CORRECT_NOTIFICATION, F.REVIEW_CLAIMS)),
    (S.ENDED, E.WITHDRAWN): Moved(S.ANNULLING, _TAKEN_BACK),
    (S.ENDED, E.ALL_SETTLED): Moved(S.SETTLED, (F.CLOSE_TASKS,)),
    (S.SETTLED, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, _RECOVERED),
    (S.SETTLED, E.ENDED_AFTER): Moved(S.ENDED, (F.TELL_RECOVERY, F.REVIEW_CLAIMS)),
    (S.SETTLED, E.STILL_ABSENT): Moved(S.RUNNING, (F.CORRECT_NOTIFICATION, F.REVIEW_CLAIMS)),
    (S.SETTLED, E.WITHDRAWN): Moved(S.ANNULLING, _TAKEN_BACK),
    (S.CLOSED_WITHOUT_CLAIM, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, (F.TELL_RECOVERY, F.ANNUL_CLAIMS)),
    (S.CLOSED_WITHOUT_CLAIM, E.ENDED_AFTER): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.CLOSED_WITHOUT_CLAIM, E.STILL_ABSENT): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.CLOSED_WITHOUT_CLAIM, E.WITHDRAWN): Moved(S.CLOSED_WITHOUT_CLAIM),
    (S.WITHDRAWN, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM),
    (S.WITHDRAWN, E.ENDED_AFTER): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.WITHDRAWN, E.STILL_ABSENT): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.WITHDRAWN, E.WITHDRAWN): Moved(S.WITHDRAWN),
    (S.ANNULLING, E.ANNULMENT_ACCEPTED): Moved(S.ANNULLED, (F.CLOSE_TASKS,)),
    (S.ANNULLING, E.REJECTED): Moved(S.STOPPED, (F.ASK_PERSON,)),
    # Each accepted annulment of a claim brings the next one, and the notification's after the last.
    (S.ANNULLING, E.WITHDRAWN): Moved(S.ANNULLING, _TAKEN_BACK),
    (S.ANNULLED, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM),
    (S.ANNULLED, E.ENDED_AFTER): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.ANNULLED, E.STILL_ABSENT): Moved(S.WATCHING, (F.PLAN_FILING,)),
    (S.ANNULLED, E.WITHDRAWN): Moved(S.ANNULLED),
    (S.STOPPED, E.FILING_DAY): Moved(S.NOTIFYING, (F.NOTIFY,)),
    (S.STOPPED, E.ACCEPTED): Moved(S.RUNNING, (F.REVIEW_CLAIMS,)),
    (S.STOPPED, E.ENDED_INSIDE): Moved(S.CLOSED_WITHOUT_CLAIM, (F.CLOSE_TASKS,)),
    (S.STOPPED, E.ENDED_AFTER): Moved(S.STOPPED),
    (S.STOPPED, E.STILL_ABSENT): Moved(S.STOPPED),
    (S.STOPPED, E.WITHDRAWN): Moved(S.ANNULLING, _TAKEN_BACK),
    (S.STOPPED, E.ANNULMENT_ACCEPTED): Moved(S.ANNULLED, (F.CLOSE_TASKS,)),
})

REFUSALS: Mapping[tuple[State, Event], str] = MappingProxyType({
    (S.WATCHING, E.REJECTED): "cases.nothing_filed",
    (S.WATCHING, E.ALL_SETTLED): "cases.nothing_claimed",
    (S.WATCHING, E.ANNULMENT_ACCEPTED): "cases.nothing_filed",
    (S.NOTIFYING, E.FILING_DAY): "cases.notification_under_way",
    (S.NOTIFYING, E.ALL_SETTLED): "cases.nothing_claimed",
    (S.NOTIFYING, E.ANNULMENT_ACCEPTED): "cases.notification_under_way",
    (S.RUNNING, E.FILING_DAY): "cases.notified_already",
    (S.RUNNING, E.ACCEPTED): "cases.notified_already",
    (S.RUNNING, E.REJECTED): "cases.notified_already",
    (S.RUNNING, E.ALL_SETTLED): "cases.absence_goes_on",
    (S.RUNNING, E.ANNULMENT_ACCEPTED): "cases.no_annulment_asked",
    (S.ENDED, E.FILING_DAY): "cases.notified_already",
    (S.ENDED, E.ACCEPTED): "cases.notified_already",
    (S.ENDED, E.REJECTED): "cases.notified_already",
    (S.ENDED, E.ANNULMENT_ACCEPTED): "cases.no_annulment_asked",
    (S.SETTLED, E.FILING_DAY): "cases.notified_already",
    (S.SETTLED, E.ACCEPTED): "cases.notified_already",
    (S.SETTLED, E.REJECTED): "cases.notified_already",
    (S.SETTLED, E.ALL_SETTLED): "cases.settled_already",
    (S.SETTLED, E.ANNULMENT_ACCEPTED): "cases.no_annulment_asked",
    (S.CLOSED_WITHOUT_CLAIM, E.FILING_DAY): "cases.closed",
    (S.CLOSED_WITHOUT_CLAIM, E.ACCEPTED): "cases.closed",
    (S.CLOSED_WITHOUT_CLAIM, E.REJECTED): "cases.closed",
    (S.CLOSED_WITHOUT_CLAIM, E.ALL_SETTLED): "cases.closed",
    (S.CLOSED_WITHOUT_CLAIM, E.ANNULMENT_ACCEPTED): "cases.closed",
    (S.WITHDRAWN, E.FILING_DAY): "cases.closed",
    (S.WITHDRAWN, E.ACCEPTED): "cases.closed",
    (S.WITHDRAWN, E.REJECTED): "cases.closed",
    (S.WITHDRAWN, E.ALL_SETTLED): "cases.closed",
    (S.WITHDRAWN, E.ANNULMENT_ACCEPTED): "cases.closed",
    (S.ANNULLING, E.FILING_DAY): "cases.annulment_under_way",
    (S.ANNULLING, E.ACCEPTED): "cases.annulment_under_way",
    (S.ANNULLING, E.ENDED_INSIDE): "cases.annulment_under_way",
    (S.ANNULLING, E.ENDED_AFTER): "cases.annulment_under_way",
    (S.ANNULLING, E.STILL_ABSENT): "cases.annulment_under_way",
    (S.ANNULLING, E.ALL_SETTLED): "cases.annulment_under_way",
    (S.ANNULLED, E.FILING_DAY): "cases.closed",
    (S.ANNULLED, E.ACCEPTED): "cases.closed",
    (S.ANNULLED, E.REJECTED): "cases.closed",
    (S.ANNULLED, E.ALL_SETTLED): "cases.closed",
    (S.ANNULLED, E.ANNULMENT_ACCEPTED): "cases.closed",
    (S.STOPPED, E.REJECTED): "cases.with_a_person",
    (S.STOPPED, E.ALL_SETTLED): "cases.with_a_person",
})

WAITS: Mapping[State, Waits] = MappingProxyType({
    S.WATCHING: Waits(on="house", rescue="watch.notification_due"),
    S.NOTIFYING: Waits(on="authority", rescue="watch.answer_unknown"),
    S.RUNNING: Waits(on="payroll", rescue="watch.claim_due"),
    S.ENDED: Waits(on="authority", rescue="watch.decision_late"),
    S.ANNULLING: Waits(on="authority", rescue="watch.answer_unknown"),
    S.STOPPED: Waits(on="caseworker", rescue="watch.refused_by_authority"),
})
CLOSED = frozenset({S.SETTLED, S.CLOSED_WITHOUT_CLAIM, S.WITHDRAWN, S.ANNULLED})


def move(state: State, event: Event) -> Moved | Said:
    """Say where the event takes a case, or why it cannot happen there."""
    moved = MOVES.get((state, event))
    return moved if moved is not None else said(REFUSALS[state, event], state=state.value, event=event.value)
