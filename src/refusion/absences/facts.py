"""Payroll's facts as they stand in their current version; hours in hundredths, money in øre, periods inclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class JobKind(StrEnum):
    """What kind of job an employment is, as far as refunds ask."""

    ORDINARY = "ordinary"
    FLEKSJOB = "fleksjob"


class Question(StrEnum):
    """What payroll cannot tell and a person enters once, with document and validity."""

    WEEKLY_HOURS = "weekly_hours"
    AGREEMENT_56 = "agreement_56"
    FLEKSJOB_DECISION = "fleksjob_decision"
    EXPECTED_BIRTH = "expected_birth"
    PREGNANCY_CAUSE = "pregnancy_cause"
    HOURS_WORKED = "hours_worked"
    OTHER_EMPLOYER = "other_employer"
    FILED_ELSEWHERE = "filed_elsewhere"
    PARENT = "parent"
    CHILD_BORN = "child_born"
    WEEKS_TRANSFERRED = "weeks_transferred"
    HOSPITAL_DAYS = "hospital_days"
    SOLE_PROVIDER = "sole_provider"
    FLEKSJOB_SHARE = "fleksjob_share"
    SUBSIDY_SECTOR = "subsidy_sector"
    CLARIFICATION_GROUP = "clarification_group"
    PAY_GRADE = "pay_grade"
    EXCLUDED_PAY = "excluded_pay"


@dataclass(frozen=True, slots=True)
class Learned:
    """Where a payroll fact stands: which version of it, from which file, learned when."""

    version: int
    file: UUID
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Employment:
    """One employment; ``weekly_hours`` is None where payroll does not know it."""

    id: UUID
    number: str
    person: UUID
    employed_since: date
    ends: date | None
    weekly_hours: int | None
    job_kind: JobKind
    unit: str
    learned: Learned


@dataclass(frozen=True, slots=True)
class Pay:
    """A month's pay: what counts for the hourly earnings, the hours behind it, and the wage that was paid."""

    employment: UUID
    month: date
    gross: int
    hours: int
    wage_paid: int
    learned: Learned


@dataclass(frozen=True, slots=True)
class Absence:
    """One spell; ``last_day`` None means still absent, ``withdrawn`` that payroll took it back.

    ``partial_from`` is the day from which the person works some hours; None means away altogether to the end.
    """

    id: UUID
    employment: UUID
    number: str
    first_day: date
    last_day: date | None
    code: str
    partial_from: date | None
    withdrawn: bool
    learned: Learned


@dataclass(frozen=True, slots=True)
class Entered:
    """An answer that a person gave: ``value`` is canonical text, ``valid_from``/``valid_until`` the days it holds."""

    id: UUID
    employment: UUID
    question: Question
    value: str
    valid_from: date
    valid_until: date | None
    document: str
    entered_by: str
    entered_at: datetime
