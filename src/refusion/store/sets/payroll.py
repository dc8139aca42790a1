"""Absorbs payroll files: persons and things that are new, then versions of what differs, then what that touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from refusion.absences.columns import AbsenceColumns, EmploymentColumns, PayColumns
from refusion.store.sets.staging import days, flags, numbers, planned_for, raw, stage, words
from refusion.store.sets.versions import Versions, absorb_versions
from refusion.store.tenant import Tenant
from refusion.workflow.ports.payroll import Absorbed

NOT_KNOWN = -1
EMPLOYMENTS = Versions(
    "employment_version",
    ("person", "employment"),
    ("employment_id",),
    ("person_id", "employed_since", "ends", "weekly_hours", "job_kind", "unit"),
    """SELECT s.place, s.employment_id, s.person_id, s.employed_since, s.ends, s.weekly_hours, s.job_kind, s.unit
       FROM pg_temp.staged_employment s""",
)
PAY = Versions(
    "pay_version",
    (),
    ("employment_id", "month"),
    ("gross", "hours", "wage_paid"),
    """SELECT s.place, e.id AS employment_id, s.month, s.gross, s.hours, s.wage_paid
       FROM pg_temp.staged_pay s
       JOIN employment e ON e.institution_id = %(institution)s AND e.number = s.number""",
)
ABSENCES = Versions(
    "absence_version",
    ("absence",),
    ("absence_id",),
    ("first_day", "last_day", "code", "partial_from", "withdrawn"),
    """SELECT s.place, s.absence_id, s.first_day, s.last_day, s.code, s.partial_from, s.withdrawn FROM pg_temp.staged_absence s""",
)
_STAGED_EMPLOYMENT = (
    "employment_id uuid, person_id uuid, number text, number_index bytea, name text, employed_since date, ends date, "
    "weekly_hours int, job_kind text, unit text"
)
_STAGED_PAY = "number text, month date, gross bigint, hours int, wage_paid bigint"
_STAGED_ABSENCE = (
    "absence_id uuid, employment_id uuid, number text, absence_number text, first_day date, last_day date, code text, "
    "partial_from date, withdrawn bool"
)
_STAGED_PERSON = "id uuid, number_index bytea, sealed_number bytea, name text"
# Where one file gives a person two names, the one at the highest employment number stands.
_NEW_PERSONS = """
    SELECT DISTINCT ON (s.person_id) s.place - 1 FROM pg_temp.staged_employment s
    WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.institution_id = %(institution)s AND p.id = s.person_id)
    ORDER BY s.person_id, s.number COLLATE "C" DESC, s.place DESC
"""
# New rows are written in the order of their ids: each index page is then written once, and found again by what refers to it.
_ADD_PERSONS = """
    INSERT INTO person (institution_id, id, number_index, sealed_number, name)
    SELECT %(institution)s, id, number_index, sealed_number, name FROM pg_temp.staged_person
"""
_RENAME = """
    UPDATE person p SET name = told.name FROM (
        SELECT DISTINCT ON (person_id) person_id, name FROM pg_temp.staged_employment
        ORDER BY person_id, number COLLATE "C" DESC, place DESC) AS told
    WHERE p.institution_id = %(institution)s AND p.id = told.person_id AND p.name <> told.name
"""
_ADD_EMPLOYMENTS = """
    INSERT INTO employment (institution_id, id, number, pay_changed)
    SELECT DISTINCT ON (s.employment_id) %(institution)s, s.employment_id, s.number, false FROM pg_temp.staged_employment s
    WHERE NOT EXISTS (SELECT 1 FROM employment e WHERE e.institution_id = %(institution)s AND e.id = s.employment_id)
    ORDER BY s.employment_id
"""
_ADD_ABSENCES = """
    INSERT INTO absence (institution_id, id, employment_id, number, handled_version, touched)
    SELECT DISTINCT ON (s.absence_id) %(institution)s, s.absence_id, s.employment_id, s.absence_number, 0, true
    FROM pg_temp.staged_absence s
    WHERE NOT EXISTS (SELECT 1 FROM absence a WHERE a.institution_id = %(institution)s AND a.id = s.absence_id)
    ORDER BY s.absence_id
"""
_UNKNOWN = """
    SELECT DISTINCT s.number COLLATE "C" FROM pg_temp.{} s
    WHERE NOT EXISTS (SELECT 1 FROM employment e WHERE e.institution_id = %(institution)s AND e.number = s.number) ORDER BY 1
"""
# Hours or an end that changed; the first version of an employment changes nothing that anybody has reckoned with.
_HOURS_CHANGED = """
    UPDATE employment e SET pay_changed = true
    FROM pg_temp.changed_employment_version c
    JOIN employment_version before ON before.institution_id = %(institution)s AND before.employment_id = c.employment_id
        AND before.version = c.version
    WHERE e.institution_id = %(institution)s AND e.id = c.employment_id
    AND (before.weekly_hours, before.ends) IS DISTINCT FROM (c.weekly_hours, c.ends) AND NOT e.pay_changed
