"""Brings columns into the database: COPY into a temporary table of the session, emptied at the end of each transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from refusion.store.tenant import Tenant

# Up to here each row is looked up by its key; from here on whole tables are read and hashed.
MANY = 4000
_BY_KEY = {"enable_hashjoin": "off", "enable_mergejoin": "off", "enable_seqscan": "off", "enable_nestloop": "on"}
_WHOLE = {"enable_hashjoin": "on", "enable_mergejoin": "on", "enable_seqscan": "on", "enable_nestloop": "off"}
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


def words(column: Iterable[Any]) -> list[str]:
    """Write texts, ids or days for COPY; None is no value."""
    values = list(column)
    texts = ["" if value is None else str(value) for value in values]
    joined = "".join(texts)
    if any(chr(special) in joined for special in _SPECIAL):
        texts = [text.translate(_SPECIAL) for text in texts]
    return texts if None not in values else [EMPTY if value is None else text for value, text in zip(values, texts, strict=True)]


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
