"""``refusion match write-off``, ``approve``, ``decline``, ``withdraw`` and ``write-offs``: given up by two people."""

from __future__ import annotations

from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.matching.looking import proposal_facts, proposal_said
from refusion.doors.cli.matching.matching import Reason, acting, tell
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode
from refusion.values.said import Refused, said

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The proposal's number, see «refusion match write-offs».", min=1)]
OfClaim = Annotated[int | None, typer.Option("--claim", metavar="CLAIM", help="The open difference of this claim.", show_default=False)]
OfLine = Annotated[int | None, typer.Option("--line", metavar="LINE", help="What is left of this line.", show_default=False)]


def register(match: typer.Typer) -> None:
    """Add the verbs."""
    match.command("write-off")(write_off)
    match.command("approve")(approve)
    match.command("decline")(decline)
    match.command("withdraw")(withdraw)
    match.command("write-offs")(write_offs)


def write_off(
    reason: Reason, *, claim: OfClaim = None, line: OfLine = None, institution: InstitutionCode = None, json: JsonFile = None
) -> None:
    """Propose to give up the open difference of a claim, or what is left of a line; another person approves it."""
    if (claim is None) == (line is None):
        raise Refused(said("settlements.write_off_what"))
    if claim is not None:
        number, place = acting(institution, lambda house, actor, place: house.propose_claim_write_off(actor, place, claim, reason))
    else:
        number, place = acting(institution, lambda house, actor, place: house.propose_line_write_off(actor, place, line or 0, reason))
    tell(said("settlements.write_off_proposed", number=number), json, institution=place, number=number, claim=claim, line=line)


def approve(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Approve what another person proposed, exactly as it was proposed."""
    lost, place = acting(institution, lambda house, actor, place: house.approve_write_off(actor, place, number))
    tell(said("settlements.write_off_approved", number=number, lost_ore=lost), json, institution=place, number=number, lost_ore=lost)


def decline(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Say no to a proposal; nothing is given up."""
    _, place = acting(institution, lambda house, actor, place: house.decline_write_off(actor, place, number))
    tell(said("settlements.write_off_withdrawn", number=number), json, institution=place, number=number)


def withdraw(number: Number, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Withdraw a proposal; nothing is given up."""
    _, place = acting(institution, lambda house, actor, place: house.withdraw_write_off(actor, place, number))
    tell(said("settlements.write_off_withdrawn", number=number), json, institution=place, number=number)


def write_offs(
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that were decided too.")] = False,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """List what is proposed to be given up."""
    found, place = acting(institution, lambda house, actor, place: house.write_offs(actor, place, only_open=not every))
    aside = json == STANDARD_OUTPUT
    if not found:
        typer.echo(sentence(said("settlements.no_proposals")), err=aside)
    for one in found:
        typer.echo(sentence(proposal_said(one)), err=aside)
    if json is not None:
        write_json({"institution": place, "write_offs": [proposal_facts(one) for one in found]}, json)
