"""Reads who works where, and sets the institution for the reads that follow."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from refusion.store.reads.rows import rows


@dataclass(frozen=True, slots=True)
class Place:
    """An institution where a user has roles."""

    code: str
    name: str
    language: str
    roles: frozenset[str]


_PLACES = """
    SELECT i.code, i.name, i.language, array_agg(r.role ORDER BY r.role)
    FROM user_role r JOIN institution i ON i.id = r.institution_id
    WHERE r.user_id = %(user)s GROUP BY i.id, i.code, i.name, i.language ORDER BY i.name, i.code
"""

def places_of(user: int) -> tuple[Place, ...]:
    """Give the institutions where the user has roles, by name; the transaction around it is the user's own."""
    _set("app.user", user)
    return rows(lambda code, name, language, roles: Place(code, name, language, frozenset(roles)), _PLACES, {"user": user})


def _set(name: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])
