"""One row in every table that proves the books, carries them out, or takes a posting back."""

from __future__ import annotations

from uuid import UUID

from refusion.wiring.work import OpenTransaction
from refusion.workflow.ports.books.journal import Batch
from refusion.workflow.ports.books.proofs import Certificate
from refusion.workflow.ports.books.repository import Void
from tests.store.conftest import DAY


def keep_books(tx: OpenTransaction, transaction: UUID) -> None:
    """Give out the journal, keep a proof, and propose to take the transaction back."""
    number, lines = tx.books.to_export("csv", DAY, DAY)
    batch = Batch("csv", number, "csv", DAY, DAY, 1, len(lines), 500, "hash", b"bytes", "kim", tx.at.now)
    tx.books.keep_batch(batch, sorted({line.entry for line in lines}))
    proof = Certificate(DAY, 1, certified=True, figures={"a": 1}, differences=(), digest="d", previous="", made_by="kim", made_at=tx.at.now)
    tx.books.keep_certificate(proof)
    tx.books.propose_void(Void(UUID(int=77), transaction, "wrong", "hash", "kim", tx.at.now))
