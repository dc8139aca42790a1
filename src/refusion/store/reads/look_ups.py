"""Writes down who was shown which person: the one thing that a read leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Persons shown on a page, with how many rows of each."""

    page: str
    persons: Mapping[UUID, int]


_KEEP = """
    INSERT INTO look_up (institution_id, at, actor, purpose, page, person_id, shown)
    SELECT %(institution)s, %(at)s, %(actor)s, %(purpose)s, %(page)s, shown.person, shown.rows
    FROM unnest(%(persons)s::uuid[], %(rows)s::int[]) AS shown (person, rows) ORDER BY shown.person
"""


def keep(institution: int, at: datetime, actor: str, purpose: str, looked_up: LookedUp) -> None:
    """Write one row for each person who was shown."""
    people = dict(looked_up.persons)
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "institution": institution,
                "at": at,
                "actor": actor,
                "purpose": purpose,
                "page": looked_up.page,
                "persons": list(people),
                "rows": list(people.values()),
            },
        )


def only_read() -> None:
    """Refuse every write for the rest of the innermost savepoint."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
