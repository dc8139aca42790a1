"""``refusion nav``: booking runs, a day's work with NAV, and the doors to reconciliation and to what a person decides."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.nav import deciding, looking
from refusion.doors.cli.nav.months import Month, month_of
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, On, from_shell, institution_code
from refusion.values.said import Refused, said

if TYPE_CHECKING:
    from refusion.wiring.house import House
    from refusion.workflow.nav.run import Closing

Out = Annotated[Path | None, typer.Option("--transfer", metavar="FILE", help="Write the accounting system's file.", show_default=False)]
Load = Annotated[Path | None, typer.Option("--load", metavar="FILE", help="Write the load file for SAP.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    nav = typer.Typer(no_args_is_help=True, help="Norwegian refunds from NAV: notices, runs, reports, reconciliation.")
    nav.command("day")(day)
    nav.command("run")(run)
    nav.command("runs")(runs)
    looking.register(nav)
    deciding.register(nav)
    app.add_typer(nav, name="nav")


def day(on: On = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Do a day's work with NAV: read what it asks for, send notices, fetch reports, watch deadlines; done twice it does no more."""
    from refusion.wiring.start import started

    with started():
        done = at(on).nav_day(from_shell(), institution_code(institution))
    facts = {name: getattr(done, name) for name in type(done).__slots__}
    typer.echo(sentence(said("refusjon.day_done", **facts)), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(facts, json)


def run(
    kind: Annotated[str, typer.Argument(metavar="main|correction", help="Which of the month's two runs.")],
    *,
    month: Month = None,
    transfer: Out = None,
    load: Load = None,
    on: On = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Close a booking run; a run that was closed is given again as it was, byte for byte."""
    from refusion.wiring.start import started

    with started():
        from refusion.workflow.ports.norway.sap import RunKind

        if kind not in set(RunKind):
            raise Refused(said("refusjon.run_unknown", kind=kind))
        house = at(on)
        done = house.close_nav_run(from_shell(), institution_code(institution), RunKind(kind), month_of(month, house.today()))
    for file, content in ((transfer, done.run.transfer), (load, done.run.load)):
        if file is not None:
            _write_whole(file, content)
    key = "refusjon.run_again" if done.again else "refusjon.run_closed"
    words = said(
        key,
        number=done.run.number,
        month=done.run.month,
        claimed_ore=done.claimed,
        received_ore=done.received,
        deviated_ore=done.deviated,
        parked_ore=done.parked,
    )
    typer.echo(sentence(words), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(_plain(done), json)


def runs(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the runs that are closed."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().nav_runs(from_shell(), institution_code(institution))
    rows = [
        {"number": one.number, "kind": one.kind.value, "month": str(one.month), "booked_on": str(one.booked_on), "entries": one.entries}
        for one in found
    ]
    for one in found if json != STANDARD_OUTPUT else ():
        key = f"refusjon.run_listed_{one.kind.value}"
        typer.echo(sentence(said(key, number=one.number, month=one.month, booked_on=one.booked_on, entries=one.entries)))
    if not found:
        typer.echo(sentence(said("refusjon.no_runs")), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(rows, json)


def at(on: datetime | None) -> House:
    """Give the house, at noon of a day where one is named."""
    from refusion.wiring.clock import SetClock
    from refusion.wiring.house import House, house
    from refusion.wiring.parts import ports_of

    return House(ports_of(clock=SetClock(on.date()))) if on else house()


def _write_whole(file: Path, content: bytes) -> None:
    from refusion.doors.cli.books.exports import write_whole

    write_whole(file, content)


def _plain(done: Closing) -> dict[str, object]:
    return {
        "number": done.run.number,
        "kind": done.run.kind.value,
        "month": done.run.month.isoformat(),
        "booked_on": done.run.booked_on.isoformat(),
        "entries": done.run.entries,
        "claimed": done.claimed,
        "received": done.received,
        "deviated": done.deviated,
        "parked": done.parked,
        "again": done.again,
    }
