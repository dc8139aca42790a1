"""Reads what stands open for people: orders at the service centre, stops of benefit, and late tasks on their rung."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from refusion.store.columns import said_from
from refusion.store.reads.rows import rows
from refusion.values.said import Said
from refusion.watch.orders import OPEN

_ORDERS = """
    SELECT o.id, c.person_id, c.number, p.name, o.form, o.state, o.order_by, o.legal_day, o.at_stake, o.made_on, o.sent_on, o.reference,
           o.received_on, o.receipt, o.answer
    FROM service_order o
    JOIN refund_case c ON c.institution_id = o.institution_id AND c.id = o.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    WHERE %(all)s OR o.state = ANY (%(open)s) ORDER BY o.order_by, c.number, o.id
"""
_STOPS = """
    SELECT s.id, c.person_id, c.number, p.name, s.cause, s.stopped_from, s.letter_on, s.document, s.noted_on, s.noted_by, s.at_risk,
           s.lifted_on, s.resumed_from
    FROM benefit_stop s
    JOIN refund_case c ON c.institution_id = s.institution_id AND c.id = s.case_id
    JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    WHERE %(all)s OR s.lifted_on IS NULL ORDER BY s.stopped_from, c.number
"""
_LATE = """
    SELECT c.person_id, t.id, c.number, p.name, t.said_key, t.said_facts::text, t.safe_day, t.legal_day, r.turn, r.person, r.days_late,
           r.at_stake, r.because
    FROM task_rung r
    JOIN task t ON t.institution_id = r.institution_id AND t.id = r.task_id AND t.done_on IS NULL
    LEFT JOIN refund_case c ON c.institution_id = t.institution_id AND c.id = t.case_id
    LEFT JOIN person p ON p.institution_id = c.institution_id AND p.id = c.person_id
    WHERE r.day = (SELECT max(day) FROM task_rung WHERE day <= %(day)s) AND t.climbed_to IS NOT NULL
    ORDER BY r.at_stake DESC, t.safe_day, t.id
"""
_OPEN = [state.value for state in OPEN]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with its case and person; øre at stake."""

    id: UUID
    person: UUID
    case_number: int
    name: str
    form: str
    state: str
    order_by: date
    legal_day: date
    at_stake: int
    made_on: date
    sent_on: date | None
    reference: str
    received_on: date | None
    receipt: str
    answer: str


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop with its case and person; øre at risk."""

    id: UUID
    person: UUID
    case_number: int
    name: str
    cause: str
    stopped_from: date
    letter_on: date | None
    document: str
    noted_on: date
    noted_by: str
    at_risk: int
    lifted_on: date | None
    resumed_from: date | None


@dataclass(frozen=True, slots=True)
class LateRow:
    """A task on its rung of the last worked day: with whom, how late, and its øre."""

    person: UUID | None
    task: UUID
    case_number: int | None
    name: str | None
    said: Said
    safe_day: date | None
    legal_day: date | None
    turn: str
    colleague: str
    days_late: int
    at_stake: int
    because: str


def orders(every: bool) -> tuple[OrderRow, ...]:
    """Give the orders that are not with the authority yet, by their day; every one ever made where asked."""
    return rows(OrderRow, _ORDERS, {"all": every, "open": _OPEN})


def stops(every: bool) -> tuple[StopRow, ...]:
    """Give the stops that stand, oldest first; lifted ones too where asked."""
    return rows(StopRow, _STOPS, {"all": every})


def late(day: date) -> tuple[LateRow, ...]:
    """Give the tasks that stand with somebody else than at first, most kroner first, as the last worked day left them."""
    return rows(_late, _LATE, {"day": day})


def _late(person: UUID | None, task: UUID, number: int | None, name: str | None, key: str, *rest: Any) -> LateRow:
    facts, *others = rest
    return LateRow(person, task, number, name, said_from(key, facts), *others)
