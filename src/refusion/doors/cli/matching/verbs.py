"""``refusion match``: puts the verbs together."""

from __future__ import annotations

import typer

from refusion.doors.cli.matching import deciding, looking, matching


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    match = typer.Typer(no_args_is_help=True, help="Bank lines that nothing brought together with a claim: look, match, undo, write off.")
    looking.register(match)
    matching.register(match)
    deciding.register(match)
    app.add_typer(match, name="match")
