"""What a Norwegian payroll tells: employments, pay, absences and cost allocation, each with the day payroll itself learned it.

These rows are the contract of the feed from SAP: the adapter reads them, workflow absorbs them as versions. Money is øre,
shares and degrees are hundredths of a per cent (100_00 is the whole), periods are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WHOLE = 100_00


class Benefit(StrEnum):
    """What NAV refunds, in the words of folketrygdloven."""

    PARENTAL_BIRTH = "parental_birth"
    PARENTAL_ADOPTION = "parental_adoption"
    PREGNANCY = "pregnancy"
    SICKNESS = "sickness"
    INSURED_EMPLOYER_PERIOD = "insured_employer_period"
    CHRONIC_SICKNESS = "chronic_sickness"
    SICKNESS_IN_PREGNANCY = "sickness_in_pregnancy"
    TRAVEL = "travel"
    CARE_OF_THE_ILL = "care_of_the_ill"
    CARE_DAYS = "care_days"
    TRAINING = "training"


PARENTAL = frozenset({Benefit.PARENTAL_BIRTH, Benefit.PARENTAL_ADOPTION})


@dataclass(frozen=True, slots=True)
class EmploymentTold:
    """One employment as SAP has it; ``ends`` is its last day, ``temporary`` that the contract itself has an end.

    ``workplace`` is the sub-unit's organisation number (nine digits), ``unit`` the cost-carrying unit, ``position`` the
    share of a full position in hundredths of a per cent.
    """

    number: str
    national_number: str
    name: str
    employed_since: date
    ends: date | None
    temporary: bool
    workplace: str
    unit: str
    position: int
    registered_on: date


@dataclass(frozen=True, slots=True)
class PayTold:
    """A month of an employment: what was agreed and what was paid, in øre; ``month`` is its first day.

    ``in_kind`` is the value of benefits in kind that the month held.
    """

    number: str
    month: date
    agreed: int
    paid: int
    in_kind: int
    registered_on: date


@dataclass(frozen=True, slots=True)
class AbsenceTold:
    """One absence; ``last_day`` None is still absent, ``degree`` how much of the position is away, hundredths of a per cent.

    ``coverage`` is 100 or 80 for parental benefit, None where it is not chosen or not told. ``due_on`` is birth,
    adoption or the expected birth. ``registered_on`` is the day it was registered in SAP: the claim is booked in the run
    after that day.
    """

    number: str
    absence_number: str
    benefit: Benefit
    first_day: date
    last_day: date | None
    degree: int
    coverage: int | None
    due_on: date | None
    withdrawn: bool
    registered_on: date


@dataclass(frozen=True, slots=True)
class AllocationTold:
    """Who carries the cost of an employment in a period: unit, cost centre and project, with its share; shares sum to WHOLE."""

    number: str
    first_day: date
    last_day: date | None
    cost_centre: str
    project: str
    share: int
    registered_on: date


FeedRow = EmploymentTold | PayTold | AbsenceTold | AllocationTold
