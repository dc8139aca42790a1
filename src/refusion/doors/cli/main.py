"""The command ``refusion``: finds the verb asked for, and says every error in one clear line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import typer

from refusion.doors.cli.errors import said_on_errors

DOOR = "refusion.doors.cli"
# Each verb and the module that holds it; a module is loaded when its verb is asked for, all of them for the list.
VERBS = {
    "demo": "demo",
    "simulate": "simulate",
    "serve": "service.serve",
    "worker": "service.worker",
    "run": "run",
    "import": "import_",
    "explain": "explain",
    "calculate": "rules.calculate",
    "law": "rules.law",
    "grants": "grants.verbs",
    "report": "report",
    "losses": "losses",
    "funds": "funds.verbs",
    "match": "matching.verbs",
    "sweep": "sweep",
    "books": "books.verbs",
    "settings": "settings",
    "at-risk": "watch.at_risk",
    "year-end": "watch.year_end",
    "nav": "nav.verbs",
    "deadlines": "watch.days",
    "late": "watch.days",
    "partial-hours": "watch.days",
    "orders": "watch.orders",
    "stops": "watch.stops",
    "away": "watch.away",
    "guard": "guard.run",
    "stopped": "stopped.verbs",
    "self-employed": "self_employed.verbs",
    "twin": "twin",
    "token": "token",
    "log-in": "token",
    "database": "service.database",
    "backup": "service.backup",
    "restore": "service.backup",
    "institution": "service.institution",
    "doctor": "service.doctor",
    "components": "service.components",
}


def run() -> None:
    """Run the command line of this process and end it with the command's exit code."""
    arguments = sys.argv[1:]
    with said_on_errors():
        application(arguments)(args=arguments, prog_name="refusion")


def application(arguments: Sequence[str]) -> typer.Typer:
    """Build the command line: with the one verb that is asked for, or with all of them where none is."""
    app = typer.Typer(
        name="refusion",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Finds every krone an employer is owed for sickness and leave, claims it in time, books it and follows it to the bank.",
    )
    app.callback()(_frame)
    asked = VERBS.get(next((word for word in arguments if not word.startswith("-")), ""))
    for module in [asked] if asked else dict.fromkeys(VERBS.values()):
        if find_spec(f"{DOOR}.{module}") is not None:
            import_module(f"{DOOR}.{module}").register(app)
    return app


def _frame() -> None:
    """Choose the language of sentences by REFUSION_LANGUAGE or the machine's LANG."""
    os.environ.setdefault("PYTHONUTF8", "1")
