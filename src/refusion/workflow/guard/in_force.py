"""Which limits that people set are in force for a run, and what would hold without one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from refusion.salary_guard.decision import NOT_SET, InstitutionLimits, PersonLimits, Standing
from refusion.salary_guard.limits import DEFAULT_LIMIT
from refusion.salary_guard.resolving.approval import Subject
from refusion.workflow.ports.guard.facts import PayLimit
from refusion.workflow.ports.work import Transaction

ONE_RUN = (Subject.EMPLOYEE_LIMIT_THIS_RUN, Subject.INSTITUTION_LIMIT_THIS_RUN)
"""These are set back after the run that they were set for."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The limits in force on a value date: the institution's, and each person's by subject."""

    institution: InstitutionLimits
    persons: Mapping[tuple[UUID, Subject], PayLimit]
    day: date
    all: tuple[PayLimit, ...]

    def of_people(self, people: Sequence[UUID]) -> PersonLimits:
        """Give the limits of those of a run's people that have one; the number of a person is his place, from 1."""
        having = {person for person, _ in self.persons}
        numbers = [number for number, person in enumerate(people, 1) if person in having]
        columns = zip(*(self._of_person(people[number - 1]) for number in numbers), strict=True) if numbers else ((), (), ())
        return PersonLimits(np.array(numbers, np.int64), *(np.array(column, np.int64) for column in columns))

    def _of_person(self, person: UUID) -> tuple[int, int, int]:
        once = self.persons.get((person, Subject.EMPLOYEE_LIMIT_THIS_RUN))
        component = self.persons.get((person, Subject.COMPONENT_244))
        return once.amount if once else NOT_SET, component.amount if component else NOT_SET, int(self._standing(component))

    def _standing(self, component: PayLimit | None) -> Standing:
        if component is None:
            return Standing.NONE
        return Standing.ENDED if component.ended_on is not None and component.ended_on < self.day else Standing.ACTIVE


def in_force(tx: Transaction, value_date: date) -> InForce:
    """Give the limits in force for a run of that value date; of two of a kind the newer one."""
    holding = tuple(limit for limit in tx.guard.limits() if limit.holds and _has_begun(limit, value_date))
    oldest_first = sorted(holding, key=lambda limit: limit.number or 0)
    persons = {(limit.person, limit.subject): limit for limit in oldest_first if limit.person is not None}
    general = {limit.subject: limit.amount for limit in oldest_first if limit.person is None}
    institution = InstitutionLimits(general.get(Subject.INSTITUTION_LIMIT_THIS_RUN), general.get(Subject.INSTITUTION_LIMIT))
    return InForce(institution, persons, value_date, holding)


def use_up(tx: Transaction, limits: InForce, run: UUID) -> None:
    """Set the limits of one run back: they were for this one."""
    for limit in limits.all:
        if limit.subject in ONE_RUN:
            tx.guard.change_limit(replace(limit, used_run=run))


def held_without(tx: Transaction, subject: Subject, person: UUID | None, but: UUID | None = None) -> int:
    """Give what would hold, in øre, for what a limit of this subject is about, as things stand; ``but`` names one left out."""
    holding = [limit for limit in tx.guard.limits() if limit.holds and limit.id != but]
    newest = {(limit.subject, limit.person): limit.amount for limit in reversed(holding)}
    places = (
        (Subject.EMPLOYEE_LIMIT_THIS_RUN, person), (Subject.COMPONENT_244, person),
        (Subject.INSTITUTION_LIMIT_THIS_RUN, None), (Subject.INSTITUTION_LIMIT, None),
    )  # fmt: skip
    asked = places[[place for place, _ in places].index(subject) :]
    return next((newest[place] for place in asked if place in newest), int(DEFAULT_LIMIT))


def _has_begun(limit: PayLimit, value_date: date) -> bool:
    """Tell whether a limit is in force in the calculation period, the month of the value date."""
    return limit.valid_from is None or limit.valid_from.replace(day=1) <= value_date
