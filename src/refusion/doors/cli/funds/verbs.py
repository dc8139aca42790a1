"""``refusion funds``: lists claims on funds, enters decisions, gives report files out and notes what came of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.funds.reading import FACTS, NAMES, claim_as_json, fund_of, period_of, question_of, report_as_json
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.said import Fact, Said, said

if TYPE_CHECKING:
    from refusion.workflow.ports.funds import FundClaim, Report

Fund = Annotated[str, typer.Argument(metavar="FUND", help=" | ".join(NAMES))]
Days = Annotated[str, typer.Argument(metavar="PERIOD", help="The month (2025-03), or the quarter (2025Q1) of the state's own funds.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The report file's number, see «refusion funds files».", min=1)]
Only = Annotated[str | None, typer.Option("--fund", metavar="FUND", help="Of one fund only.", show_default=False)]
When = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="Of one month or quarter only; needs --fund.", show_default=False)
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the file here instead of its own name.", show_default=False)]
Day = Annotated[datetime | None, typer.Option("--on", formats=ISO, metavar="DAY", help="The receipt's day; today where none is named.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(no_args_is_help=True, help="Fleksjob, wage subsidy, clarification, the state's funds: list, enter, give out.")
    group.command("list")(list_claims)
    group.command("fact")(fact)
    group.command("give-out")(give_out)
    group.command("received")(received)
    group.command("take-back")(take_back)
    group.command("files")(files)
    group.command("file")(file)
    group.command("unplaced")(unplaced)
    group.command("lay-aside")(lay_aside)
    app.add_typer(group, name="funds")


def list_claims(fund: Only = None, period: When = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the claims on funds: where each stands, what it is expected to give, what lacks, until when it is asked."""
    from refusion.cases.facts import FUNDS
    from refusion.values.said import Refused
    from refusion.wiring.start import started

    if period is not None and fund is None:
        raise Refused(said("funds.period_needs_fund"))
    with started():
        from refusion.wiring.house import house

        kinds = FUNDS if fund is None else (fund_of(fund),)
        days = None if period is None else period_of(kinds[0], period)
        with house().reading(from_shell(), institution_code(institution), "funds") as reads:
            found = reads.fund_claims(kinds, days)
    if json is not None:
        write_json([claim_as_json(claim) for claim in found], json)
    if json != STANDARD_OUTPUT:
        for claim in found:
            typer.echo(sentence(_claim(claim)))
        typer.echo(sentence(said("funds.sum", count=len(found), expected_ore=sum(claim.expected for claim in found))))


