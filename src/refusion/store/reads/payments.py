"""Reads the bank lines: what was received, what it was matched with, and what nobody understands yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from refusion.store.reads.rows import bounded, one, rows


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A bank line with how much of it is matched, in øre; ``tray`` says why it belongs to no institution."""

    id: UUID
    account: str
    currency: str
    amount: int
    booked_on: date
    reference: str
    payer: str
    text: str
    tray: str | None
    matched: int
    claims: int
    first_case: int | None

    @property
    def open(self) -> int:
        """Give what is not matched yet, in øre."""
        return self.amount - self.matched


@dataclass(frozen=True, slots=True)
class PaymentTotals:
    """How many lines and øre came in, are matched, and lie in the tray."""

    lines: int
    received: int
    matched: int
    unmatched_lines: int
    tray_lines: int


@dataclass(frozen=True, slots=True)
class Payments:
    """The lines that need a person first, then the newest matched ones, then the tray."""

    totals: PaymentTotals
    unmatched: tuple[PaymentRow, ...]
    matched: tuple[PaymentRow, ...]
    tray: tuple[PaymentRow, ...]


_LINES = """
    SELECT l.id, l.account, l.currency, l.amount, l.booked_on, l.reference, l.payer, l.text, l.tray,
           coalesce(m.amount, 0)::bigint, coalesce(m.claims, 0), m.first_case
    FROM bank_line l
    {matched_join} JOIN LATERAL (
        SELECT sum(b.amount) AS amount, count(*) AS claims, min(c.number) AS first_case
        FROM (
            SELECT made.institution_id, made.claim_id, sum(made.amount) AS amount FROM bank_match made
            WHERE made.line_id = l.id GROUP BY 1, 2 HAVING sum(made.amount) <> 0
        ) b
        JOIN claim cl ON cl.institution_id = b.institution_id AND cl.id = b.claim_id
        JOIN refund_case c ON c.institution_id = cl.institution_id AND c.id = cl.case_id
    ) m ON true
    WHERE {which}
    ORDER BY l.booked_on DESC, l.position DESC LIMIT %(limit)s
"""
_OURS = "l.institution_id IS NOT NULL AND l.tray IS NULL"
# What two people wrote off of a line is settled without a claim.
_SETTLED = """coalesce(m.amount, 0) + coalesce((
    SELECT sum(w.amount) FROM write_off w WHERE w.line_id = l.id AND w.outcome = 'approved'), 0)"""
_UNMATCHED = _LINES.format(matched_join="LEFT", which=f"{_OURS} AND l.amount <> {_SETTLED}")
_MATCHED = _LINES.format(matched_join="LEFT", which=f"{_OURS} AND l.amount = {_SETTLED}")
_TRAY = _LINES.format(matched_join="LEFT", which="l.tray IS NOT NULL")
_TOTALS = f"""
    WITH matched AS (SELECT line_id, sum(amount) AS amount FROM bank_match GROUP BY line_id)
    SELECT count(*) FILTER (WHERE l.tray IS NULL),
           coalesce(sum(l.amount) FILTER (WHERE l.tray IS NULL), 0)::bigint,
           coalesce(sum(m.amount), 0)::bigint,
           count(*) FILTER (WHERE l.tray IS NULL AND l.amount <> {_SETTLED}),
           count(*) FILTER (WHERE l.tray IS NOT NULL)
    FROM bank_line l LEFT JOIN matched m ON m.line_id = l.id
"""  # noqa: S608 (our own text)


def payments(limit: int) -> Payments:
    """Give the payments page: totals of all lines and the newest rows of each sort."""
    asked = {"limit": bounded(limit)}
    totals = one(PaymentTotals, _TOTALS, {}) or PaymentTotals(0, 0, 0, 0, 0)
    sorts = (rows(PaymentRow, query, asked) for query in (_UNMATCHED, _MATCHED, _TRAY))
    return Payments(totals, *sorts)
