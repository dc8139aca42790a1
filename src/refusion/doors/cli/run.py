"""``refusion run``: does a day's work in this process; also who acts, and where, when a verb comes from a shell."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.values.said import Refused, said

if TYPE_CHECKING:
    from refusion.workflow.ports.institution import Actor

InstitutionCode = Annotated[
    str | None, typer.Option("--institution", metavar="CODE", help="The institution; the only one where there is one.", show_default=False)
]
ISO = ["%Y-%m-%d"]
On = Annotated[datetime | None, typer.Option(formats=ISO, metavar="DAY", help="The day to do, YYYY-MM-DD.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("run")(run)


def run(on: On = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Do the work of a day, today's where none is named; done twice it changes nothing more."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.clock import SetClock
        from refusion.wiring.house import House, house
        from refusion.wiring.parts import ports_of

        working = House(ports_of(clock=SetClock(on.date()))) if on else house()
        code = institution_code(institution)
        aside = json == STANDARD_OUTPUT
        counts = working.run_day(from_shell(), code, lambda step, count: typer.echo(f"  {step:<20} {count:>8}", err=aside))
        typer.echo(sentence(said("payroll.day_done", day=working.today(), institution=code)), err=aside)
        if json is not None:
            write_json({"institution": code, "day": working.today().isoformat(), **counts}, json)


def day_of(moment: datetime | None) -> date | None:
    """Give the day of an option."""
    return None if moment is None else moment.date()


def institution_code(asked: str | None) -> str:
    """Give the institution that is meant: the one asked for, else the only one.

    Raises Refused naming the codes where there are several, or saying that there is none.
    """
    from refusion.store import institutions

    codes = institutions.codes()
    if asked is not None and asked in codes:
        return asked
    if asked is None and len(codes) == 1:
        return codes[0]
    if not codes:
        raise Refused(said("payroll.no_institution"))
    key = "payroll.which_institution" if asked is None else "payroll.institution_unknown"
    raise Refused(said(key, code=asked, codes=", ".join(codes)))


def from_shell() -> Actor:
    """Name the person at the shell, who has the keys and with them every right; the audit trail says who it was."""
    import pwd

    from refusion.workflow.ports.institution import Actor

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = str(os.getuid())
    return Actor(f"shell:{name}", is_house=True)
