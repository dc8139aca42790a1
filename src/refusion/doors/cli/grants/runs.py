"""``refusion grants`` for the money: what is due, payout runs by two persons, the payment file, letters, the reconciliation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.grants.computing import Choices
from refusion.doors.cli.grants.options import Digits, Name
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.money import kroner
from refusion.values.said import BadInput, Fact, Problem, Refused, said

if TYPE_CHECKING:
    from refusion.grants.course.records import PayoutRun
    from refusion.grants.course.standing import Standing

Number = Annotated[int, typer.Argument(metavar="RUN", help="The run's number.", min=1, max=2**31 - 1)]
Pots = Annotated[list[str] | None, typer.Argument(metavar="[POT]...", help="The pots to pay; those of --due where none is named.")]
On = Annotated[datetime | None, typer.Option(formats=ISO, metavar="DAY", help="The day it pays on; the latest where not said.")]
HASH = 8
# The letters go to Swedish payees, whatever the language of the shell.
LETTERS_LANGUAGE = "sv"


def add_runs(group: typer.Typer) -> None:
    """Add the verbs."""
    for name, verb in (
        ("preview", preview), ("propose-run", propose), ("runs", runs), ("run", run), ("approve-run", approve), ("withdraw-run", withdraw),
        ("pay-run", pay), ("payment-file", payment_file), ("letters", letters), ("reconciliation", reconciliation),
    ):  # fmt: skip
        group.command(name)(verb)


def preview(
    agreement: Name,
    *,
    if_fulfilled: Annotated[bool, typer.Option("--if-fulfilled", help="Count what is not decided yet as fulfilled.")] = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Reckon the agreement as it stands: what each county would get, what is preliminary, what still lacks."""
    from refusion.wiring.start import started

    with started():
        from refusion.doors.cli.grants.granted import plain, print_run
        from refusion.grants.course.running import preview as reckoned
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        found = reckoned(standing, undecided=if_fulfilled)
    if json is not None:
        told = plain(found.run, (), None, explain=False)
        told["preliminary"] = {pot: list(map(sentence, whys)) for pot, whys in found.preliminary.items()}
        told["lacking"] = {pot: sentence(why) for pot, why in found.lacking.items()}
        write_json(told, json)
    if json != STANDARD_OUTPUT:
        print_run(found.run, None)
        for why in (*(why for whys in found.preliminary.values() for why in whys), *found.lacking.values()):
            typer.echo(sentence(why), err=True)


