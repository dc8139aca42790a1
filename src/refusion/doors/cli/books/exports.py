"""``refusion books export`` and ``batches``: journal lines for an accounting program."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, from_shell, institution_code
from refusion.values.said import Refused, Said, said

if TYPE_CHECKING:
    from refusion.wiring.house import House
    from refusion.workflow.ports.books.journal import Batch

First = Annotated[datetime | None, typer.Option("--from", formats=ISO, metavar="DAY", help="First day, YYYY-MM-DD.", show_default=False)]
Last = Annotated[datetime | None, typer.Option("--to", formats=ISO, metavar="DAY", help="Last day, YYYY-MM-DD.", show_default=False)]
Form = Annotated[str, typer.Option("--format", metavar="FORM", help="navision | csv | ledger")]
Target = Annotated[str, typer.Option("--target", metavar="NAME", help="Whom it is for; the form's name by default.", show_default=False)]
Again = Annotated[int | None, typer.Option("--batch", metavar="N", help="Give this batch of the target once more.", show_default=False)]


def register(books: typer.Typer) -> None:
    """Add the verbs."""
    books.command("export")(export)
    books.command("batches")(batches)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; replaced as a whole or not at all.")],
    *,
    form: Form = "csv",
    target: Target = "",
    first: First = None,
    last: Last = None,
    batch: Again = None,
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Write what happened on the days and never went to the target; each transaction goes there once.

    Asked for again with the same days it writes the same file, byte for byte.
    """
    from refusion.wiring.start import started

    if batch is None and (first is None or last is None):
        raise Refused(said("books.which_days"))
    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        if batch is not None:
            made = house().journal_batch(from_shell(), code, target or form, batch)
        else:
            assert first is not None
            assert last is not None
            made = _ordered(house(), code, (form, target or form), (first, last))
    write_whole(file, made.content)
    words = said(
        "books.exported",
        file=str(file),
        target=made.target,
        batch=made.number,
        transactions=made.transactions,
        debit_ore=made.debit,
    )
    typer.echo(sentence(words), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json({"institution": code, **_plain(made)}, json)


def batches(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """List the batches that were given out, newest first."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().journal_batches(from_shell(), institution_code(institution))
    for one in found if json != STANDARD_OUTPUT else ():
        typer.echo(sentence(_line(one)))
    if not found:
        typer.echo(sentence(said("books.no_batches")), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json([_plain(one) for one in found], json)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that under its name stands the whole of it or what stood there before, power cuts included."""
    beside = file.with_name(f"{file.name}.part")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)


def _ordered(house: House, code: str, to: tuple[str, str], days: tuple[datetime, datetime]) -> Batch:
    from refusion.workflow.books.export import Order

    return house.export_journal(from_shell(), code, Order(*to, days[0].date(), days[1].date()))


def _line(one: Batch) -> Said:
    return said(
        "books.batch",
        target=one.target,
        batch=one.number,
        first=one.first,
        last=one.last,
        transactions=one.transactions,
        debit_ore=one.debit,
        by=one.made_by,
    )


def _plain(one: Batch) -> dict[str, object]:
    return {
        "target": one.target,
        "batch": one.number,
        "format": one.form,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "transactions": one.transactions,
        "lines": one.lines,
        "debit": one.debit,
        "sha256": one.sha256,
        "made_by": one.made_by,
        "made_at": one.made_at.isoformat(),
    }
