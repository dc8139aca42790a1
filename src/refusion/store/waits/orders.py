"""Keeps orders at the service centre, and finds the reports that have none yet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from uuid import UUID

from refusion.claims.filing import OPEN as OPEN_FILING
from refusion.claims.filing import Filing
from refusion.claims.filing import State as FilingState
from refusion.store.filings import StoredOutbox
from refusion.store.tenant import Row, Tenant, insert, update
from refusion.watch.orders import OPEN, Form, Order, State

_COLUMNS = ", ".join({"filing": "filing_id", "case": "case_id"}.get(fact.name, fact.name) for fact in fields(Order))
_SELECT = f"SELECT {_COLUMNS} FROM service_order WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_INSERT = insert("service_order", _COLUMNS) + " ON CONFLICT (institution_id, id) DO NOTHING"
_MOVES = "state, order_by, at_stake, sent_on, reference, received_on, receipt, ended_on, answer"
_KEEP = update("service_order", _MOVES)
_UNORDERED = """
    SELECT f.id FROM filing f
    WHERE f.institution_id = %(institution)s AND f.state = %(intended)s AND f.due_on <= %(day)s
    AND NOT EXISTS (
        SELECT 1 FROM filing o WHERE o.institution_id = f.institution_id AND o.case_id = f.case_id AND o.id <> f.id
        AND o.state = ANY (%(open_filing)s) AND (o.position < f.position OR o.state <> %(intended)s))
    AND NOT EXISTS (
        SELECT 1 FROM service_order s WHERE s.institution_id = f.institution_id AND s.filing_id = f.id AND s.state = ANY (%(open)s))
    ORDER BY f.position
"""
_MADE = "SELECT count(*) FROM service_order WHERE institution_id = %(institution)s AND filing_id = %(filing)s"
_OPEN = [state.value for state in OPEN]


@dataclass(frozen=True, slots=True)
class StoredOrders:
    """An institution's orders at the service centre."""

    tenant: Tenant

    def unordered(self) -> tuple[Filing, ...]:
        """Give the reports that may go and have no open order, oldest first; of each case only its oldest open one."""
        intended, open_filing = FilingState.INTENDED.value, [state.value for state in OPEN_FILING]
        day = self.tenant.at.day
        found = self.tenant.column(_UNORDERED, intended=intended, open_filing=open_filing, open=_OPEN, day=day)
        outbox = StoredOutbox(self.tenant)
        return tuple(outbox.find(id) for id in found)

    def keep(self, order: Order) -> None:
        """Keep an order as it stands."""
        facts = {name: getattr(order, name) for name in Order.__dataclass_fields__}
        facts |= {"filing_id": order.filing, "case_id": order.case, "form": order.form.value, "state": order.state.value}
        if not self.tenant.run(_INSERT, **facts):
            self.tenant.run(_KEEP, **facts)

    def find(self, id: UUID) -> Order:
        """Give an order and lock it; raises Refused when there is none."""
        return order_of(self.tenant.found(_SELECT + " AND id = %(id)s FOR UPDATE", id=id))

    def open_orders(self) -> tuple[Order, ...]:
        """Give the orders that are not with the authority yet, by their day."""
        rows = self.tenant.rows(_SELECT + " AND state = ANY (%(open)s) ORDER BY order_by, id", open=_OPEN)
        return tuple(map(order_of, rows))

    def made_for(self, filing: UUID) -> int:
        """Count the orders that were made for a report."""
        return int(self.tenant.found(_MADE, filing=filing)[0])


def order_of(row: Row) -> Order:
    """Make an order of a row in the order of its facts."""
    id, filing, case, number, form, state, *rest = row
    return Order(id, filing, case, number, Form(form), State(state), *rest)
