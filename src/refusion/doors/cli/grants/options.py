"""The arguments and options that several verbs of ``refusion grants`` share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from refusion.doors.cli.run import ISO

Name = Annotated[str, typer.Argument(metavar="AGREEMENT", help="The agreement's name, as it was opened.")]
Pot = Annotated[str, typer.Argument(metavar="CONDITION", help="The pot or condition by its name in the agreement.")]
Who = Annotated[str, typer.Argument(metavar="COUNTY", help="SCB's two digits; 00 is the country.")]
Whos = Annotated[list[str] | None, typer.Argument(metavar="[COUNTY]...", help="Counties by SCB's two digits; else all that are ready.")]
OnDay = Annotated[datetime, typer.Option("--on", formats=ISO, metavar="DAY", help="The day of the document, YYYY-MM-DD.")]
Document = Annotated[str, typer.Option(metavar="TEXT", help="The document that says so: its diary number.")]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="Why.")]
Digits = Annotated[str, typer.Argument(metavar="DIGITS", help="The first digits of the hash that was shown, eight at least.")]
MINUTE = "%Y-%m-%dT%H:%M"


def instant(moment: datetime | None) -> datetime | None:
    """Give an option of local time as an instant."""
    if moment is None:
        return None
    from refusion.wiring.clock import HERE

    return moment.replace(tzinfo=HERE).astimezone(UTC)
