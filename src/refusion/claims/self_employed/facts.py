"""What a person tells the guide, and what the guide answers: conditions, amounts, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from refusion.values.money import Ore
from refusion.values.said import Said


class Who(StrEnum):
    """Who asks."""

    SELF_EMPLOYED = "self_employed"
    ASSISTING_SPOUSE = "assisting_spouse"
    WAGE_EARNER = "wage_earner"
    UNEMPLOYED = "unemployed"


class Work(StrEnum):
    """How much of the normal work can be done."""

    NONE = "none"
    QUARTER = "quarter"
    HALF = "half"
    MORE = "more"


class Home(StrEnum):
    """Where the person lives and is taxed."""

    DENMARK = "denmark"
    TREATY = "treaty"
    ELSEWHERE = "elsewhere"


class Verdict(StrEnum):
    """How a condition stands."""

    PASS = "pass"  # noqa: S105 (a verdict, no password)
    FAIL = "fail"
    NEEDS_DECISION = "needs_decision"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a person tells; months, hours and shares in hundredths, money in øre.

    ``income_year`` is the business income of the latest assessment, for an assisting spouse the amount transferred;
    ``hourly_pay`` a wage earner's average of three months, ``unemployment_week`` an unemployed person's benefit.
    """

    who: Who
    first_absence_day: date
    unfit: bool = True
    can_work: Work = Work.NONE
    home: Home = Home.DENMARK
    business_months: int = 0
    last_month_in_business: bool = False
    employee_months: int = 0
    weekly_hours: int = 0
    income_year: int = 0
    insurance: str | None = None
    agreement_58a: bool = False
    working_weekdays: tuple[int, ...] = ()
    notified_on: date | None = None
    fast_track_on: date | None = None
    nemrefusion_user: bool = False
    employee_signature: bool = False
    duties_neglected: bool = False
    hourly_pay: int = 0
    unemployment_week: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its name, how it stands, why, and where that is written."""

    name: str
    verdict: Verdict
    reason: Said
    source: str


@dataclass(frozen=True, slots=True)
class Dated:
    """One day that counts: its kind (``self_employed.day_<kind>``), the day, and where it comes from."""

    kind: str
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Amount:
    """What a week gives in øre: in the first two weeks (None where they give no right) and after them, the latter explained."""

    first_weeks: Ore | None
    later_weeks: Ore
    explanation: Mapping[str, Any]
    estimated: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """The guide's answer; ``verdict`` over all conditions, ``benefit_from`` None where there is no right.

    ``short`` is the whole answer to those whom the guide is not for; ``first`` what one needs before anything else.
    """

    verdict: Verdict
    answer: Said
    conditions: tuple[Condition, ...] = ()
    benefit_from: date | None = None
    amount: Amount | None = None
    dates: tuple[Dated, ...] = ()
    first: tuple[Said, ...] = field(default=())
    short: bool = False
