"""Payroll facts one at a time: employments, absences and pay in their current version, and what persons entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns, TouchedColumns
from refusion.absences.facts import Absence, Employment, Entered, JobKind, Learned, Pay, Question
from refusion.store.sets import absences as absence_sets
from refusion.store.sets import payroll as payroll_sets
from refusion.store.tenant import Row, Tenant, insert
from refusion.values.period import Period, first_of_month
from refusion.workflow.ports.payroll import Absorbed

_LEARNED = "v.version, v.file_id, v.recorded_at"
_TOLD_OF_ABSENCE = "a.id, a.employment_id, a.number, v.first_day, v.last_day, v.code, v.partial_from, v.withdrawn"
_TOLD_OF_EMPLOYMENT = "e.id, e.number, v.person_id, v.employed_since, v.ends, v.weekly_hours, v.job_kind, v.unit"
# Whoever asks for an absence asks for its employment next, so it comes along.
_ABSENCE = f"""
    SELECT {_LEARNED}, {_TOLD_OF_ABSENCE}, {_LEARNED.replace("v.", "w.")}, {_TOLD_OF_EMPLOYMENT.replace("v.", "w.")}
    FROM absence a
    JOIN absence_version v ON v.institution_id = a.institution_id AND v.absence_id = a.id AND v.superseded_at IS NULL
    JOIN employment e ON e.institution_id = a.institution_id AND e.id = a.employment_id
    JOIN employment_version w ON w.institution_id = e.institution_id AND w.employment_id = e.id AND w.superseded_at IS NULL
    WHERE a.institution_id = %(institution)s AND a.id = %(id)s
"""  # noqa: S608 (our own names)
_EMPLOYMENT = f"""
    SELECT {_LEARNED}, {_TOLD_OF_EMPLOYMENT}
    FROM employment e
    JOIN employment_version v ON v.institution_id = e.institution_id AND v.employment_id = e.id AND v.superseded_at IS NULL
    WHERE e.institution_id = %(institution)s AND e.id = %(id)s
"""  # noqa: S608 (our own names)
_PAY = f"""
    SELECT {_LEARNED}, v.employment_id, v.month, v.gross, v.hours, v.wage_paid FROM pay_version v
    WHERE v.institution_id = %(institution)s AND v.employment_id = %(employment)s AND v.superseded_at IS NULL
    AND v.month BETWEEN %(first)s AND %(last)s ORDER BY v.month
"""  # noqa: S608 (our own names)
_ENTERED = """
    SELECT id, employment_id, question, value, valid_from, valid_until, document, entered_by, entered_at FROM entered_answer
    WHERE institution_id = %(institution)s AND employment_id = %(employment)s ORDER BY position
