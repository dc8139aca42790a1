"""``refusion simulate``: seeded years of institutions with every kind of fault, judged at the end of each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import FAILED, sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.values.said import Fact, said

if TYPE_CHECKING:
    from refusion.rehearsal.simulation.run import Simulation
    from refusion.rehearsal.simulation.year import Lived

SUMS = (
    "employees", "cases", "claims_filed", "messages", "deaths", "requested_ore", "received_ore", "lost_in_time_ore",
    "lost_learned_too_late_ore", "double_filings",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("simulate")(simulate)


def simulate(
    years: Annotated[int, typer.Option(min=1, help="How many institution-years.")] = 1,
    seed: Annotated[int, typer.Option(help="Draws everything; the same seed gives the same trace.")] = 1,
    *,
    employees: Annotated[int, typer.Option(min=20, help="About how many people work at each institution.")] = 150,
    year: Annotated[int | None, typer.Option(min=1, help="Only the year of this number.", show_default=False)] = None,
    json: JsonFile = None,
    trace: Annotated[Path | None, typer.Option(help="Write what happened, line by line.", show_default=False)] = None,
    processes: Annotated[int, typer.Option(min=0, help="How many years at a time; 0 is one for each core.")] = 0,
) -> None:
    """Live years of made-up institutions with the real house, and judge each by the authority's own list.

    Files come in disorder, answers get lost, the authority is away for a fortnight, people are on holiday, and the
    house dies wherever it commits. Nothing known in time may be lost, nothing claimed twice, no øre be off, nothing
    wait unseen. Ends with 1 where anything was.
    """
    from refusion.rehearsal.simulation.run import Simulation as Asked
    from refusion.rehearsal.simulation.run import simulate as live_years
    from refusion.rehearsal.simulation.run import trace_of

    asked = Asked(seed, years, employees, year, processes)
    is_quiet = json == STANDARD_OUTPUT
    lived = live_years(asked, lambda one: None if is_quiet else _say_year(one))
    if trace is not None:
        trace.write_bytes(trace_of(lived))
    if json is not None:
        write_json({"seed": seed, "employees": employees, "years": [one.as_json() for one in lived]}, json)
    if not is_quiet:
        _say_sums(lived)
    if _complain(asked, lived):
        raise typer.Exit(FAILED)


def _say_year(one: Lived) -> None:
    facts = {"number": one.number, "employees": one.employees, "claims": one.claims_filed, "deaths": one.deaths}
    _say("simulate.year_failed" if one.complaints else "simulate.year_over", day=one.day, **facts)


def _say_sums(lived: Sequence[Lived]) -> None:
    _say("simulate.summary", years=len(lived))
    for name in SUMS:
        total = sum(getattr(one, name) for one in lived)
        shown = sentence(said("simulate.amount", amount_ore=total)) if name.endswith("_ore") else str(total)
        typer.echo(f"  {sentence(said(f'simulate.{name}')):<44}{shown:>20}")


def _complain(asked: Simulation, lived: Sequence[Lived]) -> bool:
    """Say on standard error what must not be, with the command that repeats it; tell whether there was anything."""
    failed = [one for one in lived if one.complaints]
    for one in failed:
        for complaint in one.complaints:
            where = said("simulate.where", seed=asked.seed, number=one.number, day=one.day)
            sys.stderr.write(f"{sentence(where)} {sentence(complaint.said)}\n")
        again = f"refusion simulate --seed {asked.seed} --year {one.number} --employees {asked.employees}"
        sys.stderr.write(f"{sentence(said('simulate.again', command=again))}\n")
    return bool(failed)


def _say(key: str, **facts: Fact) -> None:
    typer.echo(sentence(said(key, **facts)))
