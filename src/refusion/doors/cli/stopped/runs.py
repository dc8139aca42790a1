"""``refusion stopped run``, ``runs``, ``write``, ``status`` and ``advice``: from the run to the bank and back."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode
from refusion.doors.cli.stopped.acting import acting, amount_of, paid_facts, run_facts, say, seeing, tell
from refusion.values.money import kroner
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.wiring.verbs.guard_seen import RunSeen
    from refusion.workflow.ports.guard.facts import Run

RunFile = Annotated[Path, typer.Argument(metavar="RUN", help="The run's net payments: CSV, xlsx or Parquet.", exists=True, dir_okay=False)]
RunNumber = Annotated[int, typer.Argument(metavar="NUMBER", help="The run's number, see «refusion stopped runs».", min=1)]
ValueDate = Annotated[datetime, typer.Option("--value-date", formats=ISO, metavar="DAY", help="The day the salary is to be there.")]
Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help="The run's name in the bank file.", show_default="RUN's name")]
Count = Annotated[int | None, typer.Option("--count", help="How many payments the run says it has.", show_default=False)]
Total = Annotated[str | None, typer.Option("--total", metavar="KRONER", help="The sum that the run says it has.")]
Out = Annotated[Path, typer.Option("--out", metavar="FILE", help="The bank file; above 10,000 payments FILE-001.xml, FILE-002.xml …")]
PayerFile = Annotated[Path, typer.Option("--payer", metavar="TOML", help="Who pays: name, company_number, iban, bic, currency.")]
Version = Annotated[str, typer.Option("--version", help="pain.001.001.03 or .09.")]
Report = Annotated[Path, typer.Argument(metavar="FILE", help="The bank's status report, pain.002.", exists=True, dir_okay=False)]
AsTable = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the list as CSV.", show_default=False)]
VERSIONS = ("03", "09")
LONGEST_NAME = 28


def register(stopped: typer.Typer) -> None:
    """Add the verbs."""
    stopped.command("run")(take)
    stopped.command("runs")(runs)
    stopped.command("write")(write)
    stopped.command("status")(status)
    stopped.command("advice")(advice)


def take(
    run: RunFile,
    *,
    value_date: ValueDate,
    name: Name = None,
    count: Count = None,
    total: Total = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Take a pay run in: every person's total is held against the first limit that is set, what is above stands on 95.11.

    The same file twice is once. A run with anything wrong in it is refused whole, with row and reason.
    """
    from refusion.salary_guard.intake import Announced
    from refusion.workflow.guard.take import Delivered

    announced = Announced(count, None if total is None else amount_of("--total", total))
    delivered = Delivered(run.name, run.read_bytes(), name or run.stem[:LONGEST_NAME], value_date.date(), announced)
    taken, place = acting(institution, lambda house, actor, code: house.take_run(actor, code, delivered))
    say(said("stopped.run_known", number=taken.run.number) if taken.again else run_said(taken.run), json)
    for paid in taken.stopped:
        say(said("stopped.line", number=paid.number, employment=paid.employment, amount_ore=paid.amount), json, "  ")
    for paid in taken.pointed_out:
        say(said("stopped.pointed_out", number=paid.number, employment=paid.employment, amount_ore=paid.amount), json, "  ")
        for why in paid.findings:
            say(why, json, "    ")
    if taken.unapproved:
        say(said("stopped.raises_unapproved", count=taken.unapproved), json)
    _tell_not_checked(taken.run, json)
    if json is not None:
        told = [paid_facts(paid) for paid in taken.stopped]
        odd = [{**paid_facts(paid), "because": [why.key for why in paid.findings]} for paid in taken.pointed_out]
        write_json({"institution": place, "again": taken.again, **run_facts(taken.run), "stopped": told, "pointed_out": odd}, json)


def runs(*, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the pay runs, the newest first."""
    found, place = seeing(institution, lambda reads: reads.pay_runs())
    if not found:
        say(said("stopped.no_runs"), json)
    for run in found:
        say(run_said(run), json)
    if json is not None:
        write_json({"institution": place, "runs": [run_facts(run) for run in found]}, json)


def write(
    number: RunNumber, *, out: Out, payer: PayerFile, version: Version = "03", institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """Write a run's bank file: what goes, checked against the ISO schema, all files or none.

    A second time gives the same order again under another file name; the bank knows it by its identification.
    """
    if version not in VERSIONS:
        raise Refused(said("guard.version_unknown", version=version))
    made, place = acting(
        institution,
        lambda house, actor, code: house.write_bank_file(actor, code, number, target=out, payer=payer, version=version),
    )
    names = ", ".join(file.name for file in made.files)
    words = said("stopped.written_again" if made.again else "stopped.written", files=names, count=made.payments, total_ore=made.total)
    files = [str(file) for file in made.files]
    tell(words, json, institution=place, run=number, files=files, payments=made.payments, total_ore=made.total, again=made.again)


def status(report: Report, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Take in the bank's status report: a rejected payment never went and stands on 95.11; what nobody here sent is parked."""
    raw = report.read_bytes()
    found, place = acting(institution, lambda house, actor, code: house.absorb_payment_status(actor, code, report.name, raw))
    counts = {"accepted": found.accepted, "pending": found.pending, "rejected": found.rejected, "parked": found.parked}
    words = said("stopped.status_known") if found.again else said("stopped.status_told", **counts)
    tell(words, json, institution=place, again=found.again, **counts)


def advice(number: RunNumber, *, out: AsTable = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Give a run's list of errors and advice (FU7017) and its sum data (component 8550) for every payment that does not go."""
    found, place = seeing(institution, lambda reads: reads.guarded_run(number))
    if found is None:
        raise Refused(said("stopped.no_run", number=number))
    for line in found.advice:
        typer.echo(f"{line.code}  {line.employment:<12} {kroner(line.amount):>14}  {sentence(line.said)}", err=json == STANDARD_OUTPUT)
    if not found.advice:
        say(said("stopped.nothing_stopped_in_run", number=number), json)
    if out is not None:
        _write_table(out, found)
    if json is not None:
        lines = [{"code": line.code, "employment_number": line.employment, "amount_ore": line.amount} for line in found.advice]
        write_json({"institution": place, "run": number, "lines": lines}, json)


def run_said(run: Run) -> Said:
    """Say a run in one sentence."""
    return said(
        f"stopped.run_{run.state}", number=run.number, name=run.name, value_date=run.value_date, count=run.payments, goes_ore=run.goes,
        held_ore=run.held,
    )  # fmt: skip


def _tell_not_checked(run: Run, json: str | None) -> None:
    if run.not_checked:
        say(said("stopped.not_checked", checks=", ".join(run.not_checked)), json)


def _write_table(file: Path, found: RunSeen) -> None:
    """Write the list, the file as a whole or not at all."""
    beside = file.with_name(f".{file.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["list", "employment_number", "amount", "says"])
        writer.writerows([line.code, line.employment, kroner(line.amount), sentence(line.said)] for line in found.advice)
    beside.replace(file)
