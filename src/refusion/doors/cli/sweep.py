"""``refusion sweep``: looks back through history for what gave a right and was not claimed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import language, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.values.said import said

if TYPE_CHECKING:
    from datetime import date

    from refusion.claims.unclaimed import Unclaimed

Since = Annotated[datetime, typer.Option("--from", formats=ISO, metavar="DAY", help="Look at absences that last until this day or longer.")]
Look = Annotated[bool, typer.Option("--look", help="Only look: change nothing, open no task.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("sweep")(sweep)


def sweep(since: Since, *, look: Look = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Find absences without a case, days without a claim and claims on too little, with kroner and last day.

    What can still be claimed becomes a task. An absence of which nothing is late yet goes back into the day's work, which
    opens its case; what is late is never filed by itself.
    """
    from refusion.wiring.start import started

    aside = json == STANDARD_OUTPUT
    with started():
        from refusion.wiring.house import house

        tell = lambda step, count: typer.echo(f"  {step:<20} {count:>8}", err=True)  # noqa: E731 (said in one line)
        found = house().sweep(from_shell(), institution_code(institution), since.date(), tell, only_look=look)
    sums = (sum(one.claimable for one in found), sum(one.lost for one in found))
    if json is not None:
        rows = [_plain(one) for one in found]
        write_json({"since": since.date().isoformat(), "claimable_ore": sums[0], "lost_ore": sums[1], "found": rows}, json)
    if not aside:
        _show(found)
        typer.echo(sentence(said("losses.swept", since=since.date(), count=len(found), claimable_ore=sums[0], lost_ore=sums[1])))
        if look:
            typer.echo(sentence(said("losses.swept_only_looked")))


def _plain(one: Unclaimed) -> dict[str, object]:
    return {
        "sort": one.sort.value,
        "kind": one.kind.value,
        "employment": one.employment,
        "case": one.case_number,
        "first_day": one.period.first.isoformat(),
        "last_day": one.period.last.isoformat(),
        "claimable_ore": one.claimable,
        "claim_by": _day(one.last_day),
        "lost_ore": one.lost,
        "in_time": one.in_time,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _show(found: tuple[Unclaimed, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    from refusion.wiring.texts import money

    if not found:
        return
    table = Table()
    keys = ("losses.col_sort", "losses.col_employment", "reports.case_number", "reports.first_day", "reports.last_day")
    for key in (*keys, "losses.col_claimable", "losses.col_claim_by", "losses.col_lost"):
        table.add_column(sentence(said(key)), overflow="fold")
    for one in found:
        days = (one.period.first.isoformat(), one.period.last.isoformat())
        sums = (money(one.claimable, language()), _day(one.last_day) or "", money(one.lost, language()))
        table.add_row(sentence(said(f"losses.sort_{one.sort.value}")), one.employment, str(one.case_number or ""), *days, *sums)
    Console(markup=False, highlight=False).print(table)