"""
_PAY_CHANGED = """
    UPDATE employment e SET pay_changed = true FROM pg_temp.changed_pay_version c
    WHERE e.institution_id = %(institution)s AND e.id = c.employment_id AND c.version > 0 AND NOT e.pay_changed
"""
_TOUCH = """
    UPDATE absence a SET touched = true FROM pg_temp.changed_absence_version c
    WHERE a.institution_id = %(institution)s AND a.id = c.absence_id AND NOT a.touched
"""


def absorb_employments(tenant: Tenant, columns: EmploymentColumns, file: UUID, at: datetime) -> Absorbed:
    """Add a version wherever a row differs from the current one; persons are known by their blind index."""
    _alone(tenant)
    found = tenant.keys.index_many(columns.national_number.tolist())
    employments = tenant.ids_of("employment", columns.number)
    persons = tenant.ids_of("person", [number.hex() for number in found])
    rows = [
        words(employments),
        words(persons),
        words(columns.number),
        raw(found),
        words(columns.name),
        days(columns.employed_since),
        days(columns.ends),
        numbers(columns.weekly_hours, NOT_KNOWN),
        words(columns.job_kind),
        words(columns.unit),
    ]
    stage(tenant, "staged_employment", _STAGED_EMPLOYMENT, rows)
    with planned_for(tenant, len(found)):
        added = _add_persons(tenant, columns, persons, found)
        tenant.run(_ADD_EMPLOYMENTS)
        counts = absorb_versions(tenant, EMPLOYMENTS, len(set(employments)), file, at)
        if added < len(set(persons)):
            tenant.run(_RENAME)
        if counts.changed:
            tenant.run(_HOURS_CHANGED)
    return counts


def _alone(tenant: Tenant) -> None:
    """Let one file of an institution be absorbed at a time, so that two never add the same version."""
    tenant.run("SELECT pg_advisory_xact_lock(1885435500, %(institution)s::int)")


def _add_persons(tenant: Tenant, columns: EmploymentColumns, ids: Sequence[str], found: Sequence[bytes]) -> int:
    new = tenant.column(_NEW_PERSONS)
    if new:
        persons = [ids[place] for place in new]
        sealed = tenant.keys.seal_many([columns.national_number[place] for place in new], persons, "national_number")
        rows = [words(persons), raw(found[place] for place in new), raw(sealed), words(columns.name[list(new)])]
        stage(tenant, "staged_person", _STAGED_PERSON, rows)
        tenant.run(_ADD_PERSONS)
    return len(new)


def absorb_pay(tenant: Tenant, columns: PayColumns, file: UUID, at: datetime) -> Absorbed:
    """Add a version wherever a month's pay differs; nothing is absorbed when an employment is unknown."""
    _alone(tenant)
    amounts = [numbers(columns.gross), numbers(columns.hours), numbers(columns.wage_paid)]
    stage(tenant, "staged_pay", _STAGED_PAY, [words(columns.number), days(columns.month), *amounts])
    with planned_for(tenant, len(columns.number)):
        unknown = tenant.column(_UNKNOWN.format("staged_pay"))
        if unknown:
            return Absorbed(0, 0, 0, unknown)
        told = len(set(zip(columns.number, columns.month.tolist(), strict=True)))
        counts = absorb_versions(tenant, PAY, told, file, at)
        if counts.changed:
            tenant.run(_PAY_CHANGED)
    return counts


def absorb_absences(tenant: Tenant, columns: AbsenceColumns, file: UUID, at: datetime) -> Absorbed:
    """Add a version wherever an absence differs; nothing is absorbed when an employment is unknown."""
    _alone(tenant)
    absences = tenant.ids_of("absence", columns.number, columns.absence_number)
    rows = [
        words(absences),
        words(tenant.ids_of("employment", columns.number)),
        words(columns.number),
        words(columns.absence_number),
        days(columns.first_day),
        days(columns.last_day),
        words(columns.code),
        days(columns.partial_from),
        flags(columns.withdrawn),
    ]
    stage(tenant, "staged_absence", _STAGED_ABSENCE, rows)
    with planned_for(tenant, len(columns.number)):
        unknown = tenant.column(_UNKNOWN.format("staged_absence"))
        if unknown:
            return Absorbed(0, 0, 0, unknown)
        tenant.run(_ADD_ABSENCES)
        counts = absorb_versions(tenant, ABSENCES, len(set(absences)), file, at)
        if counts.changed:
            tenant.run(_TOUCH)
    return counts
