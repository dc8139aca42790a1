"""Absorb orders of investigations with their deliveries: once each, from files that may come again and again."""

from __future__ import annotations

from collections.abc import Sequence

from refusion.grants.course.gathering import refuse_order
from refusion.grants.course.records import Order
from refusion.law.engine.refusals import NotAnswered
from refusion.values.said import BadInput, Problem, Said, said
from refusion.workflow.grants.course import Course, on_course
from refusion.workflow.ports.institution import Actor
from refusion.workflow.ports.work import Ports


def absorb_orders(
    ports: Ports, actor: Actor, institution: str, name: str, orders: Sequence[tuple[int, Order]], *, file: str
) -> tuple[int, int]:
    """Absorb orders by the number of their row; give how many are new and how many were delivered since.

    Raises BadInput for every order that cannot be, that stands otherwise already, comes twice in the file, or comes after its pot was
    closed; then nothing of the file is kept.
    """

    def act(course: Course) -> tuple[int, int]:
        known = {order.reference: order for order in course.standing.orders}
        seen: set[str] = set()
        problems = []
        for row, order in orders:
            fault = _fault(course, order, known.get(order.reference), seen)
            if fault is not None:
                problems.append(Problem(fault, said("agreements.order_remedy"), file=file, row=row, value=order.reference))
            seen.add(order.reference)
        if problems:
            raise BadInput(*problems)
        new, delivered = course.tx.agreements.absorb_orders(course.standing.id, [order for _, order in orders])
        course.tx.audit.note("absorb_orders", str(course.standing.id), {"file": file, "new": new, "delivered": delivered})
        return new, delivered

    return on_course(ports, actor, institution, name, act)


def _fault(course: Course, order: Order, known: Order | None, seen: set[str]) -> Said | None:
    """Say what is wrong with an order, or nothing."""
    try:
        refuse_order(course.standing.agreement, order)
    except NotAnswered as refused:
        return refused.because
    if order.reference in seen:
        return said("agreements.order_twice")
    if order.ordered_on > course.tx.at.day or (order.delivered_on or order.ordered_on) > course.tx.at.day:
        return said("agreements.day_to_come", day=order.delivered_on or order.ordered_on)
    if known is None:
        return _closed(course, order)
    return _otherwise(course, order, known)


def _otherwise(course: Course, order: Order, known: Order) -> Said | None:
    told = (order.county, order.unit, order.ordered_on, order.due_on)
    if told != (known.county, known.unit, known.ordered_on, known.due_on):
        return said("agreements.order_otherwise")
    if known.delivered_on is not None and order.delivered_on not in {None, known.delivered_on}:
        return said("agreements.delivered_otherwise", day=known.delivered_on)
    return _closed(course, order) if order.delivered_on != known.delivered_on and order.delivered_on is not None else None


def _closed(course: Course, order: Order) -> Said | None:
    pots = [pot.name for pot in course.standing.agreement.pots if order.unit in str(pot.parameters.get("prices", ""))]
    closed = [paper for pot in pots if (paper := course.standing.closing(pot)) is not None]
    return said("agreements.orders_closed", day=closed[0].day) if closed else None
