"""``refusion orders``: the orders at the service centre, and what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from refusion.doors.cli.errors import sentence
from refusion.doors.cli.output import STANDARD_OUTPUT, JsonFile, write_json
from refusion.doors.cli.run import InstitutionCode, from_shell, institution_code
from refusion.values.said import Fact, Refused, Said, said

if TYPE_CHECKING:
    from refusion.store.reads.waits.standing import OrderRow
    from refusion.watch.orders import Order
    from refusion.wiring.house import House
    from refusion.workflow.ports.institution import Actor

SHORTEST = 4
Ordered = Annotated[str, typer.Argument(metavar="ORDER", help="The order's id, or its first letters.")]
Word = Annotated[str, typer.Argument(help="The service centre's word for it.")]
All = Annotated[bool, typer.Option("--all", help="Closed ones too.")]
Signed = Annotated[
    datetime,
    typer.Option(formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"], metavar="TIME", help="When it was signed.", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    group = typer.Typer(help="Follow orders at the service centre, where the institution orders there.", no_args_is_help=True)
    group.command("list")(list_orders)
    group.command("sent")(sent)
    group.command("received")(received)
    group.command("returned")(returned)
    group.command("filed")(filed)
    app.add_typer(group, name="orders")


def list_orders(every: All = False, institution: InstitutionCode = None, json: JsonFile = None) -> None:
    """Show the orders that are not with the authority yet: form, day, kroner, and what they wait for."""
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        with house().reading(from_shell(), institution_code(institution), "orders") as reads:
            found = reads.orders(every=every)
    if json is not None:
        write_json([_as_json(row) for row in found], json)
    if json != STANDARD_OUTPUT:
        typer.echo(sentence(said("watch.orders_sum", count=len(found), amount_ore=sum(row.at_stake for row in found))))
        for row in found:
            typer.echo(sentence(_row(row)))


def sent(order: Ordered, reference: Word, institution: InstitutionCode = None) -> None:
    """Note that an order was sent today under the service centre's reference."""
    _step(order, institution, lambda house, actor, code, id: house.order_sent(actor, code, id, reference))


def received(order: Ordered, receipt: Word, institution: InstitutionCode = None) -> None:
    """Note the service centre's receipt of an order."""
    _step(order, institution, lambda house, actor, code, id: house.order_received(actor, code, id, receipt))


def returned(order: Ordered, because: Word, institution: InstitutionCode = None) -> None:
    """Note that the service centre sent an order back and why; a new one is made at once."""
    _step(order, institution, lambda house, actor, code, id: house.order_returned(actor, code, id, because))


def filed(
    order: Ordered,
    receipt: Annotated[str, typer.Option(help="The authority's receipt.")],
    authority_id: Annotated[str, typer.Option(help="The authority's id of the report.")],
    signed: Signed,
    institution: InstitutionCode = None,
) -> None:
    """Note that the service centre filed it: receipt, id and signing time; the case goes on from there."""
    def file(house: House, actor: Actor, code: str, id: UUID) -> Order:
        at = signed.replace(tzinfo=house.now().zone)
        return house.order_filed(actor, code, id, receipt=receipt, authority_id=authority_id, signed_at=at)

    _step(order, institution, file)


def _step(order: str, institution: str | None, verb: Callable[[House, Actor, str, UUID], Order]) -> None:
    from refusion.wiring.start import started

    with started():
        from refusion.wiring.house import house

        working, actor, code = house(), from_shell(), institution_code(institution)
        with working.reading(actor, code, "orders") as reads:
            found = [row.id for row in reads.orders(every=True) if str(row.id).startswith(order.lower())]
        if len(order) < SHORTEST or len(found) != 1:
            raise Refused(said("watch.order_which", order=order, count=len(found)))
        after = verb(working, actor, code, found[0])
        typer.echo(sentence(said("watch.order_now", order=str(after.id)[:8], state=sentence(Said(f"watch.order_{after.state.value}")))))


def _row(row: OrderRow) -> Said:
    from refusion.watch.orders import NAMES, Form

    form = NAMES[Form(row.form)] or sentence(said("watch.order_by_centre"))
    state = sentence(Said(f"watch.order_{row.state}"))
    facts: dict[str, Fact] = {"order": str(row.id)[:8], "case": row.case_number, "person": row.name, "form": form, "state": state}
    return said("watch.order_row", order_by=row.order_by, legal_day=row.legal_day, amount_ore=row.at_stake, **facts)


def _as_json(row: OrderRow) -> dict[str, object]:
    from refusion.watch.orders import NAMES, Form

    names = ("order_by", "legal_day", "made_on", "sent_on", "received_on")
    days = {name: getattr(row, name) for name in names}
    return {
        "order": str(row.id),
        "case": row.case_number,
        "person": row.name,
        "form": row.form,
        "form_name": NAMES[Form(row.form)],
        "state": row.state,
        "at_stake_ore": row.at_stake,
        **{name: day and day.isoformat() for name, day in days.items()},
        "reference": row.reference,
        "receipt": row.receipt,
        "answer": row.answer,
    }