def fact(
    employment: Annotated[str, typer.Argument(metavar="EMPLOYMENT", help="Payroll's number of the employment.")],
    name: Annotated[str, typer.Argument(metavar="FACT", help=" | ".join(FACTS))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The decision's word, a pay grade, or øre.")],
    since: Annotated[datetime, typer.Option(formats=ISO, metavar="DAY", help="The first day it holds.")],
    document: Annotated[str, typer.Option(metavar="TEXT", help="Where it stands: the decision's number and day.")],
    *,
    until: Annotated[datetime | None, typer.Option(formats=ISO, metavar="DAY", help="The last day it holds.", show_default=False)] = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Enter a decision that payroll lacks, with its document and days; a later one for the same first day takes its place."""
    from refusion.wiring.start import started

    question = question_of(name)
    with started():
        from refusion.wiring.house import house
        from refusion.workflow.cases.answer import Told

        told = Told(value.replace("-", "_"), since.date(), day_of(until), document)
        house().enter_job_fact(from_shell(), institution_code(institution), employment, question.value, told)
    _tell("funds.fact_entered", json, employment=employment, fact=name, value=value)


def give_out(
    fund: Fund, period: Days, *, out: Out = None, institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """Write the claims of a period that are ready into a report file for the fund, and keep it."""
    from refusion.wiring.start import started

    kind = fund_of(fund)
    days = period_of(kind, period)
    with started():
        from refusion.wiring.house import house

        given = house().give_out_funds(from_shell(), institution_code(institution), kind, days)
    _write(given.raw, out or Path(given.report.name))
    facts: dict[str, Fact] = {"number": given.report.number, "file": str(out or given.report.name), "count": len(given.report.lines)}
    _tell("funds.given_out", json, **facts, total_ore=given.report.total)


def received(
    number: Number,
    receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="The fund's receipt number.")],
    *,
    on: Day = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Note the fund's receipt of a report file; its claims are booked as expected."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working = house()
        day = day_of(on) or working.today()
        working.receive_fund_report(from_shell(), institution_code(institution), number, receipt=receipt, on=day)
    _tell("funds.received", json, number=number, receipt=receipt.strip(), on=day)


def take_back(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Take back a report file that never left the house; its claims can be given out anew."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().take_back_fund_report(from_shell(), institution_code(institution), number)
    _tell("funds.taken_back", json, number=number)


def files(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the report files, the newest first."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "funds") as reads:
            found = reads.fund_reports()
    if json is not None:
        write_json([report_as_json(report) for report in found], json)
    if json != STANDARD_OUTPUT:
        for report in found:
            typer.echo(sentence(_file(report)))


def file(number: Number, *, out: Out = None, institution: InstitutionCode = None) -> None:
    """Write a report file once more, byte for byte as it was given out."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        given = house().fund_file(from_shell(), institution_code(institution), number)
    target = out or Path(given.report.name)
    _write(given.raw, target)
    typer.echo(sentence(said("funds.file_written", number=number, file=str(target))))


def unplaced(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the answers of funds that are about no claim of ours."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "funds") as reads:
            found = reads.unplaced_answers()
    if json is not None:
        write_json([{"file": one.file, "decision": one.decided.decision, "claim": one.decided.claim, "pays_ore": one.decided.pays}
                    for one in found], json)  # fmt: skip
    if json != STANDARD_OUTPUT:
        for one in found:
            told = one.decided
            typer.echo(sentence(said("funds.unplaced", decision=told.decision, claim=told.claim, amount_ore=told.pays)))


def lay_aside(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="The answer's own number, see «refusion funds unplaced».")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is not ours, or what was done.")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Close the matter of an answer that is about no claim of ours; the answer stays kept."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().lay_aside_answer(from_shell(), institution_code(institution), decision, reason)
    _tell("funds.laid_aside", json, decision=decision)


def _claim(claim: FundClaim) -> Said:
    """Say one claim in a line."""
    facts: dict[str, Fact] = {
        "number": claim.number, "fund": claim.kind.value.replace("_", "-"), "name": claim.name, "first": claim.period.first,
        "last": claim.period.last, "state": claim.state, "expected_ore": claim.expected, "request_by": claim.request_by,
    }  # fmt: skip
    if claim.missing:
        return said("funds.claim_lacks", **facts, missing=", ".join(claim.missing))
    return said("funds.claim_pilot" if claim.pilot else "funds.claim", **facts)


def _file(report: Report) -> Said:
    """Say one report file in a line."""
    facts: dict[str, Fact] = {"number": report.number, "name": report.name, "total_ore": report.total}
    if report.received_on is not None:
        return said("funds.file_received", **facts, receipt=report.receipt, on=report.received_on)
    return said("funds.file_withdrawn" if report.withdrawn_at is not None else "funds.file_open", **facts)


def _write(raw: bytes, target: Path) -> None:
    """Write a file whole or not at all."""
    beside = target.with_name(f"{target.name}.part")
    beside.write_bytes(raw)
    beside.replace(target)


def _tell(key: str, json: str | None, **facts: Fact) -> None:
    """Say what was done, and give it as JSON where asked."""
    if json is not None:
        write_json({"done": key, **{name: str(fact) if hasattr(fact, "isoformat") else fact for name, fact in facts.items()}}, json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(Said(key, facts)))
