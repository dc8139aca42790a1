"""What must be the same before and after: rows by table, and each institution's trail from its first line to its last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from refusion.store.audit import first_broken
from refusion.wiring.database.addresses import parameters

_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname
"""
_ENDS = """
    SELECT i.code, e.sequence, encode(e.hash, 'hex') FROM institution i
    JOIN LATERAL (SELECT sequence, hash FROM audit_entry a WHERE a.institution_id = i.id ORDER BY sequence DESC LIMIT 1) e ON true
"""
_TRAIL = """
    SELECT a.sequence, a.at, a.actor, a.verb, a.subject, a.facts, a.previous_hash, a.hash FROM audit_entry a
    WHERE a.institution_id = %s ORDER BY a.sequence
"""
Connection = psycopg.Connection[tuple[Any, ...]]


def opened(role: str, database: str) -> Connection:
    """Open a connection of its own as one of our roles; it ends with its ``with`` block."""
    return psycopg.connect(make_conninfo(**{**parameters(role), "dbname": database}))


def rows_by_table(connection: Connection) -> dict[str, int]:
    """Count the rows of every table; sessions come and go and are left out."""
    counts = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        if table != "django_session":
            counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            counts[str(table)] = int(counted[0]) if counted else 0
    return counts


def trails(connection: Connection) -> dict[str, tuple[int, str]]:
    """Give the number and the hash of each institution's last audit line."""
    return {code: (int(last), end) for code, last, end in connection.execute(_ENDS).fetchall()}


def broken_trails(connection: Connection, told: Mapping[str, tuple[int, str]]) -> list[str]:
    """Name the institutions whose trail does not hold, or does not end as was told."""
    found = trails(connection)
    ids = connection.execute("SELECT code, id FROM institution ORDER BY code").fetchall()
    broken = {code for code, id in ids if not _holds(connection, id)}
    return sorted(broken | {code for code in {*found, *told} if found.get(code) != told.get(code)})


def _holds(connection: Connection, institution: int) -> bool:
    """Follow a trail line by line, a few at a time."""
    with connection.cursor(name="trail") as cursor:
        return first_broken(institution, cursor.execute(_TRAIL, [institution])) is None
