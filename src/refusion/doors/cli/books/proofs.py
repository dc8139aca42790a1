"""``refusion books reconcile``, ``certificate`` and ``accept``: whether claims, ledger, bank and authority agree."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, On, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.workflow.ports.books.proofs import Certificate


def register(books: typer.Typer) -> None:
    """Add the verbs."""
    books.command("reconcile")(reconcile)
    books.command("certificate")(certificate)
    books.command("accept")(accept)


def reconcile(on: On = None, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Compare claims, ledger, bank and the authority's list now; exit code 1 where they differ."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.clock import SetClock
        from refusion.wiring.house import House, house
        from refusion.wiring.parts import ports_of

        working = House(ports_of(clock=SetClock(on.date()))) if on else house()
        made = working.reconcile_books(from_shell(), institution_code(institution))
    _show([(made, True)], json)
    raise typer.Exit(0 if made.certified else 1)


def certificate(
    day: Annotated[datetime, typer.Argument(formats=ISO, metavar="DAY", help="The day, YYYY-MM-DD.")],
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Show the proofs of a day and check their hashes; exit code 1 where the last one found a difference or was changed."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().certificates(from_shell(), institution_code(institution), day.date())
    if not found:
        raise Refused(said("books.no_certificate", day=day.date()))
    _show(found, json)
    raise typer.Exit(0 if found[-1][0].certified and all(holds for _, holds in found) else 1)


def accept(
    subject: Annotated[UUID, typer.Argument(metavar="REPORT", help="The report's id, as the task names it.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Whose report it is.")],
    institution: InstitutionCode = None,
) -> None:
    """Say that a report that only the authority knows was filed by another system of the employer."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().accept_difference(from_shell(), institution_code(institution), subject, reason)
    typer.echo(sentence(said("books.accepted")))


def _show(found: tuple[tuple[Certificate, bool], ...] | list[tuple[Certificate, bool]], json: str | None) -> None:
    if json != STANDARD_OUTPUT:
        for one, holds in found:
            for words in _words(one, holds=holds):
                typer.echo(sentence(words))
    if json is not None:
        write_json([_plain(one, holds=holds) for one, holds in found], json)


def _words(one: Certificate, *, holds: bool) -> list[Said]:
    key = "books.certified" if one.certified else "books.not_certified"
    said_of = [said(key, day=one.day, number=one.number, count=len(one.differences), digest=one.digest, by=one.made_by)]
    said_of += [Said(f"books.{what}", {"subject": subject, "amount_ore": amount}) for what, subject, amount in one.differences]
    return said_of if holds else [*said_of, said("books.certificate_changed")]


def _plain(one: Certificate, *, holds: bool) -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "number": one.number,
        "certified": one.certified,
        "figures": dict(one.figures),
        "differences": [{"what": what, "subject": subject, "amount": amount} for what, subject, amount in one.differences],
        "digest": one.digest,
        "previous": one.previous,
        "holds": holds,
        "made_by": one.made_by,
        "made_at": one.made_at.isoformat(),
    }
