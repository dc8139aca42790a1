"""What pay runs book goes the way of all postings: it leaves in a journal with the names of its accounts, and the books balance."""

from __future__ import annotations

from datetime import date

import pytest

from refusion.values.said import Refused
from refusion.workflow.books.export import Order
from refusion.workflow.ports.institution import HOUSE
from tests.workflow.guard.conftest import CODE, Guarding, row


def test_a_run_leaves_in_the_journal_and_the_books_balance(guarding: Guarding) -> None:
    guarding.take(row("P1", 0, "85000"), row("P2", 1, "30000"))
    batch = guarding.house.export_journal(HOUSE, CODE, Order("csv", "nav", date(2025, 6, 1), date(2025, 6, 30)))
    text = batch.content.decode()
    assert batch.debit == 115_000_00
    assert "95.11" in text
    assert "97.80" in text
    assert "95.11,," not in text
    assert "610190" not in text
    with guarding.peek(CODE, HOUSE) as tx:
        stand = tx.books.stand(date(2025, 6, 20))
    assert (stand.imbalance, stand.figures["debit_ore"], stand.figures["claims_posted"]) == (0, 115_000_00, 0)


def test_a_posting_of_a_payment_is_not_taken_back_as_a_claims_is(guarding: Guarding) -> None:
    guarding.take(row("P1", 0, "85000"))
    with pytest.raises(Refused):
        guarding.house.propose_void(HOUSE, CODE, 1, "Wrong")
