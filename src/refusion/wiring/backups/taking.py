"""Takes a backup while the house works: rows, counts and trails are of one instant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

from refusion.wiring.backups import archive, programs
from refusion.wiring.backups.proof import Connection, opened, rows_by_table, trails
from refusion.wiring.database.addresses import BACKUP, parameters
from refusion.wiring.trouble import not_ready

_MARK = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup came to."""

    file: Path
    size: int
    rows: int
    institutions: int


def back_up(file: Path) -> Taken:
    """Write a backup of the whole database to a file, which must not stand yet. Keys are not in it.

    Raises NotReady where the file stands, its folder doesn't, or the database can't be read as ``refusion_backup``.
    """
    if file.exists():
        raise not_ready("backup.stands", file=str(file))
    if not file.parent.is_dir():
        raise not_ready("backup.no_folder", folder=str(file.parent))
    given = parameters(BACKUP)
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as beside, opened(BACKUP, given["dbname"]) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        manifest = archive.Manifest(archive.FORM, _one(connection, _MARK), rows_by_table(connection), trails(connection))
        dump = Path(beside) / archive.DUMP
        wanted = ("--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={dump}")
        programs.run("pg_dump", BACKUP, given["dbname"], *wanted)
        archive.write(file, manifest, dump)
    return Taken(file, file.stat().st_size, sum(manifest.rows.values()), manifest.rows.get("institution", 0))


def _one(connection: Connection, query: LiteralString) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""
