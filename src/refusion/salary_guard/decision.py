"""Which payments of a run the limits stop: the person's total against the limit that holds, for all persons at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from refusion.salary_guard.basis import grouped, per_place, row_of
from refusion.salary_guard.columns import Flags, Ints, Payments
from refusion.salary_guard.limits import DEFAULT_LIMIT
from refusion.values.said import Said, said

NOT_SET = -1


class Standing(IntEnum):
    """How a person's pay component 244 stands; as ``ComponentState``, for columns."""

    NONE = 0
    ACTIVE = 1
    ENDED = 2
    DELETED = 3


class Applied(IntEnum):
    """Which limit applied."""

    EMPLOYEE_THIS_RUN = 1
    COMPONENT_244 = 2
    INSTITUTION_THIS_RUN = 3
    INSTITUTION = 4
    DEFAULT = 5


@dataclass(frozen=True, slots=True)
class PersonLimits:
    """Limits set for persons, by rising ``person``: øre, -1 for not set; ``standing`` of component 244."""

    person: Ints
    this_run: Ints
    component: Ints
    standing: Ints


@dataclass(frozen=True, slots=True)
class InstitutionLimits:
    """The institution's own limit and that of this run, in øre; None is not set."""

    this_run: int | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Per person of the run (rising): total net pay, limit, which limit applied, whether all is stopped; per payment its person.

    ``warned`` marks persons whose limit comes from a component that has ended and was not deleted.
    """

    person: Ints
    total: Ints
    limit: Ints
    applied: Ints
    stopped: Flags
    warned: Flags
    place: Ints

    @property
    def stopped_payments(self) -> Flags:
        """Mark the payments that are not in the file: all of a person who is stopped, or none."""
        return np.asarray(self.stopped[self.place])


def no_limits() -> PersonLimits:
    """Give that no limit was set for anybody."""
    nothing = np.zeros(0, np.int64)
    return PersonLimits(nothing, nothing, nothing, nothing)


def decide(payments: Payments, persons: PersonLimits, institution: InstitutionLimits) -> Decision:
    """Hold each person's total net pay in the run against the first limit that is set; strictly above is stopped.

    All employments and lines of a person count together. Raises ValueError for limits below zero or persons out of order.
    Source: the state payroll's guide, points 1–3, see :mod:`refusion.salary_guard.limits`.
    """
    _need_sound(persons, institution)
    person, starts, order = grouped(payments.person)
    place = np.empty(len(order), np.int64)
    place[order] = np.repeat(np.arange(len(person)), np.diff(np.append(starts, len(order))))
    total = per_place(place, payments.net, len(person))
    limit, applied, warned = limits_of(person, persons, institution)
    return Decision(person, total, limit, applied, total > limit, warned, place)


def explain(decision: Decision, row: int) -> tuple[Said, ...]:
    """Say why a person's pay is stopped or goes: total, limit, which limit, and that an ended component still holds."""
    amounts = {"total_ore": int(decision.total[row]), "limit_ore": int(decision.limit[row])}
    because = _LIMITS[Applied(int(decision.applied[row]))]
    first = said("guard.stopped", **amounts) if decision.stopped[row] else said("guard.goes", **amounts)
    warning = (said("guard.ended_component_holds", limit_ore=int(decision.limit[row])),) if decision.warned[row] else ()
    return (first, because, *warning)


_LIMITS = {
    Applied.EMPLOYEE_THIS_RUN: said("guard.limit_employee_this_run"),
    Applied.COMPONENT_244: said("guard.limit_component_244"),
    Applied.INSTITUTION_THIS_RUN: said("guard.limit_institution_this_run"),
    Applied.INSTITUTION: said("guard.limit_institution"),
    Applied.DEFAULT: said("guard.limit_default"),
}


def limits_of(person: Ints, persons: PersonLimits, institution: InstitutionLimits) -> tuple[Ints, Ints, Flags]:
    """Give each person's limit, which it is, and whether it comes from a component that has ended."""
    row = row_of(persons.person, person)
    known = row >= 0
    this_run = _of(persons.this_run, row, known)
    standing = _of(persons.standing, row, known, int(Standing.NONE))
    in_force = (standing == Standing.ACTIVE) | (standing == Standing.ENDED)
    component = np.where(in_force, _of(persons.component, row, known), NOT_SET)
    general, which = _general(institution)
    set_now, set_lasting = this_run != NOT_SET, component != NOT_SET
    limit = np.where(set_now, this_run, np.where(set_lasting, component, general))
    lasting = np.where(set_lasting, int(Applied.COMPONENT_244), int(which))
    applied = np.where(set_now, int(Applied.EMPLOYEE_THIS_RUN), lasting)
    return limit, applied, np.asarray((applied == Applied.COMPONENT_244) & (standing == Standing.ENDED))


def _general(institution: InstitutionLimits) -> tuple[int, Applied]:
    if institution.this_run is not None:
        return institution.this_run, Applied.INSTITUTION_THIS_RUN
    if institution.own is not None:
        return institution.own, Applied.INSTITUTION
    return int(DEFAULT_LIMIT), Applied.DEFAULT


def _of(column: Ints, row: Ints, known: Flags, otherwise: int = NOT_SET) -> Ints:
    return np.where(known, column[row], otherwise) if len(column) else np.full(len(row), otherwise, np.int64)


def _need_sound(persons: PersonLimits, institution: InstitutionLimits) -> None:
    if any(limit is not None and limit < 0 for limit in (institution.this_run, institution.own)):
        raise ValueError("a limit is not below zero")
    if len(persons.person) and bool(min(persons.this_run.min(), persons.component.min()) < NOT_SET):
        raise ValueError("a limit is not below zero")
    if bool((np.diff(persons.person) <= 0).any()):
        raise ValueError("the limits stand by person, each person once")
