"""``refusion match accept``, ``hand``, ``split``, ``join``, ``undo`` and ``park``: what a person says that belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.matching.looking import Line
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.values.said import BadInput, Problem, Said, said

if TYPE_CHECKING:
    from refusion.wiring.house import House
    from refusion.workflow.ports.institution import Actor

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with your name.")]
Claim = Annotated[int, typer.Argument(metavar="CLAIM", help="The claim's number.", min=1)]
_AMOUNT = re.compile(r"(-?)(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)
_SHARE = re.compile(r"(\d{1,18})=(.+)", re.ASCII)
Result = TypeVar("Result")


def register(match: typer.Typer) -> None:
    """Add the verbs."""
    match.command("accept")(accept)
    match.command("hand")(hand)
    match.command("split", context_settings={"ignore_unknown_options": True})(split)
    match.command("join")(join)
    match.command("undo")(undo)
    match.command("park")(park)


def accept(
    line: Line,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The suggestion's code, see «refusion match suggest LINE».")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Match what is suggested for a line; the code holds only as long as the suggestion does."""
    taken, place = acting(institution, lambda house, actor, place: house.accept_suggestion(actor, place, line, code))
    amount = sum(share.amount for share in taken.shares)
    tell(said("settlements.matched_ore", amount_ore=amount), json, institution=place, line=line, code=code, amount_ore=amount)


def hand(
    line: Line,
    claim: Claim,
    reason: Reason,
    *,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="KRONER", help="How much; all that is left where none is said.", show_default=False)
    ] = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Match a line, or a part of it, with a claim."""
    _match([(line, claim, None if amount is None else ore(amount))], reason, institution, json)


def split(
    line: Line,
    shares: Annotated[list[str], typer.Argument(metavar="CLAIM=KRONER...", help="Each claim with what it gets.")],
    reason: Reason,
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Split a line over several claims."""
    _match([(line, *_share(written)) for written in shares], reason, institution, json)


def join(
    claim: Claim,
    lines: Annotated[list[int], typer.Argument(metavar="LINE...", help="The lines that are for the claim.")],
    reason: Reason,
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Match all that is left of several lines with one claim."""
    _match([(line, claim, None) for line in dict.fromkeys(lines)], reason, institution, json)


def undo(
    line: Line,
    reason: Reason,
    *,
    claim: Annotated[int | None, typer.Option("--claim", metavar="CLAIM", help="Only what was matched with this claim.")] = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Take back what a line was matched with: nothing is deleted, new entries take it back, postings too."""
    taken, place = acting(institution, lambda house, actor, place: house.undo_match(actor, place, line, reason, claim=claim))
    tell(said("settlements.undone_ore", amount_ore=taken, number=line), json, institution=place, line=line, amount_ore=taken)


def park(
    line: Line,
    reason: Reason,
    until: Annotated[datetime, typer.Option("--until", formats=ISO, metavar="DAY", help="The last day on which it waits, YYYY-MM-DD.")],
    *,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Lay a line aside until a day; evidence that comes meanwhile still matches it."""
    day = until.date()
    _, place = acting(institution, lambda house, actor, place: house.park_line(actor, place, line, reason=reason, until=day))
    tell(said("settlements.parked_now", number=line, until=day), json, institution=place, line=line, until=day.isoformat())


def _match(given: Sequence[tuple[int, int, int | None]], reason: str, institution: str | None, json: str | None) -> None:
    def act(house: House, actor: Actor, place: str) -> int:
        from refusion.workflow.settlements.by_hand import Given

        return house.match_by_hand(actor, place, [Given(*one) for one in given], reason)

    amount, place = acting(institution, act)
    tell(said("settlements.matched_ore", amount_ore=amount), json, institution=place, amount_ore=amount)


def acting(institution: str | None, act: Callable[[House, Actor, str], Result]) -> tuple[Result, str]:
    """Let the person at the shell do something at an institution; gives the result and the institution's code."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        return act(house(), from_shell(), code), code


def tell(words: Said, json: str | None, **facts: Any) -> None:
    """Say what was done, and give it to other programs."""
    typer.echo(sentence(words), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json(facts, json)


def ore(written: str) -> int:
    """Read kroner with at most two decimals. Raises BadInput."""
    found = _AMOUNT.fullmatch(written.strip())
    if found is None:
        raise BadInput(Problem(said("settlements.not_kroner"), said("settlements.not_kroner_remedy"), column="KRONER", value=written[:30]))
    sign, whole, part = found.groups()
    amount = int(whole + (part or "").ljust(2, "0"))
    return -amount if sign else amount


def _share(written: str) -> tuple[int, int]:
    found = _SHARE.fullmatch(written.strip())
    if found is None:
        raise BadInput(
            Problem(said("settlements.not_a_share"), said("settlements.not_a_share_remedy"), column="CLAIM=KRONER", value=written[:50])
        )
    return int(found[1]), ore(found[2])
