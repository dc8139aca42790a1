"""``refusion grants`` for the office and the papers of an agreement: approvals, requirements, statistics, orders, closings, accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.grants.options import Document, Name, OnDay, Pot
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import ISO, InstitutionCode, day_of, from_shell, institution_code
from refusion.values.money import ore
from refusion.values.said import BadInput, Problem, said

if TYPE_CHECKING:
    from refusion.grants.course.records import Order

TableFile = Annotated[Path, typer.Argument(metavar="IN", help="A table: .csv, .parquet or .jsonl.")]
ORDER_COLUMNS = ("order", "county", "unit", "ordered", "due", "delivered")
FIRST_ROW = 2
ROLES = ("grant_administrator", "grant_approver", "county_reporter")


def add_papers(group: typer.Typer) -> None:
    """Add the verbs."""
    for name, verb in (
        ("office", office), ("open", open_), ("list", list_), ("approval", approval), ("require", require), ("statistics", statistics),
        ("orders", orders),
        ("close", close), ("reopen-pot", reopen_pot), ("account", account), ("reporter", reporter), ("reconcile", reconcile),
    ):  # fmt: skip
        group.command(name)(verb)


def office(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A short code for the office.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    *,
    number: Annotated[str, typer.Option(metavar="NUMBER", help="Its organisation number.")],
    log_ins: Annotated[bool, typer.Option("--log-ins", help="Give it three users to try the pages with; on no real database.")] = False,
) -> None:
    """Found the office that pays a grant out: Swedish kronor, Swedish; one that stands is left as it is."""
    from refusion.wiring.start import started

    with started():
        from uuid import NAMESPACE_URL, uuid5

        from refusion.wiring.demo import LogIn
        from refusion.wiring.founding import enrolled, founded
        from refusion.workflow.ports.institution import Settings

        founded(code, name, uuid5(NAMESPACE_URL, f"refusion:{code}"), (number, ""), Settings(), country="sweden", speaks=("SEK", "sv"))
        users = [LogIn(f"{code}-{role}".lower(), f"try-{code}-{role}".lower(), (role,), code) for role in ROLES] if log_ins else []
        if users:
            enrolled(users)
    typer.echo(sentence(said("agreements.office_founded", code=code, name=name)))
    for user in users:
        typer.echo(f"{user.name}  {user.password}")


def open_(
    agreement: Annotated[str, typer.Argument(metavar="AGREEMENT", help="One that ships with the house (se-2013), or a file in TOML.")],
    institution: InstitutionCode = None,
) -> None:
    """Open an agreement at the institution, with its figures as they are today; done twice it changes nothing more."""
    from refusion.wiring.start import started

    with started():
        from refusion.grants.reading import text_of
        from refusion.wiring.house import house

        opened = house().open_agreement(from_shell(), institution_code(institution), text_of(agreement), agreement)
    typer.echo(sentence(said("agreements.opened", name=opened.name, by=opened.opened_by, digits=opened.content_hash[:8])))


def list_(institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the agreements that were opened."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        found = house().agreements(from_shell(), institution_code(institution))
    if json is not None:
        rows = [{"name": one.name, "hash": one.content_hash, "by": one.opened_by, "at": one.opened_at.isoformat()} for one in found]
        write_json(rows, json)
    if json != STANDARD_OUTPUT:
        for one in found:
            typer.echo(sentence(said("agreements.opened", name=one.name, by=one.opened_by, digits=one.content_hash[:8])))
        if not found:
            typer.echo(sentence(said("agreements.none_open")))


def approval(
    agreement: Name,
    approval: Annotated[str, typer.Argument(metavar="APPROVAL", help="The approval by its name in the agreement.")],
    *,
    on: OnDay,
    document: Document,
    institution: InstitutionCode = None,
) -> None:
    """Record an approval that the agreement waits for: of the government, the board of SKL, the funds of the Riksdag."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        code = institution_code(institution)
        released = house().record_approval(from_shell(), code, agreement, (approval, on.date(), document))
    typer.echo(sentence(said("agreements.approval_recorded", approval=approval, day=on.date(), released=released)))


def require(
    agreement: Name,
    condition: Pot,
    *,
    on: OnDay,
    document: Document,
    sent: Annotated[datetime, typer.Option(formats=ISO, metavar="DAY", help="The day it was sent to the counties.")],
    consulted: Annotated[str, typer.Option(metavar="WHO", help="Who was consulted before.")] = "",
    consulted_on: Annotated[datetime | None, typer.Option(formats=ISO, metavar="DAY", help="When.")] = None,
    proof: Annotated[str, typer.Option(metavar="TEXT", help="The document that proves the consultation.")] = "",
    institution: InstitutionCode = None,
) -> None:
    """Record the document that says what must be reported on a condition, who was consulted on it, and when it was sent."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house
        from refusion.workflow.grants.papers import Heard

        heard = Heard(consulted, day_of(consulted_on), proof, sent.date())
        paper = house().set_requirement(from_shell(), institution_code(institution), agreement, (condition, on.date(), document), heard)
    typer.echo(sentence(said("agreements.requirement_set", pot=condition, document=document, number=paper.number)))


def statistics(
    agreement: Name,
    source: TableFile,
    *,
    of: Annotated[datetime, typer.Option("--as-of", formats=ISO, metavar="DAY", help="The day that the statistics are of.")],
    made_by: Annotated[str, typer.Option("--source", metavar="TEXT", help="Who made them, from what.")],
    institution: InstitutionCode = None,
) -> None:
    """Keep statistics: a row a county; population, net days, new grants, shares. Later ones count where both tell the same."""
    from refusion.wiring.start import started

    cells, numbers = _whole(source)
    with started():
        from refusion.wiring.house import house
        from refusion.workflow.grants.papers import Table

        table = Table(cells, source.name, FIRST_ROW, of.date(), made_by)
        house().add_statistics(from_shell(), institution_code(institution), agreement, table)
    typer.echo(sentence(said("agreements.statistics_kept", rows=len(numbers), day=of.date())))


def orders(agreement: Name, source: TableFile, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Read orders of investigations with deliveries: order, county, unit, ordered, due, delivered; the same file again changes nothing."""
    from refusion.wiring.start import started

    cells, numbers = _whole(source)
    with started():
        from refusion.wiring.house import house

        read = _orders(cells, numbers, source)
        new, delivered = house().absorb_orders(from_shell(), institution_code(institution), agreement, read, source.name)
    if json is not None:
        write_json({"new": new, "delivered": delivered}, json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("agreements.orders_kept", new=new, delivered=delivered)))


