"""The books: transactions go in whole and once; the database refuses an unbalanced one and any change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from refusion.ledger import Posting, Reason, Transaction
from refusion.store.columns import facts_as_json, said_from
from refusion.store.tenant import Row, Tenant, insert

_POST = (
    insert("ledger_transaction", "id, reason, happened_on, learned_at, corrects_id, text_key, text_facts, postings")
    + " ON CONFLICT (institution_id, id) DO NOTHING"
)
# All postings of a transaction go in with one statement: the database closes it after that.
_POSTINGS = """
    INSERT INTO posting (institution_id, transaction_id, position, account, amount, claim_id)
    SELECT %(institution)s, %(id)s, line.position, line.account, line.amount, line.claim
    FROM unnest(%(accounts)s::text[], %(amounts)s::bigint[], %(claims)s::uuid[])
        WITH ORDINALITY AS line (account, amount, claim, position)
"""
_OF_CLAIM = """
    SELECT t.id, t.reason, t.happened_on, t.learned_at, t.corrects_id, t.text_key, t.text_facts,
           p.account, p.amount, p.claim_id
    FROM ledger_transaction t
    JOIN posting p ON p.institution_id = t.institution_id AND p.transaction_id = t.id
    WHERE t.institution_id = %(institution)s AND t.id IN (
        SELECT own.transaction_id FROM posting own WHERE own.institution_id = %(institution)s AND own.claim_id = %(claim)s)
    ORDER BY t.position, p.position
"""
_SUM = "SELECT coalesce(sum(amount), 0)::bigint FROM posting WHERE institution_id = %(institution)s"


@dataclass(frozen=True, slots=True)
class StoredLedger:
    """An institution's books."""

    tenant: Tenant

    def post(self, transaction: Transaction) -> bool:
        """Post once; False when the same id was posted already."""
        is_new = self.tenant.run(
            _POST,
            id=transaction.id,
            reason=transaction.reason.value,
            happened_on=transaction.happened_on,
            learned_at=transaction.learned_at,
            corrects_id=transaction.corrects,
            text_key=transaction.text.key,
            text_facts=facts_as_json(transaction.text),
            postings=len(transaction.postings),
        )
        if is_new:
            self.tenant.run(
                _POSTINGS,
                id=transaction.id,
                accounts=[posting.account for posting in transaction.postings],
                amounts=[posting.amount for posting in transaction.postings],
                claims=[posting.claim for posting in transaction.postings],
            )
        return bool(is_new)

    def of_claim(self, claim: UUID) -> tuple[Transaction, ...]:
        """Give the transactions of a claim, oldest first."""
        return tuple(transactions(self.tenant.rows(_OF_CLAIM, claim=claim)))

    def imbalance(self) -> int:
        """Give the sum of all postings in øre: anything but zero is a broken ledger."""
        return int(self.tenant.found(_SUM)[0])


def transactions(rows: list[Row]) -> Iterable[Transaction]:
    """Put the postings of rows together to their transactions, in the order the rows have."""
    by_id: dict[UUID, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row[0], []).append(row)
    for lines in by_id.values():
        found, reason, happened_on, learned_at, corrects, key, facts = lines[0][:7]
        postings = tuple(Posting(*line[7:]) for line in lines)
        yield Transaction(found, Reason(reason), happened_on, learned_at, postings, corrects, said_from(key, facts))
