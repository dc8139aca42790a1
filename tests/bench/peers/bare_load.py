"""The load as bare SQL: COPY, then INSERT … SELECT into the same tables with the same indexes, without policies, triggers or versions."""

from __future__ import annotations

from typing import Any

from django.db import connections

SCHEMA = "bare"
TABLES = ("person", "employment", "employment_version", "pay_version", "absence", "absence_version")
_COLUMNS = {
    "payroll-employments": "institution text, number text, national text, name text, since date, ends date, hours numeric, kind text, unit text",
    "payroll-pay": "institution text, number text, month text, gross numeric, hours numeric, wage numeric",
    "payroll-absences": "institution text, number text, absence text, first_day date, last_day date, code text, partial date, status text",
}
_FILE = "'00000000-0000-0000-0000-000000000001'::uuid, now(), NULL"
_STATEMENTS = {
    "payroll-employments": (
        (
            "INSERT INTO bare.person (institution_id, id, number_index, sealed_number, name) "
            "SELECT 1, md5(national)::uuid, sha256(national::bytea), national::bytea, name FROM staged"
        ),
        "INSERT INTO bare.employment (institution_id, id, number, pay_changed) SELECT 1, md5(number)::uuid, number, false FROM staged",
        (
            "INSERT INTO bare.employment_version (institution_id, employment_id, person_id, employed_since, ends, weekly_hours, job_kind, "
            "unit, version, file_id, recorded_at, superseded_at) "
            f"SELECT 1, md5(number)::uuid, md5(national)::uuid, since, ends, hours * 100, kind, coalesce(unit, ''), 1, {_FILE} FROM staged"
        ),
    ),
    # Only what differs is written: a bare load that writes every row anew would be no measure of a day.
    "payroll-pay": (
        (
            "INSERT INTO bare.pay_version AS v (institution_id, employment_id, month, gross, hours, wage_paid, version, file_id, recorded_at, "
            "superseded_at) "
            f"SELECT 1, e.id, told.day, told.gross * 100, told.hours * 100, told.wage * 100, 1, {_FILE} "
            "FROM (SELECT *, (month || '-01')::date AS day FROM staged) told "
            "JOIN bare.employment e ON e.institution_id = 1 AND e.number = told.number "
            "LEFT JOIN bare.pay_version p ON p.institution_id = 1 AND p.employment_id = e.id AND p.month = told.day "
            "WHERE p.month IS NULL OR (p.gross, p.hours, p.wage_paid) <> (told.gross * 100, told.hours * 100, told.wage * 100) "
            "ON CONFLICT (institution_id, employment_id, month, version) "
            "DO UPDATE SET gross = excluded.gross, hours = excluded.hours, wage_paid = excluded.wage_paid"
        ),
    ),
    "payroll-absences": (
        (
            "INSERT INTO bare.absence (institution_id, id, employment_id, number, handled_version, touched) "
            "SELECT 1, md5(number || ' ' || absence)::uuid, md5(number)::uuid, absence, 0, true FROM staged "
            "ON CONFLICT (institution_id, employment_id, number) DO NOTHING"
        ),
        (
            "INSERT INTO bare.absence_version AS v (institution_id, absence_id, first_day, last_day, code, partial_from, withdrawn, version, "
            "file_id, recorded_at, superseded_at) "
            f"SELECT 1, md5(number || ' ' || absence)::uuid, first_day, last_day, code, partial, status = 'withdrawn', 1, {_FILE} FROM staged "
            "ON CONFLICT (institution_id, absence_id, version) "
            "DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day, code = excluded.code"
        ),
    ),
}


def prepare(schema: str = SCHEMA) -> None:
    """Make empty tables with the columns, keys, checks and indexes of the product's, in a schema of their own."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)")


def load(kind: str, raw: bytes) -> None:
    """Read one file into the tables, in one transaction."""
    wrapped = connections["migrator"]
    wrapped.ensure_connection()
    connection: Any = wrapped.connection
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE staged ({_COLUMNS[kind]}) ON COMMIT DROP")
        with cursor.copy("COPY staged FROM STDIN (FORMAT csv, HEADER true, DELIMITER ';')") as copy:
            copy.write(raw)
        cursor.execute("ANALYZE staged")
        for statement in _STATEMENTS[kind]:
            cursor.execute(statement)


def learn(schema: str = SCHEMA) -> None:
    """Let the planner know the tables, as a database does by itself after a while."""
    with connections["migrator"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {schema}.{table}")
