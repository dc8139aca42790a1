"""``refusion demo --country norway``: a year of leaves that NAV refunds, summed up beside NAV's own list."""

from __future__ import annotations

from datetime import date, timedelta

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, write_json
from refusion.values.said import said

WIDTH = 44


def play_norway(json: str | None, *, afresh: bool) -> None:
    """Live the days that are left, a line a month, and show what the year has come to; exit code 1 where a krone is missing."""
    from refusion.rehearsal.norway.outcome import outcome
    from refusion.rehearsal.norway.profile import norwegian_plan
    from refusion.rehearsal.norway.show import norwegian_show

    with norwegian_show(norwegian_plan(), afresh=afresh) as world:
        world.live(_quiet if json == STANDARD_OUTPUT else _line_a_month)
        found = outcome(world)
    if json != STANDARD_OUTPUT:
        _show(found.as_json())
    if json is not None:
        write_json(found.as_json(), json)
    if found.residual_ore or found.unexplained_ore or found.books_sum_ore:
        raise typer.Exit(1)


def _show(result: dict[str, object]) -> None:
    for name, value in result.items():
        shown = sentence(said("refusjon.demo_amount", amount_ore=value)) if name.endswith("_ore") and isinstance(value, int) else str(value)
        typer.echo(f"  {sentence(said(f'refusjon.demo_{name}')):<{WIDTH}}{shown:>24}")


def _line_a_month(day: date) -> None:
    if (day + timedelta(days=1)).day == 1:
        typer.echo(sentence(said("refusjon.demo_month_over", day=day)))


def _quiet(_day: date) -> None:
    """Say nothing."""
