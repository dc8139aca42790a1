"""How a month is named at the shell: YYYY-MM."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

Month = Annotated[
    datetime | None,
    typer.Option("--month", formats=["%Y-%m"], metavar="MONTH", help="The month, YYYY-MM; this one by default.", show_default=False),
]
NamedMonth = Annotated[datetime, typer.Argument(formats=["%Y-%m"], metavar="MONTH", help="The month, YYYY-MM.")]
CaseNumber = Annotated[int, typer.Argument(metavar="CASE", help="The case's number.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in your own words; it is kept.")]


def month_of(moment: datetime | None, today: date) -> date:
    """Give the first day of a named month, or of today's."""
    return (moment.date() if moment else today).replace(day=1)
