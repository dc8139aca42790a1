"""Fresh databases in a blink: a migrated template is made once per version, tests and trials work on copies of it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from refusion.wiring.database.addresses import MIGRATOR
from refusion.wiring.database.preparation import (
    ONE_AT_A_TIME,
    Connection,
    make_database,
    make_roles,
    migrate,
    set_up_django,
    superuser,
    wanted_mark,
)
from refusion.wiring.trouble import not_ready

TEMPLATES_KEPT = 3
CLONE = "refusion_clone_"
TEMPLATE = "refusion_template_"
_numbers = itertools.count(1)


@contextmanager
def cloned() -> Iterator[str]:
    """Give a fresh database with all tables and no rows on the private server; Django speaks to it until it is dropped."""
    with _private_superuser() as connection:
        name = f"{CLONE}{os.getpid()}_{next(_numbers)}"
        copy(connection, template(connection), name)
        try:
            with pointed_at(name):
                yield name
        finally:
            drop(connection, name)


@contextmanager
def _private_superuser() -> Iterator[Connection]:
    with superuser() as connection:
        if connection is None:
            raise not_ready("setup.no_superuser")
        yield connection


def template(connection: Connection) -> str:
    """Give the template of this version, made where there is none yet."""
    name = f"{TEMPLATE}{wanted_mark().split()[-1]}"
    if not exists(connection, name):
        with one_at_a_time(connection):
            if not exists(connection, name):
                _make_template(connection, name)
    return name


def exists(connection: Connection, name: str) -> bool:
    """Tell whether there is a database of that name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _make_template(connection: Connection, name: str) -> None:
    beside = f"{name}_part"
    sweep(connection)
    drop(connection, beside)
    make_roles(connection)
    make_database(connection, beside)
    with pointed_at(beside):
        migrate()
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(beside), sql.Identifier(name)))


@contextmanager
def one_at_a_time(connection: Connection) -> Iterator[None]:
    """Hold the lock under which databases are prepared."""
    connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def copy(connection: Connection, source: str, name: str) -> None:
    """Copy a database that nobody is connected to."""
    names = (sql.Identifier(name), sql.Identifier(source), sql.Identifier(MIGRATOR))
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names))


def drop(connection: Connection, name: str) -> None:
    """Drop a database and end whoever is connected to it."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def sweep(connection: Connection) -> None:
    """Drop the clones of processes that died, and templates of versions long past."""
    found = connection.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()
    names = [str(row[0]) for row in found]
    dead = [name for name in names if name.startswith(CLONE) and not _lives(name.removeprefix(CLONE))]
    old = [name for name in names if name.startswith(TEMPLATE)][TEMPLATES_KEPT:]
    for name in (*dead, *old):
        drop(connection, name)


def _lives(owner: str) -> bool:
    return Path("/proc", owner.partition("_")[0]).exists()


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Let Django's connections speak to another database of the same server for a while."""
    set_up_django()
    from django.db import connections

    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    _point(dict.fromkeys(before, name))
    try:
        yield
    finally:
        _point(before)


def _point(names: dict[str, object]) -> None:
    from django.db import connections

    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
