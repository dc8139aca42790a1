"""Balances per account and claim, as the books stood on a day and as we knew them at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from refusion.ledger.accounts import Chart
from refusion.ledger.transaction import Transaction

Sums = dict[tuple[str, UUID], int]


@dataclass(frozen=True, slots=True)
class Clocks:
    """Up to which day a thing is true, and up to which instant we had learned it; None is without limit."""

    happened_until: date | None = None
    learned_until: datetime | None = None

    def see(self, transaction: Transaction) -> bool:
        """Tell whether the transaction counts at these clocks."""
        happened = self.happened_until is None or transaction.happened_on <= self.happened_until
        return happened and (self.learned_until is None or transaction.learned_at <= self.learned_until)


NOW = Clocks()


def balances(transactions: Iterable[Transaction], clocks: Clocks = NOW) -> Sums:
    """Sum the postings per account and claim in øre, debit positive; balances of zero are left out."""
    sums: defaultdict[tuple[str, UUID], int] = defaultdict(int)
    for transaction in _once(transactions):
        if clocks.see(transaction):
            for posting in transaction.postings:
                sums[posting.account, posting.claim] += posting.amount
    return {place: amount for place, amount in sums.items() if amount}


def outstanding(transactions: Iterable[Transaction], claim: UUID, chart: Chart, clocks: Clocks = NOW) -> int:
    """Give what the books still expect for a claim, in øre."""
    return balances(transactions, clocks).get((chart.receivable.number, claim), 0)


def imbalance(transactions: Iterable[Transaction]) -> int:
    """Give the sum over all postings in øre: anything but zero is a broken ledger."""
    return sum(posting.amount for transaction in _once(transactions) for posting in transaction.postings)


def standing(transaction: Transaction, booked: Iterable[Transaction]) -> Sums:
    """Give what is left of a transaction after all that corrects it, or corrects its corrections."""
    known = {later.id: later for later in booked}
    chain = [transaction, *(later for later in known.values() if _leads_to(later, transaction.id, known))]
    return balances(chain)


def _leads_to(later: Transaction, origin: UUID, known: Mapping[UUID, Transaction]) -> bool:
    """Tell whether a correction, or what it corrects in turn, corrects the origin."""
    seen: set[UUID] = set()
    target = later.corrects
    while target is not None and target not in seen:
        if target == origin:
            return True
        seen.add(target)
        target = known[target].corrects if target in known else None
    return False


def _once(transactions: Iterable[Transaction]) -> Iterable[Transaction]:
    """Count each transaction once, however often it is told."""
    return {transaction.id: transaction for transaction in transactions}.values()
