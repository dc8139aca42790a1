"""Limits from payroll beside the limits that two people set in the house: payroll may lower one alone, never raise one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from refusion.salary_guard.basis import row_of
from refusion.salary_guard.columns import Flags, Ints
from refusion.salary_guard.decision import NOT_SET, InstitutionLimits, PersonLimits, Standing, limits_of


@dataclass(frozen=True, slots=True)
class Together:
    """The limits that hold for each person of a run, and who is named in the run with a raise that nobody approved."""

    limits: PersonLimits
    unapproved: Flags


def together(told: PersonLimits, approved: PersonLimits, institution: InstitutionLimits) -> Together:
    """Join what a run tells of limits with what was approved: the run's limit holds where it is no raise.

    ``told`` names every person of the run. A raise that only the run names is left out and told, so that nobody who can
    change pay can also lift the limit that would stop it; one that was approved at that amount holds.
    """
    row = row_of(approved.person, told.person)
    house = PersonLimits(told.person, *(_taken(column, row, otherwise) for column, otherwise in (
        (approved.this_run, NOT_SET), (approved.component, NOT_SET), (approved.standing, int(Standing.NONE)),
    )))  # fmt: skip
    ceiling, _, _ = limits_of(told.person, house, institution)
    wanted, _, _ = limits_of(told.person, told, institution)
    names_one = (told.this_run != NOT_SET) | ((told.component != NOT_SET) & (told.standing != Standing.DELETED))
    raises = names_one & (wanted > ceiling)
    holds = names_one & ~raises
    columns = (np.where(holds, own, other) for own, other in (
        (told.this_run, house.this_run), (told.component, house.component), (told.standing, house.standing),
    ))  # fmt: skip
    return Together(PersonLimits(told.person, *columns), np.asarray(raises))


def _taken(column: Ints, row: Ints, otherwise: int) -> Ints:
    if not len(column):
        return np.full(len(row), otherwise, np.int64)
    return np.where(row >= 0, column[row], otherwise)
