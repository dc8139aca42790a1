"""Brings columns into the database: COPY into a temporary table of the session, emptied at the end of each transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv as arrow_csv

from refusion.absences.columns import Flags, Ints
from refusion.store.tenant import Tenant

# Up to here each row is looked up by its key; from here on whole tables are read and hashed.
MANY = 4000
_BY_KEY = {"enable_hashjoin": "off", "enable_mergejoin": "off", "enable_seqscan": "off", "enable_nestloop": "on"}
_WHOLE = {"enable_hashjoin": "on", "enable_mergejoin": "on", "enable_seqscan": "on", "enable_nestloop": "off"}
# So many rows are written at a time, and so many days lie before the one that Arrow counts from.
BATCH, BEFORE_1970 = 65536, 719163


def stage(tenant: Tenant, table: str, columns: str, rows: Sequence[pa.Array]) -> None:
    """Fill the temporary table of that name with columns, given one array per column of equal length.

    ``columns`` is its definition as in CREATE TABLE; a first column ``place`` counts the rows from 1. Arrow writes all rows
    at once: a text per cell would take longer than the database takes to read them.
    """
    cursor = psycopg.Cursor(tenant.connection)
    cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} (place int, {columns}) ON COMMIT DELETE ROWS".encode())
    cursor.execute(f"DELETE FROM pg_temp.{table}".encode())  # noqa: S608 (our own names)
    places = pa.array(np.arange(1, len(rows[0]) + 1))
    told = pa.table([places, *rows], [str(place) for place in range(len(rows) + 1)])
    lines = pa.BufferOutputStream()
    arrow_csv.write_csv(told, lines, arrow_csv.WriteOptions(include_header=False, batch_size=BATCH))
    with cursor.copy(f"COPY pg_temp.{table} FROM STDIN (FORMAT csv)".encode()) as copy:
        copy.write(memoryview(lines.getvalue()))


@contextmanager
def planned_for(tenant: Tenant, count: int) -> Iterator[None]:
    """Have the joins inside planned for that many staged rows.

    The planner cannot know: temporary tables have no statistics, and the tables of a new house have none yet either
    (a first load compared with its repetition took minutes: measured).
    """
    keeps = tenant.connection.prepare_threshold
    _plan(tenant, _WHOLE if count >= MANY else _BY_KEY)
    tenant.connection.prepare_threshold = None  # a plan kept from a file of another size would be taken again
    try:
        yield
    finally:
        tenant.connection.prepare_threshold = keeps
    _plan(tenant, dict.fromkeys(_WHOLE, "on"))


def _plan(tenant: Tenant, choices: dict[str, str]) -> None:
    tenant.run("SELECT " + ", ".join(f"set_config('{name}', '{choice}', true)" for name, choice in choices.items()))


def words(column: Iterable[Any]) -> pa.Array:
    """Write texts, ids or days for COPY; None is no value."""
    if isinstance(column, np.ndarray):
        return pa.array(column).cast(pa.string())
    return pa.array([None if value is None else str(value) for value in column], pa.string())


def numbers(column: Ints, none: int | None = None) -> pa.Array:
    """Write an int64 column for COPY; ``none`` is the number that stands for no value."""
    return pa.array(column, mask=None if none is None else column == none)


def days(column: Ints) -> pa.Array:
    """Write a column of ordinals for COPY as days; 0 is no day."""
    return pa.array((column - BEFORE_1970).astype("datetime64[D]"), mask=column == 0)


def flags(column: Flags) -> pa.Array:
    """Write a column of booleans for COPY."""
    return pa.array(column)


def raw(column: Iterable[bytes]) -> pa.Array:
    """Write bytes for COPY."""
    return pa.array([f"\\x{value.hex()}" for value in column], pa.string())
