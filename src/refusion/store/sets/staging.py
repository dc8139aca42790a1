"""Brings columns into the database: COPY into a temporary table of the session, emptied at the end of each transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg

from refusion.store.tenant import Tenant

# From here on the planner is told how many rows there are; for fewer it guesses well enough.
MANY = 1000
_SPECIAL = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
EMPTY = "\\N"


def stage(tenant: Tenant, table: str, columns: str, rows: Sequence[Iterable[Any]]) -> None:
    """Fill the temporary table of that name with columns, given one list per column of equal length.

    ``columns`` is its definition as in CREATE TABLE; a first column ``place`` counts the rows from 1.
    """
    cursor = psycopg.Cursor(tenant.connection)
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} (place int, {columns}) ON COMMIT DELETE ROWS".encode())
    cursor.execute(f"DELETE FROM pg_temp.{table}".encode())  # noqa: S608 (our own names)
    lines = "".join(f"{place}\t{line}\n" for place, line in enumerate(map("\t".join, zip(*rows, strict=True)), 1))
    with cursor.copy(f"COPY pg_temp.{table} FROM STDIN".encode()) as copy:
        copy.write(lines)
    if lines.count("\n") >= MANY:
        cursor.execute(f"ANALYZE pg_temp.{table}".encode())


def words(column: Iterable[Any]) -> list[str]:
    """Write texts, ids or days for COPY; None is no value."""
    return [EMPTY if value is None else str(value).translate(_SPECIAL) for value in column]


def numbers(column: Any, none: int | None = None) -> list[str]:
    """Write an int64 column for COPY; ``none`` is the number that stands for no value."""
    return [EMPTY if value == none else str(value) for value in column.tolist()]


def days(column: Any) -> list[str]:
    """Write a column of ordinals for COPY as days; 0 is no day."""
    counted = (column - 719163).astype("datetime64[D]").astype(str).tolist()
    return [EMPTY if ordinal == 0 else day for ordinal, day in zip(column.tolist(), counted, strict=True)]


def flags(column: Any) -> list[str]:
    """Write a column of booleans for COPY."""
    return ["t" if value else "f" for value in column.tolist()]


def raw(column: Iterable[bytes]) -> list[str]:
    """Write bytes for COPY."""
    return [f"\\\\x{value.hex()}" for value in column]
