"""A demo institution's year: the whole truth made from a profile, and what payroll tells of it on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache

from refusion.adapters.sls.messages import AbsenceRow, EmploymentRow, PayRow, Row
from refusion.rehearsal.institution.facts import Institution, PayMonth, Profile, Spell, Telling, Worker
from refusion.rehearsal.institution.leave import leaves
from refusion.rehearsal.institution.pay import all_pay
from refusion.rehearsal.institution.people import workforce
from refusion.rehearsal.institution.sickness import sickness

EMPLOYMENTS, PAY, ABSENCES = "payroll-employments", "payroll-pay", "payroll-absences"
KINDS = (EMPLOYMENTS, PAY, ABSENCES)
"""The three kinds of file, in the order in which they have to be read in."""


@lru_cache(maxsize=8)
def institution(profile: Profile) -> Institution:
    """Make the institution; the same profile gives the same one."""
    workers = workforce(profile)
    spells = sickness(profile, workers)
    return Institution(profile, workers, spells, all_pay(profile, workers.values(), spells), leaves(profile, workers, spells))


class Year:
    """What payroll tells about an institution, by day and kind of file."""

    def __init__(self, truth: Institution) -> None:
        """Take the institution as it truly is."""
        self.truth = truth

    def rows(self, day: date, kind: str) -> tuple[Row, ...]:
        """Give the rows of the day's file of a kind; none where there is nothing to tell."""
        return tuple(self._told[kind].get(day, ()))

    def newest(self, day: date, kind: str) -> tuple[Row, ...]:
        """Give the last row of everything that payroll told in files of a kind up to a day."""
        told: dict[tuple[str, str], Row] = {}
        for on in sorted(one for one in self._told[kind] if one <= day):
            told |= {(row.employment_number, _of_employment(row)): row for row in self._told[kind][on]}
        return tuple(told.values())

    @cached_property
    def _told(self) -> Mapping[str, Mapping[date, list[Row]]]:
        told: dict[str, dict[date, list[Row]]] = {kind: defaultdict(list) for kind in KINDS}
        for worker in self.truth.workers.values():
            told[EMPLOYMENTS][worker.told_on].append(_employment(worker, None))
            if worker.ends and worker.end_told_on:
                told[EMPLOYMENTS][worker.end_told_on].append(_employment(worker, worker.ends))
        for month in self.truth.pay:
            told[PAY][month.told_on].append(_pay(month))
        for spell in (*self.truth.spells, *self.truth.leaves):
            for telling in spell.tellings:
                told[ABSENCES][telling.on].append(_absence(spell, telling))
        return told


def _of_employment(row: Row) -> str:
    """Name a row among those of its employment: the absence, or the month of pay."""
    match row:
        case AbsenceRow():
            return row.absence_number
        case PayRow():
            return row.month.isoformat()
        case _:
            return ""


def _employment(worker: Worker, ends: date | None) -> EmploymentRow:
    return EmploymentRow(
        employment_number=worker.number,
        national_number=worker.national_number,
        name=worker.name,
        employed_since=worker.employed_since,
        employment_ends=ends,
        weekly_hours=worker.weekly_hours if worker.hours_known else None,
        job_kind="fleksjob" if worker.fleksjob else "ordinary",
        unit=worker.unit,
    )


def _pay(month: PayMonth) -> PayRow:
    return PayRow(month.worker, month.month, month.gross, month.hours, month.wage_paid)


def _absence(spell: Spell, telling: Telling) -> AbsenceRow:
    return AbsenceRow(
        employment_number=spell.worker,
        absence_number=spell.number,
        first_day=spell.first_day,
        last_day=telling.last_day,
        code=spell.code,
        partial_from=telling.partial_from,
        status="withdrawn" if telling.withdrawn else "active",
    )
