"""NAV's lines and reports to the house's; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from refusion.adapters.nav.messages import SettlementLine
from refusion.adapters.nav.order import Order
from refusion.settlements.nav_report import ReportHead, ReportLine, SettlementReport

REPORT_KINDS = frozenset({"ref-arbg", "K27"})


class NotUnderstood(Exception):
    """NAV's answer has another shape than the one published."""


def to_lines(lines: Sequence[SettlementLine]) -> tuple[ReportLine, ...]:
    """Number the lines by their place in the file."""
    return tuple(_line(place, line) for place, line in enumerate(lines, 1))


def to_report(head: ReportHead, lines: Sequence[SettlementLine], raw: bytes) -> SettlementReport:
    """Make a report of the twelve fields, which state no total."""
    return SettlementReport(head, to_lines(lines), None, sha256(raw).hexdigest())


def ordered(order: Order, raw: bytes) -> SettlementReport:
    """Make a report of an order, which states its total."""
    head = ReportHead(None, order.organisation, order.pays_on, order.account)
    return SettlementReport(head, to_lines(order.lines), order.total, sha256(raw).hexdigest())


def to_heads(told: object) -> tuple[ReportHead, ...]:
    """Read NAV's list of reports, lowest id first, other kinds left out. Raises NotUnderstood."""
    if not isinstance(told, list):
        raise NotUnderstood
    try:
        heads = [_head(one) for one in told if one["type"] in REPORT_KINDS]
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotUnderstood from wrong
    return tuple(sorted(heads, key=lambda head: head.id or 0))


def _head(told: Mapping[str, Any]) -> ReportHead:
    number = told["id"]
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise NotUnderstood
    return ReportHead(
        id=number,
        organisation=str(told["orgnr"]),
        pays_on=date.fromisoformat(told["datoValutert"]),
        account=str(told.get("bankkonto") or ""),
        created_at=str(told["opprettet"]),
        name=str(told.get("orgNavn") or ""),
    )


def _line(place: int, line: SettlementLine) -> ReportLine:
    return ReportLine(
        place=place,
        unit=line.unit,
        organisation=line.organisation,
        workplace=line.workplace,
        code=line.code,
        person=line.person,
        first=line.first_day,
        last=line.last_day,
        amount=line.amount,
        max_date=line.max_date,
        account=line.account,
        name=line.name,
    )
