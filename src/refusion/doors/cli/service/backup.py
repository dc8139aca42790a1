"""``refusion backup`` and ``refusion restore``: all rows in one file, and back again, proved whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.values.said import said

Target = Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup is written; it must not stand yet.")]
Source = Annotated[Path | None, typer.Argument(metavar="FILE", help="The backup.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Also where institutions stand; what stood is kept for --undo.")]
Undo = Annotated[bool, typer.Option("--undo", help="Put the database back that stood before the last restore.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(file: Target, json: JsonFile = None) -> None:
    """Write all rows of all institutions to one file, while the house works. Keys are not in it: keep them elsewhere."""
    from refusion.wiring.backups import back_up
    from refusion.wiring.start import attended

    with attended():
        taken = back_up(file.absolute())
    if json:
        write_json({"file": str(file), "bytes": taken.size, "rows": taken.rows, "institutions": taken.institutions}, json)
    typer.echo(sentence(said("backup.taken", file=str(file), rows=taken.rows, institutions=taken.institutions)), err=json == "-")


def restore(file: Source = None, replace: Replace = False, undo: Undo = False, json: JsonFile = None) -> None:
    """Bring a backup back: proved whole beside what stands, brought to this version, and only then put in its place."""
    from refusion.wiring.backups import restore as bring_back
    from refusion.wiring.backups import take_back
    from refusion.wiring.start import attended

    if (file is None) is not undo:
        raise typer.BadParameter(sentence(said("backup.file_or_undo")))
    with attended():
        if file is None:
            told = said("backup.taken_back", database=take_back())
            facts: dict[str, object] = {"undone": True}
        else:
            back = bring_back(file.absolute(), replace=replace)
            key = "backup.restored_kept" if back.kept else "backup.restored"
            told = said(key, rows=back.rows, institutions=back.institutions)
            facts = {"rows": back.rows, "institutions": back.institutions, "kept": back.kept}
    if json:
        write_json(facts, json)
    typer.echo(sentence(told), err=json == "-")
