"""The open transaction of one institution, as its repositories see it: who, when, with which keys, over which connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from refusion.values.ids import derived_id, derived_ids
from refusion.values.said import Refused, said
from refusion.workflow.ports.institution import Actor, Institution
from refusion.workflow.ports.keys import Keys
from refusion.workflow.ports.work import Moment

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]
# A statement is planned anew this often before the server keeps its plan; so many kept ones hold all of ours.
PLANNED_ANEW = 2
PLANS_KEPT = 500


def open_connection() -> Connection:
    """Give the process's own connection beneath Django's, opened where it is not open yet; it keeps plans of statements."""
    connection.ensure_connection()
    opened: Connection = connection.connection
    if opened.prepare_threshold is None:
        opened.prepare_threshold, opened.prepared_max = PLANNED_ANEW, PLANS_KEPT
    return opened


@dataclass(frozen=True, slots=True)
class Tenant:
    """What every repository is made of; ``%(institution)s`` stands in every query beside the policy.

    ``seen`` is what was read since a row was last locked: until then nobody waited, so it is as the statement would read.
    """

    institution: Institution
    actor: Actor
    at: Moment
    keys: Keys
    connection: Connection
    seen: dict[tuple[object, ...], Any] = field(default_factory=dict)
    cursor: psycopg.Cursor[Row] = field(init=False)

    def __post_init__(self) -> None:
        """Take one cursor for all: every question's answer is read before the next is asked."""
        object.__setattr__(self, "cursor", psycopg.Cursor(self.connection))

    def run(self, query: str, **facts: object) -> int:
        """Run a statement and count the rows it touched."""
        return self._cursor(query, facts).rowcount

    def run_many(self, query: str, every: Iterable[Mapping[str, object]]) -> None:
        """Run a statement once for each set of facts, all sent together."""
        each = [{**facts, "institution": self.institution.id} for facts in every]
        if len(each) == 1:
            self.cursor.execute(query, each[0])
        else:
            self.cursor.executemany(query, each)

    def rows(self, query: str, **facts: object) -> list[Row]:
        """Run a query and give its rows."""
        return self._cursor(query, facts).fetchall()

    def one(self, query: str, **facts: object) -> Row | None:
        """Run a query and give its first row, or None."""
        return self._cursor(query, facts).fetchone()

    def found(self, query: str, **facts: object) -> Row:
        """Run a query and give its first row. Raises Refused where the institution has none."""
        row = self.one(query, **facts)
        if row is None:
            raise Refused(said("store.not_found"))
        return row

    def column(self, query: str, **facts: object) -> tuple[Any, ...]:
        """Run a query and give the first column."""
        return tuple(row[0] for row in self.rows(query, **facts))

    def id_of(self, noun: str, *key: object) -> UUID:
        """Give the id of a thing from its business key."""
        return derived_id(self.institution.namespace, noun, *key)

    def ids_of(self, noun: str, *keys: Iterable[str]) -> list[str]:
        """Give the ids of many things of one noun from the columns of their business keys, as texts."""
        return derived_ids(self.institution.namespace, noun, *keys)

    def _cursor(self, query: str, facts: Mapping[str, object]) -> psycopg.Cursor[Row]:
        return self.cursor.execute(query, {**facts, "institution": self.institution.id})


def insert(table: str, columns: str) -> str:
    """Write the statement that inserts one row of the named columns under the institution."""
    places = ", ".join(f"%({name.strip()})s" for name in columns.split(","))
    return f"INSERT INTO {table} (institution_id, {columns}) VALUES (%(institution)s, {places})"  # noqa: S608 (our own names)


def update(table: str, columns: str) -> str:
    """Write the statement that brings the named columns of the row ``%(id)s`` up to date; an equal row is not written."""
    names = [name.strip() for name in columns.split(",")]
    changes = ", ".join(f"{name} = %({name})s" for name in names)
    differs = " OR ".join(f"{name} IS DISTINCT FROM %({name})s" for name in names)
    return f"UPDATE {table} SET {changes} WHERE institution_id = %(institution)s AND id = %(id)s AND ({differs})"  # noqa: S608 (our own names)
