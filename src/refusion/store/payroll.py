"""Payroll facts one at a time: employments, absences and pay in their current version, and what persons entered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from refusion.values.said import Refused, said
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
    WHERE a.institution_id = %(institution)s AND a.id = ANY (%(ids)s)
"""  # noqa: S608 (our own names)
_EMPLOYMENT = f"""
    SELECT {_LEARNED}, {_TOLD_OF_EMPLOYMENT}
    FROM employment e
    JOIN employment_version v ON v.institution_id = e.institution_id AND v.employment_id = e.id AND v.superseded_at IS NULL
    WHERE e.institution_id = %(institution)s AND e.id = %(id)s
"""  # noqa: S608 (our own names)
_PAY = f"""
    SELECT {_LEARNED}, v.employment_id, v.month, v.gross, v.hours, v.wage_paid FROM pay_version v
    WHERE v.institution_id = %(institution)s AND v.employment_id = ANY (%(employments)s) AND v.superseded_at IS NULL
    ORDER BY v.employment_id, v.month
"""  # noqa: S608 (our own names)
_ENTERED = """
    SELECT id, employment_id, question, value, valid_from, valid_until, document, entered_by, entered_at FROM entered_answer
    WHERE institution_id = %(institution)s AND employment_id = ANY (%(employments)s) ORDER BY position
"""
_KEEP_ENTERED = (
    insert("entered_answer", "id, employment_id, question, value, valid_from, valid_until, document, entered_by, entered_at")
    + " ON CONFLICT (institution_id, id) DO NOTHING"
)
_ABSENCE_COLUMNS = len(f"{_LEARNED}, {_TOLD_OF_ABSENCE}".split(", "))
_LEARNED_COLUMNS = len(_LEARNED.split(", "))
# So many cases are read ahead with one question each.
AT_ONCE = 5000
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
        if ("absence", id) not in self.tenant.seen:
            self._read_absences([id])
        if ("absence", id) not in self.tenant.seen:
            raise Refused(said("store.not_found"))
        return cast("Absence", self.tenant.seen["absence", id])

    def read_ahead(self, absences: Sequence[UUID]) -> None:
        """Read at once what is then asked one by one: absences, their employments, pay and answers."""
        for start in range(0, len(absences), AT_ONCE):
            employments = self._read_absences(absences[start : start + AT_ONCE])
            self._read_pay(employments)
            self._read_entered(employments)

    def _read_absences(self, absences: Sequence[UUID]) -> list[UUID]:
        told = self.tenant.rows(_ABSENCE, ids=list(absences))
        for row in told:
            absence, employment = _absence(row[:_ABSENCE_COLUMNS]), _employment(row[_ABSENCE_COLUMNS:])
            self.tenant.seen["absence", absence.id] = absence
            self.tenant.seen["employment", employment.id] = employment
        return sorted({row[_ABSENCE_COLUMNS + _LEARNED_COLUMNS] for row in told})

    def _read_pay(self, employments: list[UUID]) -> None:
        self.tenant.seen.update({("pay", employment): [] for employment in employments})
        for row in self.tenant.rows(_PAY, employments=employments):
            pay = _pay(row)
            self.tenant.seen["pay", pay.employment].append(pay)

    def _read_entered(self, employments: list[UUID]) -> None:
        self.tenant.seen.update({("entered", employment): [] for employment in employments})
        for row in self.tenant.rows(_ENTERED, employments=employments):
            entered = _entered(row)
            self.tenant.seen["entered", entered.employment].append(entered)

    def employment(self, id: UUID) -> Employment:  # noqa: A002 (the port's word)
        """Give the employment in its current version. Raises Refused when there is none."""
        place = ("employment", id)
        if place not in self.tenant.seen:
            self.tenant.seen[place] = _employment(self.tenant.found(_EMPLOYMENT, id=id))
        return cast("Employment", self.tenant.seen[place])

    def pay(self, employment: UUID, months: Period) -> tuple[Pay, ...]:
        """Give the current version of the months' pay that the house has, oldest first."""
        if ("pay", employment) not in self.tenant.seen:
            self._read_pay([employment])
        first = first_of_month(months.first)
        return tuple(pay for pay in self.tenant.seen["pay", employment] if first <= pay.month <= months.last)

    def entered(self, employment: UUID) -> tuple[Entered, ...]:
        """Give the answers that persons entered for an employment, oldest first."""
        if ("entered", employment) not in self.tenant.seen:
            self._read_entered([employment])
        return tuple(self.tenant.seen["entered", employment])

    def keep_entered(self, entered: Entered) -> None:
        """Keep an answer; a later one for the same question and days takes its place without erasing it."""
        self.tenant.seen.pop(("entered", entered.employment), None)
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
