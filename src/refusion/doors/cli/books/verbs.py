"""``refusion books``: the accounts that postings go to, and the doors to exports, proofs and voids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.books import exports, proofs, suitcase, voids
from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from refusion.ledger import Chart

Kind = Annotated[str, typer.Option("--kind", metavar="KIND", help="A kind of case; every kind where none is named.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    books = typer.Typer(no_args_is_help=True, help="The books: accounts, journal exports, proofs, and postings taken back.")
    accounts = typer.Typer(no_args_is_help=True, help="The accounts that postings go to.")
    accounts.command("show")(show)
    accounts.command("set")(set_)
    books.add_typer(accounts, name="accounts")
    books.command("nightly")(nightly)
    exports.register(books)
    proofs.register(books)
    voids.register(books)
    suitcase.register(books)
    app.add_typer(books, name="books")


def show(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show which account serves which purpose, by what source, and where a kind has its own."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().account_charts(from_shell(), institution_code(institution))
    if json != STANDARD_OUTPUT:
        _table(found)
    if json is not None:
        write_json({kind or "every_kind": _plain(chart) for kind, chart in found.items()}, json)


def set_(
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="receivable | income | bank | loss")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The account's number; default takes the state's chart again.")],
    kind: Kind = "",
    institution: InstitutionCode = None,
    json: JsonFile = None,
) -> None:
    """Give a purpose an account of your own; claims that are pre-registered already keep the accounts they stand on."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        own = "" if number == "default" else number
        chart = house().set_account(from_shell(), institution_code(institution), purpose, own, kind=kind)
    now = getattr(chart, purpose)
    typer.echo(sentence(said("books.account_set", account=sentence(said(now.says)), number=now.number)), err=json == STANDARD_OUTPUT)
    if json is not None:
        write_json({"kind": kind or None, **_plain(chart)}, json)


def nightly(
    switch: Annotated[str, typer.Argument(metavar="on|off", help="on: every night; off: on the last day of each month.")],
    institution: InstitutionCode = None,
) -> None:
    """Have the books proved each night (as it is by default), or on the last day of each month only."""
    from refusion.wiring.start import started

    if switch not in {"on", "off"}:
        raise typer.BadParameter("on | off")
    with started():
        from refusion.wiring.house import house

        house().set_nightly(from_shell(), institution_code(institution), nightly=switch == "on")
    typer.echo(sentence(said("books.nightly_on" if switch == "on" else "books.nightly_off")))


def _table(charts: Mapping[str, Chart]) -> None:
    from rich.console import Console
    from rich.table import Table

    from refusion.ledger import PURPOSES
    from refusion.ledger.accounts import OWN

    table = Table()
    for heading in ("books.column_kind", "books.column_purpose", "books.column_number", "books.column_name", "books.column_source"):
        table.add_column(sentence(said(heading)), overflow="fold")
    for kind, chart in charts.items():
        for purpose in PURPOSES:
            one = getattr(chart, purpose)
            doubt = "" if one.verified else " " + sentence(said("books.unverified"))
            source = sentence(said("books.own_account" if one.source == OWN else "books.state_chart")) + doubt
            table.add_row(kind or sentence(said("books.every_kind")), purpose, one.number, sentence(said(one.says)), source)
    Console(markup=False, highlight=False).print(table)


def _plain(chart: Chart) -> dict[str, object]:
    from refusion.ledger import PURPOSES

    held = {purpose: getattr(chart, purpose) for purpose in PURPOSES}
    return {purpose: {"number": one.number, "source": one.source, "verified": one.verified} for purpose, one in held.items()}
