"""What a rule counts in: one int for a case, or a NumPy column of int64 for a batch; and the unit of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[np.int64]
Number: TypeAlias = int | Column
Truth: TypeAlias = int | NDArray[np.bool_] | Column

# The annotations of a rule's inputs are its units: the recorder reads them by name.
Day: TypeAlias = Number
Days: TypeAlias = Number
Months: TypeAlias = Number
Amount: TypeAlias = Number
Hours: TypeAlias = Number
Weeks: TypeAlias = Number
Share: TypeAlias = Number
Count: TypeAlias = Number


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: ``annotation`` is its name in code, ``name`` its name in an explanation."""

    annotation: str
    name: str


DAY = Unit("Day", "day")
DAYS = Unit("Days", "days")
MONTHS = Unit("Months", "months")
ORE = Unit("Amount", "ore")
HOURS = Unit("Hours", "hundredths_of_hours")
WEEKS = Unit("Weeks", "hundredths_of_weeks")
BASIS_POINTS = Unit("Share", "basis_points")
COUNT = Unit("Count", "count")
YES_OR_NO = Unit("Truth", "yes_or_no")

UNITS = {unit.annotation: unit for unit in (DAY, DAYS, MONTHS, ORE, HOURS, WEEKS, BASIS_POINTS, COUNT, YES_OR_NO)}
UNITS_BY_NAME = {unit.name: unit for unit in UNITS.values()}

Plain: TypeAlias = str | int | bool | None


def plain(unit: Unit, value: int) -> Plain:
    """Write one number as JSON can hold it: a day as its ISO text, a truth as true or false."""
    if unit is DAY:
        return date.fromordinal(value).isoformat()
    return bool(value) if unit is YES_OR_NO else int(value)
