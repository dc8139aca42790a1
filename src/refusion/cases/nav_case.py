"""A Norwegian leave that NAV refunds: its facts, the states of its case, and what may happen next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from refusion.absences.norwegian import PARENTAL, WHOLE, Benefit
from refusion.values.said import Said, said

SICKNESS = frozenset({Benefit.SICKNESS, Benefit.INSURED_EMPLOYER_PERIOD, Benefit.CHRONIC_SICKNESS, Benefit.SICKNESS_IN_PREGNANCY})
REFUNDED = frozenset({*PARENTAL, Benefit.PREGNANCY, Benefit.SICKNESS})
"""The benefits that a registered absence claims; the others only come in NAV's reports."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave in its current version, with what its refund needs; øre, basis points, ``last_day`` None: open.

    ``monthly_income`` is the average of the three months before, ``weekly_income`` that of the last four weeks (None
    where payroll lacks them); ``other_gross`` and ``other_claim`` are a year's income and claims of other employers
    together. ``degree`` is what is away, ``coverage`` what is chosen of the benefit. ``born`` decides holiday pay.
    """

    case: UUID
    number: str
    employment_number: str
    benefit: Benefit
    person: UUID
    first_day: date
    last_day: date | None
    registered_on: date
    monthly_income: int | None
    weekly_income: int | None = None
    unit: str = ""
    workplace: str = ""
    coverage: int = WHOLE
    degree: int = WHOLE
    position: int = WHOLE
    employment_ends: date | None = None
    temporary: bool = False
    other_gross: int = 0
    other_claim: int = 0
    born: date | None = None
    due_on: date | None = None
    withdrawn: bool = False

    @property
    def refund_ends(self) -> date | None:
        """Give the last day that can be claimed as far as payroll knows: of the leave or of the employment."""
        known = [day for day in (self.last_day, self.employment_ends) if day is not None]
        return min(known, default=None)

    @property
    def is_sickness(self) -> bool:
        """Tell whether the employer pays the first days itself and NAV counts to a maximum date."""
        return self.benefit in SICKNESS


class State(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    NOTIFYING = "notifying"
    CLAIMED = "claimed"
    STOPPED = "stopped"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Event(StrEnum):
    """What a case can meet."""

    NOTICE_INTENDED = "notice_intended"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    ALL_SETTLED = "all_settled"


class Effect(StrEnum):
    """What the house does in the same transaction as the move."""

    NOTIFY = "notify"
    ASK_PERSON = "ask_person"
    CLOSE_TASKS = "close_tasks"


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
MOVES: Mapping[tuple[State, Event], Moved] = MappingProxyType({
    (S.REGISTERED, E.NOTICE_INTENDED): Moved(S.NOTIFYING, (F.NOTIFY,)),
    (S.REGISTERED, E.CHANGED): Moved(S.REGISTERED),
    (S.REGISTERED, E.WITHDRAWN): Moved(S.WITHDRAWN, (F.CLOSE_TASKS,)),
    (S.NOTIFYING, E.ACCEPTED): Moved(S.CLAIMED, (F.CLOSE_TASKS,)),
    (S.NOTIFYING, E.REFUSED): Moved(S.STOPPED, (F.ASK_PERSON,)),
    # What SAP says while a notice is under way is met when its answer is in: the next notice then says it.
    (S.NOTIFYING, E.CHANGED): Moved(S.NOTIFYING),
    (S.NOTIFYING, E.WITHDRAWN): Moved(S.NOTIFYING),
    (S.CLAIMED, E.NOTICE_INTENDED): Moved(S.NOTIFYING, (F.NOTIFY,)),
    (S.CLAIMED, E.CHANGED): Moved(S.CLAIMED),
    # The notice that takes the claim back asks for nothing any more; NAV's answer to it ends the case.
    (S.CLAIMED, E.WITHDRAWN): Moved(S.WITHDRAWN, (F.CLOSE_TASKS,)),
    (S.CLAIMED, E.ALL_SETTLED): Moved(S.SETTLED, (F.CLOSE_TASKS,)),
    (S.STOPPED, E.NOTICE_INTENDED): Moved(S.NOTIFYING, (F.NOTIFY,)),
    (S.STOPPED, E.CHANGED): Moved(S.REGISTERED),
    (S.STOPPED, E.WITHDRAWN): Moved(S.WITHDRAWN, (F.CLOSE_TASKS,)),
    (S.SETTLED, E.CHANGED): Moved(S.CLAIMED),
    (S.SETTLED, E.NOTICE_INTENDED): Moved(S.NOTIFYING, (F.NOTIFY,)),
    (S.SETTLED, E.WITHDRAWN): Moved(S.WITHDRAWN, (F.CLOSE_TASKS,)),
    (S.SETTLED, E.ALL_SETTLED): Moved(S.SETTLED),
    (S.WITHDRAWN, E.CHANGED): Moved(S.REGISTERED),
    (S.WITHDRAWN, E.WITHDRAWN): Moved(S.WITHDRAWN),
    (S.WITHDRAWN, E.NOTICE_INTENDED): Moved(S.NOTIFYING, (F.NOTIFY,)),
})
REFUSALS: Mapping[tuple[State, Event], str] = MappingProxyType({
    (S.REGISTERED, E.ACCEPTED): "refusjon.nothing_sent",
    (S.REGISTERED, E.REFUSED): "refusjon.nothing_sent",
    (S.REGISTERED, E.ALL_SETTLED): "refusjon.nothing_claimed",
    (S.NOTIFYING, E.NOTICE_INTENDED): "refusjon.notice_under_way",
    (S.NOTIFYING, E.ALL_SETTLED): "refusjon.notice_under_way",
    (S.CLAIMED, E.ACCEPTED): "refusjon.claimed_already",
    (S.CLAIMED, E.REFUSED): "refusjon.claimed_already",
    (S.STOPPED, E.ACCEPTED): "refusjon.with_a_person",
    (S.STOPPED, E.REFUSED): "refusjon.with_a_person",
    (S.STOPPED, E.ALL_SETTLED): "refusjon.with_a_person",
    (S.SETTLED, E.ACCEPTED): "refusjon.nothing_sent",
    (S.SETTLED, E.REFUSED): "refusjon.nothing_sent",
    (S.WITHDRAWN, E.ACCEPTED): "refusjon.case_withdrawn",
    (S.WITHDRAWN, E.REFUSED): "refusjon.case_withdrawn",
    (S.WITHDRAWN, E.ALL_SETTLED): "refusjon.case_withdrawn",
})
WAITS: Mapping[State, Waits] = MappingProxyType({
    S.REGISTERED: Waits(on="house", rescue="refusjon.deadline_near"),
    S.NOTIFYING: Waits(on="authority", rescue="refusjon.answer_unknown"),
    S.CLAIMED: Waits(on="authority", rescue="refusjon.payment_late"),
    S.STOPPED: Waits(on="caseworker", rescue="refusjon.refused_by_nav"),
})
CLOSED = frozenset({S.SETTLED, S.WITHDRAWN})


def move(state: State, event: Event) -> Moved | Said:
    """Say where the event takes a case, or why it cannot happen there."""
    moved = MOVES.get((state, event))
    return moved if moved is not None else said(REFUSALS[state, event], state=state.value, event=event.value)
