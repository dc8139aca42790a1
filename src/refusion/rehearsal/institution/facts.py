"""The truth of an institution and the days on which payroll tells of it; hours in hundredths, money in øre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Profile:
    """What an institution is made from; the same profile gives the same institution in every run.

    ``long_spells`` counts the employees who fall ill for more than 30 days between ``first`` and ``last``, ``leaves`` those
    who are on parental leave or look after a seriously ill child. ``stages`` are the kinds that the institution switches on
    its first day, each with its stage and payroll's codes; all others stand as they do by default.
    """

    code: str
    name: str
    company_number: str
    unit_number: str
    account: str
    employees: int
    long_spells: int
    first: date
    last: date
    seed: int
    leaves: int = 0
    stages: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """One employment as it truly is.

    ``hours_known`` tells whether payroll knows the weekly hours. ``agreement_56`` is the first day of an agreement
    under § 56, which then holds for two years and for every spell of this person.
    """

    number: str
    national_number: str
    name: str
    unit: str
    employed_since: date
    told_on: date
    ends: date | None
    end_told_on: date | None
    weekly_hours: int
    hours_known: bool
    fleksjob: bool
    hourly_wage: int
    agreement_56: date | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """What payroll says of a spell from a day on; ``last_day`` None says that the person is still absent.

    ``partial_from`` is the day from which the person works some hours.
    """

    on: date
    last_day: date | None
    partial_from: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell of sickness or leave: what truly happened and what payroll told of it, in order.

    ``happened`` is False for one that payroll withdraws in the end. From ``partial_from``, a Monday, the person works
    some hours: ``worked`` gives them for each week by its Monday. ``known`` is what persons can say of a leave, by question.
    """

    worker: str
    number: str
    first_day: date
    last_day: date
    story: str
    tellings: tuple[Telling, ...]
    happened: bool = True
    partial_from: date | None = None
    worked: Mapping[date, int] = field(default_factory=dict)
    code: str = "100"
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayMonth:
    """A month's pay as payroll tells it on a day; a later telling corrects an earlier one."""

    worker: str
    month: date
    told_on: date
    gross: int
    hours: int
    wage_paid: int


@dataclass(frozen=True, slots=True)
class Institution:
    """Everything that is true of a demo institution and everything that payroll will tell of it."""

    profile: Profile
    workers: Mapping[str, Worker]
    spells: tuple[Spell, ...]
    pay: tuple[PayMonth, ...]
    leaves: tuple[Spell, ...] = ()
