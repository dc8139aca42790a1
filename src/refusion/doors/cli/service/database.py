"""``refusion database``: makes a database fit for use."""

from __future__ import annotations

import typer

from refusion.doors.cli.errors import sentence
from refusion.values.said import said


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(help="Make and mend the database.", no_args_is_help=True)
    group.command("prepare")(prepare)
    app.add_typer(group, name="database")


def prepare() -> None:
    """Make roles, database, tables and grants as this version needs them.

    With DATABASE_SUPERUSER_URL the roles and the database of a real server are made too, with the passwords of
    DATABASE_URL, DATABASE_MIGRATOR_URL, DATABASE_WORKER_URL and DATABASE_BACKUP_URL.
    """
    from refusion.wiring.start import prepared

    done = prepared()
    typer.echo(sentence(said("setup.prepared" if done else "setup.already_prepared")))
