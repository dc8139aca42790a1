"""The ledger as the verbs see it: transactions go in and never change."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from refusion.ledger import Transaction


class Ledger(Protocol):
    """Where postings lie; the database refuses an unbalanced transaction and any change."""

    def post(self, transaction: Transaction) -> bool:
        """Post once; False when the same id was posted already."""

    def of_claim(self, claim: UUID) -> tuple[Transaction, ...]:
        """Give the transactions of a claim, oldest first."""

    def imbalance(self) -> int:
        """Give the sum of all postings in øre: anything but zero is a broken ledger."""
