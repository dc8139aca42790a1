"""Keeps failed log-ins by keyed hashes of name and network; asked before anybody is known, so of no institution."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from refusion.access.lockout import Standing

_SEEN = """
    SELECT subject, failures, last_at, closed_until, came_in_at FROM log_in_attempt
    WHERE subject = ANY (%s) ORDER BY subject FOR UPDATE
"""
_KEEP = """
    INSERT INTO log_in_attempt (subject, failures, last_at, closed_until, came_in_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (subject) DO UPDATE SET failures = EXCLUDED.failures, last_at = EXCLUDED.last_at,
        closed_until = EXCLUDED.closed_until, came_in_at = EXCLUDED.came_in_at
"""
_RELEASE = """
    UPDATE log_in_attempt SET failures = 0, closed_until = NULL
    WHERE subject LIKE %s AND (failures > 0 OR closed_until IS NOT NULL)
"""
_ROLES_AT = """
    SELECT EXISTS (SELECT 1 FROM user_role r JOIN auth_user u ON u.id = r.user_id
    JOIN institution i ON i.id = r.institution_id WHERE u.username = %s AND i.code = %s)
"""


def alone(subject: str) -> None:
    """Let one attempt at a name be made at a time, to the end of the transaction: none slips by while another is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])


def standings(subjects: Iterable[str]) -> dict[str, Standing]:
    """Give what is known of the subjects, held to the end of the transaction; an unknown one has no failures."""
    wanted = list(subjects)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [wanted])
        found = {subject: Standing(*rest) for subject, *rest in cursor.fetchall()}
    return {subject: found.get(subject, Standing()) for subject in wanted}


def keep(standing: Mapping[str, Standing]) -> None:
    """Keep how the subjects stand now."""
    with connection.cursor() as cursor:
        for subject, one in sorted(standing.items()):
            cursor.execute(_KEEP, [subject, one.failures, one.last_at, one.closed_until, one.came_in_at])


def release(beginning: str) -> int:
    """Open what is closed for the subjects that begin so; give how many were closed or had failed."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [f"{beginning}%"])
        return int(cursor.rowcount)


def works_at(name: str, institution: str) -> bool:
    """Tell whether a user of that name has a role at the institution of the open transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_AT, [name, institution])
        return bool(cursor.fetchone()[0])
