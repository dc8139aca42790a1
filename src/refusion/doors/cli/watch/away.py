"""``refusion away``: colleagues' holidays, so that what waits for them goes to somebody who is here."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.doors.cli.watch.orders import SHORTEST
from refusion.doors.cli.watch.stops import From
from refusion.values.said import Fact, Refused, said

To = Annotated[datetime, typer.Option("--to", formats=ISO, metavar="DAY", help="The last day, YYYY-MM-DD.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(help="Say who is away when.", no_args_is_help=True)
    group.command("list")(list_away)
    group.command("note")(note)
    group.command("withdraw")(withdraw)
    app.add_typer(group, name="away")


def list_away(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show who is away from today on."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "away") as reads:
            found = reads.colleagues_away()
    if json is not None:
        rows = ((str(known.id), known.away.person, known.away.days) for known in found)
        write_json([{"id": id, "person": person, "from": str(days.first), "to": str(days.last)} for id, person, days in rows], json)
    if json != STANDARD_OUTPUT:
        for known in found:
            days = known.away.days
            facts: dict[str, Fact] = {"id": str(known.id)[:8], "person": known.away.person, "first": days.first, "last": days.last}
            typer.echo(sentence(said("watch.away_row", **facts)))


def note(
    person: Annotated[str, typer.Argument(help="The user name.")], *, since: From, until: To, institution: InstitutionCode = None
) -> None:
    """Note the days on which somebody is away; what waits for them goes to the next one at once."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        id = house().note_away(from_shell(), institution_code(institution), person, first=since.date(), last=until.date())
    typer.echo(sentence(said("watch.away_noted", person=person, first=since.date(), last=until.date(), id=str(id)[:8])))


def withdraw(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id, or its first letters.")], institution: InstitutionCode = None
) -> None:
    """Take days away back."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working, actor, code = house(), from_shell(), institution_code(institution)
        with working.reading(actor, code, "away") as reads:
            found = [known.id for known in reads.colleagues_away() if str(known.id).startswith(id.lower())]
        if len(id) < SHORTEST or len(found) != 1:
            raise Refused(said("watch.away_unknown"))
        working.withdraw_away(actor, code, found[0])
    typer.echo(sentence(said("watch.away_withdrawn")))
