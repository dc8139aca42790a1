"""``refusion guard RUN --out FILE``: what may go is written for the bank, what is stopped is told with its reason."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.values.money import kroner, ore
from refusion.values.said import BadInput, Fact, Problem, Refused, said

if TYPE_CHECKING:
    from refusion.wiring.guarding import GuardedRun, Stopped

RunFile = Annotated[Path, typer.Argument(metavar="RUN", help="The run's net payments: CSV, xlsx or Parquet.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The bank file; above 10,000 payments FILE-001.xml, FILE-002.xml …")]
PayerFile = Annotated[Path, typer.Option("--payer", metavar="TOML", help="Who pays: name, company_number, iban, bic, currency.")]
ValueDate = Annotated[
    datetime, typer.Option("--value-date", formats=["%Y-%m-%d"], metavar="DAY", help="The day on which the salary is to be there.")
]
Institution = Annotated[str, typer.Option("--institution", metavar="CODE", help="The institution that the run must be of.")]
Name = Annotated[str | None, typer.Option("--run", metavar="NAME", help="The run's name in the bank file.", show_default="RUN's name")]
OwnLimit = Annotated[
    str | None, typer.Option("--limit", metavar="KRONER", help="The institution's own limit.", show_default="70000.00")
]
LimitThisRun = Annotated[str | None, typer.Option("--limit-this-run", metavar="KRONER", help="Its limit for this run.")]
Total = Annotated[str | None, typer.Option("--total", metavar="KRONER", help="The sum that the run says it has.")]
Count = Annotated[int | None, typer.Option("--count", help="How many payments the run says it has.", show_default=False)]
StoppedList = Annotated[Path | None, typer.Option("--stopped", metavar="FILE", help="Write the stopped payments as CSV.")]
Version = Annotated[str, typer.Option("--version", help="pain.001.001.03 or .09.")]
VERSIONS = ("03", "09")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("guard")(guard)


def guard(  # noqa: PLR0913 (each is an option of the command)
    run: RunFile,
    *,
    out: Out,
    payer: PayerFile,
    value_date: ValueDate,
    institution: Institution,
    name: Name = None,
    limit: OwnLimit = None,
    limit_this_run: LimitThisRun = None,
    total: Total = None,
    count: Count = None,
    stopped: StoppedList = None,
    version: Version = "03",
    json: JsonFile = None,
) -> None:
    """Hold each person's total net pay in RUN against the first limit that is set; strictly above, all of it is stopped.

    What goes is written to FILE, checked against the ISO schema, all files or none. A run with anything wrong in it is
    refused whole. A check that could not be made says so; it never counts as passed.
    """
    from refusion.salary_guard.decision import InstitutionLimits
    from refusion.salary_guard.intake import Announced
    from refusion.wiring.guarding import guard_file, read_payer, write_going

    if version not in VERSIONS:
        raise Refused(said("guard.version_unknown", version=version))
    day, who = value_date.date(), read_payer(payer)
    announced = Announced(count, _amount("--total", total))
    limits = InstitutionLimits(_amount("--limit-this-run", limit_this_run), _amount("--limit", limit))
    found = guard_file(run, institution, day, announced, limits)
    files = write_going(found, out, who, name or run.stem[:28], day, version=version)
    if stopped is not None:
        _write_stopped(stopped, found.stopped)
    _tell(found, files, quiet=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(_plain(found, files), json)


def _amount(option: str, text: str | None) -> int | None:
    """Read an amount in kroner. Raises BadInput for anything else."""
    if text is None:
        return None
    try:
        return ore(text)
    except ValueError:
        raise BadInput(Problem(said("guard.not_kroner"), said("guard.not_kroner_remedy"), column=option, value=text)) from None


def _tell(found: GuardedRun, files: tuple[Path, ...], *, quiet: bool) -> None:
    """Say what goes, what is stopped and why, what was pointed out, and what was not checked."""
    if quiet:
        return
    _say("guard.run_goes", count=len(found.going), total_ore=found.going_total, files=", ".join(file.name for file in files) or "–")
    if found.stopped:
        _say("guard.run_stopped", count=len(found.stopped), total_ore=found.stopped_total)
    for one in found.stopped:
        typer.echo(f"  {one.payment}  {one.employment}  " + " ".join(sentence(why) for why in one.because))
    for payment, why in (*found.warned, *found.pointed_out):
        typer.echo(f"  {payment}  {sentence(why)}")
    for outcome in found.outcomes:
        if not outcome.is_made and outcome.because is not None:
            _say("guard.not_checked", check=outcome.check.name.lower(), why=sentence(outcome.because))


def _say(key: str, **facts: Fact) -> None:
    typer.echo(sentence(said(key, **facts)))


def _write_stopped(file: Path, stopped: tuple[Stopped, ...]) -> None:
    """Write the stopped payments, the file as a whole or not at all."""
    beside = file.with_name(f".{file.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["row", "payment_number", "employment_number", "net_pay", "total", "limit", "because"])
        for one in stopped:
            amounts = (kroner(amount) for amount in (one.net_pay, one.total, one.limit))
            writer.writerow([one.row, one.payment, one.employment, *amounts, " ".join(sentence(why) for why in one.because)])
    beside.replace(file)


def _plain(found: GuardedRun, files: tuple[Path, ...]) -> dict[str, object]:
    """Give the result as plain values; amounts in øre."""
    return {
        "files": [str(file) for file in files],
        "going": len(found.going),
        "going_ore": found.going_total,
        "stopped_ore": found.stopped_total,
        "stopped": [
            {
                "row": one.row, "payment_number": one.payment, "employment_number": one.employment, "net_ore": one.net_pay,
                "total_ore": one.total, "limit_ore": one.limit, "because": [why.key for why in one.because],
            }
            for one in found.stopped
        ],
        "warned": [{"payment_number": payment, "because": why.key} for payment, why in found.warned],
        "pointed_out": [{"payment_number": payment, "because": why.key} for payment, why in found.pointed_out],
        "not_checked": [outcome.check.name.lower() for outcome in found.outcomes if not outcome.is_made],
    }  # fmt: skip
