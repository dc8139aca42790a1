"""The three kinds of payroll file as payroll writes them: their rows, their columns and what a column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class EmploymentRow:
    """One employment; ``weekly_hours`` in hundredths, None where payroll does not know it."""

    employment_number: str
    national_number: str
    name: str
    employed_since: date
    employment_ends: date | None = None
    weekly_hours: int | None = None
    job_kind: str = "ordinary"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PayRow:
    """A month's pay in øre and the hours behind it in hundredths; ``month`` is its first day."""

    employment_number: str
    month: date
    gross_pay: int
    hours: int
    wage_paid: int


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence; ``last_day`` None means still absent, ``partial_from`` None away altogether to the end."""

    employment_number: str
    absence_number: str
    first_day: date
    last_day: date | None = None
    code: str = "100"
    partial_from: date | None = None
    status: str = "active"


Row = EmploymentRow | PayRow | AbsenceRow


class Shape(Enum):
    """What the cells of a column are."""

    INSTITUTION = "institution"
    TEXT = "text"
    NATIONAL_NUMBER = "national_number"
    DATE = "date"
    MONTH = "month"
    HOURS = "hours"
    MONEY = "money"
    CODE = "code"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what its cells are, and the limits of that (``at_most`` in characters or hundredths)."""

    name: str
    shape: Shape
    may_be_empty: bool = False
    at_most: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its columns in their order, and those that name a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns in their order."""
        return tuple(column.name for column in self.columns)


HOURS_OF_A_WEEK = 168_00
HOURS_OF_A_MONTH = 744_00
_INSTITUTION = Column("institution", Shape.INSTITUTION, at_most=20)
_NUMBER = Column("employment_number", Shape.TEXT, at_most=30)

EMPLOYMENTS = Kind(
    "payroll-employments",
    (
        _INSTITUTION,
        _NUMBER,
        Column("national_number", Shape.NATIONAL_NUMBER),
        Column("name", Shape.TEXT, at_most=200),
        Column("employed_since", Shape.DATE),
        Column("employment_ends", Shape.DATE, may_be_empty=True),
        Column("weekly_hours", Shape.HOURS, may_be_empty=True, at_most=HOURS_OF_A_WEEK),
        Column("job_kind", Shape.CHOICE, choices=("ordinary", "fleksjob")),
        Column("unit", Shape.TEXT, may_be_empty=True, at_most=100),
    ),
    key=("employment_number",),
)
PAY = Kind(
    "payroll-pay",
    (
        _INSTITUTION,
        _NUMBER,
        Column("month", Shape.MONTH),
        Column("gross_pay", Shape.MONEY),
        Column("hours", Shape.HOURS, at_most=HOURS_OF_A_MONTH),
        Column("wage_paid", Shape.MONEY),
    ),
    key=("employment_number", "month"),
)
ABSENCES = Kind(
    "payroll-absences",
    (
        _INSTITUTION,
        _NUMBER,
        Column("absence_number", Shape.TEXT, at_most=40),
        Column("first_day", Shape.DATE),
        Column("last_day", Shape.DATE, may_be_empty=True),
        Column("code", Shape.CODE),
        Column("partial_from", Shape.DATE, may_be_empty=True),
        Column("status", Shape.CHOICE, choices=("active", "withdrawn")),
    ),
    key=("employment_number", "absence_number"),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in (EMPLOYMENTS, PAY, ABSENCES)})

# The event types that the payroll centre's guide names; which of them give a refund is for the cases to say.
OWN_SICKNESS = frozenset({"100", "110", "130", "140", "150", "154", "155"})
CHILD_SICK = frozenset({"230", "231"})
WORK_ACCIDENT = frozenset({"220", "225"})
