"""``refusion grants`` on files: what an agreement pays each county, what if facts change, and what it asks; needs no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import JsonFile, write_json
from refusion.values.said import BadInput, Problem, said

if TYPE_CHECKING:
    from refusion.grants.agreement import Agreement
    from refusion.grants.given import Facts
    from refusion.grants.payout import Run

AgreementName = Annotated[str, typer.Argument(help="An agreement that ships with the house (se-2013), or a file of your own in TOML.")]
FactsFile = Annotated[Path, typer.Argument(metavar="IN", help="A row a county, and one with code 00 for the country.")]
Choices = Annotated[list[str] | None, typer.Option("--follow", metavar="NAME=OPTION", help="Follow another option of a named choice.")]
PopulationDay = Annotated[str | None, typer.Option("--population", metavar="DAY", help="Use the population of a day that the house has.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a row a county with its kronor: .csv, .parquet, .jsonl.")]
Paid = Annotated[Path | None, typer.Option("--paid", metavar="IN", help="The facts that were paid on: shows who gets more or less.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--change", metavar="COUNTY:FACT=VALUE", help="14:net_days_2013=+5%, all:net_days_2013=+5%, 00:follow_up=no."),
]
Fails = Annotated[
    list[str] | None, typer.Option("--fails", metavar="COUNTY:CONDITION", help="A county misses a condition: 14:condition_2.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Show every step with its place in the agreement.")]


def add_computing(group: typer.Typer) -> None:
    """Add the verbs that need no database."""
    group.command("compute")(compute)
    group.command("show")(show)
    group.command("what-if")(what_if)


def compute(
    agreement: AgreementName,
    source: FactsFile,
    *,
    out: Out = None,
    paid: Paid = None,
    follow: Choices = None,
    population: PopulationDay = None,
    explain: Explain = False,
    json: JsonFile = None,
) -> None:
    """Compute every pot of AGREEMENT from the facts of the counties; a county that is unknown or missing refuses it all."""
    from refusion.doors.cli.grants.granted import plain, print_run, write_table
    from refusion.grants.payout import corrections
    from refusion.grants.policies import choosing
    from refusion.grants.reading import agreement as named
    from refusion.law.engine.tape import explaining

    found = named(agreement)
    with choosing(dict(_choice(text) for text in follow or [])):
        with explaining() as tape:
            run = _run(found, source, population)
        more = corrections(_run(found, paid, population), run) if paid else None
    if out is not None:
        write_table(run, out, source)
    if json is not None:
        write_json(plain(run, tape.steps, more, explain=explain), json)
    if json != "-":
        print_run(run, more)
    for step in tape.steps if explain and json != "-" else ():
        typer.echo(step.as_tree())


def what_if(
    agreement: AgreementName,
    source: FactsFile,
    *,
    change: Changes = None,
    fails: Fails = None,
    follow: Choices = None,
    population: PopulationDay = None,
    json: JsonFile = None,
) -> None:
    """Compute AGREEMENT with the facts as they are and with some of them changed: who gets more or less, of which pots."""
    from refusion.doors.cli.grants.granted import plain_outcome, print_outcome
    from refusion.grants.course.what_if import change as read_change
    from refusion.grants.course.what_if import what_if as reckoned
    from refusion.grants.policies import choosing
    from refusion.grants.reading import agreement as named

    found = named(agreement)
    written = [*(change or []), *(f"{who}=no" for who in fails or [])]
    changes = [read_change(found, one) for one in written]
    with choosing(dict(_choice(text) for text in follow or [])):
        outcome = reckoned(found, _facts(found, source, population), changes)
    if json is not None:
        write_json(plain_outcome(outcome, written), json)
    if json != "-":
        print_outcome(outcome)


def show(agreement: AgreementName, json: JsonFile = None) -> None:
    """Show an agreement: its pots with their rules and sources, columns of IN, choices, deadlines and checks."""
    from refusion.doors.cli.grants.granted import plain_agreement, print_agreement
    from refusion.grants.reading import agreement as named

    found = named(agreement)
    if json is not None:
        write_json(plain_agreement(found), json)
    if json != "-":
        print_agreement(found)


def _choice(text: str) -> tuple[str, str]:
    name, _, option = text.partition("=")
    return name.strip(), option.strip()


def _run(agreement: Agreement, source: Path, population: str | None) -> Run:
    from refusion.grants.payout import compute as computed

    return computed(agreement, _facts(agreement, source, population))


def _facts(agreement: Agreement, source: Path, population: str | None) -> Facts:
    from refusion.doors.cli.rules.reading import whole
    from refusion.grants.facts import read
    from refusion.grants.population import population_of, with_population

    cells, numbers = whole(source)
    rows: Sequence[Mapping[str, object]] = cells
    if population is not None:
        held = population_of(population)
        typer.echo(sentence(said("grants.population_used", day=held.day, source=held.source)), err=True)
        rows = with_population(rows, held)
    try:
        return read(agreement, rows, str(source), first_row=0)
    except BadInput as error:
        raise BadInput(*(_placed(problem, source, numbers) for problem in error.problems)) from None


def _placed(problem: Problem, source: Path, numbers: list[int]) -> Problem:
    row = problem.row
    return replace(problem, file=problem.file or str(source), row=None if row is None else numbers[row])

