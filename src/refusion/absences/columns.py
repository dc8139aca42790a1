"""Payroll's facts as columns, one frozen set per noun, for the verbs that take a whole file or a whole day.

Days are int64 ordinals (``date.toordinal``) with 0 for none; hours are hundredths with -1 for none; money is øre.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.object_]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EmploymentColumns:
    """Rows of a payroll-employments file; ``national_number`` is compact digits."""

    number: Words
    national_number: Words
    name: Words
    employed_since: Ints
    ends: Ints
    weekly_hours: Ints
    job_kind: Words
    unit: Words


@dataclass(frozen=True, slots=True)
class PayColumns:
    """Rows of a payroll-pay file; ``month`` is the ordinal of its first day."""

    number: Words
    month: Ints
    gross: Ints
    hours: Ints
    wage_paid: Ints


@dataclass(frozen=True, slots=True)
class AbsenceColumns:
    """Rows of a payroll-absences file; ``partial_from`` is the first day of partial absence, 0 for full absence."""

    number: Words
    absence_number: Words
    first_day: Ints
    last_day: Ints
    code: Words
    partial_from: Ints
    withdrawn: Flags


@dataclass(frozen=True, slots=True)
class TouchedColumns:
    """Absences whose current version no verb has handled yet, with what decides whether a case opens.

    ``agreement_56``, ``fleksjob_decision`` and ``pregnancy_cause`` are true where a person entered it for the first day.
    ``has_case`` tells whether a case stands already.
    """

    absence: Words
    version: Ints
    employment: Words
    person: Words
    first_day: Ints
    last_day: Ints
    code: Words
    withdrawn: Flags
    employed_since: Ints
    job_kind: Words
    agreement_56: Flags
    fleksjob_decision: Flags
    pregnancy_cause: Flags
    recorded_day: Ints
    has_case: Flags


def row_count(columns: Any) -> int:
    """Count the rows of a set of columns; raises ValueError when they are not equally long."""
    lengths = {len(getattr(columns, column.name)) for column in fields(columns)}
    if len(lengths) != 1:
        raise ValueError(f"columns of different length: {sorted(lengths)}")
    return lengths.pop()
