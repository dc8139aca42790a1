"""``refusion stops``: municipalities' stops of benefit, noted, shown with their kroner, and lifted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.doors.cli.watch.days import CaseNumber
from refusion.doors.cli.watch.orders import All
from refusion.values.said import Fact, Refused, Said, said

if TYPE_CHECKING:
    from refusion.store.reads.waits.standing import StopRow
    from refusion.wiring.house import House
    from refusion.workflow.ports.institution import Actor

From = Annotated[datetime, typer.Option("--from", formats=ISO, metavar="DAY", help="The first day, YYYY-MM-DD.", show_default=False)]
Letter = Annotated[
    datetime | None, typer.Option(formats=ISO, metavar="DAY", help="The day of the letter that was not answered.", show_default=False)
]
Document = Annotated[str, typer.Option(help="The municipality's document.")]
Because = Annotated[str, typer.Option(metavar="CAUSE", help="no_answer | no_cooperation")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(help="Follow municipalities' stops of benefit.", no_args_is_help=True)
    group.command("list")(list_stops)
    group.command("note")(note)
    group.command("lift")(lift)
    app.add_typer(group, name="stops")


def list_stops(every: All = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the stops that stand, with the kroner at risk."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "stops") as reads:
            found = reads.stops(every=every)
    if json is not None:
        write_json([_as_json(row) for row in found], json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("watch.stops_sum", count=len(found), risk_ore=sum(row.at_risk for row in found))))
        for row in found:
            typer.echo(sentence(_row(row)))


def note(
    case: CaseNumber,
    *,
    since: From,
    document: Document,
    because: Because = "no_answer",
    letter: Letter = None,
    institution: InstitutionCode = None,
) -> None:
    """Note that the municipality stopped a case's benefit; the leader is told with the kroner at risk."""
    from refusion.wiring.start import started

    with started():
        from refusion.watch.stops import Cause
        from refusion.wiring.house import house
        from refusion.workflow.watch.stops import Stopped

        if because not in Cause.__members__.values():
            raise Refused(said("watch.stop_cause_unknown", cause=because, known=", ".join(Cause)))
        working, actor, code = house(), from_shell(), institution_code(institution)
        told = Stopped(Cause(because), since.date(), day_of(letter), document)
        stop = working.note_stop(actor, code, _case(working, actor, code, case), told)
    typer.echo(sentence(said("watch.stop_noted", case=case, since=stop.stopped_from, risk_ore=stop.at_risk)))


def lift(case: CaseNumber, *, since: From, document: Document, institution: InstitutionCode = None) -> None:
    """Note that the benefit goes on from a day; the stop's first day where all of it was given back."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working, actor, code = house(), from_shell(), institution_code(institution)
        stop = working.lift_stop(actor, code, _case(working, actor, code, case), since.date(), document=document)
    typer.echo(sentence(said("watch.stop_lifted", case=case, since=stop.resumed_from, cost_ore=stop.at_risk)))


def _case(working: House, actor: Actor, code: str, number: int) -> UUID:
    with working.reading(actor, code, "stops") as reads:
        found = reads.case_days(number)
    if found is None:
        raise Refused(said("watch.no_case", number=number))
    return found.id


def _row(row: StopRow) -> Said:
    cause = sentence(Said(f"watch.cause_{row.cause}"))
    facts: dict[str, Fact] = {"case": row.case_number, "person": row.name, "cause": cause}
    return said("watch.stop_row", since=row.stopped_from, risk_ore=row.at_risk, **facts)


def _as_json(row: StopRow) -> dict[str, object]:
    days = {"stopped_from": row.stopped_from, "letter_on": row.letter_on, "noted_on": row.noted_on, "lifted_on": row.lifted_on}
    return {
        "case": row.case_number,
        "person": row.name,
        "cause": row.cause,
        "document": row.document,
        "noted_by": row.noted_by,
        "at_risk_ore": row.at_risk,
        **{name: day and day.isoformat() for name, day in days.items()},
        "resumed_from": row.resumed_from and row.resumed_from.isoformat(),
    }
