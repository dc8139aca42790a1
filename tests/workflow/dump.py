"""Everything that an institution's tables hold, to see that nothing changed."""

from __future__ import annotations

from collections.abc import Collection

from tests.story.diary import Diary

TRAIL = ("audit_entry", "look_up")
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT')
    AND EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'institution_id')
    ORDER BY c.relname
"""


def dumped(diary: Diary, but: Collection[str] = ()) -> dict[str, list[str]]:
    """Give every row of every table as text, but for the audit trail and the log of look-ups."""
    tables = [row[0] for row in diary.rows(_TABLES) if row[0] not in TRAIL and row[0] not in but]
    return {table: [row[0] for row in diary.rows(f'SELECT t::text FROM "{table}" t ORDER BY 1')] for table in tables}
