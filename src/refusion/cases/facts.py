"""A refund case and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Why the case may give a refund."""

    ORDINARY = "ordinary"
    NEW_HIRE = "new_hire"
    AGREEMENT_56 = "agreement_56"
    FLEKSJOB = "fleksjob"
    PREGNANCY = "pregnancy"
    PARENTAL = "parental"
    ILL_CHILD = "ill_child"
    CLARIFICATION = "clarification"
    FLEKSJOB_WAGE = "fleksjob_wage"
    WAGE_SUBSIDY = "wage_subsidy"
    PARENTAL_FUND = "parental_fund"
    STATE_FLEKSJOB = "state_fleksjob"


LEAVE = frozenset({Kind.PREGNANCY, Kind.PARENTAL, Kind.ILL_CHILD})
"""Kinds that Udbetaling Danmark pays by the act on leave; every other one is sickness or a fund's."""
NO_NOTICE = frozenset({Kind.PARENTAL, Kind.ILL_CHILD})
"""Kinds of leave that have the deadline of their request alone: telling of them late loses no day."""
FUNDS = (Kind.CLARIFICATION, Kind.FLEKSJOB_WAGE, Kind.WAGE_SUBSIDY, Kind.PARENTAL_FUND, Kind.STATE_FLEKSJOB)
"""Kinds that rest on the job and its wage and not on an absence; each takes off what those before it give."""
QUARTERLY = frozenset({Kind.PARENTAL_FUND, Kind.STATE_FLEKSJOB})
"""Funds of the state itself, asked for by quarter; the others are asked for by month."""


class State(StrEnum):
    """Where a case stands; each state that waits says for whom in ``cases.states.WAITS``."""

    WATCHING = "watching"
    NOTIFYING = "notifying"
    RUNNING = "running"
    ENDED = "ended"
    SETTLED = "settled"
    CLOSED_WITHOUT_CLAIM = "closed_without_claim"
    WITHDRAWN = "withdrawn"
    ANNULLING = "annulling"
    ANNULLED = "annulled"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Case:
    """One refund case (refusionssag).

    ``refund_from`` is the first day that can be refunded, ``file_on`` the day the house files by itself,
    ``notify_by`` the last day in law on which a notification loses nothing. ``told_last_day`` is the last absence day
    as the authority knows it. ``number`` is None until the store has given it one. While ``pilot`` nothing of the case
    leaves the house. A case of a fund rests on no absence: its ``absence`` is its own id, its first and last day are the
    right's.
    """

    id: UUID
    number: int | None
    employment: UUID
    person: UUID
    absence: UUID
    kind: Kind
    state: State
    first_absence_day: date
    last_absence_day: date | None
    refund_from: date
    file_on: date
    notify_by: date
    opened_on: date
    known_on: date
    notified_on: date | None = None
    told_last_day: date | None = None
    authority_id: str | None = None
    version: int = 1
    pilot: bool = False

    @property
    def waived(self) -> bool:
        """Tell whether the refund starts with the first absence day."""
        return self.kind is not Kind.ORDINARY

    @property
    def is_of_fund(self) -> bool:
        """Tell whether the case rests on a job's wage and not on an absence."""
        return self.kind in FUNDS