"""
_KEEP_ENTERED = (
    insert("entered_answer", "id, employment_id, question, value, valid_from, valid_until, document, entered_by, entered_at")
    + " ON CONFLICT (institution_id, id) DO NOTHING"
)
_ABSENCE_COLUMNS = len(f"{_LEARNED}, {_TOLD_OF_ABSENCE}".split(", "))
_PERSON = "SELECT sealed_number, name FROM person WHERE institution_id = %(institution)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class StoredPayroll:
    """What payroll told an institution, as versions."""

    tenant: Tenant

    def absorb_employments(self, columns: EmploymentColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a row differs from the current one; persons are known by their blind index."""
        self.tenant.seen.clear()
        return payroll_sets.absorb_employments(self.tenant, columns, file, at)

    def absorb_pay(self, columns: PayColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever a month's pay differs; nothing is absorbed when an employment is unknown."""
        self.tenant.seen.clear()
        return payroll_sets.absorb_pay(self.tenant, columns, file, at)

    def absorb_absences(self, columns: AbsenceColumns, file: UUID, at: datetime) -> Absorbed:
        """Add a version wherever an absence differs; nothing is absorbed when an employment is unknown."""
        self.tenant.seen.clear()
        return payroll_sets.absorb_absences(self.tenant, columns, file, at)

    def touched(self) -> TouchedColumns:
        """Give the absences whose current version was not handled yet, in the order of employment and absence number."""
        return absence_sets.touched(self.tenant)

    def touch_employment(self, employment: UUID) -> None:
        """Let the absences of an employment be handled again, after an answer or a change of pay."""
        absence_sets.touch_employment(self.tenant, employment)

    def mark_handled(self, absences: Iterable[UUID], versions: Iterable[int]) -> None:
        """Note which version of each absence has been handled."""
        absence_sets.mark_handled(self.tenant, absences, versions)

    def pay_changed(self) -> tuple[UUID, ...]:
        """Give employments whose pay or hours changed in a month already in the house, and forget them."""
        return absence_sets.pay_changed(self.tenant)

    def absence(self, id: UUID) -> Absence:  # noqa: A002 (the port's word)
        """Give the absence in its current version. Raises Refused when there is none."""
        place = ("absence", id)
        if place not in self.tenant.seen:
            row = self.tenant.found(_ABSENCE, id=id)
            self.tenant.seen[place] = absence = _absence(row[:_ABSENCE_COLUMNS])
            self.tenant.seen["employment", absence.employment] = _employment(row[_ABSENCE_COLUMNS:])
        return cast("Absence", self.tenant.seen[place])

    def employment(self, id: UUID) -> Employment:  # noqa: A002 (the port's word)
        """Give the employment in its current version. Raises Refused when there is none."""
        place = ("employment", id)
        if place not in self.tenant.seen:
            self.tenant.seen[place] = _employment(self.tenant.found(_EMPLOYMENT, id=id))
        return cast("Employment", self.tenant.seen[place])

    def pay(self, employment: UUID, months: Period) -> tuple[Pay, ...]:
        """Give the current version of the months' pay that the house has, oldest first."""
        first, last = first_of_month(months.first), months.last
        place = ("pay", employment, first, last)
        if place not in self.tenant.seen:
            rows = self.tenant.rows(_PAY, employment=employment, first=first, last=last)
            self.tenant.seen[place] = tuple(map(_pay, rows))
        return cast("tuple[Pay, ...]", self.tenant.seen[place])

    def entered(self, employment: UUID) -> tuple[Entered, ...]:
        """Give the answers that persons entered for an employment, oldest first."""
        place = ("entered", employment)
        if place not in self.tenant.seen:
            self.tenant.seen[place] = tuple(map(_entered, self.tenant.rows(_ENTERED, employment=employment)))
        return cast("tuple[Entered, ...]", self.tenant.seen[place])

    def keep_entered(self, entered: Entered) -> None:
        """Keep an answer; a later one for the same question and days takes its place without erasing it."""
        self.tenant.seen.clear()
        self.tenant.run(
            _KEEP_ENTERED,
            id=entered.id,
            employment_id=entered.employment,
            question=entered.question.value,
            value=entered.value,
            valid_from=entered.valid_from,
            valid_until=entered.valid_until,
            document=entered.document,
            entered_by=entered.entered_by,
            entered_at=entered.entered_at,
        )

    def national_number(self, person: UUID) -> str:
        """Unseal a person's national number, for a report to an authority only."""
        sealed = self.tenant.found(_PERSON, id=person)[0]
        return self.tenant.keys.unseal(sealed, str(person), "national_number")

    def name(self, person: UUID) -> str:
        """Give a person's name."""
        return str(self.tenant.found(_PERSON, id=person)[1])


def _absence(row: Row) -> Absence:
    *learned, found, employment, number, first, last, code, partial_from, withdrawn = row
    return Absence(found, employment, number, first, last, code, partial_from, withdrawn, Learned(*learned))


def _employment(row: Row) -> Employment:
    *learned, found, number, person, since, ends, hours, job_kind, unit = row
    return Employment(found, number, person, since, ends, hours, JobKind(job_kind), unit, Learned(*learned))


def _pay(row: Row) -> Pay:
    *learned, employment, month, gross, hours, wage_paid = row
    return Pay(employment, month, gross, hours, wage_paid, Learned(*learned))


def _entered(row: Row) -> Entered:
    found, whose, question, *rest = row
    return Entered(found, whose, Question(question), *rest)
