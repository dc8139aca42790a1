"""``refusion worker``: works by itself until Ctrl-C."""

from __future__ import annotations

import signal
from threading import Event
from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.values.said import said


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("worker")(worker)


def worker(
    every: Annotated[int, typer.Option(min=1, max=3600, help="Seconds between two rounds of filing.")] = 60,
) -> None:
    """Do each institution's day once a day from six o'clock and file in rounds between, until Ctrl-C."""
    from refusion.wiring.start import started

    until = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: until.set())
    with started():
        from refusion.wiring.house import house
        from refusion.wiring.service.working import work

        typer.echo(sentence(said("cases.worker_begun", seconds=every)))
        work(house(), until, lambda what: typer.echo(sentence(what)), every)
