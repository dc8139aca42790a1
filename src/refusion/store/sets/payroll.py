"""Absorbs payroll files: persons and things that are new, then versions of what differs, then what that touches."""

from __future__ import annotations

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
    """SELECT s.place, e.id AS employment_id, p.id AS person_id, s.employed_since, s.ends, s.weekly_hours, s.job_kind, s.unit
       FROM pg_temp.staged_employment s
       JOIN employment e ON e.institution_id = %(institution)s AND e.number = s.number
       JOIN person p ON p.institution_id = %(institution)s AND p.number_index = s.number_index""",
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
    """SELECT s.place, a.id AS absence_id, s.first_day, s.last_day, s.code, s.partial_from, s.withdrawn
       FROM pg_temp.staged_absence s
       JOIN employment e ON e.institution_id = %(institution)s AND e.number = s.number
       JOIN absence a ON a.institution_id = %(institution)s AND a.employment_id = e.id AND a.number = s.absence_number""",
)
_STAGED_EMPLOYMENT = (
    "number text, number_index bytea, name text, employed_since date, ends date, weekly_hours int, job_kind text, unit text"
)
_STAGED_PAY = "number text, month date, gross bigint, hours int, wage_paid bigint"
_STAGED_ABSENCE = (
    "number text, absence_number text, first_day date, last_day date, code text, partial_from date, withdrawn bool"
)
_NEW_PERSONS = """
    SELECT DISTINCT ON (s.number_index) s.place, s.number_index, s.name FROM pg_temp.staged_employment s
    WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.institution_id = %(institution)s AND p.number_index = s.number_index)
    ORDER BY s.number_index
"""
_ADD_PERSONS = """
    INSERT INTO person (institution_id, id, number_index, sealed_number, name)
    SELECT %(institution)s, id, number_index, sealed_number, name FROM pg_temp.staged_person
"""
# Where one file gives a person two names, the one at the highest employment number stands.
_RENAME = """
    UPDATE person p SET name = told.name FROM (
        SELECT DISTINCT ON (number_index) number_index, name FROM pg_temp.staged_employment
        ORDER BY number_index, number COLLATE "C" DESC, place DESC) AS told
    WHERE p.institution_id = %(institution)s AND p.number_index = told.number_index AND p.name <> told.name
"""
_NEW_EMPLOYMENTS = """
    SELECT DISTINCT s.number FROM pg_temp.staged_employment s
    WHERE NOT EXISTS (SELECT 1 FROM employment e WHERE e.institution_id = %(institution)s AND e.number = s.number)
"""
_ADD_EMPLOYMENTS = """
    INSERT INTO employment (institution_id, id, number, pay_changed)
    SELECT %(institution)s, id, number, false FROM pg_temp.staged_thing
"""
_NEW_ABSENCES = """
    SELECT DISTINCT s.number, s.absence_number, e.id FROM pg_temp.staged_absence s
    JOIN employment e ON e.institution_id = %(institution)s AND e.number = s.number
    WHERE NOT EXISTS (SELECT 1 FROM absence a WHERE a.institution_id = %(institution)s AND a.employment_id = e.id
        AND a.number = s.absence_number)
"""
_ADD_ABSENCES = """
    INSERT INTO absence (institution_id, id, employment_id, number, handled_version, touched)
    SELECT %(institution)s, id, employment_id, number, 0, true FROM pg_temp.staged_thing
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
    index = tenant.keys.index
    found = [index(number) for number in columns.national_number.tolist()]
    rows = [
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
        _add_persons(tenant, columns)
        _add_employments(tenant)
        counts = absorb_versions(tenant, EMPLOYMENTS, len(set(columns.number)), file, at)
        tenant.run(_RENAME)
        if counts.changed:
            tenant.run(_HOURS_CHANGED)
    return counts


def _alone(tenant: Tenant) -> None:
    """Let one file of an institution be absorbed at a time, so that two never add the same version."""
    tenant.run("SELECT pg_advisory_xact_lock(1885435500, %(institution)s::int)")


def _add_persons(tenant: Tenant, columns: EmploymentColumns) -> None:
    new = tenant.rows(_NEW_PERSONS)
    if not new:
        return
    ids = [tenant.id_of("person", bytes(found).hex()) for _, found, _ in new]
    national = [columns.national_number[place - 1] for place, _, _ in new]
    sealed = tenant.keys.seal_many(national, [str(person) for person in ids], "national_number")
    rows = [words(ids), raw(bytes(found) for _, found, _ in new), raw(sealed), words(name for _, _, name in new)]
    stage(tenant, "staged_person", "id uuid, number_index bytea, sealed_number bytea, name text", rows)
    tenant.run(_ADD_PERSONS)


def _add_employments(tenant: Tenant) -> None:
    new = tenant.column(_NEW_EMPLOYMENTS)
    if new:
        rows = [words(tenant.id_of("employment", number) for number in new), words(new), words([None] * len(new))]
        stage(tenant, "staged_thing", "id uuid, number text, employment_id uuid", rows)
        tenant.run(_ADD_EMPLOYMENTS)


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
    rows = [
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
        _add_absences(tenant)
        told = len(set(zip(columns.number, columns.absence_number, strict=True)))
        counts = absorb_versions(tenant, ABSENCES, told, file, at)
        if counts.changed:
            tenant.run(_TOUCH)
    return counts


def _add_absences(tenant: Tenant) -> None:
    new = tenant.rows(_NEW_ABSENCES)
    if new:
        ids = words(tenant.id_of("absence", number, absence) for number, absence, _ in new)
        rows = [ids, words(absence for _, absence, _ in new), words(employment for _, _, employment in new)]
        stage(tenant, "staged_thing", "id uuid, number text, employment_id uuid", rows)
        tenant.run(_ADD_ABSENCES)