def close(
    agreement: Name,
    pot: Pot,
    *,
    on: OnDay,
    document: Document,
    used: Annotated[str | None, typer.Option(metavar="KRONOR", help="What was used of a pot that is spent; not for orders.")] = None,
    institution: InstitutionCode = None,
) -> None:
    """Close a pot whose unused money goes to another: no more orders, or the consumption is known."""
    from refusion.wiring.start import started

    spent = _kronor(used)
    with started():
        from refusion.wiring.house import house

        house().close_pot(from_shell(), institution_code(institution), agreement, (pot, on.date(), document), spent)
    typer.echo(sentence(said("agreements.closed", pot=pot, day=on.date())))


def reopen_pot(agreement: Name, pot: Pot, *, on: OnDay, document: Document, institution: InstitutionCode = None) -> None:
    """Open a closed pot again, for an order or a delivery that was forgotten; a later run pays the difference."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().reopen_pot(from_shell(), institution_code(institution), agreement, (pot, on.date(), document))
    typer.echo(sentence(said("agreements.opened_again", pot=pot)))


def account(
    agreement: Name,
    payee: Annotated[str, typer.Argument(metavar="PAYEE", help="A county by SCB's digits, or a payee by name.")],
    bankgiro: Annotated[str, typer.Argument(help="The bankgiro number.")],
    *,
    document: Document,
    institution: InstitutionCode = None,
) -> None:
    """Note the bankgiro number that a payee is paid to."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().note_account(from_shell(), institution_code(institution), agreement, (payee, bankgiro, document))
    typer.echo(sentence(said("agreements.account_noted", payee=payee)))


def reporter(
    agreement: Name,
    person: Annotated[str, typer.Argument(metavar="USER", help="The user name.")],
    county: Annotated[str, typer.Argument(metavar="COUNTY", help="SCB's two digits; none ends it.")],
    *,
    document: Document,
    institution: InstitutionCode = None,
) -> None:
    """Name the user who reports for a county."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        house().name_reporter(from_shell(), institution_code(institution), agreement, (person, county, document))
    typer.echo(sentence(said("agreements.reporter_named", person=person, who=county)))


def reconcile(
    agreement: Name,
    reached: Annotated[str, typer.Argument(metavar="REACHED", help="yes, partly or no: was the purpose reached?")],
    *,
    on: OnDay,
    document: Document,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why.")],
    parties: Annotated[str, typer.Option(metavar="TEXT", help="Who found it.")],
    institution: InstitutionCode = None,
) -> None:
    """Record whether the parties found the purpose of the grant reached (avstämning)."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        given = {"reached": reached, "why": because, "parties": parties, "document": document}
        house().reconcile_purpose(from_shell(), institution_code(institution), agreement, given, on.date())
    typer.echo(sentence(said("agreements.reconciled", day=on.date())))


def _whole(source: Path) -> tuple[list[dict[str, object]], list[int]]:
    from refusion.doors.cli.rules.reading import whole

    return whole(source)


def _orders(cells: list[dict[str, object]], numbers: list[int], source: Path) -> list[tuple[int, Order]]:
    """Read orders from cells; raises BadInput for a column that lacks and for every day that cannot be read."""
    lacking = [name for name in ORDER_COLUMNS[:-1] if cells and name not in cells[0]]
    problems = [Problem(said("grants.field_lacking", field=name), said("agreements.order_remedy"), file=str(source)) for name in lacking]
    if problems:
        raise BadInput(*problems)
    read = []
    for row, number in zip(cells, numbers, strict=True):
        try:
            read.append((number, _order(row)))
        except ValueError as error:
            what = said("agreements.order_unreadable", reason=str(error))
            problems.append(Problem(what, said("agreements.order_remedy"), file=str(source), row=number))
    if problems:
        raise BadInput(*problems)
    return read


def _order(row: Mapping[str, object]) -> Order:
    from refusion.grants.course.records import Order
    from refusion.grants.facts import code_of

    text = {name: str(row.get(name) or "").strip() for name in ORDER_COLUMNS}
    delivered = date.fromisoformat(text["delivered"]) if text["delivered"] else None
    days = (date.fromisoformat(text["ordered"]), date.fromisoformat(text["due"]))
    return Order(text["order"], code_of(text["county"]), text["unit"], *days, delivered)


def _kronor(written: str | None) -> int | None:
    """Give öre; raises BadInput for what is no amount."""
    if written is None:
        return None
    try:
        return ore(written)
    except ValueError:
        raise BadInput(Problem(said("agreements.no_amount"), said("agreements.no_amount_remedy"), value=written)) from None
