"""Puts together what SAP told into leaves: absence, employment, pay, allocation, and what the case has learned of NAV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import UUID

from refusion.absences.norwegian import WHOLE, AbsenceTold, AllocationTold, EmploymentTold, PayTold
from refusion.cases.nav_case import Leave
from refusion.claims.nav_refund.birth import born_on
from refusion.claims.nav_refund.employer_days import nav_from
from refusion.claims.nav_refund.income import monthly_income, weekly_income
from refusion.settlements.nav_items.item import Carrier
from refusion.values.period import Period, last_of_month
from refusion.workflow.ports.norway.kept import KeptCase, NavSettings
from refusion.workflow.ports.work import Transaction

PERCENT = 100
Shares = Sequence[tuple[Carrier, int]]


@dataclass(frozen=True, slots=True)
class Leaves:
    """All cases with their leaves, the pay behind them and who carries their cost; read once for a verb."""

    settings: NavSettings
    cases: Mapping[UUID, KeptCase]
    leaves: Mapping[UUID, Leave]
    first_days: Mapping[UUID, date]
    absences: Mapping[UUID, AbsenceTold]
    right_ends: Mapping[UUID, date]
    pay: Mapping[str, Mapping[date, PayTold]]
    allocations: Mapping[str, Sequence[AllocationTold]] = field(default_factory=dict)

    def carriers(self, case: UUID, month: date) -> Shares:
        """Give who carries the cost of a case's employment in a month; the unit itself where SAP tells nobody."""
        leave = self.leaves[case]
        days = Period(month, last_of_month(month))
        found = [
            (Carrier(one.cost_centre, one.project), one.share)
            for one in self.allocations.get(leave.employment_number, ())
            if one.first_day <= days.last and (one.last_day is None or one.last_day >= days.first) and one.share
        ]
        return found or [(Carrier(leave.unit), WHOLE)]


def read_leaves(tx: Transaction, until: date) -> Leaves:
    """Read everything that expectations need; open spells of sickness count until ``until``."""
    facts = tx.norway.facts
    settings, cases = facts.settings(), facts.cases()
    employed = {row.number: row for row in cast("Sequence[EmploymentTold]", facts.current(EmploymentTold))}
    absences = {(row.number, row.absence_number): row for row in cast("Sequence[AbsenceTold]", facts.current(AbsenceTold))}
    pay: dict[str, dict[date, PayTold]] = {}
    for row in cast("Sequence[PayTold]", facts.current(PayTold)):
        pay.setdefault(row.number, {})[row.month] = row
    allocations: dict[str, list[AllocationTold]] = {}
    for told in cast("Sequence[AllocationTold]", facts.current(AllocationTold)):
        allocations.setdefault(told.number, []).append(told)
    born = births(facts.numbers({case.person for case in cases}))
    ends = tx.norway.reports.right_ends()
    leaves, told_of = {}, {}
    for case in cases:
        employment, absence = employed[case.employment_number], absences[case.employment_number, case.absence_number]
        told_of[case.id] = absence
        leaves[case.id] = _leave(case, (employment, absence), pay.get(employment.number, {}), (born.get(case.person), ends.get(case.id)))
    return Leaves(settings, {case.id: case for case in cases}, leaves, nav_from(leaves.values(), until), told_of, ends, pay, allocations)


def _leave(
    case: KeptCase, told: tuple[EmploymentTold, AbsenceTold], pay: Mapping[date, PayTold], known: tuple[date | None, date | None]
) -> Leave:
    employment, absence = told
    born, right_ends = known
    agreed = {month: row.agreed for month, row in pay.items()}
    return Leave(
        case=case.id,
        number=str(case.number),
        employment_number=employment.number,
        benefit=absence.benefit,
        person=case.person,
        first_day=absence.first_day,
        last_day=_earlier(absence.last_day, right_ends),
        registered_on=absence.registered_on,
        monthly_income=monthly_income(absence.first_day, agreed),
        weekly_income=weekly_income(absence.first_day, agreed),
        unit=employment.unit,
        workplace=employment.workplace,
        coverage=WHOLE if _is_sickness(absence) else (absence.coverage or PERCENT) * PERCENT,
        degree=absence.degree,
        position=employment.position,
        employment_ends=employment.ends,
        temporary=employment.temporary,
        born=born,
        due_on=absence.due_on,
        withdrawn=absence.withdrawn,
    )


def births(numbers: Mapping[UUID, str]) -> Mapping[UUID, date]:
    """Give the days of birth of persons from their national numbers; those that tell none are left out."""
    found = {}
    for person, number in numbers.items():
        day = born_on(number)
        if day is not None:
            found[person] = day
    return found


def _is_sickness(absence: AbsenceTold) -> bool:
    return absence.benefit == "sickness"


def _earlier(one: date | None, other: date | None) -> date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days, default=None)
