"""Reads every record of an agreement, in the order in which they were made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from refusion.grants.agreement import Agreement
from refusion.grants.course.records import Decided, Line, Order, Paper, PaperKind, PayoutRun, Received, Step
from refusion.grants.course.standing import Standing
from refusion.grants.evidence import Event, State
from refusion.store.columns import from_json
from refusion.store.tenant import Row, Tenant

_OWN = "WHERE institution_id = %(institution)s AND agreement_id = %(agreement)s"
_PAPERS = (
    f"SELECT kind, key, number, day, document, content::text, noted_by FROM agreement_paper {_OWN} ORDER BY kind, key, number"  # noqa: S608 (our own names)
)
_REPORTS = (
    "SELECT id, pot, who, number, diary, received_at, received_on, sent_by, evidence::text, exception, late, interim, noted_by "  # noqa: S608 (our own names)
    f"FROM condition_report {_OWN} ORDER BY pot, who, number"
)
_STEPS = f"SELECT pot, who, sequence, state, event, at, by, because, due FROM condition_step {_OWN} ORDER BY pot, who, sequence"  # noqa: S608 (our own names)
_DECISIONS = (
    "SELECT id, pot, who, number, fulfilled, reason, evidence::text, consulted, content_hash, proposed_by, proposed_at, "  # noqa: S608 (our own names)
    f"approved_by, approved_at, withdrawn_by, withdrawn_at FROM condition_decision {_OWN} ORDER BY pot, who, number"
)
_ORDERS = f"SELECT reference, county, unit, ordered_on, due_on, delivered_on FROM investigation_order {_OWN} ORDER BY reference"  # noqa: S608 (our own names)
_RUNS = (
    "SELECT id, number, pots::text, pays_on, corrects, content::text, content_hash, proposed_by, proposed_at, approved_by, "  # noqa: S608 (our own names)
    f"approved_at, withdrawn_by, withdrawn_at, paid_by, paid_at FROM payout_run {_OWN} ORDER BY number"
)
_LINES = """
    SELECT r.number, l.payee, l.pot, l.amount, l.paid_before, l.difference, l.budget FROM payout_line l
    JOIN payout_run r ON r.institution_id = l.institution_id AND r.id = l.run_id
    WHERE l.institution_id = %(institution)s AND r.agreement_id = %(agreement)s ORDER BY r.number, l.pot, l.payee
"""


def standing(tenant: Tenant, agreement_id: UUID, agreement: Agreement) -> Standing:
    """Read an agreement with all its records."""
    asked = {"agreement": agreement_id}
    return Standing(
        agreement_id,
        agreement,
        papers=tuple(map(_paper, tenant.rows(_PAPERS, **asked))),
        steps=tuple(map(_step, tenant.rows(_STEPS, **asked))),
        reports=tuple(map(_report, tenant.rows(_REPORTS, **asked))),
        decisions=tuple(map(_decision, tenant.rows(_DECISIONS, **asked))),
        orders=orders(tenant, agreement_id),
        runs=tuple(map(_run, tenant.rows(_RUNS, **asked))),
        lines=tuple(Line(*row) for row in tenant.rows(_LINES, **asked)),
    )


def orders(tenant: Tenant, agreement_id: UUID) -> tuple[Order, ...]:
    """Read the orders of an agreement by their references."""
    return tuple(Order(*row) for row in tenant.rows(_ORDERS, agreement=agreement_id))


def _paper(row: Row) -> Paper:
    kind, key, number, day, document, content, by = row
    return Paper(PaperKind(kind), key, number, day, document, from_json(content), by)


def _step(row: Row) -> Step:
    pot, who, sequence, state, event, at, by, because, due = row
    return Step(pot, who, sequence, State(state), Event(event), at, by, because, due)


def _report(row: Row) -> Received:
    values: list[Any] = list(row)
    values[8] = from_json(values[8])
    return Received(*values)


def _decision(row: Row) -> Decided:
    values: list[Any] = list(row)
    values[6] = tuple(from_json(values[6]))
    return Decided(*values)


def _run(row: Row) -> PayoutRun:
    values: list[Any] = list(row)
    values[2], values[5] = tuple(from_json(values[2])), from_json(values[5])
    return PayoutRun(*values)