def propose(
    agreement: Name,
    pots: Pots = None,
    *,
    due: Annotated[datetime | None, typer.Option(formats=ISO, metavar="DAY", help="All pots whose latest payout day this is.")] = None,
    on: On = None,
    follow: Choices = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Propose a run that pays what is due of pots, less what was paid of them before; another person approves it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.grants.paying import Wanted

        code = institution_code(institution)
        standing = house().agreement(from_shell(), code, agreement)
        chosen = dict(one.partition("=")[::2] for one in follow or [])
        wanted = Wanted(_pots(standing, pots or [], due), day_of(on), chosen)
        proposed = house().propose_run(from_shell(), code, agreement, wanted)
        _tell(house().agreement(from_shell(), code, agreement), proposed, json)


def runs(agreement: Name, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the runs of an agreement."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
    if json is not None:
        write_json([_plain(standing, one) for one in standing.runs], json)
    if json != STANDARD_OUTPUT:
        for one in standing.runs:
            typer.echo(_line(standing, one))
        if not standing.runs:
            typer.echo(sentence(said("agreements.no_runs")))


def run(agreement: Name, number: Number, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show a run: what it pays each payee, what it claims back, the digits to approve it by."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        _tell(standing, standing.run(number), json)


def approve(agreement: Name, number: Number, digits: Digits, institution: InstitutionCode = None) -> None:
    """Approve a run that another person proposed, in the figures that were shown."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().approve_run(from_shell(), institution_code(institution), agreement, number, digits)
    typer.echo(sentence(said("agreements.run_approved", number=number)))


def withdraw(agreement: Name, number: Number, institution: InstitutionCode = None) -> None:
    """Withdraw a run that was not paid."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().withdraw_run(from_shell(), institution_code(institution), agreement, number)
    typer.echo(sentence(said("agreements.run_withdrawn", number=number)))


def pay(agreement: Name, number: Number, institution: InstitutionCode = None) -> None:
    """Note that an approved run's payment file went to the bank."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        paid = house().pay_run(from_shell(), institution_code(institution), agreement, number)
    typer.echo(sentence(said("agreements.run_paid", number=number, day=paid.pays_on)))


def payment_file(
    agreement: Name,
    number: Number,
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .csv, a row a payment.")],
    institution: InstitutionCode = None,
) -> None:
    """Write the payments of an approved run, one a payee with its bankgiro number and line of the budget; a file that stands stays."""
    from refusion.wiring.start import started

    with started():
        from refusion.reports.grants import as_csv, claimed_back, payments
        from refusion.wiring.house import house

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        paid = payments(standing, number)
        back = claimed_back(standing, number)
    _write(target, as_csv(paid))
    typer.echo(sentence(said("agreements.payments_written", count=len(paid), amount_ore=sum(one.amount for one in paid), file=target.name)))
    for payee, amount in back.items():
        typer.echo(sentence(said("agreements.claimed_back", who=standing.payee_name(payee), amount_ore=amount)), err=True)


def letters(
    agreement: Name,
    number: Number,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the letters go, a file a payee.")],
    *,
    form: Annotated[str, typer.Option(help="text or html.")] = "text",
    institution: InstitutionCode = None,
) -> None:
    """Write a letter to each payee of a run: what it is paid of each pot, and why."""
    from refusion.wiring.start import started

    if form not in {"text", "html"}:
        raise BadInput(Problem(said("agreements.letter_form"), said("agreements.letter_form_remedy"), value=form))
    with started():
        from refusion.reports.grants import letter, totals
        from refusion.reports.letters import as_html, as_text
        from refusion.wiring.house import house
        from refusion.wiring.texts import render

        standing = house().agreement(from_shell(), institution_code(institution), agreement)
        standing.run(number)
        payees = list(totals(standing, number))
        folder.mkdir(parents=True, exist_ok=True)
        for payee in payees:
            found = letter(standing, number, payee)
            heading, *paragraphs = (render(one, LETTERS_LANGUAGE) for one in (found.heading, *found.paragraphs))
            written = as_text(heading, paragraphs) if form == "text" else as_html(heading, paragraphs, LETTERS_LANGUAGE)
            ending = "txt" if form == "text" else "html"
            folder.joinpath(f"{agreement}-{number}-{payee}.{ending}").write_bytes(written)
    typer.echo(sentence(said("agreements.letters_written", count=len(payees), folder=folder.name)))


def reconciliation(agreement: Name, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Hold what was paid against the ceilings of the agreement, and say whether the purpose was reached."""
    from refusion.wiring.start import started

    with started():
        from refusion.reports.grants import reconciliation as reconciled
        from refusion.wiring.house import house

        found = reconciled(house().agreement(from_shell(), institution_code(institution), agreement))
    if json is not None:
        rows = [
            {
                "pot": one.pot, "amount": kroner(one.amount), "moved_in": kroner(one.moved_in), "moved_out": kroner(one.moved_out),
                "paid": kroner(one.paid), "left": kroner(one.left), "holds": one.holds,
            }
            for one in found.ceilings
        ]  # fmt: skip
        purpose = None if found.purpose is None else sentence(found.purpose)
        write_json({"pots": rows, "purpose": purpose, "open": list(map(sentence, found.open))}, json)
    if json != STANDARD_OUTPUT:
        for one in found.ceilings:
            facts = {"amount_ore": one.amount, "in_ore": one.moved_in, "out_ore": one.moved_out, "paid_ore": one.paid, "left_ore": one.left}
            typer.echo("  " * one.depth + sentence(said("agreements.ceiling", pot=one.pot, **facts)))
        for told in found.open:
            typer.echo(sentence(told))
        typer.echo(sentence(found.purpose or said("agreements.purpose_open")))


def _pots(standing: Standing, named: list[str], due: datetime | None) -> tuple[str, ...]:
    """Give the pots that were named, and those of a payout day. Raises Refused for a day on which nothing is due."""
    from refusion.grants.course.running import payout_days

    days = payout_days(standing.agreement)
    if due is not None and due.date() not in days:
        raise Refused(said("agreements.no_such_payout_day", day=due.date(), known=", ".join(map(str, days))))
    of_day = () if due is None else days[due.date()]
    return tuple(dict.fromkeys((*named, *of_day)))


def _tell(standing: Standing, told: PayoutRun, json: str | None) -> None:
    from refusion.reports.grants import accounts, totals, warnings_of

    if json is not None:
        write_json(_plain(standing, told), json)
    if json == STANDARD_OUTPUT:
        return
    typer.echo(_line(standing, told))
    for payee, amount in totals(standing, told.number).items():
        giro = accounts(told).get(payee, "")
        typer.echo(f"{kroner(amount):>20}  {payee} {standing.payee_name(payee)}{f' ({giro})' if giro else ''}")
    for warning in warnings_of(told):
        typer.echo(sentence(warning), err=True)
    if told.state == "proposed":
        typer.echo(sentence(said("agreements.approve_by", digits=told.content_hash[:HASH])))


def _line(standing: Standing, told: PayoutRun) -> str:
    amount = sum(line.difference for line in standing.lines_of(told.number))
    facts: dict[str, Fact] = {"number": told.number, "pots": ", ".join(told.pots), "day": told.pays_on}
    facts |= {"amount_ore": amount, "by": told.proposed_by}
    return sentence(said(f"agreements.run_{told.state}_line", **facts))


def _plain(standing: Standing, told: PayoutRun) -> dict[str, object]:
    return {
        "number": told.number, "state": told.state, "pots": list(told.pots), "pays_on": told.pays_on.isoformat(), "corrects": told.corrects,
        "hash": told.content_hash, "proposed_by": told.proposed_by, "approved_by": told.approved_by, "paid_by": told.paid_by,
        "lines": [
            {
                "payee": line.payee, "pot": line.pot, "amount": kroner(line.amount), "paid_before": kroner(line.paid_before),
                "difference": kroner(line.difference), "budget": line.budget,
            }
            for line in standing.lines_of(told.number)
        ],
        "reckoning": told.content,
    }  # fmt: skip


def _write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises Refused where one stands."""
    if target.exists():
        raise Refused(said("pain.file_stands", file=target.name))
    beside = target.with_name(f"{target.name}.part")
    beside.write_bytes(content)
    beside.replace(target)
