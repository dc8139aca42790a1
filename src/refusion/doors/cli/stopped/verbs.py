"""``refusion stopped``: puts the verbs together."""

from __future__ import annotations

import typer

from refusion.doors.cli.stopped import limits, looking, resolving, runs


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    stopped = typer.Typer(no_args_is_help=True, help="Pay runs at work: limits, stopped payments, release by two, bank files.")
    runs.register(stopped)
    looking.register(stopped)
    resolving.register(stopped)
    limits.register(stopped)
    app.add_typer(stopped, name="stopped")
