"""``refusion match list`` and ``suggest``: the open lines, and what each may be for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.workflow.settlements.board import Board, BoardLine, Offer, Proposal

Line = Annotated[int, typer.Argument(metavar="LINE", help="The line's number, see «refusion match list».", min=1)]


def register(match: typer.Typer) -> None:
    """Add the verbs."""
    match.command("list")(list_lines)
    match.command("suggest")(suggest)


def list_lines(*, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the open lines, the largest first, with what is known of each, and the write-offs that wait for a second person."""
    shown, code = _board(institution)
    aside = json == STANDARD_OUTPUT
    typer.echo(sentence(said("settlements.lines_open", lines=len(shown.lines), open_ore=shown.open_ore)), err=aside)
    for line in shown.lines:
        typer.echo(f"  {line.line.number:>6}  {_words(line)}", err=aside)
    for proposal in shown.proposals:
        typer.echo(f"  {sentence(proposal_said(proposal))}", err=aside)
    if json is not None:
        lines = [line_facts(line) for line in shown.lines]
        write_json({"institution": code, "lines": lines, "write_offs": [proposal_facts(one) for one in shown.proposals]}, json)


def suggest(line: Line, *, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show what a line may be for, the best first: its code, its points of 100, its claims and every reason."""
    shown, code = _board(institution)
    found = next((one for one in shown.lines if one.line.number == line), None)
    if found is None:
        raise Refused(said("settlements.line_not_open", number=line))
    aside = json == STANDARD_OUTPUT
    typer.echo(_words(found), err=aside)
    if not found.offers:
        typer.echo(sentence(said("settlements.no_suggestion")), err=aside)
    for offer in found.offers:
        typer.echo(f"  {offer.code}  {sentence(offer_said(offer))}", err=aside)
        for because in offer.suggestion.because:
            typer.echo(f"            {sentence(because)}", err=aside)
    if json is not None:
        write_json({"institution": code, **line_facts(found)}, json)


def _board(institution: str | None) -> tuple[Board, str]:
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        return house().matching_board(from_shell(), code), code


def _words(line: BoardLine) -> str:
    """Say why a line is open, and until when somebody laid it aside."""
    words = sentence(line.because)
    if not line.is_parked:
        return words
    return f"{words} {sentence(said('settlements.parked', until=line.line.parked_until, reason=line.line.parked_because))}"


def offer_said(offer: Offer) -> Said:
    """Say a suggestion in one sentence."""
    one = offer.suggestion
    claims = ", ".join(str(offer.names[claim].number) for claim in one.claims)
    lines = ", ".join(str(offer.lines[line]) for line in one.lines)
    amount = sum(share.amount for share in one.shares)
    facts: dict[str, Any] = {"claims": claims, "lines": lines, "amount_ore": amount, "difference_ore": one.difference, "score": one.score}
    return said(f"settlements.offer_{one.kind.value}", **facts)


def line_facts(line: BoardLine) -> dict[str, object]:
    """Give what other programs read of a line; amounts are øre."""
    one = line.line
    return {
        "line": one.number,
        "booked_on": one.booked_on.isoformat(),
        "amount_ore": one.amount,
        "open_ore": one.rest,
        "because": line.because.key,
        "parked_until": one.parked_until.isoformat() if line.is_parked and one.parked_until else None,
        "suggestions": [_offer_facts(offer) for offer in line.offers],
    }


def _offer_facts(offer: Offer) -> dict[str, object]:
    one = offer.suggestion
    return {
        "code": offer.code,
        "kind": one.kind.value,
        "score": one.score,
        "rivals": one.rivals,
        "difference_ore": one.difference,
        "because": [because.key for because in one.because],
        "shares": [
            {"line": offer.lines[share.line], "claim": offer.names[share.claim].number, "amount_ore": share.amount} for share in one.shares
        ],
    }


def proposal_said(proposal: Proposal) -> Said:
    """Say a proposal in one sentence."""
    one = proposal.write_off
    facts: dict[str, Any] = {"number": one.number, "amount_ore": one.amount, "by": one.proposed_by, "reason": one.reason}
    if proposal.claim is not None:
        return said("settlements.proposal_claim", claim=proposal.claim.number, **facts)
    return said("settlements.proposal_line", line=proposal.line, **facts)


def proposal_facts(proposal: Proposal) -> dict[str, object]:
    """Give what other programs read of a proposal; amounts are øre."""
    one = proposal.write_off
    return {
        "number": one.number,
        "claim": proposal.claim.number if proposal.claim else None,
        "line": proposal.line,
        "amount_ore": one.amount,
        "reason": one.reason,
        "proposed_by": one.proposed_by,
        "outcome": one.outcome,
        "decided_by": one.decided_by,
    }
