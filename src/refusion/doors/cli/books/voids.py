"""``refusion books void``, ``approve``, ``withdraw`` and ``voids``: a posting taken back by two people."""

from __future__ import annotations

from typing import Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Said, said

Entry = Annotated[int, typer.Argument(metavar="ENTRY", help="The entry's number as exports show it, without RF.")]


def register(books: typer.Typer) -> None:
    """Add the verbs."""
    books.command("void")(void)
    books.command("approve")(approve)
    books.command("withdraw")(withdraw)
    books.command("voids")(voids)


def void(
    entry: Entry,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is wrong.")],
    institution: InstitutionCode = None,
) -> None:
    """Propose to take an entry back; another person approves it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        made = house().propose_void(from_shell(), institution_code(institution), entry, reason)
    typer.echo(sentence(said("books.void_proposed", entry=entry, amount_ore=made.amount)))


def approve(entry: Entry, institution: InstitutionCode = None) -> None:
    """Approve what another person proposed: a new entry undoes it."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().approve_void(from_shell(), institution_code(institution), entry)
    typer.echo(sentence(said("books.voided", entry=entry)))


def withdraw(entry: Entry, institution: InstitutionCode = None) -> None:
    """Withdraw an open proposal; nothing is posted."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().withdraw_void(from_shell(), institution_code(institution), entry)
    typer.echo(sentence(said("books.void_withdrawn", entry=entry)))


def voids(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List what is proposed to be taken back, open ones first."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().voids(from_shell(), institution_code(institution))
    for one in found if json != STANDARD_OUTPUT else ():
        key = f"books.void_{one.void.outcome or 'waits'}"
        by = {"by": one.void.proposed_by, "decided_by": one.void.decided_by}
        typer.echo(sentence(Said(key, {"entry": one.entry, "amount_ore": one.amount, "reason": one.void.reason, **by})))
    if not found:
        typer.echo(sentence(said("books.no_voids")), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json([
            {
                "entry": one.entry,
                "amount": one.amount,
                "reason": one.void.reason,
                "proposed_by": one.void.proposed_by,
                "outcome": one.void.outcome,
                "decided_by": one.void.decided_by,
                "content_hash": one.void.content_hash,
            }
            for one in found
        ], json)
