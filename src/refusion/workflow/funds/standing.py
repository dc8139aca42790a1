"""Where a fund's case stands: it runs while its right does, ends with it, and is a pilot's until its kind is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from refusion.cases.facts import Case, State
from refusion.cases.states import Event, move
from refusion.claims.funds.rights import Right
from refusion.values.said import Said
from refusion.workflow.funds.knowing import is_live
from refusion.workflow.ports.work import Transaction


def stand(tx: Transaction, case: Case, right: Right, *, is_on: bool, is_told: bool) -> Case:
    """Give the case with the right's days and its state, and keep it. What a fund was told is no pilot's any more."""
    last = None if right.open_ended else (right.spells[-1].last if right.spells else case.last_absence_day)
    first = right.spells[0].first if right.spells else case.first_absence_day
    pilot = is_on and not is_told and not is_live(tx, case.kind)
    changed = replace(case, first_absence_day=first, last_absence_day=last, pilot=pilot)
    event = _event(right, last, tx.at.day, is_on=is_on)
    if (changed.first_absence_day, changed.last_absence_day) == (case.first_absence_day, case.last_absence_day) and _rests(case, event):
        event = None
    if event is not None:
        changed = replace(changed, state=_after(case.state, event))
    tx.cases.keep(changed, "right", tx.at.now)
    return changed


def _event(right: Right, last: date | None, day: date, *, is_on: bool) -> Event | None:
    if not right.spells:
        return Event.ENDED_INSIDE
    if is_on and (last is None or last >= day):
        return Event.STILL_ABSENT
    return Event.ENDED_AFTER


def _rests(case: Case, event: Event | None) -> bool:
    """Tell whether a case that was settled or closed stays so: the same end again is no news."""
    return case.state in (State.SETTLED, State.CLOSED_WITHOUT_CLAIM) and event is not Event.STILL_ABSENT


def _after(state: State, event: Event) -> State:
    """Take the state through the table; a fund is told of no absence, so that a case that opens again runs at once."""
    moved = move(state, event)
    if isinstance(moved, Said):
        return state
    if moved.state is State.WATCHING:
        running = move(moved.state, Event.ACCEPTED)
        return moved.state if isinstance(running, Said) else running.state
    return moved.state
