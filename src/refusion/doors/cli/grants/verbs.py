"""``refusion grants`` with all its verbs."""

from __future__ import annotations

import typer

from refusion.doors.cli.grants.computing import add_computing
from refusion.doors.cli.grants.conditions import add_conditions
from refusion.doors.cli.grants.papers import add_papers
from refusion.doors.cli.grants.runs import add_runs


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(no_args_is_help=True, help="Grants: compute an agreement from a file, take one from its approvals to its payouts.")
    add_computing(group)
    add_papers(group)
    add_conditions(group)
    add_runs(group)
    app.add_typer(group, name="grants")
