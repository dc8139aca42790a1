"""Brings a backup back beside the database that stands, proves it whole, and only then puts it in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg import sql

from refusion.wiring.backups import archive, programs, proof
from refusion.wiring.backups.proof import broken_trails, opened, rows_by_table
from refusion.wiring.database.addresses import APP, MIGRATOR, parameters
from refusion.wiring.database.clones import drop, exists, one_at_a_time, pointed_at
from refusion.wiring.database.preparation import Connection, make_database, make_roles, migrate, superuser
from refusion.wiring.keys import open_vault
from refusion.wiring.trouble import not_ready

RESTORED, BEFORE = "_restored", "_before"
_USERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back; ``kept`` names the database that stood before, which :func:`take_back` brings back."""

    rows: int
    institutions: int
    kept: str


def restore(file: Path, *, replace: bool = False) -> Restored:
    """Bring a backup back, on this version's tables, proved whole; what stood before is kept beside it.

    Raises NotReady where the file is no whole backup, where institutions stand and ``replace`` is not said, where
    somebody still works with the database, where the key file is another, or where a trail doesn't hold. Nothing that
    stands is touched then.
    """
    with TemporaryDirectory(prefix="refusion-restore-") as folder:
        manifest, dump = archive.read(file, Path(folder))
        with superuser() as connection:
            if connection is None:
                raise not_ready("backup.no_superuser")
            with one_at_a_time(connection):
                return _restored(connection, manifest, dump, replace=replace)


def take_back() -> str:
    """Undo the last restore: put the database back that stood before it; gives its name.

    Raises NotReady where there is none, or somebody still works with the database.
    """
    name = parameters(APP)["dbname"]
    with superuser() as connection:
        if connection is None:
            raise not_ready("backup.no_superuser")
        with one_at_a_time(connection):
            if not exists(connection, name + BEFORE):
                raise not_ready("backup.nothing_before")
            _alone(connection, name)
            drop(connection, name + RESTORED)
            _rename(connection, name, name + RESTORED)
            _rename(connection, name + BEFORE, name)
    return name


def _restored(connection: Connection, manifest: archive.Manifest, dump: Path, *, replace: bool) -> Restored:
    name = parameters(APP)["dbname"]
    beside = name + RESTORED
    stands = exists(connection, name)
    if stands and not replace and _institutions(name):
        raise not_ready("backup.institutions_stand", database=name)
    make_roles(connection)
    drop(connection, beside)
    make_database(connection, beside)
    try:
        _fill(beside, manifest, dump)
    except BaseException:
        drop(connection, beside)
        raise
    if stands:
        _alone(connection, name)
        drop(connection, name + BEFORE)
        _rename(connection, name, name + BEFORE)
    _rename(connection, beside, name)
    return Restored(sum(manifest.rows.values()), manifest.rows.get("institution", 0), name + BEFORE if stands else "")


def _fill(database: str, manifest: archive.Manifest, dump: Path) -> None:
    """Fill an empty database from a dump and prove it; then bring its tables to this version."""
    wanted = (f"--dbname={database}", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump))
    programs.run("pg_restore", MIGRATOR, database, *wanted)
    with opened(MIGRATOR, database) as connection:
        _prove(connection, manifest)
    with pointed_at(database):
        migrate()


def _prove(connection: proof.Connection, manifest: archive.Manifest) -> None:
    found = rows_by_table(connection)
    other = sorted(table for table in {*found, *manifest.rows} if found.get(table) != manifest.rows.get(table))
    if other:
        raise not_ready("backup.rows_missing", tables=", ".join(other))
    broken = broken_trails(connection, manifest.trails)
    if broken:
        raise not_ready("backup.trail_broken", institutions=", ".join(broken))
    vault = open_vault()
    for (wrapped,) in connection.execute("SELECT wrapped_keys FROM institution").fetchall():
        vault.open(bytes(wrapped))


def _institutions(name: str) -> int:
    with opened(MIGRATOR, name) as connection:
        there = connection.execute("SELECT to_regclass('public.institution') IS NOT NULL").fetchone()
        count = connection.execute("SELECT count(*) FROM institution").fetchone() if there and there[0] else None
    return int(count[0]) if count else 0


def _alone(connection: Connection, name: str) -> None:
    """Make sure that nobody works with a database. Raises NotReady where somebody does."""
    found = connection.execute(_USERS, [name]).fetchone()
    if found is not None and int(str(found[0])):
        raise not_ready("backup.in_use", database=name, users=int(str(found[0])))


def _rename(connection: Connection, name: str, to: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))
