"""Keeps an institution's grant agreements with their papers, reports, steps and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from refusion.grants.course.records import Decided, Line, Order, Paper, PayoutRun, Received, Step
from refusion.grants.course.standing import Standing
from refusion.grants.reading import parsed
from refusion.store.agreements import proposals, records
from refusion.store.columns import as_json
from refusion.store.tenant import Tenant, insert
from refusion.values.ids import derived_id
from refusion.values.said import Refused, said
from refusion.workflow.ports.grants.agreements import NewPaper, Opened

_OPENED = "id, name, content, content_hash, opened_by, opened_at"
_OPEN = insert("grant_agreement", _OPENED) + " ON CONFLICT DO NOTHING"
_SELECT = f"SELECT {_OPENED} FROM grant_agreement WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, %(institution)s))"
_LAST = """
    SELECT coalesce(max(number), 0) FROM agreement_paper
    WHERE institution_id = %(institution)s AND agreement_id = %(agreement_id)s AND kind = %(kind)s AND key = %(key)s
"""
_PAPER = insert("agreement_paper", "id, agreement_id, kind, key, number, day, document, content, noted_by, noted_at")
_REPORT = insert(
    "condition_report",
    "id, agreement_id, pot, who, number, diary, received_at, received_on, sent_by, evidence, exception, late, interim, noted_by, noted_at",
)
_STEP = insert("condition_step", "agreement_id, pot, who, sequence, state, event, at, by, because, due")
_ORDER = """
    INSERT INTO investigation_order (institution_id, id, agreement_id, reference, county, unit, ordered_on, due_on, delivered_on)
    VALUES (%(institution)s, %(id)s, %(agreement_id)s, %(reference)s, %(county)s, %(unit)s, %(ordered_on)s, %(due_on)s, %(delivered_on)s)
"""
_DELIVER = "UPDATE investigation_order SET delivered_on = %(delivered_on)s WHERE institution_id = %(institution)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class StoredAgreements:
    """The agreements of an institution in a transaction."""

    tenant: Tenant

    def open(self, opened: Opened) -> bool:
        """Keep an agreement; False when one of that name stands already."""
        names = _OPENED.split(", ")
        return self.tenant.run(_OPEN, **{name: getattr(opened, name) for name in names}) == 1

    def every(self) -> tuple[Opened, ...]:
        """Give the agreements that were opened, by name."""
        return tuple(Opened(*row) for row in self.tenant.rows(_SELECT + " ORDER BY name"))

    def standing(self, name: str, *, hold: bool = False) -> Standing:
        """Give an agreement with its records; raises Refused when there is none.

        With ``hold`` two verbs on one agreement follow one another: each sees what the other added.
        """
        if hold:
            self.tenant.run(_HOLD, key=name)
        row = self.tenant.one(_SELECT + " AND name = %(name)s", name=name)
        if row is None:
            raise Refused(said("agreements.not_found", name=name))
        opened = Opened(*row)
        return records.standing(self.tenant, opened.id, parsed(opened.content, opened.name))

    def keep_paper(self, agreement: UUID, paper: NewPaper) -> Paper:
        """Keep a paper under the next number of its key."""
        known = {"agreement_id": agreement, "kind": paper.kind.value, "key": paper.key}
        number = int(self.tenant.found(_LAST, **known)[0]) + 1
        by, at = self.tenant.actor.name, self.tenant.at.now
        self.tenant.run(
            _PAPER, id=self._id("agreement_paper", agreement, *known.values(), number), number=number, day=paper.day,
            document=paper.document, content=as_json(paper.content), noted_by=by, noted_at=at, **known,
        )  # fmt: skip
        return Paper(paper.kind, paper.key, number, paper.day, paper.document, paper.content, by)

    def keep_report(self, agreement: UUID, report: Received) -> None:
        """Keep a report."""
        self.tenant.run(
            _REPORT, id=report.id, agreement_id=agreement, pot=report.pot, who=report.who, number=report.number, diary=report.diary,
            received_at=report.received_at, received_on=report.received_on, sent_by=report.sent_by, evidence=as_json(report.evidence),
            exception=report.exception, late=report.late, interim=report.interim, noted_by=report.noted_by, noted_at=self.tenant.at.now,
        )  # fmt: skip

    def keep_steps(self, agreement: UUID, steps: Sequence[Step]) -> None:
        """Keep steps of matters."""
        rows = (
            {
                "agreement_id": agreement, "pot": step.pot, "who": step.who, "sequence": step.sequence, "state": step.state.value,
                "event": step.event.value, "at": step.at, "by": step.by, "because": step.because, "due": step.due,
            }
            for step in steps
        )  # fmt: skip
        if steps:
            self.tenant.run_many(_STEP, rows)

    def absorb_orders(self, agreement: UUID, orders: Sequence[Order]) -> tuple[int, int]:
        """Keep new orders and note deliveries; give the number of each."""
        known = {order.reference: order for order in records.orders(self.tenant, agreement)}
        new = [order for order in orders if order.reference not in known]
        delivered = [
            order for order in orders
            if order.reference in known and order.delivered_on is not None and known[order.reference].delivered_on is None
        ]  # fmt: skip
        for statement, some in ((_ORDER, new), (_DELIVER, delivered)):
            if some:
                self.tenant.run_many(statement, (self._order(agreement, order) for order in some))
        return len(new), len(delivered)

    def propose_decisions(self, agreement: UUID, decisions: Sequence[Decided]) -> None:
        """Keep proposed decisions."""
        proposals.propose_decisions(self.tenant, agreement, decisions)

    def approve_decisions(self, decisions: Sequence[Decided], by: str, at: datetime) -> None:
        """Note approvals, bound to what was proposed; the database refuses the proposer's own."""
        proposals.approve(self.tenant, "condition_decision", decisions, by, at)

    def withdraw_decisions(self, decisions: Sequence[Decided], by: str, at: datetime) -> None:
        """Note that proposals no longer stand."""
        proposals.withdraw(self.tenant, "condition_decision", decisions, by, at)

    def propose_run(self, agreement: UUID, run: PayoutRun, lines: Sequence[Line]) -> None:
        """Keep a proposed run with its lines."""
        proposals.propose_run(self.tenant, agreement, run, lines)

    def approve_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note the approval, bound to what was proposed; the database refuses the proposer's own."""
        proposals.approve(self.tenant, "payout_run", [run], by, at)

    def withdraw_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note that a run no longer stands."""
        proposals.withdraw(self.tenant, "payout_run", [run], by, at)

    def pay_run(self, run: PayoutRun, by: str, at: datetime) -> None:
        """Note that a run was paid; the database refuses one that was not approved."""
        proposals.pay(self.tenant, run, by, at)

    def _order(self, agreement: UUID, order: Order) -> dict[str, object]:
        return {
            "id": self._id("investigation_order", agreement, order.reference), "agreement_id": agreement, "reference": order.reference,
            "county": order.county, "unit": order.unit, "ordered_on": order.ordered_on, "due_on": order.due_on,
            "delivered_on": order.delivered_on,
        }  # fmt: skip

    def _id(self, noun: str, *key: object) -> UUID:
        return derived_id(self.tenant.institution.namespace, noun, *key)
