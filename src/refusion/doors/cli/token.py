"""``refusion token`` and ``refusion log-in``: who comes in by machine, and whose log-in is opened again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.said import Fact, said

if TYPE_CHECKING:
    from refusion.workflow.ports.access.tokens import Token

USUAL_DAYS = timedelta(days=90)
SHOWN_DIGITS = 8
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The token's number.", min=1, max=10**9)]
Scopes = Annotated[
    list[str], typer.Option("--scope", metavar="SCOPE", help="A role, or a single duty as duty:absorb_payroll; once for each.")
]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=ISO, metavar="DAY", help="The last day; 90 days from now where none is named.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(help="Make, list and withdraw the tokens of machines.", no_args_is_help=True)
    group.command("make")(make)
    group.command("list")(list_tokens)
    group.command("approve")(approve)
    group.command("withdraw")(withdraw)
    app.add_typer(group, name="token")
    doors = typer.Typer(help="Open log-ins that were closed after failures.", no_args_is_help=True)
    doors.callback()(_doors)
    doors.command("release")(release)
    app.add_typer(doors, name="log-in")


def _doors() -> None:
    """Keep the verb's own name before what it does, though it does one thing alone."""


def make(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name it acts under: letters, digits, hyphens.")],
    scope: Scopes,
    *,
    until: Until = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Make a token and show it, this once; one that may change something works when another person approved it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.access.tokens import Wanted

        working = house()
        wanted = Wanted(name, tuple(scope), day_of(until) or working.today() + USUAL_DAYS)
        made = working.make_token(from_shell(), institution_code(institution), wanted)
    token = made.token
    facts: dict[str, Fact] = {"number": token.number, "name": token.name, "valid_until": token.valid_until}
    aside = json == STANDARD_OUTPUT
    typer.echo(sentence(said("api.token_made", **facts)), err=aside)
    if token.by_two:
        waits = said("api.token_waits", number=token.number, digits=token.content_hash[:SHOWN_DIGITS])
        typer.echo(sentence(waits), err=aside)
    if not aside:
        typer.echo(made.written)
    if json is not None:
        write_json({**_as_json(token), "token": made.written}, json)


def list_tokens(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show all tokens with what they may do, withdrawn ones too; never their secrets."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found, today = house().api_tokens(from_shell(), institution_code(institution)), house().today()
    if json is not None:
        write_json([_as_json(token) for token in found], json)
    if json != STANDARD_OUTPUT:
        for token in found:
            key = "api.token_works" if token.works_on(today) else "api.token_rests"
            facts: dict[str, Fact] = {"number": token.number, "name": token.name, "scopes": ", ".join(token.scopes), "by": token.made_by}
            shown: dict[str, Fact] = {"digits": token.content_hash[:SHOWN_DIGITS], "last_used": token.last_used_on}
            typer.echo(sentence(said(key, **facts, **shown, valid_until=token.valid_until)))


def approve(
    number: Number,
    digits: Annotated[str, typer.Argument(metavar="DIGITS", help="The digits that the list shows: what is approved is what was seen.")],
    institution: InstitutionCode = None,
) -> None:
    """Approve a token that somebody else made."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        token = house().approve_token(from_shell(), institution_code(institution), number, digits)
    typer.echo(sentence(said("api.token_approved", number=number, name=token.name)))


def withdraw(number: Number, institution: InstitutionCode = None) -> None:
    """Withdraw a token; its next request is refused."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        token = house().withdraw_token(from_shell(), institution_code(institution), number)
    typer.echo(sentence(said("api.token_withdrawn", number=number, name=token.name)))


def release(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The user name.")], institution: InstitutionCode = None
) -> None:
    """Open the log-in of a user that was closed after failures."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().release_log_in(from_shell(), institution_code(institution), name)
    typer.echo(sentence(said("api.log_in_released", name=name)))


def _as_json(token: Token) -> dict[str, object]:
    return {
        "number": token.number,
        "name": token.name,
        "scopes": list(token.scopes),
        "valid_until": token.valid_until.isoformat(),
        "needs_approval": token.by_two,
        "content_hash": token.content_hash,
        "made_by": token.made_by,
        "approved_by": token.approved_by,
        "withdrawn_by": token.withdrawn_by,
        "last_used_on": token.last_used_on and token.last_used_on.isoformat(),
    }
