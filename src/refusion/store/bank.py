"""Bank lines, decisions and matches: kept once, read back, never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from refusion.store.sets.bank import absorb_lines
from refusion.store.tenant import Tenant, insert
from refusion.workflow.ports.bank import BankLine, Decision, Match

_OWNERS = """
    SELECT a.account, a.currency, m.code FROM mandate_account a JOIN mandate m ON m.id = a.mandate_id
    WHERE a.institution_id = %(institution)s AND a.account = ANY (%(accounts)s) ORDER BY a.account, a.currency
"""
_UNMATCHED = """
    SELECT b.key, b.account, b.currency, b.amount - coalesce(came.amount, 0)::bigint, b.booked_on, b.reference, b.payer,
           b.text, b.tray, b.id
    FROM bank_line b
    LEFT JOIN (
        SELECT m.line_id, sum(m.amount) AS amount FROM bank_match m WHERE m.institution_id = %(institution)s GROUP BY m.line_id
    ) came ON came.line_id = b.id
    WHERE b.institution_id = %(institution)s AND b.amount <> coalesce(came.amount, 0)
    ORDER BY b.booked_on, b.key
"""
_DECIDED = "id, authority_id, claim_id, claim_version, refund, supplement, pays, reference, decided_on, pays_on, revises, text"
_KEEP_DECISION = insert("decision", _DECIDED) + " ON CONFLICT (institution_id, id) DO NOTHING"
_DECISIONS = f"SELECT {_DECIDED} FROM decision WHERE institution_id = %(institution)s"  # noqa: S608 (our own names)
# All decisions of a reference whose decisions were not paid as they say, each with what was matched with it. Where the sums
# differ at least one decision's does, so those are looked for first, and the sums are made for their references alone.
_UNPAID = f"""
    WITH odd AS MATERIALIZED (
        SELECT DISTINCT d.reference FROM decision d
        LEFT JOIN (
            SELECT m.decision_id, sum(m.amount) AS paid FROM bank_match m
            WHERE m.institution_id = %(institution)s GROUP BY m.decision_id
        ) came ON came.decision_id = d.id
        WHERE d.institution_id = %(institution)s AND d.pays <> coalesce(came.paid, 0)
    )
    SELECT {_DECIDED}, paid FROM (
        SELECT d.*, coalesce(came.paid, 0)::bigint AS paid,
               sum(d.pays) OVER reference AS owed, sum(coalesce(came.paid, 0)) OVER reference AS came
        FROM decision d
        LEFT JOIN LATERAL (
            SELECT sum(m.amount) AS paid FROM bank_match m
            WHERE m.institution_id = d.institution_id AND m.claim_id = d.claim_id AND m.decision_id = d.id
        ) came ON true
        WHERE d.institution_id = %(institution)s AND d.reference IN (SELECT odd.reference FROM odd)
        WINDOW reference AS (PARTITION BY d.reference)
    ) AS every WHERE owed <> came ORDER BY position
"""  # noqa: S608 (our own names)
UNPAID = ("unpaid",)
_MATCH = "id, line_id, claim_id, decision_id, amount, reason, matched_on, by, note, undoes_id"
_KEEP_MATCH = insert("bank_match", _MATCH) + " ON CONFLICT (institution_id, id) DO NOTHING"
_KEEP_PART = insert("matched_part", "match_id, part_id") + " ON CONFLICT DO NOTHING"
_MATCHED = "SELECT coalesce(sum(amount), 0)::bigint FROM bank_match WHERE institution_id = %(institution)s AND "


@dataclass(frozen=True, slots=True)
class StoredBank:
    """An institution's bank lines, decisions and matches."""

    tenant: Tenant

    def owners(self, accounts: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Give for each account that the institution owns its currency and the code of its mandate."""
        rows = self.tenant.rows(_OWNERS, accounts=list(accounts))
        return {account: (currency, mandate) for account, currency, mandate in rows}

    def absorb(self, lines: Sequence[BankLine], file: UUID, at: datetime) -> tuple[int, int]:
        """Keep lines that are not there yet, those for the tray too; gives how many were new and how many were known.

        A line on an account of the mandate goes to the institution that owns the account, whoever received the file.
        Raises Refused when the institution has no mandate.
        """
        return absorb_lines(self.tenant, lines, file, at)

    def unmatched(self) -> tuple[BankLine, ...]:
        """Give the institution's lines that are not fully matched, with what is left of each in ``amount``."""
        return tuple(BankLine(*row) for row in self.tenant.rows(_UNMATCHED))

    def keep_decision(self, decision: Decision) -> bool:
        """Keep a decision once; False when it lies there already."""
        self.tenant.seen.pop(UNPAID, None)
        facts = {name: getattr(decision, name) for name in _DECIDED.split(", ") if name != "claim_id"}
        return bool(self.tenant.run(_KEEP_DECISION, **facts, claim_id=decision.claim))

    def decisions(self, claim: UUID) -> tuple[Decision, ...]:
        """Give the decisions on a claim, oldest first."""
        rows = self.tenant.rows(_DECISIONS + " AND claim_id = %(claim)s ORDER BY decided_on, position", claim=claim)
        return tuple(Decision(*row) for row in rows)

    def unpaid_decisions(self) -> tuple[Decision, ...]:
        """Give decisions whose matches do not sum to what they pay, by reference."""
        if UNPAID not in self.tenant.seen:
            found = [(Decision(*row), paid) for *row, paid in self.tenant.rows(_UNPAID)]
            self.tenant.seen.update({("matched", one.id): int(paid) for one, paid in found})
            self.tenant.seen[UNPAID] = tuple(one for one, _ in found)
        return cast("tuple[Decision, ...]", self.tenant.seen[UNPAID])

    def keep_match(self, match: Match) -> None:
        """Keep a match once."""
        self.tenant.seen.pop(("matched", match.decision), None)
        self.tenant.seen.pop(UNPAID, None)
        self.tenant.run(
            _KEEP_MATCH,
            id=match.id,
            line_id=match.line,
            claim_id=match.claim,
            decision_id=match.decision,
            amount=match.amount,
            reason=match.reason,
            matched_on=match.matched_on,
            by=match.by,
            note=match.note,
            undoes_id=match.undoes,
        )
        for part in match.parts:
            self.tenant.run(_KEEP_PART, match_id=match.id, part_id=part)

    def matched(self, claim: UUID) -> int:
        """Give the sum of a claim's matches in øre."""
        return int(self.tenant.found(_MATCHED + "claim_id = %(claim)s", claim=claim)[0])

    def matched_decision(self, decision: UUID) -> int:
        """Give the sum of a decision's matches in øre."""
        seen = self.tenant.seen.get(("matched", decision))
        return int(seen if seen is not None else self.tenant.found(_MATCHED + "decision_id = %(decision)s", decision=decision)[0])
