"""``refusion self-employed``: its verbs, each loaded from its own module."""

from __future__ import annotations

import typer

from refusion.doors.cli.self_employed import case
from refusion.doors.cli.self_employed.assess import assess, premiums


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(no_args_is_help=True, help="Sickness benefit of self-employed persons: the guide, and their cases.")
    group.command("assess")(assess)
    group.command("premiums")(premiums)
    case.register(group)
    app.add_typer(group, name="self-employed")
