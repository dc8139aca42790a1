"""A twin's memory: shelves of records in one small SQLite file that survives every kill."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

Record = dict[str, Any]  # JSON; the machine that wrote it knows its shape
_TOP = "\U0010ffff"


class Shelves:
    """Named shelves with sorted keys. What is not inside :meth:`transaction` is not written."""

    def __init__(self, file: Path | str) -> None:
        """Open or make the file; ``:memory:`` for one that is forgotten."""
        self._base = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute(
            "CREATE TABLE IF NOT EXISTS shelf (shelf TEXT, key TEXT, record TEXT, PRIMARY KEY (shelf, key)) WITHOUT ROWID"
        )

    @contextmanager
    def transaction(self) -> Iterator[Shelves]:
        """Keep all that is done inside, or nothing of it."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield self
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def get(self, shelf: str, key: str) -> Record | None:
        """Give a record or None."""
        row = self._base.execute("SELECT record FROM shelf WHERE shelf = ? AND key = ?", (shelf, key)).fetchone()
        return None if row is None else cast("Record", json.loads(row[0]))

    def put(self, shelf: str, key: str, record: Record) -> None:
        """Set a record down, in the place of an earlier one."""
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        self._base.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", (shelf, key, text))

    def drop(self, shelf: str, key: str) -> None:
        """Take a record away; nothing happens when there is none."""
        self._base.execute("DELETE FROM shelf WHERE shelf = ? AND key = ?", (shelf, key))

    def scan(self, shelf: str, after: str = "", prefix: str = "", limit: int = -1) -> Iterator[tuple[str, Record]]:
        """Go through the records with a key above ``after`` that begins with ``prefix``, in order."""
        rows = self._base.execute(
            "SELECT key, record FROM shelf WHERE shelf = ? AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT ?",
            (shelf, after, prefix, prefix + _TOP, limit),
        )
        return ((key, json.loads(record)) for key, record in rows.fetchall())

    def close(self) -> None:
        """Close the file."""
        self._base.close()
