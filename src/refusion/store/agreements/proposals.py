"""Keeps what one person proposes and another approves: decisions on conditions, payout runs with their lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from refusion.grants.course.records import Decided, Line, PayoutRun
from refusion.store.columns import as_json
from refusion.store.tenant import Tenant, insert

_DECISION = insert(
    "condition_decision",
    "id, agreement_id, pot, who, number, fulfilled, reason, evidence, consulted, content_hash, proposed_by, proposed_at",
)
_RUN = insert(
    "payout_run", "id, agreement_id, number, pots, pays_on, corrects, content, content_hash, proposed_by, proposed_at"
)
_LINE = insert("payout_line", "run_id, pot, payee, amount, paid_before, difference, budget")
_APPROVE = """
    UPDATE {table} SET approved_by = %(by)s, approved_at = %(at)s, approved_hash = %(hash)s
    WHERE institution_id = %(institution)s AND id = %(id)s
"""
_WITHDRAW = "UPDATE {table} SET withdrawn_by = %(by)s, withdrawn_at = %(at)s WHERE institution_id = %(institution)s AND id = %(id)s"
_PAY = "UPDATE payout_run SET paid_by = %(by)s, paid_at = %(at)s WHERE institution_id = %(institution)s AND id = %(id)s"


def propose_decisions(tenant: Tenant, agreement: UUID, decisions: Sequence[Decided]) -> None:
    """Keep proposed decisions."""
    tenant.run_many(
        _DECISION,
        (
            {
                "id": one.id, "agreement_id": agreement, "pot": one.pot, "who": one.who, "number": one.number, "fulfilled": one.fulfilled,
                "reason": one.reason, "evidence": as_json(one.evidence), "consulted": one.consulted, "content_hash": one.content_hash,
                "proposed_by": one.proposed_by, "proposed_at": one.proposed_at,
            }
            for one in decisions
        ),
    )  # fmt: skip


def propose_run(tenant: Tenant, agreement: UUID, run: PayoutRun, lines: Sequence[Line]) -> None:
    """Keep a proposed run with its lines."""
    tenant.run(
        _RUN, id=run.id, agreement_id=agreement, number=run.number, pots=as_json(run.pots), pays_on=run.pays_on, corrects=run.corrects,
        content=as_json(run.content), content_hash=run.content_hash, proposed_by=run.proposed_by, proposed_at=run.proposed_at,
    )  # fmt: skip
    tenant.run_many(
        _LINE,
        (
            {
                "run_id": run.id, "pot": line.pot, "payee": line.payee, "amount": line.amount, "paid_before": line.paid_before,
                "difference": line.difference, "budget": line.budget,
            }
            for line in lines
        ),
    )  # fmt: skip


def approve(tenant: Tenant, table: str, proposed: Sequence[Decided | PayoutRun], by: str, at: datetime) -> None:
    """Note approvals, bound to what was proposed; the database refuses the proposer's own."""
    rows = ({"id": one.id, "by": by, "at": at, "hash": one.content_hash} for one in proposed)
    tenant.run_many(_APPROVE.format(table=table), rows)


def withdraw(tenant: Tenant, table: str, proposed: Sequence[Decided | PayoutRun], by: str, at: datetime) -> None:
    """Note that proposals no longer stand."""
    tenant.run_many(_WITHDRAW.format(table=table), ({"id": one.id, "by": by, "at": at} for one in proposed))


def pay(tenant: Tenant, run: PayoutRun, by: str, at: datetime) -> None:
    """Note that a run was paid."""
    tenant.run(_PAY, id=run.id, by=by, at=at)
